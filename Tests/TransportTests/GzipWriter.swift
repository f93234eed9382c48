/// Writes one byte, many times over, as gzip with the best ratio that deflate has: 258 bytes in 13 bits.
struct GzipWriter {
    private var bytes: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3]
    private var bits: UInt64 = 0
    private var count = 0

    /// `count` is 1 more than a multiple of 258. The checksum is right only where `hasChecksum`: it takes its time.
    static func repeating(_ byte: UInt8, count: Int, hasChecksum: Bool) -> [UInt8] {
        var writer = GzipWriter()
        writer.put(0b011, 3)  // the last block, fixed codes (RFC 1951 §3.2.6)
        writer.put(huffman: 0x30 + UInt64(byte), 8)  // a literal below 144
        for _ in 0..<(count / 258) {
            writer.put(huffman: 0b1100_0101, 8)  // symbol 285: length 258
            writer.put(huffman: 0, 5)  // distance 1
        }
        writer.put(huffman: 0, 7)  // end of block
        writer.put(0, 7)
        var tail: [UInt8] = []
        let sum = hasChecksum ? checksum(of: byte, count: count) : 0
        for word in [sum, UInt32(truncatingIfNeeded: count)] {
            for shift in stride(from: 0, to: 32, by: 8) { tail.append(UInt8(truncatingIfNeeded: word >> shift)) }
        }
        return writer.bytes + tail
    }

    private mutating func put(_ value: UInt64, _ length: Int) {
        bits |= value << count
        count += length
        while count >= 8 {
            bytes.append(UInt8(truncatingIfNeeded: bits))
            bits >>= 8
            count -= 8
        }
    }

    /// Huffman codes stand with their first bit first.
    private mutating func put(huffman code: UInt64, _ length: Int) {
        for index in (0..<length).reversed() { put((code >> index) & 1, 1) }
    }

    private static func checksum(of byte: UInt8, count: Int) -> UInt32 {
        var sum: UInt32 = 0xFFFF_FFFF
        for _ in 0..<count {
            sum ^= UInt32(byte)
            for _ in 0..<8 { sum = sum & 1 == 1 ? (sum >> 1) ^ 0xEDB8_8320 : sum >> 1 }
        }
        return ~sum
    }
}
