import Dispatch
import Synchronization

/// Runs asynchronous work on the main thread, so that a command which verifies one badge starts no other: making threads
/// and waking them takes longer than the verification.
///
/// What shall run on all processors says so (`globalConcurrentExecutor`).
final class MainThread: TaskExecutor {
    private let jobs = Mutex<[UnownedJob]>([])
    private let arrivals = DispatchSemaphore(value: 0)

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        jobs.withLock { $0.append(job) }
        arrivals.signal()
    }

    /// Does the work, and returns when it has ended. To be called once, on the main thread.
    static func run(_ work: @escaping @Sendable () async -> Void) {
        let thread = MainThread()
        let hasEnded = Atomic(false)
        Task(executorPreference: thread) {
            await work()
            hasEnded.store(true, ordering: .releasing)
        }
        while !hasEnded.load(ordering: .acquiring) {
            thread.arrivals.wait()
            let job = thread.jobs.withLock { $0.removeFirst() }
            job.runSynchronously(on: thread.asUnownedTaskExecutor())
        }
    }
}
