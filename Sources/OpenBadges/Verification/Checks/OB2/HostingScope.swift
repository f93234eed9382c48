import Transport

/// Where an issuer hosts its assertions: `startsWith` and `allowedOrigins`, or its own host.
///
/// Source: Open Badges 2.0, "VerificationObject".
struct HostingScope {
    let issuer: OB2.Profile

    enum Answer {
        case within, outside
        /// The text of a prefix fits, and ends within a name: it may admit a neighbour.
        case doubtful
    }

    func answer(for id: String) -> Answer {
        guard let url = try? WebURL(id), !WebOrigin.climbs(id) else { return .outside }
        let policy = issuer.verification
        let prefixes = policy?.startsWith ?? []
        // The text is compared only after the host: `https://a.example` must not admit `https://a.example.evil`.
        let fitting = prefixes.filter { WebOrigin.same($0, id) && id.hasPrefix($0) }
        guard prefixes.isEmpty || !fitting.isEmpty else { return .outside }
        let origins = policy?.allowedOrigins ?? []
        if !origins.isEmpty, !origins.contains(where: { admits($0.lowercased(), url) }) { return .outside }
        if prefixes.isEmpty { return !origins.isEmpty || isSameHost(issuer.id, url) ? .within : .outside }
        return fitting.contains { isSegmentPrefix($0, of: id) } ? .within : .doubtful
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
        guard !prefix.hasSuffix("/"), let next = id.dropFirst(prefix.count).first else { return true }
        if next == "/" || next == "?" || next == "#" { return true }
        guard let slash = issuer.id.lastIndex(of: "/") else { return false }
        return id.hasPrefix(issuer.id[...slash])
    }
}

extension WebURL {
    fileprivate var hasStandardPort: Bool { port == (isHTTPS ? 443 : 80) }
}
