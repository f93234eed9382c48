import Glibc
import JSONCore
import Testing

/// `badge hosting`: what a web server is told, and what a real one then answers.
@Suite("Hosting")
struct HostingTests {
    /// A real nginx over a published directory, on 127.0.0.1.
    private struct Server {
        static let command: String? = ["/usr/sbin/nginx", "/usr/local/sbin/nginx"].first { access($0, X_OK) == 0 }

        let port: Int
        private let process: ChildProcess

        init(_ workspace: Workspace, configuration: String) async throws {
            guard let command = Self.command else { throw ChildProcess.Failure("there is no nginx") }
            let folder = try TemporaryFolder.make("nginx")
            port = Int.random(in: 20_000..<40_000)
            let server = configuration.replacing("listen 443 ssl;", with: "listen 127.0.0.1:\(port);")
            let whole = """
                daemon off; pid \(folder)/pid; error_log stderr; master_process off; \(getuid() == 0 ? "user root;" : "")
                events { }
                http {
                    access_log off;
                    client_body_temp_path \(folder)/body; proxy_temp_path \(folder)/proxy;
                    fastcgi_temp_path \(folder)/fastcgi; uwsgi_temp_path \(folder)/uwsgi; scgi_temp_path \(folder)/scgi;
                \(server)
                }
                """
            try FileTree.write(whole, to: "\(folder)/nginx.conf")
            process = try ChildProcess([command, "-p", folder, "-c", "\(folder)/nginx.conf"], in: folder)
            let deadline = ContinuousClock.now + .seconds(20)
            while (try? await get("/issuer.json"))?.status != 200 {
                guard ContinuousClock.now < deadline else { throw ChildProcess.Failure("nginx did not start") }
                try await Task.sleep(for: .milliseconds(30))
            }
        }

        func stop() { process.kill() }

        struct Answer {
            var status = 0
            var headers: [String: String] = [:]
            var body: [UInt8] = []
        }

