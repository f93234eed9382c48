/// In which bytes a source writes its text. All is turned into UTF-8 as it is read, a piece at a time.
enum TextEncoding: String, Sendable, Hashable, CaseIterable {
    /// UTF-8, with or without a byte order mark.
    case utf8 = "utf-8"
    /// UTF-16 by its byte order mark, the lower byte first without one: what spreadsheets save as "Unicode text".
    case utf16 = "utf-16"
    /// UTF-16, the lower byte first.
    case utf16LittleEndian = "utf-16le"
    /// UTF-16, the higher byte first.
    case utf16BigEndian = "utf-16be"
    /// What Windows calls ANSI in Western Europe and America.
    case windows1252 = "windows-1252"
    /// Latin-1.
    case latin1 = "iso-8859-1"
    /// UTF-16 where its mark or its zeros show it, else UTF-8.
    case detect

    /// A source of UTF-8 with a byte order mark over a source in this encoding; what is UTF-8 already is left as it is.
    ///
    /// A file that begins with the mark of UTF-8 is UTF-8, whatever is expected: rows that were set aside are written so,
    /// and can be read again with the same mapping. A byte or unit that is no character becomes U+FFFD.
    func utf8(_ source: ByteSource) throws(IssuingError) -> ByteSource {
        guard self != .utf8 else { return source }
        let input = InputBuffer(source, chunk: 64 << 10)
        while input.count < 64, try input.fill() {}
        if input.bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return input.rest }
        let decoder: any TextDecoder
        switch self {
        case .utf8: return input.rest
        case .windows1252: decoder = ByteDecoder(table: Self.windows1252Table)
        case .latin1: decoder = ByteDecoder(table: [])
        case .utf16LittleEndian: decoder = UTF16Decoder(isBigEndian: false)
        case .utf16BigEndian: decoder = UTF16Decoder(isBigEndian: true)
        case .utf16: decoder = UTF16Decoder(isBigEndian: input.bytes.starts(with: [0xFE, 0xFF]))
        case .detect:
            guard let isBigEndian = Self.wideOrder(input.bytes) else { return input.rest }
            decoder = UTF16Decoder(isBigEndian: isBigEndian)
        }
        return Self.decoded(input, decoder)
    }

    /// Whether a text looks like UTF-16 with the higher byte first; `nil` where it does not look like UTF-16.
    static func wideOrder(_ start: UnsafeRawBufferPointer) -> Bool? {
        if start.starts(with: [0xFF, 0xFE, 0, 0]) || start.starts(with: [0, 0, 0xFE, 0xFF]) { return nil }
        if start.starts(with: [0xFF, 0xFE]) { return false }
        if start.starts(with: [0xFE, 0xFF]) { return true }
        let sample = start.prefix(64)
        guard sample.count >= 8 else { return nil }
        let even = sample.indices.filter { $0 % 2 == 0 && sample[$0] == 0 }.count
        let odd = sample.indices.filter { $0 % 2 == 1 && sample[$0] == 0 }.count
        // Latin letters leave one byte of each pair zero; a stray NUL or two in a row is a row's problem.
        if odd * 3 >= sample.count, even == 0 { return false }
        if even * 3 >= sample.count, odd == 0 { return true }
        return nil
    }

    private static func decoded(_ input: InputBuffer, _ decoder: any TextDecoder) -> ByteSource {
        var ready: [UInt8] = [0xEF, 0xBB, 0xBF]
        var position = 0
        var isOver = false
        return ByteSource { target throws(IssuingError) in
            while position == ready.count, !isOver {
                ready.removeAll(keepingCapacity: true)
                position = 0
                if input.count == 0 || decoder.needsMore(input.count) {
                    if try !input.fill() { isOver = true }
                }
                input.consume(decoder.decode(input.bytes, isLast: isOver, into: &ready))
            }
            let count = min(target.count, ready.count - position)
            target.copyBytes(from: ready[position..<(position + count)])
            position += count
            return count
        }
    }

    /// What Windows-1252 has where Latin-1 has controls: 0x80 to 0x9F.
    private static let windows1252Table: [UInt16] = [
        0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0xFFFD,
        0x017D, 0xFFFD, 0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A,
        0x0153, 0xFFFD, 0x017E, 0x0178,
    ]
}

/// Turns bytes into UTF-8, and says how many it took.
private protocol TextDecoder {
    /// Whether so few bytes may be a part of a character.
    func needsMore(_ count: Int) -> Bool
    func decode(_ bytes: UnsafeRawBufferPointer, isLast: Bool, into output: inout [UInt8]) -> Int
}

/// A byte a character.
private struct ByteDecoder: TextDecoder {
    /// The characters of 0x80 to 0x9F; empty where they are what their numbers say.
    let table: [UInt16]

    func needsMore(_ count: Int) -> Bool { false }

    func decode(_ bytes: UnsafeRawBufferPointer, isLast: Bool, into output: inout [UInt8]) -> Int {
        for byte in bytes {
            if byte < 0x80 {
                output.append(byte)
                continue
            }
            let value = byte < 0xA0 && !table.isEmpty ? table[Int(byte) - 0x80] : UInt16(byte)
            output += Array(String(Unicode.Scalar(value).map(Character.init) ?? "\u{FFFD}").utf8)
        }
        return bytes.count
    }
}

/// Two bytes a unit, and two units for what lies beyond the basic plane.
private struct UTF16Decoder: TextDecoder {
    let isBigEndian: Bool

    func needsMore(_ count: Int) -> Bool { count < 4 }

    func decode(_ bytes: UnsafeRawBufferPointer, isLast: Bool, into output: inout [UInt8]) -> Int {
        func unit(_ index: Int) -> UInt16 {
            let (first, second) = (UInt16(bytes[index]), UInt16(bytes[index + 1]))
            return isBigEndian ? first << 8 | second : second << 8 | first
        }
        var index = 0
        while index + 2 <= bytes.count {
            let first = unit(index)
            var scalar = Unicode.Scalar(first)
            var length = 2
            if (0xD800..<0xDC00).contains(first) {
                guard index + 4 <= bytes.count || isLast else { break }
                if index + 4 <= bytes.count {
                    let second = unit(index + 2)
                    if (0xDC00..<0xE000).contains(second) {
                        scalar = Unicode.Scalar(
                            0x1_0000 + (UInt32(first) - 0xD800) << 10 + (UInt32(second) - 0xDC00)
                        )
                        length = 4
                    }
                }
            }
            index += length
            // The mark at the beginning is written as that of UTF-8 already.
            guard first != 0xFEFF else { continue }
            output += Array(String(Character(scalar ?? "\u{FFFD}")).utf8)
        }
        if isLast, index < bytes.count {
            output += [0xEF, 0xBF, 0xBD]
            index = bytes.count
        }
        return index
    }
}
