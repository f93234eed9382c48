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
