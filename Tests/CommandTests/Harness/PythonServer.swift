/// A server on 127.0.0.1 that a Python script is: it gets a folder of its own as its first argument, and writes the port
/// that it listens on into `port` there.
struct PythonServer {
    let port: Int
    /// What the script and its test tell each other, they write here.
    let folder: String
    private let process: ChildProcess

    /// - Parameters:
    ///   - python: the interpreter; `nil` where there is none that has what the script needs.
    ///   - name: what it is, for the folder and for errors.
    init(_ python: String?, _ name: String, script: String, _ arguments: String...) async throws {
        guard let python else { throw ChildProcess.Failure("there is no Python for the server of \(name)") }
        folder = try TemporaryFolder.make(name)
        try FileTree.write(script, to: "\(folder)/server.py")
        process = try ChildProcess([python, "\(folder)/server.py", folder] + arguments, in: folder)
        let deadline = ContinuousClock.now + .seconds(60)
        while true {
            if let text = try? FileTree.read("\(folder)/port"), let port = Int(String(decoding: text, as: UTF8.self)) {
                self.port = port
                return
            }
            guard ContinuousClock.now < deadline else {
                process.kill()
                throw ChildProcess.Failure("the server of \(name) did not start")
            }
            try await Task.sleep(for: .milliseconds(20))
        }
    }

    func stop() { process.kill() }
}
