/// The little of RFC 3987 that badges need: is it absolute, and what does it begin with.
package enum IRI {
    /// Whether `text` has a scheme, something behind it, and no character that an IRI cannot hold.
    package static func isAbsolute(_ text: String) -> Bool {
        guard let scheme = scheme(of: text), text.utf8.count > scheme.utf8.count + 1 else { return false }
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
        var scheme = ""
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: ":"): return scheme.isEmpty ? nil : scheme
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"):
                scheme.unicodeScalars.append(Unicode.Scalar(byte | 0x20))
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."):
                if scheme.isEmpty { return nil }
                scheme.unicodeScalars.append(Unicode.Scalar(byte))
            default: return nil
            }
        }
        return nil
    }

    /// Whether `text` is an `https:` or `http:` URL.
    package static func isWeb(_ text: String) -> Bool {
        let scheme = scheme(of: text)
        return scheme == "https" || scheme == "http"
    }

    /// What stands before the first `#`.
    package static func withoutFragment(_ text: String) -> String {
        text.firstIndex(of: "#").map { String(text[..<$0]) } ?? text
    }

    /// What stands behind the first `#`.
    package static func fragment(of text: String) -> String? {
        text.firstIndex(of: "#").map { String(text[text.index(after: $0)...]) }
    }
}
