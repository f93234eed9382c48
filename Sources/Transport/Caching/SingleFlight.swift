import Synchronization

/// Lets one of all who want the same thing at the same time do the work, and gives its outcome to the others.
final class SingleFlight<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private typealias Waiter = CheckedContinuation<Value?, Never>

    private struct Flight {
        let number: UInt64
        var waiters: [UInt64: Waiter] = [:]
    }

    private struct State {
        var flights: [Key: Flight] = [:]
        var count: UInt64 = 0
    }

    private enum Part {
        case lead
        case follow(flight: UInt64, place: UInt64)
    }

    private let state = Mutex(State())

    /// The outcome of the work, one's own or that of whoever was first; nil where the task was cancelled while it waited.
    ///
    /// - Parameter work: gives its outcome, and whether it is one for the others too. Where it is not (its own time was
    ///   over, say), the next of them does the work.
    func value(
        for key: Key,
        _ work: () async -> (value: Value, isForAll: Bool)
    ) async -> Value? {
        while !Task.isCancelled {
            switch part(in: key) {
            case .lead:
                let (value, isForAll) = await work()
                end(key, isForAll ? value : nil)
                return value
            case .follow(let flight, let place):
                if let value = await wait(for: key, flight, place) { return value }
            }
        }
        return nil
    }

    private func part(in key: Key) -> Part {
        state.withLock { state in
            state.count += 1
            guard let flight = state.flights[key] else {
                state.flights[key] = Flight(number: state.count)
                return .lead
            }
            return .follow(flight: flight.number, place: state.count)
        }
    }

    private func wait(for key: Key, _ flight: UInt64, _ place: UInt64) async -> Value? {
        await withTaskCancellationHandler {
            await withCheckedContinuation { (waiter: Waiter) in
                let isInLine = state.withLock { state in
                    // It may have ended since we asked; and a cancellation that came before this looks at no line.
                    guard state.flights[key]?.number == flight, !Task.isCancelled else { return false }
                    state.flights[key]?.waiters[place] = waiter
                    return true
                }
                if !isInLine { waiter.resume(returning: nil) }
            }
        } onCancel: {
            let waiter = state.withLock { state -> Waiter? in
                guard state.flights[key]?.number == flight else { return nil }
                return state.flights[key]?.waiters.removeValue(forKey: place)
            }
            waiter?.resume(returning: nil)
        }
    }

    private func end(_ key: Key, _ value: Value?) {
        let waiters = state.withLock { $0.flights.removeValue(forKey: key)?.waiters ?? [:] }
        for waiter in waiters.values { waiter.resume(returning: value) }
    }
}
