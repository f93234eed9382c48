/// An IRI reference taken into its parts, to resolve it against a base (RFC 3986 §5.2, for IRIs by RFC 3987 §6.5).
///
/// Only the basic algorithm, as JSON-LD wants: nothing is normalized but dot segments.
struct IRIReference {
    private typealias Bytes = ArraySlice<UInt8>

    private var scheme: Bytes?
    private var authority: Bytes?
    private var path: Bytes
    private var query: Bytes?
    private var fragment: Bytes?

    /// Takes a reference apart (RFC 3986, appendix B); any text is one.
    init(_ text: String) {
        var rest = Array(text.utf8)[...]
        if let hash = rest.firstIndex(of: UInt8(ascii: "#")) {
            fragment = rest[(hash + 1)...]
            rest = rest[..<hash]
        }
        if let mark = rest.firstIndex(of: UInt8(ascii: "?")) {
            query = rest[(mark + 1)...]
            rest = rest[..<mark]
        }
        if let end = Self.schemeEnd(rest) {
            scheme = rest[..<end]
            rest = rest[(end + 1)...]
        }
        if rest.starts(with: [UInt8(ascii: "/"), UInt8(ascii: "/")]) {
            let start = rest.startIndex + 2
            let end = rest[start...].firstIndex(of: UInt8(ascii: "/")) ?? rest.endIndex
            authority = rest[start..<end]
            rest = rest[end...]
        }
        path = rest
    }

    /// A reference resolved against a base IRI.
    static func resolve(_ reference: String, against base: String) -> String {
        IRIReference(reference).resolved(against: IRIReference(base)).text
    }

    /// Whether a text starts with a scheme and a colon.
    static func hasScheme(_ text: String) -> Bool {
        text.withBytes { bytes in
            guard let first = bytes.first, isLetter(first) else { return false }
            for byte in bytes {
                if byte == UInt8(ascii: ":") { return true }
                if !isSchemeByte(byte) { return false }
            }
            return false
        }
    }

    private func resolved(against base: IRIReference) -> IRIReference {
        var target = self
        if scheme != nil {
            target.path = Self.withoutDots(path)
        } else {
            target.scheme = base.scheme
            if authority != nil {
                target.path = Self.withoutDots(path)
            } else {
                target.authority = base.authority
                if path.isEmpty {
                    target.path = base.path
                    target.query = query ?? base.query
                } else if path.first == UInt8(ascii: "/") {
                    target.path = Self.withoutDots(path)
                } else {
                    target.path = Self.withoutDots(merged(with: base))
                }
            }
        }
        return target
    }

    /// RFC 3986 §5.2.3.
    private func merged(with base: IRIReference) -> Bytes {
        if base.authority != nil, base.path.isEmpty { return [UInt8(ascii: "/")] + path }
        guard let slash = base.path.lastIndex(of: UInt8(ascii: "/")) else { return path }
        return base.path[...slash] + path
    }

    /// RFC 3986 §5.2.4.
    private static func withoutDots(_ path: Bytes) -> Bytes {
        let slash = UInt8(ascii: "/")
        let segments = path.split(separator: slash, omittingEmptySubsequences: false)
        let isAbsolute = path.first == slash
        var output: [Bytes] = []
        for (index, segment) in segments.enumerated() {
            let isLast = index == segments.count - 1
            if isDots(segment, 1) {
                if isLast { output.append([]) }
            } else if isDots(segment, 2) {
                // The root's empty first segment stays.
                if output.count > (isAbsolute ? 1 : 0) { output.removeLast() }
                if isLast { output.append([]) }
            } else {
                output.append(segment)
            }
        }
        let joined = Array(output.joined(separator: [slash]))
        // "/.." alone leaves the root.
        return isAbsolute && joined.first != slash ? [slash] + joined : joined[...]
    }

    private static func isDots(_ segment: Bytes, _ count: Int) -> Bool {
        segment.count == count && segment.allSatisfy { $0 == UInt8(ascii: ".") }
    }

    /// RFC 3986 §5.3.
    private var text: String {
        var bytes: [UInt8] = []
        if let scheme {
            bytes += scheme
            bytes.append(UInt8(ascii: ":"))
        }
        if let authority {
            bytes += [UInt8(ascii: "/"), UInt8(ascii: "/")]
            bytes += authority
        }
        bytes += path
        if let query {
            bytes.append(UInt8(ascii: "?"))
            bytes += query
        }
        if let fragment {
            bytes.append(UInt8(ascii: "#"))
            bytes += fragment
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func schemeEnd(_ text: Bytes) -> Int? {
        guard let first = text.first, isLetter(first) else { return nil }
        for (index, byte) in zip(text.indices, text) {
            if byte == UInt8(ascii: ":") { return index }
            if !isSchemeByte(byte) { return nil }
        }
        return nil
    }

    @inline(__always)
    static func isLetter(_ byte: UInt8) -> Bool {
        (byte | 0x20) >= UInt8(ascii: "a") && (byte | 0x20) <= UInt8(ascii: "z")
    }

    @inline(__always)
    static func isSchemeByte(_ byte: UInt8) -> Bool {
        isLetter(byte) || (byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9"))
            || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
    }
}
