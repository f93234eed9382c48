import CCurl
import Glibc
import Synchronization

/// The thread that all transfers of a client run on, and the mailbox through which they reach it.
///
/// One thread and libcurl's multi interface: transfers wait for the network together, share connections (HTTP/2 streams
/// too), and block no thread of Swift's own. Nothing but the mailbox is shared; the transfers themselves are local to
/// ``run()``. The thread starts with the first request and ends with the client.
final class TransferLoop: Sendable {
    /// A request's place in the loop, by which it can be called off.
    final class Ticket: Sendable {
        let isCancelled = Atomic(false)
    }

    private struct Job: Sendable {
        let ticket: Ticket
        let hop: Hop
        let continuation: CheckedContinuation<Result<Answer, TransportError>, Never>

        /// What counts as one host: scheme, name and port.
        var host: String { hop.request.url.origin }
    }

    private struct Mailbox {
        var jobs: [Job] = []
        var cancelled: [Ticket] = []
        var hasThread = false
        var isClosed = false
    }

    private let policy: FetchPolicy
    private let multi: MultiHandle
    private let mailbox = Mutex(Mailbox())

    init(policy: FetchPolicy) throws(TransportError) {
        self.policy = policy
        multi = try MultiHandle(policy: policy)
    }

    // MARK: From any thread

    /// Runs one hop. Cancelling the task ends it with `CANCELLED`.
    func answer(to hop: Hop) async -> Result<Answer, TransportError> {
        let ticket = Ticket()
        return await withTaskCancellationHandler {
            await withCheckedContinuation { submit(Job(ticket: ticket, hop: hop, continuation: $0)) }
        } onCancel: {
            // The flag for a job that is still to come, the message for one that runs.
            ticket.isCancelled.store(true, ordering: .releasing)
            mailbox.withLock { $0.cancelled.append(ticket) }
            multi.wakeUp()
        }
    }

    /// Lets the thread end; what still runs ends with `CANCELLED`.
    func close() {
        mailbox.withLock { $0.isClosed = true }
        multi.wakeUp()
    }

    private func submit(_ job: Job) {
        let isAccepted = mailbox.withLock { mailbox in
            if !mailbox.hasThread { mailbox.hasThread = startThread() }
            guard mailbox.hasThread, !mailbox.isClosed else { return false }
            mailbox.jobs.append(job)
            return true
        }
        guard isAccepted else {
            job.continuation.resume(returning: .failure(TransportError(.systemFailure, "no thread for transfers")))
            return
        }
        multi.wakeUp()
    }

    private func startThread() -> Bool {
        var attributes = pthread_attr_t()
        guard pthread_attr_init(&attributes) == 0 else { return false }
        defer { pthread_attr_destroy(&attributes) }
        pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
        // Signals are for the other threads. A broken TLS connection raises SIGPIPE in the thread that writes to it;
        // blocked here, it kills nobody. A new thread inherits the mask of the one that starts it.
        var all = sigset_t()
        var previous = sigset_t()
        sigfillset(&all)
        guard pthread_sigmask(SIG_SETMASK, &all, &previous) == 0 else { return false }
        defer { pthread_sigmask(SIG_SETMASK, &previous, nil) }
        let context = Unmanaged.passRetained(self)
        var thread = pthread_t()
        let code = pthread_create(
            &thread,
            &attributes,
            { context in
                if let context { Unmanaged<TransferLoop>.fromOpaque(context).takeRetainedValue().run() }
                return nil
            },
            context.toOpaque()
        )
        if code != 0 { context.release() }
        return code == 0
    }

    // MARK: On the loop's own thread

    private typealias Running = (job: Job, transfer: Transfer)

    /// What only the loop's thread sees.
    private struct State {
        var waiting = WaitingLine<Job>()
        /// Hosts that have answered by HTTP/2, which takes more requests on one connection.
        var multiplexing: Set<String> = []
        var running: [UnsafeMutableRawPointer: Running] = [:]
        var idle: [EasyHandle] = []
    }

    private func run() {
        var state = State()
        var isHealthy = true
        while isHealthy {
            let mail = mailbox.withLock { mailbox in
                let mail = mailbox
                mailbox.jobs = []
                mailbox.cancelled = []
                return mail
            }
            if mail.isClosed {
                for job in mail.jobs { state.waiting.append(job, host: job.host) }
                break
            }
            take(mail.jobs, &state)
            cancel(mail.cancelled, &state)
            _ = startWaiting(&state)
            isHealthy = multi.perform()
            while let (handle, code) = multi.nextDone() { finish(handle, code, &state) }
            guard isHealthy else { break }
            // Those in line may have found room meanwhile. libcurl itself shortens the wait to its next time limit.
            isHealthy = startWaiting(&state) || multi.wait(milliseconds: 60_000)
        }
        end(&state, isHealthy: isHealthy)
    }

