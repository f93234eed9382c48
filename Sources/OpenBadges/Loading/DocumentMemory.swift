import Synchronization

/// Loads each document once: whoever asks while it is being loaded waits for the same answer.
///
/// Ten thousand badges of twenty issuers name a few dozen documents; each is fetched once, and memory stays flat.
final class DocumentMemory: Sendable {
    private enum Entry {
        /// Somebody is loading it, and these wait.
        case loading([CheckedContinuation<LoadedDocument.Answer?, Never>])
        case loaded(LoadedDocument.Answer)
    }

    private struct State {
        var entries: [String: Entry] = [:]
        var size = 0

        /// Forgets everything but what is being loaded, which somebody waits for.
        mutating func forget() {
            entries = entries.filter { if case .loading = $0.value { true } else { false } }
            size = 0
        }
    }

    private let loader: any DocumentLoader
    private let state = Mutex(State())
    /// Every issuer's document and status list of a large import; beyond it, documents are forgotten and loaded again.
    private static let maximumBytes = 64 << 20
    /// Hosted badges are a document each, and asked for once.
    private static let maximumEntries = 4096

    init(_ loader: any DocumentLoader) {
        self.loader = loader
    }

    /// What was loaded before; `nil` where it would have to be waited for.
    func atHand(_ url: String) -> LoadedDocument.Answer? {
        state.withLock { state in
            if case .loaded(let answer) = state.entries[url] { answer } else { nil }
        }
    }

    func load(_ url: String) async -> LoadedDocument.Answer {
        while true {
            if let answer = atHand(url) { return answer }
            let isFirst = state.withLock { state in
                if state.entries[url] != nil { return false }
                if state.entries.count >= Self.maximumEntries || state.size > Self.maximumBytes { state.forget() }
                state.entries[url] = .loading([])
                return true
            }
            if isFirst { return await ask(url) }
            // Nothing comes where the one who asked was cancelled: then it is asked again.
            if let answer = await othersAnswer(url) { return answer }
        }
    }

    private func ask(_ url: String) async -> LoadedDocument.Answer {
        let answer = await loader.load(url)
        let isAnswered = !Task.isCancelled
        let waiting = state.withLock { state -> [CheckedContinuation<LoadedDocument.Answer?, Never>] in
            guard case .loading(let waiting) = state.entries[url] else { return [] }
            state.entries[url] = isAnswered ? .loaded(answer) : nil
            if isAnswered, case .found(let document) = answer { state.size += document.body.count }
            return waiting
        }
        for waiter in waiting { waiter.resume(returning: isAnswered ? answer : nil) }
        return answer
    }

    private func othersAnswer(_ url: String) async -> LoadedDocument.Answer? {
        await withCheckedContinuation { continuation in
            let known: LoadedDocument.Answer?? = state.withLock { state in
                switch state.entries[url] {
                case .loading(let waiting):
                    state.entries[url] = .loading(waiting + [continuation])
                    return nil
                case .loaded(let answer): return .some(answer)
                case nil: return .some(nil)
                }
            }
            if let known { continuation.resume(returning: known) }
        }
    }

    /// Loads several at once.
    func load(_ urls: [String]) async -> [(url: String, answer: LoadedDocument.Answer)] {
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
