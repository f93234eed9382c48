import CZlib

/// The two checksums that stand beside compressed data and in PNG chunks.
enum Checksum {
    /// CRC-32 of RFC 1952 §8, which PNG uses too.
    static func crc32(_ bytes: ArraySlice<UInt8>) -> UInt32 {
        bytes.withUnsafeBytes { crc32($0) }
    }

    /// CRC-32 of bytes in memory; without any it is 0.
    static func crc32(_ bytes: UnsafeRawBufferPointer) -> UInt32 {
        guard let start = bytes.baseAddress else { return 0 }
        return UInt32(truncatingIfNeeded: crc32_z(0, start.assumingMemoryBound(to: UInt8.self), bytes.count))
    }

    /// Adler-32 of RFC 1950 §8.2, of bytes that follow others of the sum `start`.
    static func adler32(_ bytes: ArraySlice<UInt8>, after start: UInt32 = 1) -> UInt32 {
        bytes.withUnsafeBytes { raw in
            guard let base = raw.baseAddress else { return start }
            let sum = adler32_z(UInt(start), base.assumingMemoryBound(to: UInt8.self), raw.count)
            return UInt32(truncatingIfNeeded: sum)
        }
    }
}
