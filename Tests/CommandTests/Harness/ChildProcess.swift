import Glibc

// Glibc declares these for GNU sources only, and Swift's import of it is not one.
@_silgen_name("posix_spawn_file_actions_addchdir_np") private func addDirectory(
    _ actions: UnsafeMutablePointer<posix_spawn_file_actions_t>,
    _ path: UnsafePointer<CChar>
) -> Int32
@_silgen_name("posix_openpt") private func openTerminal(_ flags: Int32) -> Int32
@_silgen_name("grantpt") private func grantTerminal(_ descriptor: Int32) -> Int32
@_silgen_name("unlockpt") private func unlockTerminal(_ descriptor: Int32) -> Int32
@_silgen_name("ptsname_r") private func terminalName(
    _ descriptor: Int32,
    _ name: UnsafeMutablePointer<CChar>,
    _ count: Int
) -> Int32

/// A process that a test started, with its output in files: no pipe can fill up, and what was said before a kill is
/// kept.
///
/// It has a session of its own, so nothing in it can ask the terminal that the tests run on.
struct ChildProcess: Sendable {
    /// How a process ended, and what it said.
    struct Outcome: Sendable {
        /// The exit code; `nil` where a signal ended it.
        let code: Int32?
        let signal: Int32?
        let output: [UInt8]
        let errors: [UInt8]

        var text: String { String(decoding: output, as: UTF8.self) }
        var speech: String { String(decoding: errors, as: UTF8.self) }
        /// The last of what it said, which is where an error stands.
        var lastWords: String { String(speech.suffix(400)) }
    }

    struct Failure: Error, CustomStringConvertible {
        let description: String
        init(_ description: String) { self.description = description }
    }

    let pid: pid_t
    private let outputPath: String
    private let errorPath: String
    private let terminal: PseudoTerminal?

    /// - Parameters:
    ///   - arguments: the program's path and its arguments.
    ///   - directory: where it runs.
    ///   - input: what its standard input has.
    ///   - terminal: stands for standard output instead of a file.
    init(
        _ arguments: [String],
        in directory: String,
        input: [UInt8] = [],
        environment: [String: String] = [:],
        terminal: PseudoTerminal? = nil
    ) throws {
        let folder = try TemporaryFolder.make("process")
        (outputPath, errorPath) = ("\(folder)/output", "\(folder)/errors")
        self.terminal = terminal
        try FileTree.write(input, to: "\(folder)/input")

        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        let create = O_WRONLY | O_CREAT | O_TRUNC
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "\(folder)/input", O_RDONLY, 0)
        if let terminal {
            posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, terminal.path, O_RDWR | O_NOCTTY, 0)
        } else {
            posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, outputPath, create, 0o600)
        }
        posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, errorPath, create, 0o600)
        _ = addDirectory(&actions, directory)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        posix_spawnattr_setflags(&attributes, Self.ownSession)

        var variables = ["PATH": Self.searchPath, "HOME": folder, "LANG": "C.UTF-8"]
        variables.merge(environment) { $1 }
        var pid = pid_t()
        let program = arguments[0]
        let status = Self.withCStrings(arguments) { arguments in
            Self.withCStrings(variables.map { "\($0)=\($1)" }) { variables in
                posix_spawn(&pid, program, &actions, &attributes, arguments, variables)
            }
        }
        guard status == 0 else { throw Failure("\(program) cannot be started: \(status)") }
        self.pid = pid
    }

    /// `POSIX_SPAWN_SETSID`.
    private static let ownSession: Int16 = 0x80
    private static let searchPath = getenv("PATH").map { String(cString: $0) } ?? "/usr/bin:/bin"

    private static func withCStrings<Value>(
        _ texts: [String],
        _ body: ([UnsafeMutablePointer<CChar>?]) -> Value
    ) -> Value {
        let pointers = texts.map { strdup($0) }
        defer { for pointer in pointers { free(pointer) } }
        return body(pointers + [nil])
    }

    /// Ends it as a loss of power would: no clean-up of its own runs.
    func kill() {
        Glibc.kill(pid, SIGKILL)
    }

    /// Waits for its end; past the limit it is killed, and the test fails.
    ///
    /// - Parameter sampling: called every few milliseconds while it runs.
    func wait(limit: Duration = .seconds(120), sampling: (pid_t) -> Void = { _ in }) async throws -> Outcome {
        let deadline = ContinuousClock.now + limit
        var status: Int32 = 0
        var pause = Duration.milliseconds(1)
        while true {
            let ended = waitpid(pid, &status, WNOHANG)
            if ended == pid { break }
            guard ended == 0 || errno == EINTR else { throw Failure("waitpid: \(errno)") }
            if ContinuousClock.now > deadline {
                kill()
                waitpid(pid, &status, 0)
                throw Failure("it did not end within \(limit): \(try outcome(status).speech)")
            }
            sampling(pid)
            try? await Task.sleep(for: pause)
            pause = min(pause * 2, .milliseconds(10))
        }
        return try outcome(status)
    }

    private func outcome(_ status: Int32) throws -> Outcome {
        let signal = status & 0x7F
        return Outcome(
            code: signal == 0 ? (status >> 8) & 0xFF : nil,
            signal: signal == 0 ? nil : signal,
            output: try terminal?.content() ?? FileTree.read(outputPath),
            errors: try FileTree.read(errorPath)
        )
    }
}

/// The far end of a terminal, for programs that speak otherwise where people read.
final class PseudoTerminal: Sendable {
    private let descriptor: Int32
    /// What the program opens.
    let path: String

    /// - Parameter columns: its width; not known if 0.
    init(columns: UInt16 = 0) throws {
        descriptor = openTerminal(O_RDWR | O_NOCTTY | O_CLOEXEC)
        guard descriptor >= 0, grantTerminal(descriptor) == 0, unlockTerminal(descriptor) == 0 else {
            throw ChildProcess.Failure("no terminal can be made")
        }
        var name = [CChar](repeating: 0, count: 128)
        guard terminalName(descriptor, &name, name.count) == 0 else {
            throw ChildProcess.Failure("no terminal has a name")
        }
        path = String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        guard columns > 0 else { return }
        var size = winsize(ws_row: 24, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
        _ = ioctl(descriptor, UInt(TIOCSWINSZ), &size)
    }

    deinit { close(descriptor) }

    /// What was written to it; read once the program has ended.
    func content() -> [UInt8] {
        _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
        var content: [UInt8] = []
        var page = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = read(descriptor, &page, page.count)
            guard count > 0 else { return content }
            content += page[..<count]
        }
    }
}
