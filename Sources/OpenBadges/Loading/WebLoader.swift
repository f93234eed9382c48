import Cryptography
public import Transport

/// Loads documents from the web, under a policy: https, public addresses, few redirects, small bodies, little time.
///
/// Answers are kept as long as their servers allow, in memory or in a folder. With a folder a second run asks a server
/// only whether its documents still hold.
///
/// *For example:*
/// ```swift
/// let loader = try WebLoader(cacheDirectory: home + "/.cache/open-badges")
/// let report = await Verifier(loader: loader).verify(png)
/// ```
public struct WebLoader: DocumentLoader {
    private let client: HTTPClient
    private let use: CacheUse
    private let budget: FetchBudget?

    /// A loader that keeps what it loads in memory.
    public init(policy: FetchPolicy = .standard) {
        self.init(policy: policy, cache: HTTPCache(clock: Self.clock))
    }

    /// A loader that keeps what it loads in a folder, for later runs too. Several processes may share it.
    ///
    /// - Parameters:
    ///   - cacheDirectory: made where it is not there; its owner's alone.
    ///   - staleIfError: for how long after its time a copy may stand in for a server that is down. Such a document says
    ///     that it is stale; a status list past its own validity is not made valid by it.
    /// - Throws: `CACHE_UNUSABLE` where the folder cannot be made, or others may write in it: what is read from it
    ///   decides whom badges are believed to come from.
    public init(
        policy: FetchPolicy = .standard,
        cacheDirectory: String,
        limits: HTTPCache.Limits = .standard,
        staleIfError: Duration = .zero
    ) throws(TransportError) {
        let cache = try HTTPCache(
            directory: cacheDirectory,
            limits: limits,
            digest: { DigestAlgorithm.sha256.digest($0) },
            clock: Self.clock
        )
        self.init(policy: policy, cache: cache, use: CacheUse(staleIfError: staleIfError))
    }

    /// A loader with a cache that it may share with others, and a budget for all that it loads together.
    public init(
        policy: FetchPolicy,
        cache: HTTPCache,
        use: CacheUse = .standard,
        within budget: FetchBudget? = nil
    ) {
        client = HTTPClient(policy: policy, cache: cache)
        self.use = use
        self.budget = budget
    }

    private static let clock: @Sendable () -> Int64 = { Timestamp.now.seconds }

    /// JSON first: some hosts answer the same URL with a page for people.
    private static let accept =
        "application/vc+ld+json, application/vc, application/ld+json, application/json, application/did+json, "
        + "application/jwk+json, text/plain;q=0.8, image/png;q=0.5, image/svg+xml;q=0.5"

    public func load(_ url: String) async -> LoadedDocument.Answer {
        do {
            let request = try HTTPRequest(IRI.withoutFragment(url), headers: ["Accept": Self.accept])
            let response = try await client.send(request, use: use, within: budget)
            switch response.status {
            case 200: return .found(Self.document(response))
            case 410: return .gone(Self.document(response))
            default: return .missing(status: response.status)
            }
        } catch {
            return .unreachable(error.description)
        }
    }

    private static func document(_ response: HTTPResponse) -> LoadedDocument {
        let age = response.cacheStatus.age
        return LoadedDocument(
            url: response.url.description,
            body: response.body,
            source: .web,
            date: age == 0 ? nil : Timestamp(seconds: clock() - Int64(age)),
            contentType: response.mediaType,
            isStale: response.cacheStatus.isStale
        )
    }
}
