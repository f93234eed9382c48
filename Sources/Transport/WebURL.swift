/// An absolute `http` or `https` URL, taken apart and normalized.
///
/// Normalized means: scheme and host in lower case, a host of other letters in Punycode, every spelling of an IPv4
/// address (`0x7f.1`, `2130706433`) as the dotted quad that it stands for, dot segments removed, the default port
/// dropped, what is not ASCII percent-encoded. What a policy looks at is therefore what will be connected to; libcurl's own
/// reading is held against it before each request. A URL with user information cannot be made: nothing here has to
/// remember not to print it.
///
/// For example: `try WebURL("HTTPS://Exams.example.org:443/a/../b").description` is `https://exams.example.org/b`.
///
/// Source: RFC 3986; RFC 5891 (IDNA) as libidn2 has it.
public struct WebURL: Sendable, Hashable, CustomStringConvertible {
    /// `http` or `https`.
    public let scheme: String
    /// A name in lower case, a dotted quad, or an IPv6 address in brackets.
    public let host: String
    /// The port that is connected to: the one written, or the scheme's own (80, 443).
    public let port: Int
    /// Begins with a slash.
    public let path: String
    /// What follows `?`, without it; nil where there is none.
    public let query: String?
    /// What follows `#`, without it; never sent.
    public let fragment: String?

    /// Longest text that is read, in bytes: what servers commonly take (RFC 9110 §4.1 asks for 8000 at least).
    public static let maximumLength = 8192

    /// Reads an absolute URL.
    ///
    /// - Throws: `URL_MALFORMED`; `SCHEME_REFUSED` where the scheme is neither http nor https; `USER_INFO_REFUSED`;
    ///   `SYSTEM_FAILURE` where the host is not in ASCII, and libcurl is not there to bring it into Punycode.
    public init(_ text: String) throws(TransportError) {
        try Self.checkForm(of: text)
        let parts = URLText(text)
        guard let scheme = parts.scheme else {
            throw TransportError(.urlMalformed, "the URL has no scheme")
        }
        guard scheme == "http" || scheme == "https" else {
            throw TransportError(.schemeRefused, "the scheme is neither http nor https")
        }
        // Some readers take `https:/host` and `https:///host` for the same as `https://host`.
        guard let authority = parts.authority, !authority.isEmpty else {
            throw TransportError(.urlMalformed, "the scheme is not followed by two slashes and a host")
        }
        guard !authority.contains(UInt8(ascii: "@")) else {
            throw TransportError(.userInfoRefused, "the URL carries user information")
        }
        let (hostText, portText) = Self.split(authority)
        guard let host = try URLHost.normalized(hostText) else {
            throw TransportError(.urlMalformed, "the URL's host is not well-formed")
        }
        self.scheme = scheme
        self.host = host
        port = try Self.port(portText) ?? (scheme == "https" ? 443 : 80)
        path = URLText.encoded(URLText.removingDotSegments(parts.path))
        query = parts.query.map(URLText.encoded)
        fragment = parts.fragment.map(URLText.encoded)
    }

    /// Resolves a reference that stands in a document of this URL, such as a `Location` header (RFC 3986 §5.2.2).
    ///
    /// For example: `../keys/1.jwk` against `https://a.example/ob2/issuer.json` is `https://a.example/keys/1.jwk`. The
    /// fragment is the reference's own.
    ///
    /// - Throws: what ``init(_:)`` throws.
    public func resolving(_ reference: String) throws(TransportError) -> WebURL {
        let trimmed = String(reference.drop { $0 == " " || $0 == "\t" })
        try Self.checkForm(of: trimmed)
        let parts = URLText(trimmed)
        if parts.scheme != nil { return try WebURL(trimmed) }
        if parts.authority != nil { return try WebURL("\(scheme):\(trimmed)") }
        switch parts.path.first {
        case UInt8(ascii: "/"): return try WebURL(origin + trimmed)
        case nil where parts.query != nil: return try WebURL(origin + path + trimmed)
        case nil: return try WebURL(withoutFragment + trimmed)
        default:
            let folder = path.prefix(upTo: path.lastIndex(of: "/") ?? path.startIndex)
            return try WebURL("\(origin)\(folder)/\(trimmed)")
        }
    }

    /// Whether the scheme is https.
    public var isHTTPS: Bool { scheme == "https" }

    /// Scheme, host, and the port where it is not the scheme's own: `https://exams.example.org:8443`.
    ///
    /// Two URLs are of the same origin exactly where these are equal (RFC 6454 §4).
    public var origin: String {
        port == (isHTTPS ? 443 : 80) ? "\(scheme)://\(host)" : "\(scheme)://\(host):\(port)"
    }

    /// Whether scheme, host and effective port are the other's too.
    public func isSameOrigin(as other: WebURL) -> Bool {
        scheme == other.scheme && port == other.port && host == other.host
    }

    /// The host where it is an address and no name.
    public var address: IPAddress? { IPAddress(host) }

    /// What a request is made for: everything but the fragment.
    public var withoutFragment: String { "\(origin)\(path)\(query.map { "?" + $0 } ?? "")" }

    /// The whole URL, normalized.
    public var description: String { withoutFragment + (fragment.map { "#" + $0 } ?? "") }
}

extension WebURL {
    /// Refuses what no URL has, and others would mend: control characters, and texts beyond all measure.
    private static func checkForm(of text: String) throws(TransportError) {
        guard text.utf8.count <= maximumLength else {
            throw TransportError(.urlMalformed, "the URL is longer than \(maximumLength) bytes")
        }
        guard text.utf8.allSatisfy({ $0 > 0x1F && $0 != 0x7F }) else {
            throw TransportError(.urlMalformed, "the URL has a control character in it")
        }
    }

    /// Host and port: cut at the first colon, outside of the brackets of an IPv6 address.
    private static func split(_ authority: ArraySlice<UInt8>) -> (host: ArraySlice<UInt8>, port: ArraySlice<UInt8>?) {
        let bracket = authority.first == UInt8(ascii: "[") ? authority.firstIndex(of: UInt8(ascii: "]")) : nil
        guard let colon = authority[(bracket ?? authority.startIndex)...].firstIndex(of: UInt8(ascii: ":")) else {
            return (authority, nil)
        }
        return (authority[..<colon], authority[(colon + 1)...])
    }

    /// nil where there is none, or an empty one.
    private static func port(_ digits: ArraySlice<UInt8>?) throws(TransportError) -> Int? {
        guard let digits, !digits.isEmpty else { return nil }
        guard digits.allSatisfy(\.isASCIIDigit), let port = Int(String(decoding: digits, as: UTF8.self)),
            (1...65535).contains(port)
        else { throw TransportError(.urlMalformed, "the URL's port is not between 1 and 65535") }
        return port
    }
}
