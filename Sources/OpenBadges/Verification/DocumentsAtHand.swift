/// The documents of one verification: those that it has loaded, and those that others have, as soon as it asks for them.
///
/// A badge that names documents which are at hand is verified in one pass. What one verification may use is limited,
/// and the same whether it was at hand or not.
final class DocumentsAtHand {
    /// Every document that was used so far, by its URL.
    private(set) var answers: [String: LoadedDocument.Answer] = [:]
    private var bytes = 0
    private let memory: DocumentMemory
    private let limits: VerificationLimits

    init(_ memory: DocumentMemory, limits: VerificationLimits) {
        (self.memory, self.limits) = (memory, limits)
    }

    /// A document; `nil` where it would have to be waited for.
    func answer(_ url: String) -> LoadedDocument.Answer? {
        if let answer = answers[url] { return answer }
        guard hasRoom, let answer = memory.atHand(url) else { return nil }
        add(answer, for: url)
        return answer
    }

    /// Loads documents, as many as there is room for; the others count as out of reach.
    func load(_ urls: [String], until deadline: ContinuousClock.Instant) async {
        let wanted = urls.prefix(max(0, limits.documents - answers.count))
        for url in urls.dropFirst(wanted.count) {
            answers[url] = .unreachable("the badge names too many documents")
        }
        guard ContinuousClock.now < deadline, bytes < limits.documentBytes else {
            for url in wanted { answers[url] = .unreachable("the documents of one badge take too much") }
            return
        }
        for (url, answer) in await memory.load(Array(wanted)) { add(answer, for: url) }
    }

    private var hasRoom: Bool { answers.count < limits.documents && bytes < limits.documentBytes }

    private func add(_ answer: LoadedDocument.Answer, for url: String) {
        answers[url] = answer
        if case .found(let document) = answer { bytes += document.body.count }
    }
}
