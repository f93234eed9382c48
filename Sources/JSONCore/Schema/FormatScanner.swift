/// Reads a text from the front, by the grammar of a format.
///
/// Each part reads what is its own and says whether it was there; a text has the format if nothing is left over.
struct FormatScanner {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var position = 0

    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
    }

    /// Whether a part is all of the text.
    func isWhole(_ part: (inout FormatScanner) -> Bool) -> Bool {
        var copy = self
        return part(&copy) && copy.position == bytes.count
    }

    private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func skip(_ character: Unicode.Scalar) -> Bool {
        guard let next, UInt32(next) == character.value else { return false }
        position += 1
        return true
    }

    /// Skips a letter of either case.
    private mutating func skip(letter: Unicode.Scalar) -> Bool {
        guard let next, UInt32(next | 0x20) == letter.value else { return false }
        position += 1
        return true
    }

    /// The number that so many digits write.
    private mutating func number(digits: Int) -> Int? {
        var value = 0
        for _ in 0..<digits {
            guard let next, Self.isDigit(next) else { return nil }
            value = value * 10 + Int(next) - 48
            position += 1
        }
        return value
    }

    /// Skips digits, and returns how many there were.
    private mutating func skipDigits() -> Int {
        let start = position
        while let next, Self.isDigit(next) { position += 1 }
        return position - start
    }

    private static func isDigit(_ byte: UInt8) -> Bool { 0x30...0x39 ~= byte }
    private static func isLetter(_ byte: UInt8) -> Bool { 0x61...0x7A ~= byte | 0x20 }
    private static func isHexadecimal(_ byte: UInt8) -> Bool { isDigit(byte) || 0x61...0x66 ~= byte | 0x20 }
}

// RFC 3339.
extension FormatScanner {
    /// §5.6 `date-time`
    mutating func dateTime() -> Bool {
        guard date(), skip(letter: "t") else { return false }
        return time()
    }

    /// §5.6 `full-date`, a day that there is.
    mutating func date() -> Bool {
        guard let year = number(digits: 4), skip("-"), let month = number(digits: 2), skip("-"),
            let day = number(digits: 2), 1...12 ~= month
        else { return false }
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        return 1...days[month - 1] ~= day
    }

    /// §5.6 `full-time`; second 60 only where a leap second can be: at 23:59 UTC (§5.7).
    mutating func time() -> Bool {
        guard let hour = number(digits: 2), skip(":"), let minute = number(digits: 2), skip(":"),
            let second = number(digits: 2), hour < 24, minute < 60, second <= 60
        else { return false }
        if skip("."), skipDigits() == 0 { return false }
        var offset = 0
        if !skip(letter: "z") {
            let isEast = skip("+")
            guard isEast || skip("-"), let hours = number(digits: 2), skip(":"), let minutes = number(digits: 2),
                hours < 24, minutes < 60
            else { return false }
            offset = (hours * 60 + minutes) * (isEast ? 1 : -1)
        }
        return second < 60 || (hour * 60 + minute - offset + 2 * 1_440) % 1_440 == 1_439
    }

    /// Appendix A `duration`: weeks alone, or the other units in order, of which none in between is left out.
    mutating func duration() -> Bool {
        guard skip("P") else { return false }
        let start = position
        if skipDigits() > 0, skip("W") { return true }
        position = start
        let hasDate = units(["Y", "M", "D"])
        guard let hasDate else { return false }
        guard skip("T") else { return hasDate }
        return units(["H", "M", "S"]) == true
    }

    /// Numbers with units of the list; `nil` where one is out of order, `false` where there is none.
    private mutating func units(_ units: [Unicode.Scalar]) -> Bool? {
        var last: Int?
        while let next, Self.isDigit(next) {
            _ = skipDigits()
            guard let index = units.firstIndex(where: { skip($0) }) else { return nil }
            guard last == nil || last == index - 1 else { return nil }
            last = index
        }
        return last != nil
    }
}

// RFC 9562, RFC 2673, RFC 4291.
extension FormatScanner {
    /// Hexadecimal digits in groups of 8, 4, 4, 4 and 12.
    mutating func uuid() -> Bool {
        for (index, count) in [8, 4, 4, 4, 12].enumerated() {
            if index > 0, !skip("-") { return false }
            for _ in 0..<count {
                guard let next, Self.isHexadecimal(next) else { return false }
                position += 1
            }
        }
        return true
    }

