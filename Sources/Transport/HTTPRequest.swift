/// One request: what to ask of which URL.
///
/// For example: `HTTPRequest(url, headers: ["Accept": "application/vc+jwt, application/json"])`.
public struct HTTPRequest: Sendable, Hashable {
    /// A method of HTTP (RFC 9110 §9).
    public struct Method: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
        public let rawValue: String
        public init(rawValue: String) { self.rawValue = rawValue }
        public var description: String { rawValue }

        public static let get = Method(rawValue: "GET")
        public static let head = Method(rawValue: "HEAD")
        public static let post = Method(rawValue: "POST")
        public static let put = Method(rawValue: "PUT")
        public static let delete = Method(rawValue: "DELETE")
    }

    public var url: WebURL
    public var method: Method
    /// Sent as they stand, but for `Authorization` and `Cookie` when a redirect leads to another origin.
    public var headers: HTTPHeaders
    /// The content to send; nil for none.
    public var body: [UInt8]?

    public init(_ url: WebURL, method: Method = .get, headers: HTTPHeaders = [:], body: [UInt8]? = nil) {
        self.url = url
        self.method = method
        self.headers = headers
        self.body = body
    }

    /// - Throws: what ``WebURL/init(_:)`` throws.
    public init(_ url: String, method: Method = .get, headers: HTTPHeaders = [:]) throws(TransportError) {
        self.init(try WebURL(url), method: method, headers: headers)
    }

    /// Refuses what would smuggle lines of its own into the request.
    func checkForm() throws(TransportError) {
        guard HTTPHeaders.isToken(method.rawValue) else {
            throw TransportError(.requestMalformed, "the method is no token of HTTP")
        }
        for (name, value) in headers {
            guard HTTPHeaders.isToken(name) else {
                throw TransportError(.requestMalformed, "a header's name is no token of HTTP")
            }
            guard HTTPHeaders.isSendable(value) else {
                throw TransportError(.requestMalformed, "the value of the header \(name) has control characters in it")
            }
        }
    }

    /// The request to make after an answer that redirects, as RFC 9110 §15.4 and all browsers have it.
    ///
    /// - Throws: `REDIRECT_REFUSED` where the content would go to another origin.
    func redirected(to target: WebURL, status: Int) throws(TransportError) -> HTTPRequest {
        var next = self
        next.url = target
        let becomesGet = status == 303 ? method != .head : (status == 301 || status == 302) && method == .post
        if becomesGet {
            next.method = .get
            next.body = nil
            next.headers.remove("Content-Type")
        }
        guard !target.isSameOrigin(as: url) else { return next }
        guard next.body == nil else {
            throw TransportError(.redirectRefused, "a redirect would send the request's content to another origin")
        }
        next.headers.remove("Authorization")
        next.headers.remove("Cookie")
        return next
    }
}
