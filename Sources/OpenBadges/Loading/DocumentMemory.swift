/// Loads each document once: whoever asks while it is being loaded waits for the same answer.
///
/// Ten thousand badges of twenty issuers name a few dozen documents; each is fetched once, and memory stays flat.
actor DocumentMemory {
    private struct Entry {
        let task: Task<LoadedDocument.Answer, Never>
        var size = 0
    }

    private let loader: any DocumentLoader
    private var entries: [String: Entry] = [:]
    private var size = 0
    /// Every issuer's document and status list of a large import; beyond it, documents are forgotten and loaded again.
    private static let maximumBytes = 64 << 20
    /// Hosted badges are a document each, and asked for once.
    private static let maximumEntries = 4096

    init(_ loader: any DocumentLoader) {
        self.loader = loader
    }

    func load(_ url: String) async -> LoadedDocument.Answer {
        if let entry = entries[url] { return await entry.task.value }
        if entries.count >= Self.maximumEntries || size > Self.maximumBytes {
            entries.removeAll()
            size = 0
        }
        let task = Task { [loader] in await loader.load(url) }
        entries[url] = Entry(task: task)
        let answer = await task.value
        if case .found(let document) = answer, entries[url] != nil {
            entries[url]?.size = document.body.count
            size += document.body.count
        }
        return answer
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
