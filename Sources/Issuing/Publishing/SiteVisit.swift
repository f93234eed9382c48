import JSONCore
public import OpenBadges
import Transport

/// Asks for published files as a stranger does: by their URLs over the web, or from a folder that is to be served there.
public struct SiteVisit: DocumentLoader {
    /// What was answered for a file.
    struct Page: Sendable {
        var status: Int
        var body: [UInt8]
        /// `nil` where the files come from a folder, which has none.
        var headers: HTTPHeaders?
        var isRedirected = false
    }

    private enum Way: Sendable {
        case web(HTTPClient, String)
        case folder(String)
    }

    private let baseURL: String
    private let way: Way

    /// Over the web.
    ///
    /// - Parameter address: where the base URL is served from, if not yet under its own name: `http://127.0.0.1:8080`.
    public init(baseURL: String, via address: String? = nil) {
        self.baseURL = baseURL
        var policy = FetchPolicy.standard
        policy.maximumBytes = 16 << 20
        if address != nil {
            // Whoever runs the command names it: a server of one's own, before its name leads there.
            policy.insecurePlainHTTP = true
            policy.insecurePrivateAddresses = true
        }
        var place = address ?? baseURL
        while place.last == "/" { place.removeLast() }
        way = .web(HTTPClient(policy: policy), place)
    }

    /// From a folder.
    public init(baseURL: String, directory: String) {
        self.baseURL = baseURL
        way = .folder(directory)
    }

    func page(_ path: String) async -> Swift.Result<Page, TransportError> {
        switch way {
        case .folder(let directory):
            guard let body = FileBytes.read("\(directory)/\(path)", limit: 16 << 20) else {
                return .success(Page(status: 404, body: []))
            }
            return .success(Page(status: 200, body: body))
        case .web(let client, let place):
            let accept = "application/ld+json, application/json, image/png, image/svg+xml"
            do throws(TransportError) {
                let response = try await client.send(
                    HTTPRequest("\(place)/\(path)", headers: ["Accept": accept, "Origin": "https://example.org"])
                )
                return .success(
                    Page(
                        status: response.status,
                        body: response.body,
                        headers: response.headers,
                        isRedirected: !response.stayedOnOrigin
                    )
                )
            } catch {
                return .failure(error)
            }
        }
    }

    public func load(_ url: String) async -> LoadedDocument.Answer {
        let plain = url.prefix { $0 != "#" }
        guard plain.hasPrefix(baseURL + "/") else { return .unreachable("it does not lie under the base URL") }
        switch await page(String(plain.dropFirst(baseURL.count + 1))) {
        case .failure(let error): return .unreachable(error.description)
        case .success(let page):
            let document = LoadedDocument(url: String(plain), body: page.body, source: .web)
            switch page.status {
            case 200: return .found(document)
            case 410: return .gone(document)
            default: return .missing(status: page.status)
            }
        }
    }
}
