import Glibc

/// A timestamp authority on 127.0.0.1 (OpenSSL's), with a certificate of its own making.
struct TimestampServer {
    /// Whether there is what it needs.
    static let isPossible = access("/usr/bin/openssl", X_OK) == 0 && access("/usr/bin/python3", X_OK) == 0

    private let server: PythonServer

    init() async throws {
        server = try await PythonServer("/usr/bin/python3", "timestamps", script: Self.script)
    }

    var port: Int { server.port }
    private var folder: String { server.folder }

    func stop() { server.stop() }

    var url: String { "http://127.0.0.1:\(port)/" }
    /// Its certificate, in PEM.
    var certificate: String { "\(folder)/authority.pem" }
    /// The certificate of another authority, in PEM.
    var stranger: String { "\(folder)/stranger.pem" }

    /// Whether OpenSSL itself finds a reply good for a digest.
    func accepts(_ reply: String, digest: String) async throws -> Bool {
        let process = try ChildProcess(
            ["/usr/bin/openssl", "ts", "-verify", "-in", reply, "-digest", digest, "-CAfile", certificate],
            in: folder
        )
        return try await process.wait().code == 0
    }

    private static let script = """
        import os, subprocess, sys
        from http.server import BaseHTTPRequestHandler, HTTPServer

        folder = sys.argv[1]
        os.chdir(folder)
        with open("authority.cnf", "w") as file:
            file.write('''[req]
        distinguished_name = name
        x509_extensions = stamping
        prompt = no
        [name]
        CN = Authority of a test
        [stamping]
        extendedKeyUsage = critical,timeStamping
        [tsa]
        default_tsa = authority
        [authority]
        serial = serial
        signer_cert = authority.pem
        signer_key = authority.key
        signer_digest = sha256
        default_policy = 1.2.3.4.1
        digests = sha256
        ess_cert_id_alg = sha256
        accuracy = secs:1
        ''')
        with open("serial", "w") as file:
            file.write("01")
        for name in ["authority", "stranger"]:
            subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-config", "authority.cnf",
                            "-keyout", name + ".key", "-out", name + ".pem", "-days", "2"], check=True)

        class Authority(BaseHTTPRequestHandler):
            def do_POST(self):
                query = self.rfile.read(int(self.headers["Content-Length"]))
                if self.path != "/":
                    return self.send_error(503)
                good = self.headers["Content-Type"] == "application/timestamp-query"
                with open("query.tsq", "wb") as file:
                    file.write(query)
                subprocess.run(["openssl", "ts", "-reply", "-config", "authority.cnf", "-queryfile", "query.tsq",
                                "-out", "reply.tsr"], check=good)
                with open("reply.tsr", "rb") as file:
                    reply = file.read()
                self.send_response(200 if good else 415)
                self.send_header("Content-Type", "application/timestamp-reply")
                self.send_header("Content-Length", str(len(reply)))
                self.end_headers()
                self.wfile.write(reply)

        server = HTTPServer(("127.0.0.1", 0), Authority)
        with open("port.tmp", "w") as file:
            file.write(str(server.server_port))
        os.rename("port.tmp", "port")
        server.serve_forever()
        """
}
