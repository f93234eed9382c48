/// The host of a URL, in its one spelling: a name in lower case, a dotted quad, or an IPv6 address in brackets.
///
/// Every spelling that some reader of URLs takes for an IPv4 address is read as that address here, or refused: a policy
/// must not see a name where a resolver sees 127.0.0.1. Source: RFC 3986 §3.2.2, WHATWG URL "host parsing".
enum URLHost {
    /// nil where the text is no host.
    ///
    /// - Throws: `SYSTEM_FAILURE` where the host is written in other letters than ASCII, and there is no libcurl to bring
    ///   it into Punycode.
    static func normalized(_ text: ArraySlice<UInt8>) throws(TransportError) -> String? {
        if text.first == UInt8(ascii: "[") {
            guard text.last == UInt8(ascii: "]"), let address = IPAddress(String(decoding: text, as: UTF8.self)) else {
                return nil
            }
            return "[\(address)]"
        }
        guard let decoded = percentDecoded(text) else { return nil }
        var name = decoded.lowercased()
        if !name.utf8.allSatisfy({ $0 < 0x80 }) {
            guard let ascii = try URLHandle().punycode(of: name) else { return nil }
            name = ascii.lowercased()
        }
        guard !name.isEmpty, name.utf8.count <= maximumLength,
            name.utf8.allSatisfy({ $0.isASCIILetter || $0.isASCIIDigit || "-._".utf8.contains($0) })
        else { return nil }
        var labels = name.split(separator: ".", omittingEmptySubsequences: false)
        // A single dot at the end is the root of all names.
        if labels.last == "", labels.count > 1 { labels.removeLast() }
        guard labels.allSatisfy({ !$0.isEmpty }), let last = labels.last else { return nil }
        return isNumeric(last) ? address(of: labels)?.description : name
    }

    /// A name of 253 letters, and the dot of the root (RFC 1035 §2.3.4).
    private static let maximumLength = 254

    /// nil where an escape is none, or the bytes are no UTF-8.
    private static func percentDecoded(_ text: ArraySlice<UInt8>) -> String? {
        guard text.contains(UInt8(ascii: "%")) else { return String(validating: text, as: UTF8.self) }
        var bytes: [UInt8] = []
        var index = text.startIndex
        while index < text.endIndex {
            guard text[index] == UInt8(ascii: "%") else {
                bytes.append(text[index])
                index += 1
                continue
            }
            guard index + 2 < text.endIndex, let high = text[index + 1].hexadecimalValue,
                let low = text[index + 2].hexadecimalValue
            else { return nil }
            bytes.append(high << 4 | low)
            index += 3
        }
        return String(validating: bytes, as: UTF8.self)
    }

    /// Whether a last label can only be part of an IPv4 address: there is no top-level domain of digits.
    private static func isNumeric(_ label: Substring) -> Bool {
        if label.hasPrefix("0x") { return label.utf8.dropFirst(2).allSatisfy { $0.hexadecimalValue != nil } }
        return label.utf8.allSatisfy(\.isASCIIDigit)
    }

    /// One to four numbers, decimal, octal (`0…`) or hexadecimal (`0x…`); the last one fills what is left of four bytes.
    private static func address(of labels: [Substring]) -> IPAddress? {
        guard labels.count <= 4 else { return nil }
        var value: UInt64 = 0
        for (index, label) in labels.enumerated() {
            let isLast = index == labels.count - 1
            let bits = isLast ? 8 * UInt64(5 - labels.count) : 8
            guard let number = number(label), number < 1 << bits else { return nil }
            value = value << bits | number
        }
        return IPAddress(bytes: [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) })
    }

    /// nil for what is no number, or has more than 32 bits.
    private static func number(_ label: Substring) -> UInt64? {
        let (digits, radix): (Substring, Int) =
            if label.hasPrefix("0x") { (label.dropFirst(2), 16) } else if label.count > 1, label.hasPrefix("0") {
                (label.dropFirst(), 8)
            } else { (label, 10) }
        // Readers do not agree whether "0x" is a number.
        guard digits.utf8.allSatisfy({ $0.hexadecimalValue != nil }), let number = UInt64(digits, radix: radix) else {
            return nil
        }
        return number < 1 << 32 ? number : nil
    }
}
