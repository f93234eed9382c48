import Glibc

/// How long `badge verify one.jwt --offline` takes as a whole process.
struct StartUp {
    let command: String
    let file: String

    /// Milliseconds of each of a number of runs, in order of size. The first is not counted.
    func milliseconds(runs: Int) -> [Double] {
        var times: [Double] = []
        for run in -1..<runs {
            let start = now()
            let code = status()
            must(code == 0 || code == 3, "badge verify did not answer")
            let elapsed = (now() - start) * 1000
            if run >= 0 { times.append(elapsed) }
        }
        return times.sorted()
    }

    private func status() -> Int32 {
        var arguments: [UnsafeMutablePointer<CChar>?] =
            [command, "verify", file, "--offline", "--quiet"].map { (argument: String) in strdup(argument) } + [nil]
        defer { for argument in arguments { free(argument) } }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
        defer { posix_spawn_file_actions_destroy(&actions) }
        var process = pid_t()
        guard posix_spawn(&process, command, &actions, nil, &arguments, environ) == 0 else { return -1 }
        var status: Int32 = 0
        waitpid(process, &status, 0)
        return (status >> 8) & 0xFF
    }

    private func now() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
