import CZlib

/// One raw deflate stream (RFC 1951) on its way out: owns zlib's `z_stream`.
///
/// Raw, because the wrapping of gzip and zlib is read by ``GZIP`` and ``Zlib`` themselves: so a wrong checksum, a
/// wrong length, and bytes too many or too few are told apart by us, and not by the words of a C library.
final class InflateStream {
    /// What a stream inflated to, and how many bytes of the input were part of it.
    struct Output {
        var bytes: [UInt8]
        var consumed: Int
    }

    /// zlib keeps a pointer to it: it must not move.
    private let stream: UnsafeMutablePointer<z_stream>

    /// What is inflated at a time: small enough for a processor's cache, and the step in which the limit is looked at.
    private static let step = 32 << 10
    /// A distance of a deflate stream reaches back 32 KiB; minus for "no wrapping".
    private static let rawWindow: Int32 = -15

    init() throws(OpenBadgesError) {
        let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
        stream.initialize(to: z_stream())
        guard shim_inflateInit2(stream, Self.rawWindow) == Z_OK else {
            stream.deallocate()
            throw OpenBadgesError(.compressionFailed, "zlib gives no stream")
        }
        self.stream = stream
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
    }

    /// Inflates one stream from its start; what stands after its end is left alone. Once for each object.
    ///
    /// - Parameter expected: how many bytes are likely to come; a hint that costs no more than the limit.
    /// - Throws: `LIMIT_EXCEEDED` as soon as there is a byte beyond `limit`, `COMPRESSED_DATA_TRUNCATED`,
    ///   `COMPRESSED_DATA_MALFORMED`.
    func inflate(_ input: ArraySlice<UInt8>, limit: Int, expected: Int = 0) throws(OpenBadgesError) -> Output {
        var output: [UInt8] = []
        output.reserveCapacity(min(max(limit, 0), max(expected, 0)))
        let consumed = try inflate(input, limit: limit) { output += $0 }
        return Output(bytes: output, consumed: consumed)
    }

    /// Inflates one stream piece by piece, without keeping it.
    ///
    /// - Returns: how many bytes of the input were part of the stream.
    /// - Throws: as above; what came before the error has been handed over then.
    func inflate(
        _ input: ArraySlice<UInt8>,
        limit: Int,
        into consume: (ArraySlice<UInt8>) -> Void
    ) throws(OpenBadgesError) -> Int {
        guard let count = UInt32(exactly: input.count) else {
            throw OpenBadgesError(.limitExceeded, "the compressed data is larger than 4 GiB")
        }
        let limit = max(limit, 0)
        var total = 0
        var room = [UInt8](repeating: 0, count: Self.step)
        var result = Z_OK
        let left = input.withUnsafeBufferPointer { source in
            // zlib only reads through it; its declaration is older than `const`.
            stream.pointee.next_in = UnsafeMutablePointer(mutating: source.baseAddress)
            stream.pointee.avail_in = count
            repeat {
                let made = room.withUnsafeMutableBufferPointer { target in
                    stream.pointee.next_out = target.baseAddress
                    stream.pointee.avail_out = UInt32(target.count)
                    result = CZlib.inflate(stream, Z_NO_FLUSH)
                    return target.count - Int(stream.pointee.avail_out)
                }
                total += made
                if total <= limit { consume(room[..<made]) }
            } while result == Z_OK && total <= limit
            return Int(stream.pointee.avail_in)
        }
        if total > limit {
            throw OpenBadgesError(.limitExceeded, "the compressed data inflates to more than \(limit) bytes")
        }
        switch result {
        case Z_STREAM_END: return input.count - left
        // No progress is possible: the input is used up.
        case Z_BUF_ERROR: throw OpenBadgesError(.compressedTruncated, "the compressed data ends before its end")
        case Z_MEM_ERROR: throw OpenBadgesError(.compressionFailed, "there is no memory to inflate with")
        default: throw OpenBadgesError(.compressedMalformed, "the compressed data cannot be inflated")
        }
    }
}
