import CCurl

/// An absolute `http` or `https` URL, taken apart and normalized.
///
/// Normalized means: scheme and host in lower case, a host of other letters in Punycode, every spelling of an IPv4
/// address (`0x7f.1`, `2130706433`) as the dotted quad that it stands for, dot segments removed, the default port
/// dropped, what is not ASCII percent-encoded. What a policy looks at is therefore what libcurl will connect to. A URL
/// with user information cannot be made: nothing here has to remember not to print it.
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
    /// - Throws: `URL_MALFORMED`; `SCHEME_REFUSED` where the scheme is neither http nor https; `USER_INFO_REFUSED`.
    public init(_ text: String) throws(TransportError) {
        let handle = try URLHandle()
        try Self.checkForm(of: text)
        try Self.checkScheme(of: text)
        guard handle.set(text) else {
            throw TransportError(.urlMalformed, "the text is not a well-formed URL")
        }
        try self.init(handle)
    }

    /// Resolves a reference that stands in a document of this URL, such as a `Location` header.
    ///
    /// For example: `../keys/1.jwk` against `https://a.example/ob2/issuer.json` is `https://a.example/keys/1.jwk`. The
    /// fragment is the reference's own.
    ///
    /// - Throws: what ``init(_:)`` throws.
    public func resolving(_ reference: String) throws(TransportError) -> WebURL {
        let trimmed = String(reference.drop { $0 == " " || $0 == "\t" })
        if Self.scheme(of: trimmed) != nil { return try WebURL(trimmed) }
        try Self.checkForm(of: trimmed)
        guard !trimmed.hasPrefix("///") else {
            throw TransportError(.urlMalformed, "the reference names an empty host")
        }
        let base = "\(origin)\(path)\(query.map { "?" + $0 } ?? "")"
        // libcurl takes the last segment away even where the reference has no path; RFC 3986 §5.2.2 keeps it.
        if trimmed.isEmpty || trimmed.hasPrefix("#") { return try WebURL(base + trimmed) }
        let handle = try URLHandle()
        guard handle.set(base), handle.set(trimmed) else {
            throw TransportError(.urlMalformed, "the reference does not resolve to a well-formed URL")
        }
        return try WebURL(handle)
    }

    private init(_ handle: URLHandle) throws(TransportError) {
        guard let scheme = handle.part(CURLUPART_SCHEME)?.lowercased(), scheme == "http" || scheme == "https" else {
            throw TransportError(.schemeRefused, "the scheme is neither http nor https")
        }
        guard handle.part(CURLUPART_USER) == nil, handle.part(CURLUPART_PASSWORD) == nil else {
            throw TransportError(.userInfoRefused, "the URL carries user information")
        }
        guard handle.part(CURLUPART_ZONEID) == nil, let written = handle.asciiHost,
            let host = try Self.normalized(host: written.lowercased())
        else {
            throw TransportError(.urlMalformed, "the URL's host is not well-formed")
        }
        let standard = scheme == "https" ? 443 : 80
        let port = handle.part(CURLUPART_PORT).map { Int($0) ?? 0 } ?? standard
        guard (1...65535).contains(port) else {
            throw TransportError(.urlMalformed, "the URL's port is not between 1 and 65535")
        }
        self.scheme = scheme
        self.host = host
        self.port = port
        path = handle.part(CURLUPART_PATH) ?? "/"
        query = handle.part(CURLUPART_QUERY)
        fragment = handle.part(CURLUPART_FRAGMENT)
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
    /// Refuses what no URL has, before libcurl mends it: control characters, and texts beyond all measure.
    private static func checkForm(of text: String) throws(TransportError) {
        guard text.utf8.count <= maximumLength else {
            throw TransportError(.urlMalformed, "the URL is longer than \(maximumLength) bytes")
        }
        guard text.utf8.allSatisfy({ $0 > 0x1F && $0 != 0x7F }) else {
            throw TransportError(.urlMalformed, "the URL has a control character in it")
        }
    }

    /// libcurl takes `https:/host` and `https:///host` for the same as `https://host`; other readers do not.
    private static func checkScheme(of text: String) throws(TransportError) {
        guard let scheme = scheme(of: text) else {
            throw TransportError(.urlMalformed, "the URL has no scheme")
        }
        guard scheme == "http" || scheme == "https" else {
            throw TransportError(.schemeRefused, "the scheme is neither http nor https")
        }
        let rest = text.utf8.dropFirst(scheme.utf8.count + 1)
        guard rest.starts(with: "//".utf8), rest.dropFirst(2).first != UInt8(ascii: "/") else {
            throw TransportError(.urlMalformed, "the scheme is not followed by two slashes and a host")
        }
    }

    /// The scheme in lower case, or nil where the text does not begin with one (RFC 3986 §3.1).
    private static func scheme(of text: String) -> String? {
        guard let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")) else { return nil }
        let name = text.utf8[..<colon]
        guard let first = name.first, first.isASCIILetter,
            name.allSatisfy({ $0.isASCIILetter || $0.isASCIIDigit || "+-.".utf8.contains($0) })
        else { return nil }
        return String(text[..<colon]).lowercased()
    }

    /// The one spelling of a host, or nil where it is none.
    private static func normalized(host: String) throws(TransportError) -> String? {
        if host.hasPrefix("[") {
            guard host.hasSuffix("]"), let address = IPAddress(host) else { return nil }
            return "[\(address)]"
        }
        guard !host.isEmpty, host.utf8.count <= 254,
            host.utf8.allSatisfy({ $0.isASCIILetter || $0.isASCIIDigit || "-._".utf8.contains($0) })
        else { return nil }
        // A name whose last label is a number can only be an IPv4 address (WHATWG URL, "ends in a number checker"). By
        // now libcurl has made all that it understands into dotted quads; Punycode may bring up new ones, of full-width
        // digits, and another trailing dot may hide one.
        let labels = host.split(separator: ".", omittingEmptySubsequences: true)
        guard let last = labels.last else { return nil }
        let digits = last.hasPrefix("0x") ? last.dropFirst(2) : last
        let isNumber = digits.utf8.allSatisfy { $0.isASCIIDigit || (last.hasPrefix("0x") && $0.isASCIIHexLetter) }
        guard isNumber else { return host }
        let handle = try URLHandle()
        guard handle.set("http://\(labels.joined(separator: "."))/"), let quad = handle.part(CURLUPART_HOST),
            let address = IPAddress(quad)
        else { return nil }
        return "\(address)"
    }
}

extension UInt8 {
    fileprivate var isASCIILetter: Bool { (0x41...0x5A).contains(self & 0xDF) }
    fileprivate var isASCIIDigit: Bool { (0x30...0x39).contains(self) }
    fileprivate var isASCIIHexLetter: Bool { (0x41...0x46).contains(self & 0xDF) }
}