    /// Four decimal numbers without leading zeros.
    mutating func ipv4() -> Bool {
        for index in 0..<4 {
            if index > 0, !skip(".") { return false }
            let start = position
            let count = skipDigits()
            guard 1...3 ~= count, count == 1 || bytes[start] != 0x30 else { return false }
            guard bytes[start..<position].reduce(0, { $0 * 10 + Int($1) - 48 }) < 256 else { return false }
        }
        return true
    }

    /// Eight groups of hexadecimal digits, of which `::` leaves out some, and an IPv4 address may be the last two.
    mutating func ipv6() -> Bool {
        var groups = 0
        var isShortened = false
        while position < bytes.count {
            if skip(":") {
                guard skip(":"), !isShortened else { return false }
                isShortened = true
                if position == bytes.count { break }
                // What follows the gap is a group.
                if next == 0x3A { return false }
            }
            let start = position
            while let next, Self.isHexadecimal(next) { position += 1 }
            if next == 0x2E {
                position = start
                guard ipv4() else { return false }
                groups += 2
                break
            }
            guard 1...4 ~= position - start else { return false }
            groups += 1
            guard position < bytes.count else { break }
            guard next == 0x3A else { return false }
            // One colon is between two groups; two are read above.
            if position + 1 < bytes.count, bytes[position + 1] == 0x3A { continue }
            position += 1
            if position == bytes.count { return false }
        }
        return isShortened ? groups < 8 : groups == 8
    }
}

// RFC 1123, RFC 5321.
extension FormatScanner {
    /// RFC 1123 §2.1: labels of letters, digits and inner hyphens, 63 characters at most, and 253 in all.
    mutating func hostname() -> Bool {
        let start = position
        repeat {
            let label = position
            while let next, Self.isDigit(next) || Self.isLetter(next) || next == 0x2D { position += 1 }
            guard 1...63 ~= position - label, bytes[label] != 0x2D, bytes[position - 1] != 0x2D else { return false }
            // RFC 5891 §4.2.3.1: two hyphens there are kept for encoded labels, of which there is one kind.
            if position - label >= 4, bytes[label + 2] == 0x2D, bytes[label + 3] == 0x2D {
                guard bytes[label] | 0x20 == 0x78, bytes[label + 1] | 0x20 == 0x6E else { return false }
            }
        } while skip(".")
        return position - start <= 253
    }

    /// RFC 5321 §4.1.2 `Mailbox`: a name with dots or in quotation marks, and a host or an address in brackets.
    mutating func email(beyondASCII: Bool) -> Bool {
        guard skip("\"") ? quotedName(beyondASCII) : dottedName(beyondASCII) else { return false }
        guard skip("@") else { return false }
        if skip("[") {
            if next == 0x49 {
                for character in "IPv6:".unicodeScalars where !skip(character) { return false }
                let rest = UnsafeBufferPointer(rebasing: bytes[position..<max(bytes.count - 1, position)])
                guard FormatScanner(rest).isWhole({ $0.ipv6() }) else { return false }
                position += rest.count
            } else if !ipv4() {
                return false
            }
            return skip("]")
        }
        guard beyondASCII else { return hostname() }
        let start = position
        while let next, next >= 0x80 || Self.isDigit(next) || Self.isLetter(next) || next == 0x2D || next == 0x2E {
            position += 1
        }
        return position > start
    }

    private mutating func dottedName(_ beyondASCII: Bool) -> Bool {
        repeat {
            let start = position
            while let next, Self.isAtom(next) || beyondASCII && next >= 0x80 { position += 1 }
            if position == start { return false }
        } while skip(".")
        return true
    }

    private mutating func quotedName(_ beyondASCII: Bool) -> Bool {
        while let next {
            position += 1
            switch next {
            case 0x22: return true
            case 0x5C:
                guard let escaped = self.next, 0x20...0x7E ~= escaped else { return false }
                position += 1
            case 0x20...0x7E: continue
            default: if !beyondASCII || next < 0x80 { return false }
            }
        }
        return false
    }

    /// RFC 5322 §3.2.3 `atext`
    private static func isAtom(_ byte: UInt8) -> Bool {
        isDigit(byte) || isLetter(byte) || "!#$%&'*+-/=?^_`{|}~".utf8.contains(byte)
    }
}
