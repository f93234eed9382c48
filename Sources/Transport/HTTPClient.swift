/// Fetches over HTTP under a ``FetchPolicy``: follows redirects by the policy, and stops at its limits.
///
/// A value that is cheap to copy; the copies share connections, which are kept open for the next request. Make one and
/// pass it around. It needs no closing: its thread and connections end with the last copy.
///
/// For example:
/// ```swift
/// let client = HTTPClient(policy: .standard)
/// let response = try await client.get("https://exams.example.org/issuer.json")
/// guard response.status == 200 else { … }
/// ```
public struct HTTPClient: Sendable {
    /// What this client may do.
    public let policy: FetchPolicy
    private let engine: Engine

    /// Makes a client. Nothing is set up before the first request: a program that never fetches pays nothing.
    public init(policy: FetchPolicy) {
        self.policy = policy
        engine = Engine(policy: policy)
    }

    /// Fetches a URL with GET; see ``send(_:)``.
    public func get(_ url: String, headers: HTTPHeaders = [:]) async throws(TransportError) -> HTTPResponse {
        try await send(HTTPRequest(url, headers: headers))
    }

    /// Sends a request and waits for the whole answer; never blocks the thread. Any status is an answer.
    ///
    /// Each hop is checked by the policy twice: its URL before anything is sent, and the address that is really
    /// connected to. Redirects with a `Location` are followed: 301, 302, 303, 307, 308.
    ///
    /// - Throws: any of ``TransportError/Code``; `CANCELLED` when the task is cancelled.
    public func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
        var request = request
        var hops = [request.url]
        var deadline: ContinuousClock.Instant?
        try request.checkForm()
        try policy.check(request.url)
        while true {
            let hop = Hop(request: request, isRedirect: hops.count > 1, deadline: deadline)
            let answer = try await engine.answer(to: hop)
            deadline = answer.deadline
            guard let target = try Self.target(of: answer, at: request.url) else {
                return HTTPResponse(
                    status: answer.status,
                    headers: answer.headers,
                    body: answer.body,
                    hops: hops,
                    url: request.url
                )
            }
            guard hops.count <= policy.maximumRedirects else {
                throw TransportError(.tooManyRedirects, "more than \(policy.maximumRedirects) redirects")
            }
            try policy.check(target, redirectedFrom: request.url)
            request = try request.redirected(to: target, status: answer.status)
            hops.append(target)
        }
    }

    /// Where an answer redirects to, or nil where it does not.
    private static func target(of answer: Answer, at url: WebURL) throws(TransportError) -> WebURL? {
        guard [301, 302, 303, 307, 308].contains(answer.status),
            let location = answer.headers["Location"], !location.isEmpty
        else { return nil }
        return try url.resolving(location)
    }
}