        /// Asks as the official validators do.
        func get(_ path: String, method: String = "GET", host: String = "badges.example.org") async throws -> Answer {
            let accept = "application/ld+json, application/json, image/png, image/svg+xml"
            let request =
                "\(method) \(path) HTTP/1.1\r\nHost: \(host)\r\nAccept: \(accept)\r\nConnection: close\r\n\r\n"
            let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
            defer { close(socket) }
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_port = in_port_t(port).bigEndian
            address.sin_addr.s_addr = inet_addr("127.0.0.1")
            let connected = withUnsafePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
                }
            }
            guard connected == 0 else { throw ChildProcess.Failure("connect") }
            _ = Array(request.utf8).withUnsafeBytes { send(socket, $0.baseAddress, $0.count, 0) }
            var bytes: [UInt8] = []
            var page = [UInt8](repeating: 0, count: 65_536)
            while case let count = recv(socket, &page, page.count, 0), count > 0 { bytes += page[..<count] }
            let end = bytes.indices.first { bytes[$0...].starts(with: Array("\r\n\r\n".utf8)) } ?? bytes.count
            let lines = String(decoding: bytes[..<end], as: UTF8.self).split(separator: "\r\n")
            var answer = Answer()
            answer.status = lines.first.flatMap { Int($0.split(separator: " ")[1]) } ?? 0
            for line in lines.dropFirst() {
                let parts = line.split(separator: ":", maxSplits: 1)
                answer.headers[parts[0].lowercased()] = parts.count > 1 ? parts[1].trimmingPrefix(" ").description : ""
            }
            answer.body = Array(bytes[min(end + 4, bytes.count)...])
            return answer
        }
    }

    @Test(
        "a real nginx serves each form with its type, for all the world, and what is revoked as gone",
        .enabled(if: Server.command != nil, "nginx is not installed")
    )
    func nginx() async throws {
        let workspace = try await Workspace.signingFast()
        try await workspace.succeed("issue", "results/sample.csv")
        let badges = try await workspace.succeed("explain", "--all", "--json").json.compactMap { $0["badge"]?.string }
        try #require(badges.count >= 2)
        try await workspace.succeed("revoke", badges[0], "--reason", "a mistake")
        try await workspace.succeed("publish")
        let configuration = try await workspace.succeed("hosting", "nginx").text
        let server = try await Server(workspace, configuration: configuration)
        defer { server.stop() }
        func folder(_ badge: String) -> String { "/credentials/\(badge.prefix(2))/\(badge)" }
        let types = [
            "credential.json": "application/ld+json", "credential.jwt": "application/vc+jwt",
            "assertion.json": "application/ld+json", "assertion.jws": "application/jose", "badge.svg": "image/svg+xml",
        ]
        for (name, type) in types {
            let path = "\(folder(badges[1]))/\(name)"
            let answer = try await server.get(path)
            #expect(answer.status == 200, "\(name)")
            #expect(answer.headers["content-type"]?.hasPrefix(type) == true, "\(name): \(answer.headers)")
            #expect(answer.headers["access-control-allow-origin"] == "*", "\(name)")
            #expect(answer.headers["cache-control"]?.hasPrefix("max-age=") == true, "\(name)")
            #expect(try answer.body == workspace.read("public\(path)"), "\(name)")
            // What came over the wire verifies.
            try FileTree.write(answer.body, to: workspace.file("fetched-\(name)"))
            let report = try #require(try await workspace.badge("verify", "fetched-\(name)", "--json").json.first)
            #expect(report["verdict"]?.string == "verified", "\(name)")
        }
        let others = [
            "/.well-known/did.json": "application/did+ld+json", "/.well-known/jwks.json": "application/jwk-set+json",
            "/status/revocation/1.json": "application/ld+json", "/status/revocation/1.jwt": "application/vc+jwt",
            "/ob2/revocations.json": "application/ld+json",
        ]
        for (path, type) in others {
            let answer = try await server.get(path)
            #expect(answer.status == 200, "\(path)")
            #expect(answer.headers["content-type"]?.hasPrefix(type) == true, "\(path): \(answer.headers)")
        }
        let gone = try await server.get("\(folder(badges[0]))/assertion.json")
        #expect(gone.status == 410)
        #expect(try JSON(parsing: gone.body)["revoked"]?.bool == true)
        #expect(gone.headers["access-control-allow-origin"] == "*")
        #expect(try await server.get("\(folder(badges[0]))/credential.json").status == 200)
        #expect(try await server.get("/credentials/.x.tmp").status == 404)
        #expect(try await server.get("/issuer.json", method: "OPTIONS").status == 204)

        // The doctor finds nothing wrong with it, over the wire.
        let doctor = try await workspace.badge("doctor", "--via", "http://127.0.0.1:\(server.port)", "--json")
        #expect(doctor.code == 0, "\(doctor.text)")
        let findings = try doctor.json
        #expect(findings.allSatisfy { $0["severity"]?.string == "good" }, "\(doctor.text)")
        #expect(findings.count { $0["code"]?.string == "VERIFIED" } == 4)
        #expect(findings.contains { $0["code"]?.string == "GONE" })
        // And says what is, when something is: here the ledger is ahead.
        try await workspace.succeed("revoke", badges[1])
        let behind = try await workspace.badge("doctor", "--via", "http://127.0.0.1:\(server.port)", "--json")
        #expect(behind.code == 2)
        #expect(try behind.json.contains { $0["code"]?.string == "NOT_UP_TO_DATE" })
    }

    @Test(
        "the doctor tells a server that knows no types and no CORS",
        .enabled(if: Server.command != nil, "nginx is not installed")
    )
    func doctor() async throws {
        let workspace = try await Workspace.signingFast()
        try await workspace.succeed("issue", "results/sample.csv")
        try await workspace.succeed("publish")
        let plain = "server { listen 443 ssl; root \(workspace.file("public")); }"
        let server = try await Server(workspace, configuration: plain)
        defer { server.stop() }
        let doctor = try await workspace.badge("doctor", "--via", "http://127.0.0.1:\(server.port)", "--json")
        #expect(doctor.code == 0, "\(doctor.text)")
        let codes = Set(try doctor.json.compactMap { $0["code"]?.string })
        #expect(codes.isSuperset(of: ["CORS_MISSING", "TYPE_UNEXPECTED", "VERIFIED"]))
        let folder = try await workspace.badge("doctor", "--directory", "public")
        #expect(folder.code == 0)
        try FileTree.write("<html>", to: workspace.file("public/.well-known/did.json"))
        let broken = try await workspace.badge("doctor", "--directory", "public", "--json")
        #expect(broken.code == 2)
        #expect(try broken.json.contains { $0["code"]?.string == "NOT_JSON" })
        let nobody = try await workspace.badge("doctor", "--via", "http://127.0.0.1:65431", "--json")
        #expect(nobody.code == 2)
        #expect(try nobody.json.contains { $0["code"]?.string == "UNREACHABLE" })
    }

    @Test("below a path, too", .enabled(if: Server.command != nil, "nginx is not installed"))
    func path() async throws {
        let folder = try TemporaryFolder.make("below")
        try #require(
            try await BadgeCommand.run(
                ["init", "demo", "--base-url", "https://badges.example.org/exams"],
                in: folder
            ).code == 0
        )
        let workspace = Workspace(path: "\(folder)/demo")
        try await workspace.succeed("issue", "results/sample.csv")
        try await workspace.succeed("revoke", "ada@example.org")
        try await workspace.succeed("publish")
        let configuration = try await workspace.succeed("hosting", "nginx").text
        let server = try await Server(
            workspace,
            configuration: configuration.replacing(
                "location /exams/ {",
                with: "location = /issuer.json { return 200; }\n    location /exams/ {"
            )
        )
        defer { server.stop() }
        let did = try await server.get("/exams/did.json")
        #expect(did.status == 200)
        #expect(did.headers["content-type"]?.hasPrefix("application/did+ld+json") == true)
        let badge = try #require(
            try await workspace.succeed("explain", "ada@example.org", "--json").json.first?["badge"]?.string
        )
        let path = "/exams/credentials/\(badge.prefix(2))/\(badge)/assertion.json"
        #expect(try await server.get(path).status == 410)
        #expect(try await server.get(path.replacing("assertion.json", with: "credential.jwt")).status == 200)
    }

    @Test("the other servers are told the same types", arguments: ["caddy", "apache"]) func others(server: String)
        async throws
    {
        let workspace = try await Workspace.published()
        let text = try await workspace.succeed("hosting", server).text
        for type in ["application/vc+jwt", "application/ld+json", "application/jwk-set+json", "application/jose"] {
            #expect(text.contains(type))
        }
        #expect(text.contains("Access-Control-Allow-Origin"))
        #expect(try await workspace.badge("hosting", "iis").code == 64)
    }
}
