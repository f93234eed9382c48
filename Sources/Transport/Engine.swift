import Synchronization

/// Makes a client's loop when it is first needed, and closes it when the last copy of the client is gone.
final class Engine: Sendable {
    private let policy: FetchPolicy
    private let loop = Mutex<TransferLoop?>(nil)

    init(policy: FetchPolicy) { self.policy = policy }

    deinit { loop.withLock { $0?.close() } }

    /// Runs one hop on the loop.
    func answer(to hop: Hop) async throws(TransportError) -> Answer {
        try await current().answer(to: hop).get()
    }

    private func current() throws(TransportError) -> TransferLoop {
        try loop.withLock { loop throws(TransportError) in
            if let loop { return loop }
            let new = try TransferLoop(policy: policy)
            loop = new
            return new
        }
    }
}
