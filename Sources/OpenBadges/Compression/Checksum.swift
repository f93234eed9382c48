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

    /// Adler-32 of RFC 1950 §8.2.
    static func adler32(_ bytes: ArraySlice<UInt8>) -> UInt32 {
        bytes.withUnsafeBytes { raw in
            guard let start = raw.baseAddress else { return 1 }
            return UInt32(truncatingIfNeeded: adler32_z(1, start.assumingMemoryBound(to: UInt8.self), raw.count))
        }
    }
}
