import JSONCore
import OpenBadges

/// A web of documents in a dictionary: what is not in it is unreachable.
struct Documents: DocumentLoader {
    var answers: [String: LoadedDocument.Answer] = [:]

    func load(_ url: String) async -> LoadedDocument.Answer {
        answers[url] ?? .unreachable("nobody answers")
    }

    /// - Parameter final: the URL that answers in the end, where it is another.
    mutating func serve(
        _ url: String,
        _ json: JSON?,
        from source: LoadedDocument.Source = .web,
        redirectedTo final: String? = nil
    ) {
        let body = json.map { $0.serialized() } ?? []
        answers[url] = .found(LoadedDocument(url: final ?? url, body: body, source: source))
    }

    mutating func serve(_ url: String, text: String) {
        answers[url] = .found(LoadedDocument(url: url, body: Array(text.utf8), source: .web))
    }

    mutating func serve(_ url: String, image: [UInt8]) {
        answers[url] = .found(LoadedDocument(url: url, body: image, source: .web))
    }

    mutating func takeBack(_ url: String, _ json: JSON) {
        answers[url] = .gone(LoadedDocument(url: url, body: json.serialized(), source: .web))
    }

    mutating func remove(_ url: String) {
        answers[url] = nil
    }

    /// The same documents, as if another kind of loader had them.
    func vouched(by source: LoadedDocument.Source) -> Documents {
        Documents(
            answers: answers.mapValues { answer in
                guard case .found(let document) = answer else { return answer }
                return .found(LoadedDocument(url: document.url, body: document.body, source: source))
            }
        )
    }
}

extension VerificationReport {
    /// The codes of its problems, in their order.
    var codes: [String] { problems.map(\.code.rawValue) }

    func outcome(of check: CheckName) -> CheckOutcome.Outcome? {
        checks.first { $0.check == check }?.outcome
    }

    var isVerified: Bool {
        if case .verified = verdict { true } else { false }
    }
}
