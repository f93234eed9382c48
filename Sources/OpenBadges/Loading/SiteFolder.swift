/// Answers the URLs under an issuer's base URL from the directory that is to be hosted there.
///
/// With it the first badge verifies before anything is online. It vouches for nothing: what it answers is the issuer's
/// own word, and a report that rests on it says so.
public struct SiteFolder: DocumentLoader {
    private let baseURL: String
    private let origin: String
    private let directory: String

    /// - Parameters:
    ///   - baseURL: without a slash at its end.
    ///   - directory: the hosted directory, `public/`.
    public init(baseURL: String, directory: String) {
        self.baseURL = baseURL
        self.directory = directory
        // A base URL with a path hosts its did.json inside that path; nothing above it is ours.
        origin = baseURL + "/"
    }

    public func load(_ url: String) async -> LoadedDocument.Answer {
        let url = IRI.withoutFragment(url)
        guard url.hasPrefix(origin) else { return .unreachable("it does not lie under the workspace's base URL") }
        let path = url.dropFirst(origin.count)
        let segments = path.split(separator: "/", omittingEmptySubsequences: false)
        guard !segments.contains(""), !segments.contains("."), !segments.contains(".."), !path.contains("?"),
            !path.contains("%")
        else { return .missing(status: 404) }
        guard let body = FileBytes.read(directory + "/" + path, limit: FileBytes.documentLimit) else {
            return .missing(status: 404)
        }
        return .found(LoadedDocument(url: url, body: body, source: .workspace))
    }
}
