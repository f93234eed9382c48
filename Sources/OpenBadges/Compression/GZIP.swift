/// The gzip file format, RFC 1952: one member, whole and nothing after it.
///
/// A file of several members is legal gzip, and is refused all the same: what is read here (a status list) is one
/// stream by its specification, and bytes after it are a hiding place.
package enum GZIP {
    /// What a member inflates to.
    ///
    /// - Parameter limit: how many bytes that may be; inflating stops at the first byte beyond.
    /// - Throws: `LIMIT_EXCEEDED`, or one of `COMPRESSED_DATA_MALFORMED`, `…_TRUNCATED`, `…_CHECKSUM`, `…_LENGTH`,
    ///   `…_TRAILING`.
    package static func decompress(_ bytes: [UInt8], limit: Int) throws(OpenBadgesError) -> [UInt8] {
        let start = try headerLength(bytes)
        let expected = bytes.count >= trailerLength ? bytes.suffix(4).littleEndianWord : 0
        // Deflate cannot do better than 1:1032, whatever a length at the end promises.
        let ceiling = bytes.count.multipliedReportingOverflow(by: maximumRatio)
        let output = try InflateStream().inflate(
            bytes[start...],
            limit: limit,
            expected: ceiling.overflow ? 0 : min(Int(expected), ceiling.partialValue)
        )
        let trailer = bytes[(start + output.consumed)...]
        guard trailer.count >= trailerLength else { throw truncated }
        guard trailer.prefix(4).littleEndianWord == Checksum.crc32(output.bytes[...]) else {
            throw OpenBadgesError(.compressedChecksum, "the gzip data does not have the CRC-32 that it says")
        }
        guard trailer.dropFirst(4).prefix(4).littleEndianWord == UInt32(truncatingIfNeeded: output.bytes.count) else {
            throw OpenBadgesError(.compressedLength, "the gzip data does not have the length that it says")
        }
        guard trailer.count == trailerLength else {
            throw OpenBadgesError(.compressedTrailing, "there are bytes after the end of the gzip data")
        }
        return output.bytes
    }

    /// One member: without a name, without a time, the same bytes for the same input.
    package static func compress(_ bytes: [UInt8]) throws(OpenBadgesError) -> [UInt8] {
        let deflated = try DeflateStream().deflate(bytes)
        var output: [UInt8] = []
        output.reserveCapacity(header.count + deflated.count + trailerLength)
        output += header
        output += deflated
        output.appendLittleEndian(Checksum.crc32(bytes[...]))
        output.appendLittleEndian(UInt32(truncatingIfNeeded: bytes.count))
        return output
    }

    // MARK: The wrapping, RFC 1952 §2.3

    /// No flags, no time; XFL 2 (the slowest and smallest compression); the system unknown, as it does not matter.
    private static let header: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 2, 0xFF]
    private static let trailerLength = 8
    private static let maximumRatio = 1032

    private enum Flag {
        static let headerChecksum: UInt8 = 0x02
        static let extra: UInt8 = 0x04
        static let name: UInt8 = 0x08
        static let comment: UInt8 = 0x10
        static let reserved: UInt8 = 0xE0
    }

    private static var truncated: OpenBadgesError {
        OpenBadgesError(.compressedTruncated, "the gzip data ends before its end")
    }

    private static func headerLength(_ bytes: [UInt8]) throws(OpenBadgesError) -> Int {
        guard bytes.starts(with: header.prefix(min(2, bytes.count))), !bytes.isEmpty else {
            throw OpenBadgesError(.compressedMalformed, "these bytes are no gzip data")
        }
        guard bytes.count >= header.count else { throw truncated }
        let flags = bytes[3]
        guard bytes[2] == 8, flags & Flag.reserved == 0 else {
            throw OpenBadgesError(.compressedMalformed, "the gzip header has a method or flags that nobody knows")
        }
        var index = header.count
        if flags & Flag.extra != 0 {
            guard bytes.count - index >= 2 else { throw truncated }
            index += 2 + Int(bytes[index]) + Int(bytes[index + 1]) << 8
        }
        for flag in [Flag.name, Flag.comment] where flags & flag != 0 {
            guard index < bytes.count, let end = bytes[index...].firstIndex(of: 0) else { throw truncated }
            index = end + 1
        }
        if flags & Flag.headerChecksum != 0 {
            guard index <= bytes.count - 2 else { throw truncated }
            let sum = UInt16(truncatingIfNeeded: Checksum.crc32(bytes[..<index]))
            guard UInt16(bytes[index]) | UInt16(bytes[index + 1]) << 8 == sum else {
                throw OpenBadgesError(.compressedChecksum, "the gzip header does not have the CRC that it says")
            }
            index += 2
        }
        guard index <= bytes.count else { throw truncated }
        return index
    }
}

extension ArraySlice<UInt8> {
    /// Up to four bytes, the least significant first.
    fileprivate var littleEndianWord: UInt32 {
        reversed().reduce(0) { $0 << 8 | UInt32($1) }
    }
}

extension [UInt8] {
    fileprivate mutating func appendLittleEndian(_ word: UInt32) {
        for shift in [0, 8, 16, 24] { append(UInt8(truncatingIfNeeded: word >> shift)) }
    }
}
