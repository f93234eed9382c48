#pragma once
#include <zlib.h>

// zlib's ways in are macros that add the version and the size of its struct: as functions of the same meaning.

static inline int shim_inflateInit2(z_stream *stream, int window_bits) {
    return inflateInit2(stream, window_bits);
}

static inline int shim_deflateInit2(z_stream *stream, int level, int window_bits, int memory_level) {
    return deflateInit2(stream, level, Z_DEFLATED, window_bits, memory_level, Z_DEFAULT_STRATEGY);
}
