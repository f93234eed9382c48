import Glibc
import JSONCore

/// The built `badge`, run as a user runs it.
enum BadgeCommand {
    /// It stands beside the tests' own binary.
    static let path: String = {
        var name = [CChar](repeating: 0, count: 4096)
        let count = readlink("/proc/self/exe", &name, name.count - 1)
        let own = String(decoding: name.prefix(max(count, 0)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return "\(own[..<(own.lastIndex(of: "/") ?? own.startIndex)])/badge"
    }()

    /// Starts it, and leaves the waiting to the caller.
    static func start(
        _ arguments: [String],
        in directory: String,
        input: [UInt8] = [],
        environment: [String: String] = [:],
        terminal: PseudoTerminal? = nil
    ) throws -> ChildProcess {
        try ChildProcess(
            [path] + arguments,
            in: directory,
            input: input,
            environment: environment,
            terminal: terminal
        )
    }

    /// Runs it to its end.
    static func run(
        _ arguments: [String],
        in directory: String,
        input: [UInt8] = [],
        environment: [String: String] = [:],
        terminal: PseudoTerminal? = nil
    ) async throws -> ChildProcess.Outcome {
        try await Turnstile.shared.pass {
            try await start(
                arguments,
                in: directory,
                input: input,
                environment: environment,
                terminal: terminal
            ).wait()
        }
    }

    /// Runs it from a shell that says something first: `umask 077`, `ulimit -f 100`.
    static func run(
        _ arguments: [String],
        in directory: String,
        after words: String,
        environment: [String: String] = [:]
    ) async throws -> ChildProcess.Outcome {
        try await Turnstile.shared.pass {
            try await ChildProcess(
                ["/bin/sh", "-c", "\(words); exec \"$0\" \"$@\"", path] + arguments,
                in: directory,
                environment: environment
            ).wait()
        }
    }
}

extension ChildProcess.Outcome {
    /// The lines of `--json`.
    var json: [JSON] {
        get throws { try output.split(separator: 0x0A).map { try JSON(parsing: Array($0)) } }
    }

    /// The reports of `verify --json`.
    var reports: [Report] {
        get throws { try json.map { Report(json: $0) } }
    }
}

/// Lets a few processes run at a time: dozens at once would all be slow, and fail their time limits.
actor Turnstile {
    static let shared = Turnstile(places: 4)

    private var free: Int
    private var waiting: [CheckedContinuation<Void, Never>] = []

    private init(places: Int) { free = places }

    nonisolated func pass<Value: Sendable>(_ body: @Sendable () async throws -> Value) async throws -> Value {
        await enter()
        do {
            let value = try await body()
            await leave()
            return value
        } catch {
            await leave()
            throw error
        }
    }

    private func enter() async {
        if free > 0 {
            free -= 1
        } else {
            await withCheckedContinuation { waiting.append($0) }
        }
    }

    private func leave() {
        if waiting.isEmpty {
            free += 1
        } else {
            waiting.removeFirst().resume()
        }
    }
}
