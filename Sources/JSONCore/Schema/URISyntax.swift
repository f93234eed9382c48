/// Whether a text is a URI (RFC 3986) or an IRI (RFC 3987), by their grammar.
enum URISyntax {
    /// Whether bytes are a URI, or a reference to one where it need not be absolute; characters beyond ASCII are those
    /// that IRIs add.
    static func accepts(_ bytes: UnsafeBufferPointer<UInt8>, isAbsolute: Bool, beyondASCII: Bool) -> Bool {
        var rest = bytes[...]
        // What belongs to no part at all.
        guard hasOnlyAllowed(rest, beyondASCII) else { return false }
        if let hash = rest.firstIndex(of: UInt8(ascii: "#")) {
            guard !rest[(hash + 1)...].contains(where: { [0x23, 0x5B, 0x5D].contains($0) }) else { return false }
            rest = rest[..<hash]
        }
        if let mark = rest.firstIndex(of: UInt8(ascii: "?")) {
            guard !rest[mark...].contains(where: { [0x5B, 0x5D].contains($0) }) else { return false }
            rest = rest[..<mark]
        }
        let colon = rest.prefix { $0 != UInt8(ascii: "/") }.firstIndex(of: UInt8(ascii: ":"))
        if let colon, isScheme(rest[..<colon]) {
            rest = rest[(colon + 1)...]
        } else if isAbsolute || colon != nil {
            // A first segment with a colon would be a scheme.
            return false
        }
        if rest.starts(with: "//".utf8) {
            let authority = rest.dropFirst(2).prefix { $0 != UInt8(ascii: "/") }
            guard isAuthority(authority) else { return false }
            rest = rest[authority.endIndex...]
        }
        return !rest.contains { $0 == 0x5B || $0 == 0x5D }
    }

    /// §3.1
    private static func isScheme(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        guard let first = bytes.first, isLetter(first) else { return false }
        return bytes.allSatisfy { isLetter($0) || isDigit($0) || [0x2B, 0x2D, 0x2E].contains($0) }
    }

    /// §3.2: user information, host, port.
    private static func isAuthority(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        var host = bytes
        if let at = host.firstIndex(of: UInt8(ascii: "@")) {
            guard !host[..<at].contains(where: { $0 == 0x5B || $0 == 0x5D }) else { return false }
            host = host[(at + 1)...]
        }
        if host.first == UInt8(ascii: "[") {
            guard let bracket = host.firstIndex(of: UInt8(ascii: "]")) else { return false }
            let literal = UnsafeBufferPointer(rebasing: host[(host.startIndex + 1)..<bracket])
            let isFuture = literal.count > 3 && literal[0] | 0x20 == 0x76
            guard isFuture || FormatScanner(literal).isWhole({ $0.ipv6() }) else { return false }
            host = host[(bracket + 1)...]
            guard host.isEmpty || host.first == UInt8(ascii: ":") else { return false }
        }
        if let colon = host.firstIndex(of: UInt8(ascii: ":")) {
            guard host[(colon + 1)...].allSatisfy(isDigit) else { return false }
            host = host[..<colon]
        }
        return !host.contains { [0x40, 0x5B, 0x5D].contains($0) }
    }

    /// Unreserved, reserved and percent-encoded characters.
    private static func hasOnlyAllowed(_ bytes: Slice<UnsafeBufferPointer<UInt8>>, _ beyondASCII: Bool) -> Bool {
        var index = bytes.startIndex
        while index < bytes.endIndex {
            let byte = bytes[index]
            if byte == UInt8(ascii: "%") {
                guard index + 2 < bytes.endIndex, isHexadecimal(bytes[index + 1]), isHexadecimal(bytes[index + 2])
                else { return false }
                index += 2
            } else if byte >= 0x80 {
                if !beyondASCII { return false }
            } else if byte <= 0x20 || byte == 0x7F || "\"<>\\^`{|}".utf8.contains(byte) {
                return false
            }
            index += 1
        }
        return true
    }

    private static func isLetter(_ byte: UInt8) -> Bool { 0x61...0x7A ~= byte | 0x20 }
    private static func isDigit(_ byte: UInt8) -> Bool { 0x30...0x39 ~= byte }
    private static func isHexadecimal(_ byte: UInt8) -> Bool { isDigit(byte) || 0x61...0x66 ~= byte | 0x20 }
}
