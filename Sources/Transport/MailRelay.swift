/// A server that takes letters for others: how it is reached, and by which name.
public struct MailRelay: Sendable, Hashable {
    /// How the line to the server is kept from listeners.
    public enum Security: Sendable, Hashable {
        /// TLS from the first byte: `smtps`.
        case tls
        /// TLS after `STARTTLS`, which the server has to offer: `smtp`.
        case startTLS
        /// None: only to this machine itself.
        case none
    }

    /// The host's name or address.
    public let host: String
    /// The port: 587 (submission) or 465 unless said otherwise.
    public let port: Int
    public let security: Security
    /// The name to log in with; `nil` where the server asks for none.
    public var user: String?
    /// The password that goes with it. It is never part of a URL, a log or an error.
    public var password: [UInt8] = []
    /// A file of root certificates in the place of the system's.
    public var rootsFile: String?

    /// Reads `smtp://mail.example.org:587` or `smtps://mail.example.org`.
    ///
    /// A line without TLS is allowed to the loopback interface alone, where a server need not offer it.
    ///
    /// - Throws: `URL_MALFORMED`; `USER_INFO_REFUSED` where a name or password stands in it, which other processes could
    ///   read.
    public init(parsing text: String) throws(TransportError) {
        let isTLS = text.hasPrefix("smtps://")
        guard isTLS || text.hasPrefix("smtp://") else {
            throw TransportError(.urlMalformed, "a mail server is written as smtp://HOST:PORT or smtps://HOST")
        }
        var rest = text.dropFirst(isTLS ? 8 : 7)
        if rest.last == "/" { rest.removeLast() }
        guard !rest.contains("@") else {
            throw TransportError(.userInfoRefused, "a name or password does not belong into the URL of a mail server")
        }
        let port: Int?
        if let colon = rest.lastIndex(of: ":"), rest.last != "]" {
            port = Int(rest[rest.index(after: colon)...])
            rest = rest[..<colon]
            guard port != nil else { throw TransportError(.urlMalformed, "the port of the mail server is no number") }
        } else {
            port = isTLS ? 465 : 587
        }
        guard let port, (1...65_535).contains(port), let url = try? WebURL("https://\(rest)/") else {
            throw TransportError(.urlMalformed, "the mail server's host or port is none")
        }
        host = url.host
        self.port = port
        security = isTLS ? .tls : Self.isLoopback(host) ? .none : .startTLS
    }

    private static func isLoopback(_ host: String) -> Bool {
        host == "localhost" || host == "[::1]" || host.hasPrefix("127.")
    }
}
