/// Work that must end by some time.
enum Deadline {
    /// The outcome of the work, or nil where the time was over first; then the work is cancelled, and waited for.
    ///
    /// - Parameter work: ends soon after it is cancelled.
    static func run<Outcome: Sendable>(
        until instant: ContinuousClock.Instant?,
        _ work: @escaping @Sendable () async -> Outcome
    ) async -> Outcome? {
        guard let instant else { return await work() }
        guard instant > .now else { return nil }
        return await withTaskGroup(of: Outcome?.self) { group in
            group.addTask { await work() }
            group.addTask {
                // Cancelled when the work is done, or the whole task is: then the work has the word.
                try? await Task.sleep(until: instant, clock: .continuous)
                return nil
            }
            var first = await group.next() ?? nil
            if first == nil, Task.isCancelled { first = await group.next() ?? nil }
            group.cancelAll()
            return first
        }
    }
}
