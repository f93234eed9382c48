import Proofs
import Transport

/// The denied entries of a trust policy, matched by what they mean: whoever is denied will try another spelling.
///
/// A trust list errs on the side of naming nobody, this one on the side of naming more: ids are compared without case
/// of the host, port 443, fragment, and escapes that mean nothing; a domain stands for those under it too.
struct DenyList: Sendable {
    private let ids: [String: String]
    private let prefixes: [(prefix: String, entry: String)]
    private let hosts: [String: String]
    private let thumbprints: [String: String]

    init(_ list: TrustList) {
        var (ids, hosts, thumbprints): ([String: String], [String: String], [String: String]) = ([:], [:], [:])
        var prefixes: [(String, String)] = []
        for entry in list.issuers {
            if entry.hasSuffix("*") {
                if let prefix = TrustList.prefix(of: entry).flatMap(Self.normalPrefix) {
                    prefixes.append((prefix, entry))
                }
            } else if ids[Self.normal(entry)] == nil {
                ids[Self.normal(entry)] = entry
            }
        }
        for entry in list.domains {
            if let host = TrustList.host(of: entry) { hosts[Self.withoutRootDot(host)] = entry }
        }
        for entry in list.keys {
            if let thumbprint = TrustList.thumbprint(of: entry) { thumbprints[thumbprint] = entry }
        }
        (self.ids, self.prefixes, self.hosts, self.thumbprints) = (ids, prefixes, hosts, thumbprints)
    }

    /// The entry that denies an issuer.
    func match(issuer id: String, host: String?, keyThumbprint: String?) -> TrustMatch? {
        if !ids.isEmpty || !prefixes.isEmpty {
            let normal = Self.normal(id)
            if let entry = ids[normal] { return TrustMatch(by: .issuer, entry: entry, name: nil) }
            if let entry = prefixes.first(where: { normal.utf8.starts(with: $0.prefix.utf8) })?.entry {
                return TrustMatch(by: .issuer, entry: entry, name: nil)
            }
        }
        if let host, let entry = denial(ofHost: host) { return TrustMatch(by: .domain, entry: entry, name: nil) }
        if let keyThumbprint, let entry = thumbprints[keyThumbprint] {
            return TrustMatch(by: .key, entry: entry, name: nil)
        }
        return nil
    }

    private func denial(ofHost host: String) -> String? {
        guard !hosts.isEmpty else { return nil }
        var rest = Self.withoutRootDot(host.lowercased())[...]
        while true {
            if let entry = hosts[String(rest)] { return entry }
            guard let dot = rest.firstIndex(of: ".") else { return nil }
            rest = rest[rest.index(after: dot)...]
        }
    }

    /// One text for all the spellings of an id: for a `did:web`, the URL of its document.
    private static func normal(_ id: String) -> String {
        if let did = DID(id) {
            return DIDWeb.documentURL(of: did).flatMap(normalURL) ?? did.base
        }
        return normalURL(id) ?? id
    }

    private static func normalPrefix(_ prefix: String) -> String? {
        if prefix.hasPrefix("https://") { return normalURL(prefix) }
        guard prefix.hasPrefix("did:web:") else { return prefix }
        // `did:web:a.example:x:*` stands for all whose documents lie under `https://a.example/x/`.
        guard let did = DID(String(prefix.dropLast())), let url = DIDWeb.documentURL(of: did) else { return nil }
        return normalURL(String(url.dropLast(url.hasSuffix("/.well-known/did.json") ? 20 : 8)))
    }

    private static func normalURL(_ text: String) -> String? {
        guard let url = try? WebURL(text) else { return nil }
        let port = url.port == 443 || url.port == 80 ? "" : ":\(url.port)"
        let path = unescaped(url.path) + (url.query.map { "?" + unescaped($0) } ?? "")
        return "https://\(withoutRootDot(url.host))\(port)\(path)"
    }

    /// Without the escapes of characters that need none (RFC 3986 §6.2.2.2).
    private static func unescaped(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "%")) else { return text }
        let bytes = Array(text.utf8)
        var plain: [UInt8] = []
        var index = 0
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "%"), index + 2 < bytes.count,
                let byte = Hexadecimal.decode(bytes[(index + 1)...(index + 2)])?.first, isUnreserved(byte)
            {
                plain.append(byte)
                index += 3
            } else {
                plain.append(bytes[index])
                index += 1
            }
        }
        return String(decoding: plain, as: UTF8.self)
    }

    private static func isUnreserved(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
            UInt8(ascii: "~"):
            true
        default: false
        }
    }

    private static func withoutRootDot(_ host: String) -> String {
        host.hasSuffix(".") ? String(host.dropLast()) : host
    }
}
