import Glibc
import Testing

/// `openssl s_server` on 127.0.0.1 with a certificate of its own, made for the test: serves files that hold answers.
final class SecureServer: Sendable {
    /// Where the command is; nil where it is not on the path.
    static let command = OpenSSL.command

    let port: Int
    /// The certificate, which is its own root.
    let rootPEM: [UInt8]
    private let folder: TemporaryFolder
    private let server: OpenSSL

    /// - Parameters:
    ///   - name: a host name, as `DNS:badge.example`.
    ///   - files: names and whole answers, header included.
    init(name: String, days: Int = 2, options: [String] = [], files: [String: String] = [:]) throws {
        folder = try TemporaryFolder()
        for (file, text) in files { TemporaryFolder.write(Array(text.utf8), to: "\(folder.path)/\(file)") }
        rootPEM = try OpenSSL.makeCertificate(name: name, days: days, in: folder.path)
        server = try OpenSSL(
            ["s_server", "-accept", "127.0.0.1:0", "-cert", "root.pem", "-key", "key.pem", "-HTTP"] + options,
            in: folder.path
        )
        // It says "ACCEPT 127.0.0.1:PORT" when it is ready.
        var line = server.readLine()
        while let text = line, !text.hasPrefix("ACCEPT") { line = server.readLine() }
        guard let port = line?.split(separator: ":").last.flatMap({ Int($0) }) else {
            throw OpenSSL.Failure(reason: "openssl s_server did not start")
        }
        self.port = port
        // What it prints later has to go somewhere.
        let server = server
        startThread { while server.read() != nil {} }
    }
}
