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
    private let cache: HTTPCache?
    private let trustMark: String

    /// Makes a client. Nothing is set up before the first request: a program that never fetches pays nothing.
    ///
    /// - Parameter cache: where answers are kept; several clients may share one. Without it each request is sent.
    public init(policy: FetchPolicy, cache: HTTPCache? = nil) {
        self.policy = policy
        self.cache = cache
        engine = Engine(policy: policy)
        trustMark = policy.trustMark
    }

    /// Fetches a URL with GET; see ``send(_:use:within:)``.
    public func get(
        _ url: String,
        headers: HTTPHeaders = [:],
        use: CacheUse = .standard,
        within budget: FetchBudget? = nil
    ) async throws(TransportError) -> HTTPResponse {
        try await send(HTTPRequest(url, headers: headers), use: use, within: budget)
    }

    /// Sends a request and waits for the whole answer; never blocks the thread on the network. Any status is an answer.
    ///
    /// Each hop is checked by the policy twice: its URL before anything is sent, and the address that is really
    /// connected to. Redirects with a `Location` are followed: 301, 302, 303, 307, 308. Each hop is kept, and asked for
    /// again, by itself.
    ///
    /// - Parameters:
    ///   - use: what may come from the cache.
    ///   - budget: what this request shares with others.
    /// - Throws: any of ``TransportError/Code``; `CANCELLED` when the task is cancelled.
    public func send(
        _ request: HTTPRequest,
        use: CacheUse = .standard,
        within budget: FetchBudget? = nil
    ) async throws(TransportError) -> HTTPResponse {
        let outcome = await Deadline.run(until: budget?.deadline()) {
            await Result.catching { () async throws(TransportError) in try await follow(request, use, budget) }
        }
        guard let outcome else { throw FetchBudget.exceeded }
        return try outcome.get()
    }

    private func follow(
        _ request: HTTPRequest,
        _ use: CacheUse,
        _ budget: FetchBudget?
    ) async throws(TransportError) -> HTTPResponse {
        var request = request
        var hops = [request.url]
        var deadline: ContinuousClock.Instant?
        var status: CacheStatus?
        try request.checkForm()
        try policy.check(request.url)
        while true {
            let hop = Hop(request: request, isRedirect: hops.count > 1, deadline: deadline, budget: budget)
            let answer = try await answer(to: hop, use)
            deadline = deadline ?? answer.deadline
            status = status?.isStale == true ? status : answer.cacheStatus
            guard let target = try Self.target(of: answer, at: request.url) else {
                return HTTPResponse(
                    status: answer.status,
                    headers: answer.headers,
                    body: answer.body,
                    hops: hops,
                    url: request.url,
                    cacheStatus: status ?? answer.cacheStatus
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

    private func answer(to hop: Hop, _ use: CacheUse) async throws(TransportError) -> Answer {
        let engine = engine
        let network: HTTPCache.Network = { hop in
            await Result.catching { () async throws(TransportError) in
                try hop.budget?.takeRequest()
                return try await engine.answer(to: hop)
            }
        }
        guard let cache, let key = CacheKey(hop.request, trust: trustMark) else { return try await network(hop).get() }
        return try await cache.answer(to: hop, key: key, use: use, network: network).get()
    }

    /// Where an answer redirects to, or nil where it does not.
    private static func target(of answer: Answer, at url: WebURL) throws(TransportError) -> WebURL? {
        guard [301, 302, 303, 307, 308].contains(answer.status),
            let location = answer.headers["Location"], !location.isEmpty
        else { return nil }
        return try url.resolving(location)
    }
}

extension Result {
    /// The outcome of work as a value, which task groups and continuations can carry.
    fileprivate static func catching(_ work: () async throws(Failure) -> Success) async -> Result {
        do throws(Failure) { return .success(try await work()) } catch { return .failure(error) }
    }
}
