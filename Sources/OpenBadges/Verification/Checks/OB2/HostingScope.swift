import Transport

/// Where an issuer hosts its assertions: `startsWith` and `allowedOrigins`, or its own host.
///
/// Source: Open Badges 2.0, "VerificationObject".
struct HostingScope {
    let issuer: OB2.Profile

    func contains(_ id: String) -> Bool {
        guard let url = try? WebURL(id), !WebOrigin.climbs(id) else { return false }
        let policy = issuer.verification
        let prefixes = policy?.startsWith ?? []
        // The text is compared only after the host: `https://a.example` must not admit `https://a.example.evil`.
        if !prefixes.isEmpty {
            let isWithin = prefixes.contains { prefix in
                WebOrigin.same(prefix, id) && isSegmentPrefix(prefix, of: id)
            }
            guard isWithin else { return false }
        }
        let origins = policy?.allowedOrigins ?? []
        if !origins.isEmpty {
            return origins.contains { admits($0.lowercased(), url) }
        }
        return !prefixes.isEmpty || isSameHost(issuer.id, url)
    }

    /// An allowed origin is a host, with the port of the scheme if none is written.
    private func admits(_ origin: String, _ url: WebURL) -> Bool {
        guard PrimitiveText.isHostName(origin), let named = try? WebURL("\(url.scheme)://\(origin)/") else {
            return false
        }
        return named.host == url.host && named.port == url.port
    }

    /// The issuer's own host, whether it is asked by http or https; another port is another server.
    private func isSameHost(_ issuer: String, _ url: WebURL) -> Bool {
        guard let issuer = try? WebURL(issuer), issuer.host == url.host else { return false }
        return issuer.port == url.port || (issuer.hasStandardPort && url.hasStandardPort)
    }

    /// A prefix ends where a path segment ends, or says by a slash that it does. One that ends within a name counts only
    /// beside the issuer's own profile: elsewhere `…/alice` would admit a neighbour's `…/alice-2`.
    private func isSegmentPrefix(_ prefix: String, of id: String) -> Bool {
        guard id.hasPrefix(prefix) else { return false }
        guard !prefix.hasSuffix("/"), let next = id.dropFirst(prefix.count).first else { return true }
        if next == "/" || next == "?" || next == "#" { return true }
        guard let slash = issuer.id.lastIndex(of: "/") else { return false }
        return id.hasPrefix(issuer.id[...slash])
    }
}

extension WebURL {
    fileprivate var hasStandardPort: Bool { port == (isHTTPS ? 443 : 80) }
}
