import CZlib

/// One raw deflate stream (RFC 1951) on its way in: owns zlib's `z_stream`.
final class DeflateStream {
    /// zlib keeps a pointer to it: it must not move.
    private let stream: UnsafeMutablePointer<z_stream>

    /// No wrapping, and a window of 32 KiB.
    private static let rawWindow: Int32 = -15
    /// zlib's own default; said here because the output depends on it.
    private static let memoryLevel: Int32 = 8

    init() throws(OpenBadgesError) {
        let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
        stream.initialize(to: z_stream())
        // What is compressed here is written once and fetched many times: as small as can be.
        guard shim_deflateInit2(stream, Z_BEST_COMPRESSION, Self.rawWindow, Self.memoryLevel) == Z_OK else {
            stream.deallocate()
            throw OpenBadgesError(.compressionFailed, "zlib gives no stream")
        }
        self.stream = stream
    }

    deinit {
        // Z_DATA_ERROR says that a stream was given up before its end: nothing to do about it here.
        _ = deflateEnd(stream)
        stream.deallocate()
    }

    /// Deflates all bytes as one stream. Once for each object.
    ///
    /// - Throws: `LIMIT_EXCEEDED` beyond 2 GiB, `COMPRESSION_FAILED` where zlib does not end the stream.
    func deflate(_ input: [UInt8]) throws(OpenBadgesError) -> [UInt8] {
        guard let count = UInt32(exactly: input.count), count <= UInt32.max / 2 else {
            throw OpenBadgesError(.limitExceeded, "the data to compress is larger than 2 GiB")
        }
        let bound = Int(clamping: deflateBound(stream, UInt(count)))
        var result = Z_OK
        let output = input.withUnsafeBufferPointer { source in
            [UInt8](unsafeUninitializedCapacity: bound) { target, made in
                // zlib only reads through it; its declaration is older than `const`.
                stream.pointee.next_in = UnsafeMutablePointer(mutating: source.baseAddress)
                stream.pointee.avail_in = count
                stream.pointee.next_out = target.baseAddress
                stream.pointee.avail_out = UInt32(clamping: target.count)
                result = CZlib.deflate(stream, Z_FINISH)
                made = target.count - Int(stream.pointee.avail_out)
            }
        }
        guard result == Z_STREAM_END else {
            throw OpenBadgesError(.compressionFailed, "zlib does not end the stream")
        }
        return output
    }
}
