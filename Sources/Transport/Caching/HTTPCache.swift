import Synchronization

/// A cache of one user for what ``HTTPClient`` fetches, in memory and, where a folder is given, on disk.
///
/// It keeps answers for as long as the server says (`Cache-Control`, `Expires`, `Age`), asks again with `ETag` and
/// `Last-Modified` when that time is over, and lets all who want the same URL at the same time share one request. It
/// makes no guesses about how long an answer might hold, and keeps nothing that says whom it is for: requests with other
/// fields than `Accept` pass it by, answers with `no-store` are forgotten at once, and those with `private` or
/// `Set-Cookie` never reach the disk. Source: RFC 9111, but for its invalidation by POST and the like (nothing here
/// sends any), and for ``Limits/sharingTime``, which goes beyond it on purpose.
///
/// For example:
/// ```swift
/// let cache = try HTTPCache(directory: folder, digest: { sha256($0) }, clock: { secondsSince1970() })
/// let client = HTTPClient(policy: .standard, cache: cache)
/// ```
public final class HTTPCache: Sendable {
    private let limits: Limits
    private let clock: @Sendable () -> Int64
    private let folder: CacheFolder?
    private let memory: Mutex<CacheMemory>
    private let faults: Mutex<CacheFaults>
    private let flights = SingleFlight<SharedRequest, Outcome>()

    /// A cache in memory alone.
    ///
    /// - Parameter clock: the seconds since 1970, now.
    public init(limits: Limits = .standard, clock: @escaping @Sendable () -> Int64) {
        self.limits = limits
        self.clock = clock
        folder = nil
        memory = Mutex(CacheMemory(maximumBytes: limits.memoryBytes))
        faults = Mutex(CacheFaults(maximumBytes: limits.memoryBytes / 8))
    }

    /// A cache that lasts; other processes may use the same folder at the same time.
    ///
    /// - Parameters:
    ///   - directory: made where it is not there; its owner's alone.
    ///   - digest: a cryptographic hash, to name files by and to see damage; this module has none of its own.
    ///   - clock: the seconds since 1970, now.
    /// - Throws: `CACHE_UNUSABLE` where the folder cannot be made, or others than its owner may write in it.
    public init(
        directory: String,
        limits: Limits = .standard,
        digest: @escaping @Sendable ([UInt8]) -> [UInt8],
        clock: @escaping @Sendable () -> Int64
    ) throws(TransportError) {
        self.limits = limits
        self.clock = clock
        folder = try CacheFolder(path: directory, maximumBytes: limits.diskBytes, digest: digest)
        memory = Mutex(CacheMemory(maximumBytes: limits.memoryBytes))
        faults = Mutex(CacheFaults(maximumBytes: limits.memoryBytes / 8))
    }

    // MARK: For the client

    /// Runs a hop on the network.
    typealias Network = @Sendable (Hop) async -> Result<Answer, TransportError>

    /// Those who share a request: who asks for the same, and is content with the same age.
    private struct SharedRequest: Hashable {
        let key: CacheKey
        let maximumAge: Duration?
    }

    /// What came of a request, before anybody decides whether a stale copy will do.
    private struct Outcome {
        let result: Result<Answer, TransportError>
        /// The copy that was there and did not serve, where there was one.
        var stale: StoredResponse?
    }

    /// The answer to one hop, from wherever it may come.
    func answer(
        to hop: Hop,
        key: CacheKey,
        use: CacheUse,
        network: @escaping Network
    ) async -> Result<Answer, TransportError> {
        var outcome = remembered(key, use)
        if outcome == nil {
            let request = SharedRequest(key: key, maximumAge: use.maximumAge)
            let shared = await Deadline.run(until: hop.deadline) {
                await self.flights.value(for: request) { await self.outcome(of: hop, key, use, network) }
            }
            guard let shared else { return .failure(TransportError(.timedOut, "nobody answered in time")) }
            outcome = shared
        }
        guard let outcome else { return .failure(TransferLoop.cancellation) }
        return staleAnswer(outcome, use).map { .success($0) } ?? outcome.result
    }

    // MARK: Without asking anyone

    /// What this process has kept; nil where somebody has to be asked.
    private func remembered(_ key: CacheKey, _ use: CacheUse) -> Outcome? {
        let now = clock()
        let entry = memory.withLock { $0.entry(key) }
        if let entry, serves(entry.response, heard: entry.heard, use, now) {
            return Outcome(result: .success(Answer(entry.response, cachedAt: now)))
        }
        guard let fault = faults.withLock({ $0.fault(for: key) }),
            isWithin(limits.negativeTime, since: fault.time, now),
            isWithin(use.maximumAge ?? limits.negativeTime, since: fault.time, now)
        else { return nil }
        let result = fault.result.map { $0.with(.cached(age: Int(now - fault.time))) }
        return Outcome(result: result, stale: entry?.response)
    }

