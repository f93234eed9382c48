import Synchronization

/// What all the requests for one piece of work, such as the verification of a badge, may take together.
///
/// A badge from a stranger names documents that name documents; each of them alone stays within its ``FetchPolicy``, and
/// all of them together within this. Hand the same budget to each request of the work; what a cache answers costs
/// nothing.
///
/// For example:
/// ```swift
/// let budget = FetchBudget()
/// let issuer = try await client.get(issuerURL, within: budget)
/// let list = try await client.get(listURL, within: budget)   // BUDGET_EXCEEDED where both together take too much
/// ```
public final class FetchBudget: Sendable {
    /// Requests that go out, redirects and revalidations among them.
    public let maximumRequests: Int
    /// Bytes of headers and of decompressed content.
    public let maximumBytes: Int
    /// From the first request on, waiting in line and for others' requests included.
    public let time: Duration

    private struct Spent {
        var requests = 0
        var bytes = 0
        var start: ContinuousClock.Instant?
    }

    private let spent = Mutex(Spent())

    /// - Parameters:
    ///   - requests: an honest badge needs four documents (class, issuer, key, status list), and a few for each
    ///     endorsement; each may be redirected once or twice.
    ///   - bytes: eight documents of the largest size that a standard policy takes.
    ///   - time: three documents one after the other, each from a server that takes all the time of a standard policy.
    public init(requests: Int = 64, bytes: Int = 8 << 20, time: Duration = .seconds(30)) {
        maximumRequests = requests
        maximumBytes = bytes
        self.time = time
    }

    /// The requests that went out so far.
    public var requests: Int { spent.withLock { $0.requests } }
    /// The bytes that came in so far.
    public var bytes: Int { spent.withLock { $0.bytes } }

    /// When the time is over; the first call starts it.
    func deadline() -> ContinuousClock.Instant {
        spent.withLock { spent in
            let start = spent.start ?? .now
            spent.start = start
            return start.advanced(by: time)
        }
    }

    /// - Throws: `BUDGET_EXCEEDED` where there is no request left, or no byte of an answer could be taken.
    func takeRequest() throws(TransportError) {
        let isLeft = spent.withLock { spent in
            guard spent.requests < maximumRequests, spent.bytes < maximumBytes else { return false }
            spent.requests += 1
            return true
        }
        guard isLeft else { throw Self.exceeded }
    }

    /// Whether these bytes can still be taken; they count as taken either way.
    func take(bytes count: Int) -> Bool {
        spent.withLock { spent in
            spent.bytes += count
            return spent.bytes <= maximumBytes
        }
    }

    static let exceeded = TransportError(
        .budgetExceeded,
        "all that is fetched for this takes more requests, bytes or time than are allowed"
    )
}
