/// What one hop needs to be sent: a request goes through one, and one more for each redirect.
struct Hop: Sendable {
    private(set) var request: HTTPRequest
    let isRedirect: Bool
    /// When the time for all hops is over; nil for the first, whose time begins when its turn comes.
    let deadline: ContinuousClock.Instant?
    let budget: FetchBudget?

    /// Itself, with more header fields.
    func adding(_ fields: HTTPHeaders) -> Hop {
        var hop = self
        for (name, value) in fields { hop.request.headers.append(name, value) }
        return hop
    }
}

/// What one hop answered.
struct Answer: Sendable {
    let status: Int
    let headers: HTTPHeaders
    let body: [UInt8]
    /// When the time for all hops is over; nil where it has not begun, since nobody was asked.
    let deadline: ContinuousClock.Instant?
    private(set) var cacheStatus: CacheStatus

    func with(_ status: CacheStatus) -> Answer {
        var answer = self
        answer.cacheStatus = status
        return answer
    }
}

extension Answer {
    /// A kept answer.
    init(_ stored: StoredResponse, status: CacheStatus) {
        self.init(
            status: stored.status,
            headers: stored.headers,
            body: stored.body,
            deadline: nil,
            cacheStatus: status
        )
    }

    /// A kept answer whose time is not over.
    init(_ stored: StoredResponse, cachedAt now: Int64) {
        self.init(stored, status: .cached(age: Int(stored.age(at: now))))
    }
}
