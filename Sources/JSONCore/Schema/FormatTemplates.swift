// RFC 6570.
extension FormatScanner {
    /// §2: text with expressions in braces.
    mutating func uriTemplate() -> Bool {
        while let next {
            if next == 0x7B {
                position += 1
                guard templateExpression() else { return false }
            } else if next == 0x25 {
                guard percentEncoded() else { return false }
            } else {
                guard next > 0x20, next != 0x7F, !"\"<>\\^`|}".utf8.contains(next) else { return false }
                position += 1
            }
        }
        return true
    }

    /// §2.2: perhaps an operator, and names, each perhaps with `*` or the length of a prefix.
    private mutating func templateExpression() -> Bool {
        if let next, "+#./;?&".utf8.contains(next) { position += 1 }
        repeat {
            guard templateName() else { return false }
            if skip(":") {
                // §2.4.1: from 1 to 9999.
                guard let next, next != 0x30, 1...4 ~= skipDigits() else { return false }
            } else {
                _ = skip("*")
            }
        } while skip(",")
        return skip("}")
    }

    /// §2.3: letters, digits, underscores and encoded characters, with single dots between.
    private mutating func templateName() -> Bool {
        repeat {
            let start = position
            while let next {
                if next == 0x25 {
                    guard percentEncoded() else { return false }
                } else {
                    guard Self.isDigit(next) || Self.isLetter(next) || next == 0x5F else { break }
                    position += 1
                }
            }
            if position == start { return false }
        } while skip(".")
        return true
    }

    private mutating func percentEncoded() -> Bool {
        guard position + 2 < bytes.count, Self.isHexadecimal(bytes[position + 1]),
            Self.isHexadecimal(bytes[position + 2])
        else { return false }
        position += 3
        return true
    }
}
