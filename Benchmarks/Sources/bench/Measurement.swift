import Glibc

/// Rates in CPU seconds of this process, over interleaved rounds, so that a noisy machine is noisy for both sides.
struct Measurement {
    let rounds: Int
    let seconds: Double
    let filter: String

    init(environment: [String: String], filter: String) {
        rounds = environment["BENCH_ROUNDS"].flatMap(Int.init) ?? 5
        seconds = environment["BENCH_SECONDS"].flatMap(Double.init) ?? 1
        self.filter = filter
    }

    /// Times `ours` beside OpenSSL's `bare` and prints both, and the ratio against its goal.
    func compare(
        _ op: String,
        _ suite: String,
        goal: Double,
        bare: () -> Void,
        ours: (Int) -> Void
    ) {
        compare(op, suite, goal: goal, bare: bare) { (numbers: Range<Int>) in
            for number in numbers { ours(number) }
        }
    }

    /// The same with what is done many at a time, such as asynchronous work, whose waiting is none of its own.
    func compare(
        _ op: String,
        _ suite: String,
        goal: Double,
        bare: () -> Void,
        batch ours: (Range<Int>) -> Void
    ) {
        guard wants(op, suite) else { return }
        var own: [Rate] = []
        var reference: [Rate] = []
        for round in -1..<rounds {
            let first = rate { for _ in $0 { bare() } }
            let second = rate(ours)
            if round >= 0 {
                reference.append(first)
                own.append(second)
            }
        }
        print(line("ours 0.1", op, suite, own))
        print(line("OpenSSL alone", op == "verify" ? "verify-only" : "sign", suite, reference))
        let ratios = zip(own, reference).map { $0.cpu / $1.cpu }.sorted()
        let ratio = ratios[ratios.count / 2]
        let verdict = ratio >= goal ? "reached" : "NOT reached"
        print(
            #"{"op": "\#(op)", "suite": "\#(suite)", "ratio": \#(number(ratio)), "goal": \#(number(goal)), "#
                + #""verdict": "\#(verdict)"}"#
        )
        fflush(nil)
    }

    /// Whether the line is asked for.
    func wants(_ op: String, _ suite: String) -> Bool {
        filter.isEmpty || "\(op) \(suite)".contains(filter)
    }

    struct Rate {
        var done: Int
        var cpu: Double
        var wall: Double
    }

    /// Runs for about `seconds`, and counts.
    func rate(_ batch: (Range<Int>) -> Void) -> Rate {
        let wall = clock(CLOCK_MONOTONIC)
        let cpu = clock(CLOCK_PROCESS_CPUTIME_ID)
        var done = 0
        while clock(CLOCK_MONOTONIC) - wall < seconds {
            batch(done..<(done + 64))
            done += 64
        }
        let cpuSeconds = clock(CLOCK_PROCESS_CPUTIME_ID) - cpu
        return Rate(
            done: done,
            cpu: Double(done) / cpuSeconds,
            wall: Double(done) / (clock(CLOCK_MONOTONIC) - wall)
        )
    }

    func line(_ peer: String, _ op: String, _ suite: String, _ rates: [Rate], note: String = "") -> String {
        let cpu = rates.map(\.cpu).sorted()
        let wall = rates.map(\.wall).sorted()
        var usage = rusage()
        getrusage(__rusage_who_t(0), &usage)
        return
            #"{"peer": "\#(peer)", "op": "\#(op)", "suite": "\#(suite)", "n": \#(rates.reduce(0) { $0 + $1.done }), "#
            + #""per_s": \#(number(cpu[cpu.count / 2])), "min": \#(number(cpu[0])), "max": \#(number(cpu[cpu.count - 1])), "#
            + #""wall_per_s": \#(number(wall[wall.count / 2])), "unit": "/s", "#
            + #""rss_mb": \#(number(Double(usage.ru_maxrss) / 1024)), "note": "\#(note)"}"#
    }

    /// Four significant digits.
    func number(_ value: Double) -> String {
        guard value > 0 else { return "0" }
        var scale = 1.0
        var scaled = value
        while scaled < 1000 {
            scaled *= 10
            scale *= 10
        }
        let rounded = scaled < 10_000 ? scaled.rounded() / scale : value.rounded()
        return rounded == rounded.rounded() && rounded < 1e15 ? String(Int(rounded)) : String(rounded)
    }

    private func clock(_ id: clockid_t) -> Double {
        var time = timespec()
        clock_gettime(id, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
