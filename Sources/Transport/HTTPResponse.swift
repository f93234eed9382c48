/// What a server answered, after redirects: any status, not only the good ones.
public struct HTTPResponse: Sendable, Hashable {
    /// The status code: 200, 404, 410, 429 and so on.
    public let status: Int
    public let headers: HTTPHeaders
    /// The content, decompressed; at most ``FetchPolicy/maximumBytes``.
    public let body: [UInt8]
    /// The URLs in the order in which they were asked for: the request's own first, then each redirect's target.
    public let hops: [WebURL]
    /// The URL that gave this answer: the last of ``hops``.
    public let url: WebURL
    /// Whether it came from the network, and how old it is where it did not. Of several hops one that is stale makes the
    /// whole stale.
    public let cacheStatus: CacheStatus

    /// Whether no redirect led to another origin: what an issuer's key may hang on.
    public var stayedOnOrigin: Bool { hops.allSatisfy { $0.isSameOrigin(as: url) } }

    /// The `Content-Type` in lower case without parameters: `application/json`.
    public var mediaType: String? {
        guard let type = headers["Content-Type"]?.prefix(while: { $0 != ";" }) else { return nil }
        let trimmed = type.filter { $0 != " " && $0 != "\t" }.lowercased()
        return trimmed.isEmpty ? nil : trimmed
    }
}
