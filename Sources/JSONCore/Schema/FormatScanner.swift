/// Reads a text from the front, by the grammar of a format.
///
/// Each part reads what is its own and says whether it was there; a text has the format if nothing is left over.
struct FormatScanner {
    let bytes: UnsafeBufferPointer<UInt8>
    var position = 0

    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
    }

    /// Whether a part is all of the text.
    func isWhole(_ part: (inout FormatScanner) -> Bool) -> Bool {
        var copy = self
        return part(&copy) && copy.position == bytes.count
    }

    var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    mutating func skip(_ character: Unicode.Scalar) -> Bool {
        guard let next, UInt32(next) == character.value else { return false }
        position += 1
        return true
    }

    /// Skips a letter of either case.
    mutating func skip(letter: Unicode.Scalar) -> Bool {
        guard let next, UInt32(next | 0x20) == letter.value else { return false }
        position += 1
        return true
    }

    /// The number that so many digits write.
    mutating func number(digits: Int) -> Int? {
        var value = 0
        for _ in 0..<digits {
            guard let next, Self.isDigit(next) else { return nil }
            value = value * 10 + Int(next) - 48
            position += 1
        }
        return value
    }

    /// Skips digits, and returns how many there were.
    mutating func skipDigits() -> Int {
        let start = position
        while let next, Self.isDigit(next) { position += 1 }
        return position - start
    }

    static func isDigit(_ byte: UInt8) -> Bool { 0x30...0x39 ~= byte }
    static func isLetter(_ byte: UInt8) -> Bool { 0x61...0x7A ~= byte | 0x20 }
    static func isHexadecimal(_ byte: UInt8) -> Bool { isDigit(byte) || 0x61...0x66 ~= byte | 0x20 }
}
