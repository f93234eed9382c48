import Proofs

/// Entries that name issuers: by id, by domain, by key.
///
/// An entry that can name nobody for sure (`*`, `did:*`, a prefix that ends within a name) names nobody.
public struct TrustList: Sendable, Hashable {
    /// Issuer ids: DIDs, URLs, and prefixes of them that end in `*` (`did:web:www.example.com:issuers:*`).
    public let issuers: [String]
    /// Names for some of the issuers, by id.
    public let names: [String: String]
    /// Host names; each stands for the issuers of that very host, by a `did:web` or an https id.
    public let domains: [String]
    /// Keys: JWK thumbprints (RFC 7638, SHA-256, base64url) or Multikeys.
    public let keys: [String]

    private let ids: [String: String]
    private let prefixes: [String]
    private let hosts: [String: String]
    private let thumbprints: [String: String]

    public init(
        issuers: [String] = [],
        names: [String: String] = [:],
        domains: [String] = [],
        keys: [String] = []
    ) {
        (self.issuers, self.names, self.domains, self.keys) = (issuers, names, domains, keys)
        // A first spelling wins; which one it is only shows in a report.
        ids = Self.table(issuers.lazy.filter { !$0.hasSuffix("*") }.map { ($0, $0) })
        prefixes = issuers.filter { Self.prefix(of: $0) != nil }
        hosts = Self.table(domains.lazy.map { (Self.host(of: $0), $0) })
        thumbprints = Self.table(keys.lazy.map { (Self.thumbprint(of: $0), $0) })
    }

    private static func table(_ entries: some Sequence<(String?, String)>) -> [String: String] {
        var table: [String: String] = [:]
        for (key, entry) in entries {
            guard let key, !key.isEmpty, table[key] == nil else { continue }
            table[key] = entry
        }
        return table
    }

    /// Whether it names nobody.
    public var isEmpty: Bool { issuers.isEmpty && domains.isEmpty && keys.isEmpty }

    /// The entry that names an issuer: the most specific one, by id, by host, by the key that it signed with.
    func match(issuer id: String, host: String?, keyThumbprint: String?) -> TrustMatch? {
        // Strings are equal to Swift where they look equal; ids are equal where their bytes are.
        if let entry = ids[id], entry.utf8.elementsEqual(id.utf8) {
            return TrustMatch(by: .issuer, entry: entry, name: names[entry])
        }
        if let entry = prefixes.first(where: { Self.prefix($0, covers: id) }) {
            return TrustMatch(by: .issuer, entry: entry, name: names[entry])
        }
        if let host, let entry = hosts[host.lowercased()] { return TrustMatch(by: .domain, entry: entry, name: nil) }
        if let keyThumbprint, let entry = thumbprints[keyThumbprint] {
            return TrustMatch(by: .key, entry: entry, name: nil)
        }
        return nil
    }

    private static func prefix(_ entry: String, covers id: String) -> Bool {
        guard let prefix = prefix(of: entry) else { return false }
        return id.utf8.starts(with: prefix.utf8) && id.utf8.count > prefix.utf8.count && !WebOrigin.climbs(id)
    }

    /// What stands before the `*` of a pattern: it ends at a separator, and names a host, or it would trust strangers:
    /// `did:web:a.example*` stands for `a.example.evil` too.
    static func prefix(of entry: String) -> String? {
        guard entry.hasSuffix("*") else { return nil }
        let prefix = String(entry.dropLast())
        if prefix.hasPrefix("https://"), prefix.hasSuffix("/") {
            return prefix.utf8.count > "https://x/".utf8.count - 1 ? prefix : nil
        }
        let parts = prefix.split(separator: ":", omittingEmptySubsequences: false)
        return prefix.hasPrefix("did:") && prefix.hasSuffix(":") && parts.count >= 4 ? prefix : nil
    }

    /// The one spelling of a domain: lower case, other letters in Punycode; `nil` where it is no host name.
    static func host(of domain: String) -> String? {
        let isPlain = domain.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"):
                true
            default: byte >= 0x80
            }
        }
        guard isPlain, !domain.isEmpty, !domain.hasPrefix("."), !domain.utf8.elementsEqual("*".utf8) else { return nil }
        return WebOrigin.host(of: "https://\(domain)/")
    }

    /// The thumbprint that a key's entry stands for: a thumbprint, or a Multikey; `nil` where it is neither.
    static func thumbprint(of key: String) -> String? {
        // 32 bytes in base64url; a Multikey of any kind is longer.
        if key.utf8.count == 43 {
            return (try? Base64URL.decode(key))?.count == 32 ? key : nil
        }
        return (try? Multikey.publicKey(key)).map { JWK.thumbprint(of: $0) }
    }
}
