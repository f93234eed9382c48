/// Searches in bytes, eight at a time.
enum ByteScan {
    private static let ones: UInt64 = 0x0101_0101_0101_0101
    private static let highs: UInt64 = 0x8080_8080_8080_8080

    /// The first byte of a string that is not plain: a quotation mark, a backslash, a control character, or no ASCII;
    /// `end` where there is none.
    @inline(__always)
    static func firstSpecial(_ bytes: UnsafePointer<UInt8>, from start: Int, to end: Int) -> Int {
        first(bytes, from: start, to: end, alsoBeyondASCII: true)
    }

    /// The first byte of a string that must be escaped; `end` where there is none.
    @inline(__always)
    static func firstEscaped(_ bytes: UnsafePointer<UInt8>, from start: Int, to end: Int) -> Int {
        first(bytes, from: start, to: end, alsoBeyondASCII: false)
    }

    @inline(__always)
    private static func first(
        _ bytes: UnsafePointer<UInt8>,
        from start: Int,
        to end: Int,
        alsoBeyondASCII: Bool
    ) -> Int {
        var index = start
        while index &+ 8 <= end {
            let marks = marks(bytes + index, alsoBeyondASCII)
            if marks != 0 { return index &+ marks.trailingZeroBitCount >> 3 }
            index &+= 8
        }
        // The last eight bytes again: what was there before the rest is known to be plain.
        if index < end, index > start {
            let marks = marks(bytes + (end &- 8), alsoBeyondASCII)
            return marks == 0 ? end : end &- 8 &+ marks.trailingZeroBitCount >> 3
        }
        while index < end {
            let byte = bytes[index]
            if byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { return index }
            if alsoBeyondASCII, byte >= 0x80 { return index }
            index &+= 1
        }
        return end
    }

    /// The high bits of the bytes that are searched for, the first byte lowest. Only the lowest bit is sure: a borrow
    /// can spoil the bytes above a true find.
    @inline(__always)
    private static func marks(_ bytes: UnsafePointer<UInt8>, _ alsoBeyondASCII: Bool) -> UInt64 {
        let word = UInt64(littleEndian: UnsafeRawPointer(bytes).loadUnaligned(as: UInt64.self))
        let quotes = word ^ (ones &* UInt64(UInt8(ascii: "\"")))
        let slashes = word ^ (ones &* UInt64(UInt8(ascii: "\\")))
        let found = (quotes &- ones) & ~quotes | (slashes &- ones) & ~slashes | (word &- ones &* 0x20) & ~word
        return (alsoBeyondASCII ? found | word : found) & highs
    }

    /// Where bytes stop being UTF-8 (RFC 3629: no overlong forms, no surrogates, none beyond U+10FFFF).
    static func firstInvalidUTF8(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
        var index = 0
        while index < bytes.count {
            let lead = bytes[index]
            let following: Int
            let second: ClosedRange<UInt8>
            switch lead {
            case 0x00...0x7F: (following, second) = (0, 0x80...0xBF)
            case 0xC2...0xDF: (following, second) = (1, 0x80...0xBF)
            case 0xE0: (following, second) = (2, 0xA0...0xBF)
            case 0xED: (following, second) = (2, 0x80...0x9F)
            case 0xE1...0xEF: (following, second) = (2, 0x80...0xBF)
            case 0xF0: (following, second) = (3, 0x90...0xBF)
            case 0xF1...0xF3: (following, second) = (3, 0x80...0xBF)
            case 0xF4: (following, second) = (3, 0x80...0x8F)
            default: return index
            }
            for step in 0..<following {
                guard index + step + 1 < bytes.count else { return index }
                let allowed = step == 0 ? second : 0x80...0xBF
                guard allowed ~= bytes[index + step + 1] else { return index }
            }
            index += 1 + following
        }
        return nil
    }
}
