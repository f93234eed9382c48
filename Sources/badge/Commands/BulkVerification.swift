import Issuing
import OpenBadges

/// Verifies many inputs on all processors, and answers in the order in which they were given.
///
/// An input is read when its turn comes and forgotten when it is answered, so ten thousand badges take no more memory
/// than a few.
struct BulkVerification: Sendable {
    enum Outcome: Sendable {
        case report(VerificationReport)
        case unreadable(String)
        /// A file of a folder that is no badge.
        case passedOver
    }

    let verifier: Verifier
    let options: VerificationOptions
    /// Some wait for documents while others compute.
    private static let width = 16

    func run(_ sources: [InputSource], _ answer: (InputSource, Outcome) throws -> Void) async throws {
        // One alone stays on the thread it came by.
        let executor = sources.count > 1 ? globalConcurrentExecutor : nil
        try await withThrowingTaskGroup(of: (Int, Outcome).self) { group in
            var begun = 0
            var answered = 0
            var waiting: [Int: Outcome] = [:]
            while answered < sources.count {
                // What is finished waits for those before it; no more than a window's worth does.
                while begun < sources.count, begun - answered < Self.width {
                    let (index, source) = (begun, sources[begun])
                    group.addTask(executorPreference: executor) { (index, await verify(source)) }
                    begun += 1
                }
                guard let (index, outcome) = try await group.next() else { return }
                waiting[index] = outcome
                while let outcome = waiting.removeValue(forKey: answered) {
                    try answer(sources[answered], outcome)
                    answered += 1
                }
            }
        }
    }

    private func verify(_ source: InputSource) async -> Outcome {
        switch source.read() {
        case .unreadable(let reason): .unreadable(reason)
        case .notMeant: .passedOver
        case .url(let url): .report(await verifier.verify(url: url, options: options))
        case .bytes(let bytes): .report(await verifier.verify(bytes, name: source.name, options: options))
        }
    }
}
