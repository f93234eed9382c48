/// What CSS in an SVG may do: nothing that fetches, nothing that runs.
enum SVGStyle {
    /// Why a style is unsafe; `nil` where it is safe.
    ///
    /// Comments are searched as if they were not: what a comment is and what a string, different readers tell apart
    /// differently. Escapes are resolved first, as `\75rl(` is `url(` to a browser.
    static func danger(in text: [UInt8]) -> String? {
        let text = unescaped(text).lowercased
        if text.contains(sequence: "@import") { return "imports a style sheet" }
        if text.contains(sequence: "expression(") || text.contains(sequence: "javascript:") { return "can run code" }
        if text.contains(sequence: "-moz-binding") || text.contains(sequence: "behavior:") { return "can run code" }
        // Functions that take addresses as plain strings.
        if text.contains(sequence: "image-set(") || text.contains(sequence: "src(") || text.contains(sequence: "image(")
        {
            return "can fetch from elsewhere"
        }
        var rest = text[...]
        while let start = rest.firstIndex(ofSequence: "url(") {
            rest = rest[(start + 4)...]
            let target = rest.drop { XMLCharacters.isSpace($0) || $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "'") }
            guard SVGReference.isInside(target) else { return "fetches from elsewhere" }
        }
        return nil
    }

    /// A backslash before a character's number, or before a character. CSS Syntax §4.3.7
    private static func unescaped(_ text: [UInt8]) -> [UInt8] {
        guard text.contains(UInt8(ascii: "\\")) else { return text }
        var output: [UInt8] = []
        var index = 0
        while index < text.count {
            guard text[index] == UInt8(ascii: "\\") else {
                output.append(text[index])
                index += 1
                continue
            }
            let digits = text[(index + 1)...].prefix(6).prefix { byte in
                (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                    || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte | 0x20)
            }
            index += 1 + digits.count
            guard let value = UInt32(String(decoding: digits, as: UTF8.self), radix: 16) else { continue }
            if let scalar = Unicode.Scalar(value) { output += Array(String(Character(scalar)).utf8) }
            if index < text.count, XMLCharacters.isSpace(text[index]) { index += 1 }
        }
        return output
    }
}

/// What `href` and `url()` may name: something in the image itself, or a picture or font that is written out.
enum SVGReference {
    private static let schemes = [
        // Not data:image/svg+xml: that is a document again, with all that a document can do.
        "data:image/png", "data:image/jpeg", "data:image/jpg", "data:image/gif", "data:image/webp", "data:image/avif",
        "data:image/bmp", "data:font/", "data:application/font", "data:application/x-font",
        "data:application/vnd.ms-fontobject",
    ].map { Array($0.utf8) }

    /// Whether a reference, in lower case and without space before it, leads nowhere but into the image.
    static func isInside(_ reference: ArraySlice<UInt8>) -> Bool {
        reference.isEmpty || reference.first == UInt8(ascii: "#") || schemes.contains { reference.starts(with: $0) }
    }
}

extension [UInt8] {
    func contains(sequence text: String) -> Bool {
        self[...].firstIndex(ofSequence: text) != nil
    }
}

extension ArraySlice<UInt8> {
    /// Where a text, of at least one byte, first begins.
    func firstIndex(ofSequence text: String) -> Int? {
        let text = Array(text.utf8)
        guard let first = text.first, count >= text.count else { return nil }
        let last = endIndex - text.count
        var index = startIndex
        while index <= last {
            if self[index] == first, self[index..<(index + text.count)].elementsEqual(text) { return index }
            index += 1
        }
        return nil
    }
}
