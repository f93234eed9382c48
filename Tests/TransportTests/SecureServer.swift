import Glibc
import Testing

/// `openssl s_server` on 127.0.0.1 with a certificate of its own, made for the test: serves files that hold answers.
final class SecureServer: Sendable {
    struct Failure: Error { let reason: String }

    /// Where the command is; nil where it is not on the path.
    static let command: String? = {
        guard let path = getenv("PATH").map({ String(cString: $0) }) else { return nil }
        return path.split(separator: ":").map { "\($0)/openssl" }.first { access($0, X_OK) == 0 }
    }()

    let port: Int
    /// The certificate, which is its own root.
    let rootPEM: [UInt8]
    private let process: pid_t
    private let folder: String

    /// - Parameters:
    ///   - name: a host name, as `DNS:badge.example`.
    ///   - files: names and whole answers, header included.
    init(name: String, days: Int = 2, options: [String] = [], files: [String: String] = [:]) throws {
        var template = Array("/tmp/transport-tests-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw Failure(reason: "no temporary folder") }
        folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        for (file, text) in files { try Self.write(text, to: "\(folder)/\(file)") }
        let request = try Self.launch(
            [
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", "key.pem",
                "-out", "root.pem", "-subj", "/CN=test", "-addext", "subjectAltName=\(name)", "-days", "\(days)",
            ],
            in: folder
        )
        close(request.output)
        var status: Int32 = 0
        guard waitpid(request.process, &status, 0) == request.process, status == 0 else {
            throw Failure(reason: "openssl req failed")
        }
        rootPEM = try Self.read("\(folder)/root.pem")
        let server = try Self.launch(
            ["s_server", "-accept", "127.0.0.1:0", "-cert", "root.pem", "-key", "key.pem", "-HTTP"] + options,
            in: folder
        )
        process = server.process
        // It says "ACCEPT 127.0.0.1:PORT" when it is ready.
        var text = ""
        var byte: UInt8 = 0
        while Glibc.read(server.output, &byte, 1) == 1 {
            guard byte == 10 else {
                text.unicodeScalars.append(Unicode.Scalar(byte))
                continue
            }
            if text.hasPrefix("ACCEPT") { break }
            text = ""
        }
        guard let port = text.split(separator: ":").last.flatMap({ Int($0) }) else {
            kill(server.process, SIGKILL)
            waitpid(server.process, &status, 0)
            close(server.output)
            throw Failure(reason: "openssl s_server did not start")
        }
        self.port = port
        // What it prints later has to go somewhere.
        startThread {
            var buffer = [UInt8](repeating: 0, count: 4096)
            while Glibc.read(server.output, &buffer, buffer.count) > 0 {}
            close(server.output)
        }
    }

    deinit {
        kill(process, SIGKILL)
        var status: Int32 = 0
        waitpid(process, &status, 0)
        guard let directory = opendir(folder) else { return }
        while let entry = readdir(directory) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { raw in
                String(decoding: raw.prefix { $0 != 0 }, as: UTF8.self)
            }
            unlink("\(folder)/\(name)")
        }
        closedir(directory)
        rmdir(folder)
    }

    /// Starts the command in a folder, its standard output and error readable here.
    private static func launch(_ arguments: [String], in folder: String) throws -> (process: pid_t, output: Int32) {
        guard let command else { throw Failure(reason: "no openssl") }
        var pipe: [Int32] = [0, 0]
        guard Glibc.pipe(&pipe) == 0 else { throw Failure(reason: "no pipe") }
        for end in pipe { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        defer { close(pipe[1]) }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, pipe[1], 1)
        posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
        // The shell changes the folder, and is the command from then on.
        let shell = ["/bin/sh", "-c", "cd \"$0\" && exec \"$@\"", folder, command]
        var words = (shell + arguments).map { strdup($0) }
        defer { for word in words { free(word) } }
        words.append(nil)
        var process = pid_t()
        guard posix_spawn(&process, "/bin/sh", &actions, nil, words, environ) == 0 else {
            close(pipe[0])
            throw Failure(reason: "openssl cannot be started")
        }
        return (process, pipe[0])
    }

    private static func write(_ text: String, to path: String) throws {
        guard let file = fopen(path, "w") else { throw Failure(reason: "no file") }
        defer { fclose(file) }
        fputs(text, file)
    }

    private static func read(_ path: String) throws -> [UInt8] {
        guard let file = fopen(path, "r") else { throw Failure(reason: "no file") }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 65536)
        let count = fread(&bytes, 1, bytes.count, file)
        return Array(bytes[..<count])
    }
}
