public import Transport

/// Loads documents from the web, under a policy: https, public addresses, few redirects, small bodies, little time.
public struct WebLoader: DocumentLoader {
    private let client: HTTPClient

    public init(policy: FetchPolicy = .standard) {
        client = HTTPClient(policy: policy)
    }

    /// JSON first: some hosts answer the same URL with a page for people.
    private static let accept =
        "application/vc+ld+json, application/vc, application/ld+json, application/json, application/did+json, "
        + "application/jwk+json, text/plain;q=0.8, image/png;q=0.5, image/svg+xml;q=0.5"

    public func load(_ url: String) async -> LoadedDocument.Answer {
        do {
            let request = try HTTPRequest(IRI.withoutFragment(url), headers: ["Accept": Self.accept])
            let response = try await client.send(request)
            let document = LoadedDocument(url: response.url.description, body: response.body, source: .web)
            switch response.status {
            case 200: return .found(document)
            case 410: return .gone(document)
            default: return .missing(status: response.status)
            }
        } catch {
            return .unreachable(error.description)
        }
    }
}
