import Dispatch
import Synchronization

/// Waits on a thread for asynchronous work: where the work around it is synchronous, and that thread is its own.
enum Waiting {
    private final class Box<Value: Sendable>: Sendable {
        let result = Mutex<Result<Value, IssuingError>?>(nil)
    }

    /// The value that the work gives. Never called from a task's thread.
    static func value<Value: Sendable>(
        _ work: @escaping @Sendable () async throws(IssuingError) -> Value
    ) throws(IssuingError) -> Value {
        let box = Box<Value>()
        let done = DispatchSemaphore(value: 0)
        Task.detached {
            do throws(IssuingError) {
                let value = try await work()
                box.result.withLock { $0 = .success(value) }
            } catch {
                box.result.withLock { $0 = .failure(error) }
            }
            done.signal()
        }
        done.wait()
        guard let result = box.result.withLock({ $0 }) else {
            throw IssuingError(.bucketUnreachable, "the request gave no answer")
        }
        return try result.get()
    }
}
