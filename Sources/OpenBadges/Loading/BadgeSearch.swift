/// Finds the badge that a link leads to: through a host's page, a page's own hints, a picture.
///
/// What it finds is not believed for that: it is verified as any other input.
struct BadgeSearch {
    enum Outcome {
        case input(BadgeInput)
        /// 410: it was there and has been taken back.
        case gone(body: [UInt8])
        case unavailable(String)
    }

    private let documents: DocumentMemory
    /// A page, and what it names.
    private static let maximumHops = 2

    init(_ documents: DocumentMemory) {
        self.documents = documents
    }

    /// The badge that a URL answers with, or leads to.
    ///
    /// - Parameters:
    ///   - name: what the report calls the input.
    ///   - image: the one that the URL stood in, if it did.
    func badge(at url: String, name: String, hops: Int = 0, in image: BakedImage? = nil) async -> Outcome {
        var first: Outcome?
        for candidate in BadgePages.candidates(for: url) {
            let outcome = await load(candidate, name: name, in: image)
            if case .input(let input) = outcome, input.format != .none { return outcome }
            // What the URL itself says decides, where what lies behind it is of no use.
            first = outcome
        }
        guard case .input(let input)? = first else { return first ?? .unavailable("there is no such URL") }
        return await badge(behind: input, hops: hops + 1)
    }

    /// The badge behind an input that is only a link to it, or a page; anything else is what it is.
    func badge(behind input: BadgeInput, hops: Int = 0) async -> Outcome {
        guard hops < Self.maximumHops else { return .input(input) }
        switch input.form {
        case .link(let url):
            return await badge(at: url, name: input.name, hops: hops, in: input.image)
        case .page(let page):
            // A page in a file has no URL that its references could be resolved against.
            for link in PageLinks(page: page, url: input.url ?? "").links {
                let outcome: Outcome
                switch link {
                case .document(let bytes): outcome = .input(BadgeInput(name: input.name, bytes: bytes))
                case .url(let url): outcome = await load(url, name: input.name, in: input.image)
                }
                if case .input(var found) = outcome, found.format != .none {
                    found.page = page
                    return .input(found)
                }
            }
            return .input(input)
        case .jws, .json, .unreadable:
            return .input(input)
        }
    }

    private func load(_ url: String, name: String, in image: BakedImage?) async -> Outcome {
        switch await documents.load(url) {
        case .found(let document):
            .input(
                BadgeInput(
                    name: name,
                    bytes: document.body,
                    url: document.url,
                    source: document.source,
                    image: image
                )
            )
        case .gone(let document): .gone(body: document.body)
        case .missing(let status): .unavailable("the server answers \(status)")
        case .unreachable(let reason): .unavailable(reason)
        }
    }
}
