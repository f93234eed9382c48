import Synchronization

/// What a verifier keeps between badges: the documents that it has loaded, and what follows from them.
///
/// Both are forgotten together after a while, so that a long-running verifier hears of revocations.
final class VerifierMemory: Sendable {
    /// One generation of memory. A verification stays with the one that it began with.
    struct Generation: Sendable {
        let documents: DocumentMemory
        let findings = SharedFindings()
        let begin = ContinuousClock.now
    }

    private let loader: any DocumentLoader
    private let generation: Mutex<Generation>
    /// A badge that was revoked a moment ago may pass for as long as this, and no longer.
    private static let lifetime = Duration.seconds(300)

    init(loader: any DocumentLoader) {
        self.loader = loader
        generation = Mutex(Generation(documents: DocumentMemory(loader)))
    }

    func current() -> Generation {
        generation.withLock { generation in
            if ContinuousClock.now - generation.begin > Self.lifetime {
                generation = Generation(documents: DocumentMemory(loader))
            }
            return generation
        }
    }
}