    /// Whether a copy may be used without asking; `heard` is when this process last heard of it from the server.
    private func serves(_ response: StoredResponse, heard: Int64?, _ use: CacheUse, _ now: Int64) -> Bool {
        if let maximum = use.maximumAge, .seconds(response.age(at: now)) >= maximum { return false }
        if response.isFresh(at: now, limit: longestLifetime(of: response)) { return true }
        return heard.map { isWithin(response.isRefusal ? limits.negativeTime : limits.sharingTime, since: $0, now) }
            ?? false
    }

    private func isWithin(_ time: Duration, since start: Int64, _ now: Int64) -> Bool {
        // Where the clock was set back, nobody knows how long it has been.
        start <= now && .seconds(now - start) < time
    }

    private func longestLifetime(of response: StoredResponse) -> Int64 {
        (response.isRefusal ? limits.negativeTime : limits.longestLifetime).components.seconds
    }

    /// A copy past its time, where the caller allows it and the server cannot do better.
    private func staleAnswer(_ outcome: Outcome, _ use: CacheUse) -> Answer? {
        guard let copy = outcome.stale, copy.mayBeUsedStale else { return nil }
        switch outcome.result {
        case .success(let answer): guard [500, 502, 503, 504].contains(answer.status) else { return nil }
        case .failure(let error): guard [.unreachable, .timedOut].contains(error.code) else { return nil }
        }
        let now = clock()
        guard .seconds(copy.staleness(at: now, limit: longestLifetime(of: copy))) < use.staleIfError else { return nil }
        return Answer(copy, status: .stale(age: Int(copy.age(at: now))))
    }

    // MARK: Asking

    private func outcome(
        of hop: Hop,
        _ key: CacheKey,
        _ use: CacheUse,
        _ network: Network
    ) async -> (Outcome, isForAll: Bool) {
        // Another may have brought it between our look and our turn.
        if let known = remembered(key, use) { return (known, true) }
        let copy = copy(for: key)
        if let copy, serves(copy, heard: nil, use, clock()) {
            return (Outcome(result: .success(Answer(copy, cachedAt: clock()))), true)
        }
        var sent = clock()
        let validators = copy?.validators ?? [:]
        var result = await network(hop.adding(validators))
        if case .success(let answer) = result, answer.status == 304, let copy, !validators.isEmpty {
            if let updated = copy.revalidated(by: answer.headers, requestTime: sent, responseTime: clock()) {
                keep(updated, for: key)
                return (Outcome(result: .success(Answer(updated, status: .revalidated))), true)
            }
            // The server speaks of another version than ours: once more, without our tags.
            sent = clock()
            result = await network(hop)
        }
        switch result {
        case .success(let answer):
            let response = StoredResponse(answer, requestTime: sent, responseTime: clock())
            if [200, 301, 302, 307, 308, 404, 410].contains(answer.status) {
                keep(response, for: key)
            } else {
                faults.withLock { $0.remember(response, for: key) }
            }
        case .failure(let error):
            // What only this caller's time, budget or change of mind has ended says nothing to the others.
            let isOwn =
                [.cancelled, .budgetExceeded].contains(error.code) || (error.code == .timedOut && hop.isRedirect)
            guard !isOwn else { return (Outcome(result: result, stale: copy), false) }
            if error.code != .systemFailure { faults.withLock { $0.remember(error, at: clock(), for: key) } }
        }
        return (Outcome(result: result, stale: copy), true)
    }

    private func copy(for key: CacheKey) -> StoredResponse? {
        if let entry = memory.withLock({ $0.entry(key) }) { return entry.response }
        guard let read = folder?.read(key) else { return nil }
        memory.withLock { $0.keep(read, heard: nil, for: key) }
        return read
    }

    // MARK: Keeping

    private func keep(_ response: StoredResponse, for key: CacheKey) {
        memory.withLock { memory in
            if response.mayBeShared {
                memory.keep(response, heard: response.responseTime, for: key)
            } else {
                memory.remove(key)
            }
        }
        if response.mayBeFiled { folder?.write(response, key) } else { folder?.remove(key) }
        faults.withLock { faults in
            faults.forget(key)
            // That a document is missing is worth remembering, also where the page that says so is not to be kept.
            if response.isRefusal, !response.mayBeShared { faults.remember(response, for: key) }
        }
    }
}
