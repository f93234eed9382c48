/// What a page for people says in its text, as far as that is needed to hold it against the badge behind it.
///
/// Tags are left out and the usual character references read; scripts and styles count as text, which only makes it
/// say more.
enum PageText {
    /// Whether a page says a name, whatever its spacing and capitals.
    static func says(_ name: String, on page: [UInt8]) -> Bool {
        let name = words(name)
        return name.isEmpty || words(visible(page)).contains(name)
    }

    private static func words(_ text: String) -> String {
        text.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    private static func visible(_ page: [UInt8]) -> String {
        var text: [UInt8] = []
        text.reserveCapacity(page.count)
        var isInTag = false
        for byte in page {
            switch byte {
            case UInt8(ascii: "<"): isInTag = true
            case UInt8(ascii: ">") where isInTag:
                isInTag = false
                text.append(UInt8(ascii: " "))
            default:
                // Titles and descriptions stand in attributes, too.
                text.append(isInTag && (byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "=")) ? 0x20 : byte)
            }
        }
        return unescaped(String(decoding: text, as: UTF8.self))
    }

    private static let names: [Substring: Character] = [
        "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": " ",
    ]

    private static func unescaped(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "&")) else { return text }
        var parts = text.split(separator: "&", omittingEmptySubsequences: false)[...]
        var result = String(parts.removeFirst())
        for part in parts {
            // No reference is longer than this.
            guard let end = part.utf8.prefix(12).firstIndex(of: UInt8(ascii: ";")) else {
                result += "&" + part
                continue
            }
            let name = part[..<end]
            let digits = name.hasPrefix("#x") || name.hasPrefix("#X") ? (name.dropFirst(2), 16) : (name.dropFirst(), 10)
            if let character = names[name] {
                result.append(character)
            } else if name.hasPrefix("#"), let number = UInt32(digits.0, radix: digits.1),
                let scalar = Unicode.Scalar(number)
            {
                result.unicodeScalars.append(scalar)
            } else {
                result += "&" + part[...end]
                result += part[part.index(after: end)...]
                continue
            }
            result += part[part.index(after: end)...]
        }
        return result
    }
}
