/// UUIDs as text (RFC 9562).
package enum UUIDText {
    /// A UUID from the first 16 of the bytes: their version and variant bits are set, everything else kept.
    ///
    /// - Returns: 36 characters in lower case.
    package static func text(_ bytes: [UInt8], version: UInt8) -> String {
        var bytes = Array(bytes.prefix(16))
        bytes[6] = bytes[6] & 0x0F | version << 4
        bytes[8] = bytes[8] & 0x3F | 0x80
        let digits = Array(Hexadecimal.encode(bytes).utf8)
        return String(unsafeUninitializedCapacity: 36) { buffer in
            var next = 0
            for (index, digit) in digits.enumerated() {
                if index == 8 || index == 12 || index == 16 || index == 20 {
                    buffer[next] = UInt8(ascii: "-")
                    next += 1
                }
                buffer[next] = digit
                next += 1
            }
            return next
        }
    }

    package static func urn(_ bytes: [UInt8], version: UInt8) -> String {
        "urn:uuid:" + text(bytes, version: version)
    }

    /// The first UUID that stands in a text, such as a URL; `nil` where there is none.
    package static func first(in text: String) -> String? {
        let bytes = Array(text.lowercased().utf8)
        guard bytes.count >= 36 else { return nil }
        for start in 0...(bytes.count - 36) {
            let part = bytes[start..<(start + 36)]
            let isUUID = part.enumerated().allSatisfy { index, byte in
                [8, 13, 18, 23].contains(index)
                    ? byte == UInt8(ascii: "-") : (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte)
            }
            if isUUID { return String(decoding: part, as: UTF8.self) }
        }
        return nil
    }
}
