/// Where in a text, for people: lines and columns, and the first byte that is none of it.
enum TextPosition {
    /// What a byte that no text has is.
    enum BadByte { case nul, notUTF8 }

    /// Line and column of a byte, from 1, the column in Unicode characters.
    static func of(_ offset: Int, in bytes: UnsafeRawBufferPointer, firstLine: Int) -> (line: Int, column: Int) {
        var (line, column) = (firstLine, 1)
        var sawReturn = false
        for byte in bytes.prefix(offset) {
            if byte == 0x0D || byte == 0x0A {
                if byte == 0x0D || !sawReturn { line += 1 }
                column = 1
            } else if byte & 0xC0 != 0x80 {
                // Continuation bytes are no characters of their own.
                column += 1
            }
            sawReturn = byte == 0x0D
        }
        return (line, column)
    }

    /// The first NUL, or else the first byte that is not UTF-8 (RFC 3629: no surrogates, no overlong forms).
    static func firstBadByte(_ bytes: UnsafeRawBufferPointer) -> (BadByte, Int)? {
        var index = 0
        var isASCII = true
        // Eight bytes at a time: most records are ASCII without NUL. A byte less one borrows into its high bit only
        // where it was zero (or 0x80 and above, which are looked at one by one).
        while index + 8 <= bytes.count {
            let word = bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)
            if (word | (word &- 0x0101_0101_0101_0101)) & 0x8080_8080_8080_8080 != 0 {
                isASCII = false
                break
            }
            index += 8
        }
        if isASCII {
            while index < bytes.count {
                if bytes[index] == 0 || bytes[index] >= 0x80 { break }
                index += 1
            }
            if index == bytes.count { return nil }
        }
        if let nul = bytes[index...].firstIndex(of: 0) { return (.nul, nul) }
        while index < bytes.count {
            let length = sequenceLength(bytes, index)
            guard length > 0 else { return (.notUTF8, index) }
            index += length
        }
        return nil
    }

    /// How many bytes the character at an index has; 0 where it is none (Unicode, table 3-7).
    private static func sequenceLength(_ bytes: UnsafeRawBufferPointer, _ index: Int) -> Int {
        let first = bytes[index]
        let (length, second): (Int, ClosedRange<UInt8>)
        switch first {
        case 0..<0x80: return 1
        case 0xC2...0xDF: (length, second) = (2, 0x80...0xBF)
        case 0xE0: (length, second) = (3, 0xA0...0xBF)
        case 0xED: (length, second) = (3, 0x80...0x9F)
        case 0xE1...0xEF: (length, second) = (3, 0x80...0xBF)
        case 0xF0: (length, second) = (4, 0x90...0xBF)
        case 0xF1...0xF3: (length, second) = (4, 0x80...0xBF)
        case 0xF4: (length, second) = (4, 0x80...0x8F)
        default: return 0
        }
        guard index + length <= bytes.count, second ~= bytes[index + 1] else { return 0 }
        for byte in bytes[(index + 2)..<(index + length)] {
            guard 0x80...0xBF ~= byte else { return 0 }
        }
        return length
    }
}

extension UnsafeRawBufferPointer {
    /// Whether a text of ASCII stands somewhere in the bytes.
    func contains(_ text: StaticString) -> Bool {
        let wanted = UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
        guard let first = wanted.first, count >= wanted.count else { return false }
        return (0...(count - wanted.count)).contains { index in
            self[index] == first && self[index..<(index + wanted.count)].elementsEqual(wanted)
        }
    }

    /// Without spaces and tabs at either end.
    var trimmed: UnsafeRawBufferPointer {
        var (start, end) = (0, count)
        while start < end, self[start] == 0x20 || self[start] == 0x09 { start += 1 }
        while start < end, self[end - 1] == 0x20 || self[end - 1] == 0x09 { end -= 1 }
        return UnsafeRawBufferPointer(rebasing: self[start..<end])
    }
}
