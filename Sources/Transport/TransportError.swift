/// A fetch that could not be done, or was not allowed: a stable code, and one sentence for people.
///
/// An answer of the server is never an error, whatever its status: it is an ``HTTPResponse``. The text names a host only
/// where the caller gave it (the target of a redirect is somebody else's text), and never a query or user information.
public struct TransportError: Error, Sendable, Hashable, CustomStringConvertible {
    /// A stable name for the kind of failure, for programs to switch on.
    public struct Code: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
        public let rawValue: String
        public init(rawValue: String) { self.rawValue = rawValue }
        public var description: String { rawValue }

        /// The text is no URL of this library's subset (``WebURL``).
        public static let urlMalformed = Code(rawValue: "URL_MALFORMED")
        /// The request has a header or method that HTTP does not allow.
        public static let requestMalformed = Code(rawValue: "REQUEST_MALFORMED")
        /// The scheme is not one that the policy allows; a redirect from https to http is always one of these.
        public static let schemeRefused = Code(rawValue: "SCHEME_REFUSED")
        /// The URL carries a user name or password.
        public static let userInfoRefused = Code(rawValue: "USER_INFO_REFUSED")
        /// The policy does not allow the URL's port.
        public static let portRefused = Code(rawValue: "PORT_REFUSED")
        /// The host is, or resolves to, an address that is not public.
        public static let addressRefused = Code(rawValue: "ADDRESS_REFUSED")
        /// The redirect would hand the request's body to another origin.
        public static let redirectRefused = Code(rawValue: "REDIRECT_REFUSED")
        /// More redirects than the policy allows.
        public static let tooManyRedirects = Code(rawValue: "TOO_MANY_REDIRECTS")
        /// The header or the body is larger than the policy allows.
        public static let tooLarge = Code(rawValue: "TOO_LARGE")
        /// The time of the policy is over, or the server sends too slowly.
        public static let timedOut = Code(rawValue: "TIMED_OUT")
        /// All requests of one ``FetchBudget`` together take more than it allows.
        public static let budgetExceeded = Code(rawValue: "BUDGET_EXCEEDED")
        /// No such name, no such route, connection refused or broken off.
        public static let unreachable = Code(rawValue: "UNREACHABLE")
        /// The server has no certificate that can be trusted for this host, or no TLS of version 1.2 or later.
        public static let tlsFailure = Code(rawValue: "TLS_FAILURE")
        /// The answer is not HTTP, ends too early, or is wrongly encoded.
        public static let responseMalformed = Code(rawValue: "RESPONSE_MALFORMED")
        /// The task that waited for the answer was cancelled.
        public static let cancelled = Code(rawValue: "CANCELLED")
        /// The cache's folder cannot be used.
        public static let cacheUnusable = Code(rawValue: "CACHE_UNUSABLE")
        /// The machine has no memory or thread left, or no libcurl that is new enough.
        public static let systemFailure = Code(rawValue: "SYSTEM_FAILURE")
    }

    public let code: Code
    /// One sentence for people.
    public let detail: String

    public init(_ code: Code, _ detail: String) {
        self.code = code
        self.detail = detail
    }

    public var description: String { "\(code): \(detail)" }
}
