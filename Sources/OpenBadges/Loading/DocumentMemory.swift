/// Loads each document once: whoever asks while it is being loaded waits for the same answer.
///
/// Ten thousand badges of twenty issuers name a few dozen documents; each is fetched once, and memory stays flat.
actor DocumentMemory {
    private enum Entry {
        case loading
        case loaded(LoadedDocument.Answer)
    }

    private let loader: any DocumentLoader
    private var entries: [String: Entry] = [:]
    private var waiting: [String: [CheckedContinuation<LoadedDocument.Answer?, Never>]] = [:]
    private var size = 0
    /// Every issuer's document and status list of a large import; beyond it, documents are forgotten and loaded again.
    private static let maximumBytes = 64 << 20
    /// Hosted badges are a document each, and asked for once.
    private static let maximumEntries = 4096

    init(_ loader: any DocumentLoader) {
        self.loader = loader
    }

    func load(_ url: String) async -> LoadedDocument.Answer {
        while true {
            switch entries[url] {
            case .loaded(let answer):
                return answer
            case .loading:
                let answer = await withCheckedContinuation { waiting[url, default: []].append($0) }
                // Nothing where the one who asked was cancelled: then it is asked again.
                if let answer { return answer }
            case nil:
                return await ask(url)
            }
        }
    }

    private func ask(_ url: String) async -> LoadedDocument.Answer {
        if entries.count >= Self.maximumEntries || size > Self.maximumBytes { forget() }
        entries[url] = .loading
        let answer = await loader.load(url)
        let isAnswered = !Task.isCancelled
        entries[url] = isAnswered ? .loaded(answer) : nil
        if isAnswered, case .found(let document) = answer { size += document.body.count }
        for waiter in waiting.removeValue(forKey: url) ?? [] { waiter.resume(returning: isAnswered ? answer : nil) }
        return answer
    }

    /// Forgets everything but what is being loaded, which somebody waits for.
    private func forget() {
        entries = entries.filter { if case .loading = $0.value { true } else { false } }
        size = 0
    }

    /// Loads several at once.
    nonisolated func load(_ urls: [String]) async -> [(url: String, answer: LoadedDocument.Answer)] {
        if urls.count == 1 { return [(urls[0], await load(urls[0]))] }
        return await withTaskGroup(of: (url: String, answer: LoadedDocument.Answer).self) { group in
            for url in urls {
                group.addTask { (url, await self.load(url)) }
            }
            var answers: [(url: String, answer: LoadedDocument.Answer)] = []
            for await answer in group { answers.append(answer) }
            return answers
        }
    }
}
