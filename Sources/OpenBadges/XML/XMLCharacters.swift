/// The characters, names and references of XML 1.0 (Fifth Edition), over bytes in UTF-8.
enum XMLCharacters {
    static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x0A || byte == 0x09 || byte == 0x0D
    }

    /// Production 2, `Char`.
    static func isChar(_ value: UInt32) -> Bool {
        switch value {
        case 0x09, 0x0A, 0x0D, 0x20...0xD7FF, 0xE000...0xFFFD, 0x1_0000...0x10_FFFF: true
        default: false
        }
    }

    /// Production 4, `NameStartChar`.
    static func isNameStart(_ value: UInt32) -> Bool {
        switch value {
        case 0x3A, 0x41...0x5A, 0x5F, 0x61...0x7A, 0xC0...0xD6, 0xD8...0xF6, 0xF8...0x2FF, 0x370...0x37D,
            0x37F...0x1FFF, 0x200C...0x200D, 0x2070...0x218F, 0x2C00...0x2FEF, 0x3001...0xD7FF, 0xF900...0xFDCF,
            0xFDF0...0xFFFD, 0x1_0000...0xE_FFFF:
            true
        default: false
        }
    }

    /// Production 4a, `NameChar`.
    static func isName(_ value: UInt32) -> Bool {
        switch value {
        case 0x2D...0x2E, 0x30...0x39, 0xB7, 0x300...0x36F, 0x203F...0x2040: true
        default: isNameStart(value)
        }
    }

    /// The first byte that does not belong to a `Char` in UTF-8; `nil` where all do.
    static func firstIllegal(_ bytes: [UInt8]) -> Int? {
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            if byte < 0x80 {
                guard byte >= 0x20 || isSpace(byte) else { return index }
                index += 1
            } else {
                guard let (value, length) = scalar(bytes, at: index), isChar(value) else { return index }
                index += length
            }
        }
        return nil
    }

    /// The character at an index, and how many bytes it has; `nil` where they are not UTF-8 (RFC 3629).
    static func scalar(_ bytes: [UInt8], at index: Int) -> (value: UInt32, length: Int)? {
        let lead = bytes[index]
        if lead < 0x80 { return (UInt32(lead), 1) }
        let length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
        guard (0xC2...0xF4).contains(lead), index + length <= bytes.count else { return nil }
        var value = UInt32(lead) & (0x7F >> UInt32(length))
        for byte in bytes[(index + 1)..<(index + length)] {
            guard byte & 0xC0 == 0x80 else { return nil }
            value = value << 6 | UInt32(byte & 0x3F)
        }
        let least: UInt32 = length == 2 ? 0x80 : length == 3 ? 0x800 : 0x1_0000
        guard value >= least, value <= 0x10_FFFF, !(0xD800...0xDFFF).contains(value) else { return nil }
        return (value, length)
    }

    /// What a reference says: a character, or the name of an entity that only a DTD could declare.
    enum Reference {
        case character(UInt32, end: Int)
        case entity
        case malformed
    }

    /// The reference whose `&` stands at an index. §4.1, §4.6
    static func reference(_ bytes: [UInt8], at index: Int, before limit: Int) -> Reference {
        // The longest that is of use: &#x0010FFFF; with some zeros. A longer name is an entity's.
        guard let end = bytes[index..<min(limit, index + 64)].firstIndex(of: UInt8(ascii: ";")) else {
            return .malformed
        }
        let name = bytes[(index + 1)..<end]
        if name.first == UInt8(ascii: "#") {
            let isHex = name.dropFirst().first == UInt8(ascii: "x")
            guard let value = number(name.dropFirst(isHex ? 2 : 1), base: isHex ? 16 : 10), isChar(value) else {
                return .malformed
            }
            return .character(value, end: end + 1)
        }
        for (known, value) in predefined where name.elementsEqual(known.utf8) {
            return .character(UInt32(value), end: end + 1)
        }
        return name.isEmpty ? .malformed : .entity
    }

    /// Text or an attribute's value, with its references resolved. They are known to be right.
    static func decoded(_ bytes: [UInt8], _ range: Range<Int>) -> [UInt8] {
        guard bytes[range].contains(UInt8(ascii: "&")) else { return Array(bytes[range]) }
        var output: [UInt8] = []
        output.reserveCapacity(range.count)
        var index = range.lowerBound
        while index < range.upperBound {
            if bytes[index] == UInt8(ascii: "&"),
                case .character(let value, let end) = reference(bytes, at: index, before: range.upperBound),
                let scalar = Unicode.Scalar(value)
            {
                output += Array(String(Character(scalar)).utf8)
                index = end
            } else {
                output.append(bytes[index])
                index += 1
            }
        }
        return output
    }

    private static let predefined: [(String, UInt8)] = [
        ("amp", UInt8(ascii: "&")), ("lt", UInt8(ascii: "<")), ("gt", UInt8(ascii: ">")),
        ("quot", UInt8(ascii: "\"")), ("apos", UInt8(ascii: "'")),
    ]

    private static func number(_ digits: ArraySlice<UInt8>, base: UInt32) -> UInt32? {
        guard !digits.isEmpty else { return nil }
        var value: UInt32 = 0
        for byte in digits {
            let digit: UInt32
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = UInt32(byte - UInt8(ascii: "0"))
            case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = UInt32(byte - UInt8(ascii: "a")) + 10
            case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = UInt32(byte - UInt8(ascii: "A")) + 10
            default: return nil
            }
            guard digit < base else { return nil }
            value = value * base + digit
            guard value <= 0x10_FFFF else { return nil }
        }
        return value
    }
}
