public import JSONCore

/// Whom the verifying side trusts: issuers, domains, keys.
///
/// Source: the employer's own `trust.yaml`.
public struct TrustPolicy: Sendable, Hashable {
    /// Issuer ids: DIDs, URLs, and prefixes of them that end in `*` (`did:web:www.example.com:issuers:*`).
    public var issuers: [String]
    /// Host names; an issuer hosted under one of them (a `did:web` or an https id of that very host) is trusted.
    public var domains: [String]
    /// JWK thumbprints (RFC 7638, SHA-256, base64url) of keys.
    public var keys: [String]

    ///
    /// A pattern that names no host (`did:*`, `https://*`) trusts nobody.
    public init(issuers: [String] = [], domains: [String] = [], keys: [String] = []) {
        self.issuers = issuers
        self.domains = domains
        self.keys = keys
    }

    /// Reads the parsed form of a trust file.
    ///
    /// - Throws: ``OpenBadgesError`` `TRUST_FILE_INVALID` with the place of the mistake.
    public init(json: JSON) throws(OpenBadgesError) {
        guard let object = json.object else {
            throw OpenBadgesError(.trustFile, "a trust file is a map with issuers, domains or keys")
        }
        var lists: [String: [String]] = [:]
        for (name, value) in object {
            let path = JSONPointer().appending(name)
            guard ["issuers", "domains", "keys"].contains(name) else {
                throw OpenBadgesError(.trustFile, "only issuers, domains and keys are known", at: path)
            }
            guard let values = value.array else {
                throw OpenBadgesError(.trustFile, "must be a list", at: path)
            }
            var texts: [String] = []
            for (index, element) in values.enumerated() {
                guard let text = element.string, !text.isEmpty, text != "*" else {
                    throw OpenBadgesError(.trustFile, "must be text that names somebody", at: path.appending(index))
                }
                texts.append(text)
            }
            lists[name] = texts
        }
        self.init(issuers: lists["issuers"] ?? [], domains: lists["domains"] ?? [], keys: lists["keys"] ?? [])
    }

    /// What stands before the `*` of a pattern: it ends at a separator, and names a host, or it would trust strangers.
    private static func prefix(_ pattern: String) -> String? {
        let prefix = String(pattern.dropLast())
        if prefix.hasPrefix("https://"), prefix.hasSuffix("/") {
            return prefix.utf8.count > "https://x/".utf8.count - 1 ? prefix : nil
        }
        let parts = prefix.split(separator: ":", omittingEmptySubsequences: false)
        return prefix.hasPrefix("did:") && prefix.hasSuffix(":") && parts.count >= 4 ? prefix : nil
    }

    /// Whether the policy names an issuer by its id, its host, or the key that it signed with.
    func trusts(issuer id: String, host: String?, keyThumbprint: String?) -> Bool {
        let isListed = issuers.contains { entry in
            // A prefix pattern must end at a separator, or `did:web:a.example*` would trust `a.example.evil`.
            guard entry.hasSuffix("*") else { return entry == id }
            return Self.prefix(entry).map { id.utf8.starts(with: $0.utf8) && id.utf8.count > $0.utf8.count } ?? false
                && !WebOrigin.climbs(id)
        }
        return isListed
            || host.map { host in domains.contains { $0.lowercased() == host.lowercased() } } ?? false
            || keyThumbprint.map(keys.contains) ?? false
    }
}