    private func hasRoom(_ state: State) -> Bool { state.running.count < max(1, policy.maximumConcurrentTransfers) }

    /// Puts new jobs in line. A redirect's next hop does not wait: its time runs already, and it takes the place that the
    /// hop before it had.
    private func take(_ jobs: [Job], _ state: inout State) {
        for job in jobs {
            if job.hop.deadline != nil {
                state.waiting.begin(host: job.host)
                start(job, &state)
            } else {
                state.waiting.append(job, host: job.host)
            }
        }
    }

    /// Starts those whose turn it is. Says whether there were any.
    private func startWaiting(_ state: inout State) -> Bool {
        var hasStarted = false
        while hasRoom(state) {
            let multiplexing = state.multiplexing
            let job = state.waiting.next { host in
                max(1, multiplexing.contains(host) ? policy.maximumStreamsPerHost : policy.maximumTransfersPerHost)
            }
            guard let job else { break }
            start(job, &state)
            hasStarted = true
        }
        return hasStarted
    }

    /// Starts a job that is counted as under way.
    private func start(_ job: Job, _ state: inout State) {
        do throws(TransportError) {
            guard !job.ticket.isCancelled.load(ordering: .acquiring) else { throw Self.cancellation }
            let deadline = job.hop.deadline ?? ContinuousClock.now.advanced(by: policy.totalTimeout)
            let easy = if let last = state.idle.popLast() { last } else { try EasyHandle() }
            let transfer = Transfer(job.hop, policy: policy, deadline: deadline, handle: easy)
            try easy.prepare(transfer, policy: policy)
            guard multi.add(easy) else {
                throw TransportError(.systemFailure, "libcurl does not take the transfer")
            }
            easy.withHandle { state.running[$0] = (job, transfer) }
        } catch {
            state.waiting.end(host: job.host)
            job.continuation.resume(returning: .failure(error))
        }
    }

    private func cancel(_ tickets: [Ticket], _ state: inout State) {
        guard !tickets.isEmpty else { return }
        let handles = state.running.filter { entry in tickets.contains { $0 === entry.value.job.ticket } }.map(\.key)
        for handle in handles { release(handle, with: { _ in .failure(Self.cancellation) }, &state) }
        // Those in line are seen by their flag; nobody should wait for that until their turn comes.
        for job in state.waiting.remove(where: { $0.ticket.isCancelled.load(ordering: .acquiring) }) {
            job.continuation.resume(returning: .failure(Self.cancellation))
        }
    }

    private func finish(_ handle: UnsafeMutableRawPointer, _ code: CURLcode, _ state: inout State) {
        if let (job, transfer) = state.running[handle], transfer.handle.isMultiplexed {
            // Some hosts more or less do not matter; without a bound their number would.
            if state.multiplexing.count >= 1024 { state.multiplexing = [] }
            state.multiplexing.insert(job.host)
        }
        release(handle, with: { $0.result(of: code) }, &state)
    }

    private func release(
        _ handle: UnsafeMutableRawPointer,
        with result: (Transfer) -> Result<Answer, TransportError>,
        _ state: inout State
    ) {
        guard let (job, transfer) = state.running.removeValue(forKey: handle) else { return }
        state.waiting.end(host: job.host)
        let outcome = result(transfer)
        multi.remove(transfer.handle)
        transfer.handle.reset()
        if state.idle.count < policy.maximumConcurrentTransfers { state.idle.append(transfer.handle) }
        job.continuation.resume(returning: outcome)
    }

    /// Answers all that is left, so that nobody waits for ever.
    private func end(_ state: inout State, isHealthy: Bool) {
        let error = isHealthy ? Self.cancellation : TransportError(.systemFailure, "libcurl cannot go on")
        for handle in Array(state.running.keys) { release(handle, with: { _ in .failure(error) }, &state) }
        let late = mailbox.withLock { mailbox in
            mailbox.isClosed = true
            let jobs = mailbox.jobs
            mailbox.jobs = []
            return jobs
        }
        for job in state.waiting.remove(where: { _ in true }) + late {
            job.continuation.resume(returning: .failure(error))
        }
    }

    static let cancellation = TransportError(.cancelled, "the request was cancelled")
}
