/// The little of RFC 3987 that badges need: is it absolute, and what does it begin with.
///
/// By bytes throughout: every value of a badge passes here.
package enum IRI {
    /// Whether `text` has a scheme, something behind it, and no character that an IRI cannot hold.
    package static func isAbsolute(_ text: String) -> Bool {
        guard let colon = endOfScheme(text), text.utf8.index(after: colon) < text.utf8.endIndex else { return false }
        return text.utf8.allSatisfy { byte in
            // Controls, space and the characters that RFC 3987 leaves out of every component.
            switch byte {
            case 0...0x20, 0x7F, UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""), UInt8(ascii: "{"),
                UInt8(ascii: "}"), UInt8(ascii: "|"), UInt8(ascii: "\\"), UInt8(ascii: "^"), UInt8(ascii: "`"):
                false
            default: true
            }
        }
    }

    /// The scheme in lower case, without its colon.
    package static func scheme(of text: String) -> String? {
        endOfScheme(text).map { text[..<$0].lowercased() }
    }

    /// Where the scheme's colon stands.
    private static func endOfScheme(_ text: String) -> String.Index? {
        let bytes = text.utf8
        var index = bytes.startIndex
        while index < bytes.endIndex {
            switch bytes[index] {
            case UInt8(ascii: ":"): return index == bytes.startIndex ? nil : index
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): break
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."):
                if index == bytes.startIndex { return nil }
            default: return nil
            }
            bytes.formIndex(after: &index)
        }
        return nil
    }

    /// Whether `text` is an `https:` or `http:` URL.
    package static func isWeb(_ text: String) -> Bool {
        var bytes = text.utf8.makeIterator()
        // In capitals, too: bit 5 is what tells letters apart.
        for letter in "http".utf8 where (bytes.next() ?? 0) | 0x20 != letter { return false }
        let next = bytes.next()
        if next == UInt8(ascii: ":") { return true }
        return (next ?? 0) | 0x20 == UInt8(ascii: "s") && bytes.next() == UInt8(ascii: ":")
    }

    /// What stands before the first `#`.
    package static func withoutFragment(_ text: String) -> String {
        text.utf8.firstIndex(of: UInt8(ascii: "#")).map { String(text[..<$0]) } ?? text
    }

    /// What stands behind the first `#`.
    package static func fragment(of text: String) -> String? {
        text.utf8.firstIndex(of: UInt8(ascii: "#")).map { String(text[text.utf8.index(after: $0)...]) }
    }
}
