/// Base58 with Bitcoin's alphabet: what multibase calls `z`, and keys and proof values are written in.
///
/// Each value has exactly one text: a leading zero byte is a leading `1`, and the rest is the number in base 58.
///
/// *For example:* `Base58BTC.encode([0, 1]) == "12"`.
///
/// Source: Controlled Identifiers 1.0 §2.4.
public enum Base58BTC {
    /// The longest text that is read: 1,024 characters. The longest one we know, the signature of a P-384 key, has 131,
    /// and the time to read grows with the square of the length.
    public static let maximumLength = 1024

    /// The text of the bytes.
    public static func encode(_ bytes: some Sequence<UInt8>) -> String {
        var text: [UInt8] = []
        encode(bytes, into: &text)
        return String(decoding: text, as: UTF8.self)
    }

    /// Appends the text of the bytes, in ASCII.
    public static func encode(_ bytes: some Sequence<UInt8>, into text: inout [UInt8]) {
        let isDone: Void? = bytes.withContiguousStorageIfAvailable { encode(UnsafeRawBufferPointer($0), into: &text) }
        if isDone == nil { Array(bytes).withUnsafeBytes { encode($0, into: &text) } }
    }

    private static func encode(_ bytes: UnsafeRawBufferPointer, into text: inout [UInt8]) {
        let zeros = bytes.firstIndex { $0 != 0 } ?? bytes.count
        for _ in 0..<zeros { text.append(UInt8(ascii: "1")) }
        let significant = UnsafeRawBufferPointer(rebasing: bytes[zeros...])
        // Ten characters hold more than seven bytes, so this is enough room.
        withUnsafeTemporaryAllocation(of: UInt32.self, capacity: significant.count * 2 / 7 + 2) { digits in
            let count = convert(significant, into: digits)
            write(UnsafeBufferPointer(rebasing: digits[..<count]), into: &text)
        }
    }

    /// Writes the number in base 58⁵, the lowest digit first, and gives how many there are.
    private static func convert(
        _ bytes: UnsafeRawBufferPointer,
        into digits: UnsafeMutableBufferPointer<UInt32>
    ) -> Int {
        var count = 0
        var start = 0
        // Four bytes are worked in at a time; the first group is what is left over.
        var end = bytes.count % 4 == 0 ? 4 : bytes.count % 4
        while end <= bytes.count {
            var carry: UInt64 = 0
            for byte in bytes[start..<end] { carry = carry << 8 | UInt64(byte) }
            for place in 0..<count {
                carry |= UInt64(digits[place]) << 32
                let quotient = carry / group
                digits[place] = UInt32(truncatingIfNeeded: carry &- quotient &* group)
                carry = quotient
            }
            while carry > 0 {
                digits[count] = UInt32(truncatingIfNeeded: carry % group)
                carry /= group
                count += 1
            }
            start = end
            end += 4
        }
        return count
    }

    /// Writes digits of base 58⁵ as five characters each, the highest without leading zeros.
    private static func write(_ digits: UnsafeBufferPointer<UInt32>, into text: inout [UInt8]) {
        alphabet.withUnsafeBufferPointer { alphabet in
            var isLeading = true
            for digit in digits.reversed() {
                let (a, b, c) = (digit / (58 * 58 * 58 * 58), digit / (58 * 58 * 58) % 58, digit / (58 * 58) % 58)
                let (d, e) = (digit / 58 % 58, digit % 58)
                for value in [a, b, c, d, e] where !isLeading || value != 0 {
                    isLeading = false
                    text.append(alphabet[Int(value)])
                }
            }
        }
    }

    /// The bytes of a text; throws `PARSING_ERROR` for any other character, and `SIZE_LIMIT` beyond
    /// ``maximumLength``.
    public static func decode(_ text: some Sequence<UInt8>) throws(ProofError) -> [UInt8] {
        let decoded = text.withContiguousStorageIfAvailable(result)
        return try (decoded ?? Array(text).withUnsafeBufferPointer(result)).get()
    }

    /// The bytes of a text; throws `PARSING_ERROR` or `SIZE_LIMIT`.
    public static func decode(_ text: String) throws(ProofError) -> [UInt8] {
        try decode(text.utf8)
    }

    private static func result(of text: UnsafeBufferPointer<UInt8>) -> Result<[UInt8], ProofError> {
        guard text.count <= maximumLength else {
            return .failure(ProofError(.sizeLimit, "a base58 text of more than \(maximumLength) characters"))
        }
        let zeros = text.firstIndex { $0 != UInt8(ascii: "1") } ?? text.count
        // Five characters hold less than four bytes, so this is enough room.
        let bytes = withUnsafeTemporaryAllocation(of: UInt32.self, capacity: (text.count - zeros) / 5 + 2) { words in
            convert(UnsafeBufferPointer(rebasing: text[zeros...]), into: words).map { count in
                var bytes = [UInt8](repeating: 0, count: zeros)
                bytes.reserveCapacity(zeros + 4 * count)
                for word in words[..<count].reversed() {
                    for shift in stride(from: 24, through: 0, by: -8) {
                        let byte = UInt8(truncatingIfNeeded: word >> shift)
                        if byte != 0 || bytes.count > zeros { bytes.append(byte) }
                    }
                }
                return bytes
            }
        }
        return bytes.map(Result.success) ?? .failure(ProofError(.parsing, "a character that base58 does not have"))
    }

    /// Writes the number in base 2³², the lowest word first, and gives how many there are; `nil` at a foreign character.
    private static func convert(
        _ text: UnsafeBufferPointer<UInt8>,
        into words: UnsafeMutableBufferPointer<UInt32>
    ) -> Int? {
        var count = 0
        var start = 0
        // Five characters are worked in at a time; the first group is what is left over.
        var end = text.count % 5 == 0 ? 5 : text.count % 5
        while end <= text.count {
            var carry: UInt64 = 0
            for character in text[start..<end] {
                let value = values[Int(character)]
                if value == invalid { return nil }
                carry = carry * 58 + UInt64(value)
            }
            for place in 0..<count {
                carry += UInt64(words[place]) * group
                words[place] = UInt32(truncatingIfNeeded: carry)
                carry >>= 32
            }
            if carry > 0 {
                words[count] = UInt32(truncatingIfNeeded: carry)
                count += 1
            }
            start = end
            end += 5
        }
        return count
    }

    private static let alphabet = Array("123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz".utf8)
    /// 58⁵, written out so that dividing by it becomes multiplying.
    private static var group: UInt64 { 656_356_768 }
    private static let invalid: UInt8 = 0xFF

    /// The value of each character.
    private static let values: [UInt8] = {
        var table = [UInt8](repeating: invalid, count: 256)
        for (value, character) in alphabet.enumerated() { table[Int(character)] = UInt8(value) }
        return table
    }()
}
