import Glibc

/// The command `openssl`, running in a folder: its standard input and output end here.
final class OpenSSL: Sendable {
    struct Failure: Error { let reason: String }

    /// Where the command is; nil where it is not on the path.
    static let command: String? = {
        guard let path = getenv("PATH").map({ String(cString: $0) }) else { return nil }
        return path.split(separator: ":").map { "\($0)/openssl" }.first { access($0, X_OK) == 0 }
    }()

    private let process: pid_t
    private let input: Int32
    private let output: Int32

    init(_ arguments: [String], in folder: String) throws {
        guard let command = Self.command else { throw Failure(reason: "no openssl") }
        var toChild: [Int32] = [0, 0]
        var fromChild: [Int32] = [0, 0]
        // Sockets and no pipes: writing to one whose reader is gone need not raise a signal.
        let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        guard socketpair(AF_UNIX, kind, 0, &toChild) == 0, socketpair(AF_UNIX, kind, 0, &fromChild) == 0 else {
            throw Failure(reason: "no sockets")
        }
        defer {
            close(toChild[0])
            close(fromChild[1])
        }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, toChild[0], 0)
        posix_spawn_file_actions_adddup2(&actions, fromChild[1], 1)
        posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
        // The shell changes the folder, and is the command from then on.
        var words = (["/bin/sh", "-c", "cd \"$0\" && exec \"$@\"", folder, command] + arguments).map { strdup($0) }
        defer { for word in words { free(word) } }
        words.append(nil)
        var process = pid_t()
        guard posix_spawn(&process, "/bin/sh", &actions, nil, words, environ) == 0 else {
            close(toChild[1])
            close(fromChild[0])
            throw Failure(reason: "openssl cannot be started")
        }
        self.process = process
        input = toChild[1]
        output = fromChild[0]
    }

    deinit {
        stop()
        var status: Int32 = 0
        waitpid(process, &status, 0)
        close(input)
        close(output)
    }

    /// Ends it, and so the reading of its output.
    func stop() { kill(process, SIGKILL) }

    /// What it prints next; nil at the end.
    func read() -> [UInt8]? {
        var buffer = [UInt8](repeating: 0, count: 16384)
        let count = Glibc.read(output, &buffer, buffer.count)
        return count > 0 ? Array(buffer[..<count]) : nil
    }

    func readLine() -> String? {
        var line: [UInt8] = []
        var byte: UInt8 = 0
        while Glibc.read(output, &byte, 1) == 1 {
            if byte == 0x0A { return String(decoding: line, as: UTF8.self) }
            line.append(byte)
        }
        return nil
    }

    /// Gives it something to read; false where it is gone.
    @discardableResult
    func write(_ bytes: [UInt8]) -> Bool {
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes { raw in
                send(input, raw.baseAddress.map { $0 + sent }, raw.count - sent, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return false }
            sent += count
        }
        return true
    }

    /// Makes `root.pem` and `key.pem` in a folder: a certificate that is its own root. Gives the certificate.
    static func makeCertificate(name: String, days: Int = 2, in folder: String) throws -> [UInt8] {
        let request = try OpenSSL(
            [
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", "key.pem",
                "-out", "root.pem", "-subj", "/CN=test", "-addext", "subjectAltName=\(name)", "-days", "\(days)",
            ],
            in: folder
        )
        // It is done when it prints no more.
        while request.read() != nil {}
        let pem = TemporaryFolder.read("\(folder)/root.pem")
        guard !pem.isEmpty else { throw Failure(reason: "openssl req failed") }
        return pem
    }
}
