/// `did:web`: a DID whose document is hosted under a domain. Source: did:web Method Specification §3.
public enum DIDWeb {
    /// The URL of the document of a `did:web`.
    ///
    /// *For example:* `did:web:example.org` → `https://example.org/.well-known/did.json`,
    /// `did:web:example.org%3A8443:exams` → `https://example.org:8443/exams/did.json`.
    ///
    /// - Returns: `nil` where the DID is of another method, or names no host by a domain name: an address belongs to
    ///   nobody for long, and the method forbids it (§3.1).
    public static func documentURL(of did: DID) -> String? {
        guard did.method == "web" else { return nil }
        let segments = did.identifier.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        guard segments.allSatisfy({ !$0.isEmpty && $0 != "." && $0 != ".." }) else { return nil }
        // Only the port's colon may be percent-encoded; anything else could smuggle in another authority or path.
        guard let host = decodingPort(segments[0]), segments.dropFirst().allSatisfy({ !$0.contains("%") }),
            !isAddress(host)
        else { return nil }
        let path = segments.dropFirst()
        return path.isEmpty
            ? "https://\(host)/.well-known/did.json"
            : "https://\(host)/\(path.joined(separator: "/"))/did.json"
    }

    /// The `did:web` of what is hosted under a base URL.
    ///
    /// *For example:* `https://example.org:8443/exams` → `did:web:example.org%3A8443:exams`.
    public static func identifier(forBaseURL url: String) -> String? {
        guard url.hasPrefix("https://") else { return nil }
        var rest = url.dropFirst("https://".count)
        while rest.hasSuffix("/") { rest.removeLast() }
        guard !rest.isEmpty, !rest.contains("?"), !rest.contains("#"), !rest.contains("@"), !rest.contains("%") else {
            return nil
        }
        let parts = rest.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard parts.allSatisfy({ !$0.isEmpty }) else { return nil }
        let host = parts[0].replacing(":", with: "%3A")
        let did = (["did", "web", host] + parts.dropFirst()).joined(separator: ":")
        return DID(did).flatMap(documentURL) == nil ? nil : did
    }

    /// Whether a host, with or without a port, is an IPv4 address to those who fetch it: its last label is a number,
    /// decimal or `0x…` (URL Standard, "ends in a number checker"). IPv6 addresses have brackets, which no DID has.
    private static func isAddress(_ host: String) -> Bool {
        let name = host.prefix { $0 != ":" }
        guard let last = name.split(separator: ".").last else { return true }
        if last.utf8.allSatisfy({ (0x30...0x39).contains($0) }) { return true }
        return last.lowercased().hasPrefix("0x") && last.dropFirst(2).allSatisfy(\.isHexDigit)
    }

    private static func decodingPort(_ host: String) -> String? {
        guard let percent = host.firstIndex(of: "%") else { return host }
        let escape = host[percent...].prefix(3).lowercased()
        let port = host[percent...].dropFirst(3)
        guard escape == "%3a", !port.isEmpty, port.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return "\(host[..<percent]):\(port)"
    }
}

extension String {
    fileprivate func replacing(_ character: Character, with text: String) -> String {
        reduce(into: "") { $0 += $1 == character ? text : String($1) }
    }
}
