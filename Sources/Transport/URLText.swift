/// The text of a URL, cut at its delimiters (RFC 3986 appendix B); nothing in it is decoded or judged yet.
struct URLText {
    /// What stands before the first colon, in lower case; nil where it is no scheme.
    let scheme: String?
    /// What stands between `//` and the next `/`, `?` or `#`; nil where there is no `//`.
    let authority: ArraySlice<UInt8>?
    let path: ArraySlice<UInt8>
    let query: ArraySlice<UInt8>?
    let fragment: ArraySlice<UInt8>?

    init(_ text: String) {
        var rest = Array(text.utf8)[...]
        var scheme: String?
        if let colon = rest.firstIndex(of: UInt8(ascii: ":")), Self.isScheme(rest[..<colon]) {
            scheme = String(decoding: rest[..<colon], as: UTF8.self).lowercased()
            rest = rest[(colon + 1)...]
        }
        self.scheme = scheme
        var fragment: ArraySlice<UInt8>?
        if let hash = rest.firstIndex(of: UInt8(ascii: "#")) {
            fragment = rest[(hash + 1)...]
            rest = rest[..<hash]
        }
        self.fragment = fragment
        var query: ArraySlice<UInt8>?
        if let mark = rest.firstIndex(of: UInt8(ascii: "?")) {
            query = rest[(mark + 1)...]
            rest = rest[..<mark]
        }
        self.query = query
        guard rest.starts(with: "//".utf8) else {
            authority = nil
            path = rest
            return
        }
        let end = rest.dropFirst(2).firstIndex(of: UInt8(ascii: "/")) ?? rest.endIndex
        authority = rest[(rest.startIndex + 2)..<end]
        path = rest[end...]
    }

    /// RFC 3986 §3.1.
    private static func isScheme(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard let first = bytes.first, first.isASCIILetter else { return false }
        return bytes.allSatisfy { $0.isASCIILetter || $0.isASCIIDigit || "+-.".utf8.contains($0) }
    }

    /// A path without `.` and `..` segments, as they are written plainly (RFC 3986 §5.2.4). It begins with a slash, also
    /// where the given one is empty.
    static func removingDotSegments(_ path: ArraySlice<UInt8>) -> [UInt8] {
        let slash = UInt8(ascii: "/")
        var segments: [ArraySlice<UInt8>] = []
        var endsInDots = false
        let relative = path.first == slash ? path.dropFirst() : path
        for segment in relative.split(separator: slash, omittingEmptySubsequences: false) {
            endsInDots = false
            if segment.elementsEqual(".".utf8) {
                endsInDots = true
            } else if segment.elementsEqual("..".utf8) {
                segments.removeLast(min(1, segments.count))
                endsInDots = true
            } else {
                segments.append(segment)
            }
        }
        if endsInDots { segments.append([]) }
        return [slash] + segments.joined(separator: [slash])
    }

    /// Spaces and what is not ASCII, percent-encoded; all else as it stands.
    static func encoded(_ bytes: some Sequence<UInt8>) -> String {
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        for byte in bytes {
            if byte > 0x20 && byte < 0x7F {
                text.append(byte)
            } else {
                text += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: text, as: UTF8.self)
    }
}

extension UInt8 {
    var isASCIILetter: Bool { (0x41...0x5A).contains(self & 0xDF) }
    var isASCIIDigit: Bool { (0x30...0x39).contains(self) }
    /// The value of a hexadecimal digit; nil for any other byte.
    var hexadecimalValue: UInt8? {
        switch self {
        case 0x30...0x39: self - 0x30
        case 0x41...0x46, 0x61...0x66: (self | 0x20) - 0x61 + 10
        default: nil
        }
    }
}
