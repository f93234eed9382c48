/// Requests that wait for their turn: in order within a host, and the hosts in turn, so that one with a thousand requests
/// holds up no other; and how many of each host's are under way.
struct WaitingLine<Job> {
    /// Jobs of one host; those before `next` have had their turn.
    private struct Queue {
        var jobs: [Job] = []
        var next = 0
    }

    private var queues: [String: Queue] = [:]
    /// The hosts in `queues`, in turn.
    private var turns: [String] = []
    private var running: [String: Int] = [:]

    var isEmpty: Bool { queues.isEmpty }

    mutating func append(_ job: Job, host: String) {
        if queues[host] == nil { turns.append(host) }
        queues[host, default: Queue()].jobs.append(job)
    }

    /// Takes out the next job whose host has room, and counts it as under way; nil where there is none.
    mutating func next(limit: (_ host: String) -> Int) -> Job? {
        for index in turns.indices {
            let host = turns[index]
            guard running[host, default: 0] < limit(host), var queue = queues[host] else { continue }
            let job = queue.jobs[queue.next]
            queue.next += 1
            // Cleared in large pieces: one by one would copy the rest each time.
            if queue.next > 256 {
                queue.jobs.removeFirst(queue.next)
                queue.next = 0
            }
            turns.remove(at: index)
            if queue.next < queue.jobs.count {
                queues[host] = queue
                turns.append(host)
            } else {
                queues[host] = nil
            }
            begin(host: host)
            return job
        }
        return nil
    }

    /// Counts a job that did not wait.
    mutating func begin(host: String) { running[host, default: 0] += 1 }

    mutating func end(host: String) {
        let left = running[host, default: 0] - 1
        running[host] = left > 0 ? left : nil
    }

    /// Takes out the jobs that a condition holds for.
    mutating func remove(where condition: (Job) -> Bool) -> [Job] {
        var removed: [Job] = []
        for (host, queue) in queues {
            var kept: [Job] = []
            for job in queue.jobs[queue.next...] {
                if condition(job) { removed.append(job) } else { kept.append(job) }
            }
            queues[host] = kept.isEmpty ? nil : Queue(jobs: kept)
        }
        turns.removeAll { queues[$0] == nil }
        return removed
    }
}
