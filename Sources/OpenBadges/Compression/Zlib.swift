/// The zlib format, RFC 1950: what PNG compresses its texts in.
package enum Zlib {
    /// What a stream inflates to.
    ///
    /// - Parameter limit: how many bytes that may be; inflating stops at the first byte beyond.
    /// - Throws: `LIMIT_EXCEEDED`, or one of `COMPRESSED_DATA_MALFORMED`, `…_TRUNCATED`, `…_CHECKSUM`, `…_TRAILING`.
    package static func decompress(_ bytes: [UInt8], limit: Int) throws(OpenBadgesError) -> [UInt8] {
        try decompress(bytes[...], limit: limit)
    }

    /// What a stream inside other bytes inflates to.
    package static func decompress(_ bytes: ArraySlice<UInt8>, limit: Int) throws(OpenBadgesError) -> [UInt8] {
        let body = try body(of: bytes)
        let output = try InflateStream().inflate(body, limit: limit)
        let trailer = body.dropFirst(output.consumed)
        try check(trailer, Checksum.adler32(output.bytes[...]))
        guard trailer.count == checksumLength else {
            throw OpenBadgesError(.compressedTrailing, "there are bytes after the end of the zlib data")
        }
        return output.bytes
    }

    /// How many bytes a stream inflates to, without keeping them; bytes after its end are let pass.
    ///
    /// - Throws: as ``decompress(_:limit:)``, but `…_TRAILING`.
    static func measure(_ bytes: ArraySlice<UInt8>, limit: Int) throws(OpenBadgesError) -> Int {
        let body = try body(of: bytes)
        var count = 0
        var sum: UInt32 = 1
        let consumed = try InflateStream().inflate(body, limit: limit) { piece in
            count += piece.count
            sum = Checksum.adler32(piece, after: sum)
        }
        try check(body.dropFirst(consumed), sum)
        return count
    }

    /// One stream: the same bytes for the same input.
    package static func compress(_ bytes: [UInt8]) throws(OpenBadgesError) -> [UInt8] {
        // Deflate with a window of 32 KiB, at its slowest and smallest.
        var output: [UInt8] = [0x78, 0xDA]
        output += try DeflateStream().deflate(bytes)
        let sum = Checksum.adler32(bytes[...])
        for shift in [24, 16, 8, 0] { output.append(UInt8(truncatingIfNeeded: sum >> UInt32(shift))) }
        return output
    }

    private static let checksumLength = 4

    /// What stands behind the header. RFC 1950 §2.2
    private static func body(of bytes: ArraySlice<UInt8>) throws(OpenBadgesError) -> ArraySlice<UInt8> {
        guard let method = bytes.first, let flags = bytes.dropFirst().first else { throw truncated }
        // Deflate, a window of 32 KiB at most, a check that makes both bytes a multiple of 31, and no dictionary.
        guard method & 0x0F == 8, method >> 4 <= 7, (Int(method) << 8 | Int(flags)) % 31 == 0, flags & 0x20 == 0 else {
            throw OpenBadgesError(.compressedMalformed, "these bytes are no zlib data")
        }
        return bytes.dropFirst(2)
    }

    private static func check(_ trailer: ArraySlice<UInt8>, _ sum: UInt32) throws(OpenBadgesError) {
        guard trailer.count >= checksumLength else { throw truncated }
        guard trailer.prefix(checksumLength).reduce(0, { $0 << 8 | UInt32($1) }) == sum else {
            throw OpenBadgesError(.compressedChecksum, "the zlib data does not have the Adler-32 that it says")
        }
    }

    private static var truncated: OpenBadgesError {
        OpenBadgesError(.compressedTruncated, "the zlib data ends before its end")
    }
}
