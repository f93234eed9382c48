/// Where the documents come from that a badge names: the web, a folder, an issuer's own workspace.
///
/// A verifier decides what it needs, asks its loader, and goes on with what came: no check fetches anything by itself.
public protocol DocumentLoader: Sendable {
    /// The document at an absolute URL. Never throws: that something cannot be had is an answer.
    func load(_ url: String) async -> LoadedDocument.Answer
}

/// A document as it came.
public struct LoadedDocument: Sendable, Hashable {
    /// Who vouches for the bytes.
    public enum Source: Sendable, Hashable {
        /// The web server that the URL names.
        case web
        /// A folder of documents that the caller named.
        case folder
        /// The workspace's own `public/`: nothing but the issuer's own word, read locally.
        case workspace
    }

    /// What asking for a document can lead to.
    public enum Answer: Sendable, Hashable {
        case found(LoadedDocument)
        /// 410: it was there and has been taken back. The body may say why.
        case gone(LoadedDocument)
        /// Any other status: a server answered, without the document.
        case missing(status: Int)
        /// Nobody answered, or nobody may be asked. The text says why.
        case unreachable(String)
    }

    /// The URL that finally answered, after redirects.
    public let url: String
    public let body: [UInt8]
    public let source: Source
    /// When a kept copy was had from its server, or last confirmed by it; `nil` where it was just now, or nobody knows.
    public let date: Timestamp?
    /// The media type that its server gave it, in lower case and without parameters; `nil` where nobody said.
    public let contentType: String?
    /// Whether it is a kept copy past its time, used because its server could not be asked.
    public let isStale: Bool

    public init(
        url: String,
        body: [UInt8],
        source: Source,
        date: Timestamp? = nil,
        contentType: String? = nil,
        isStale: Bool = false
    ) {
        self.url = url
        self.body = body
        self.source = source
        self.date = date
        self.contentType = contentType
        self.isStale = isStale
    }
}

/// Asks one loader after the other, until one has an answer.
public struct LoaderChain: DocumentLoader {
    private let loaders: [any DocumentLoader]

    /// - Parameter loaders: in the order in which they are asked; none at all is what *offline* means.
    public init(_ loaders: [any DocumentLoader]) {
        self.loaders = loaders
    }

    public func load(_ url: String) async -> LoadedDocument.Answer {
        var last = LoadedDocument.Answer.unreachable("no source of documents has it, and the network is not asked")
        for loader in loaders {
            last = await loader.load(url)
            guard case .unreachable = last else { return last }
        }
        return last
    }
}
