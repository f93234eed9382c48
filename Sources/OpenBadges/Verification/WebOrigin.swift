import Transport

/// Origins of web URLs (RFC 6454): scheme, host and port, compared as parsed, never as text.
enum WebOrigin {
    /// Whether two URLs have one origin; false where either is no web URL.
    static func same(_ left: String, _ right: String) -> Bool {
        guard let left = try? WebURL(left), let right = try? WebURL(right) else { return false }
        return left.origin == right.origin
    }

    /// Whether a URL has dot segments, plain or escaped, which could lead out of the prefix that it begins with.
    static func climbs(_ url: String) -> Bool {
        let path = url.lowercased()
        return path.contains("%2e") || path.contains("%2f") || path.contains("%5c") || path.contains("\\")
            || path.split(separator: "/").contains { $0 == ".." || $0 == "." }
    }

    /// Whether an answer from `final` is as good as one from `url`: the same origin, or its https twin.
    ///
    /// Whoever finds an open redirector on an issuer's host could otherwise answer in the issuer's name.
    static func answers(_ final: String, for url: String) -> Bool {
        if final == url || same(final, url) { return true }
        guard let asked = try? WebURL(url), let final = try? WebURL(final) else { return false }
        return asked.host == final.host && asked.scheme == "http" && asked.port == 80 && final.isHTTPS
            && final.port == 443
    }

    /// The host of a web URL or of a `did:web`, in lower case.
    static func host(of id: String) -> String? {
        (try? WebURL(id))?.host
    }

    /// `https://host` or `https://host:port` of a web URL.
    static func text(of url: String) -> String? {
        (try? WebURL(url))?.origin
    }
}
