extension String {
    /// With every occurrence replaced.
    func replacing(_ text: String, _ other: String) -> String {
        var result = ""
        var rest = self[...]
        while let start = rest.firstRange(of: text) {
            result += rest[..<start.lowerBound] + other
            rest = rest[start.upperBound...]
        }
        return result + rest
    }

    func replacingSuffix(_ suffix: String, by other: String) -> String {
        hasSuffix(suffix) ? dropLast(suffix.count) + other : self
    }
}

extension [UInt8] {
    var hexadecimal: String {
        map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
