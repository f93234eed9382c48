import Testing
import Transport

@Suite("TLS", .enabled(if: SecureServer.command != nil, "the command openssl is not on PATH"))
struct SecureTransportTests {
    private static let good = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"

    private static func policy(_ server: SecureServer, trusted: Bool = true) -> FetchPolicy {
        var policy = FetchPolicy.patient
        policy.insecurePrivateAddresses = true
        policy.pinnedAddresses = ["badge.example": ["127.0.0.1"], "other.example": ["127.0.0.1"]]
        if trusted { policy.extraRootsPEM = server.rootPEM }
        return policy
    }

    private func error(_ policy: FetchPolicy, _ url: String) async -> TransportError? {
        do throws(TransportError) {
            _ = try await HTTPClient(policy: policy).get(url)
            return nil
        } catch { return error }
    }

    @Test("a server with a certificate that is trusted is read")
    func trusted() async throws {
        let server = try SecureServer(name: "DNS:badge.example", files: ["good": Self.good])
        let client = HTTPClient(policy: Self.policy(server))
        for _ in 0..<3 {
            let response = try await client.get("https://badge.example:\(server.port)/good")
            #expect(response.body == Array("hello".utf8))
            #expect(response.url.isHTTPS)
        }
    }

    @Test("a certificate of nobody known is refused")
    func selfSigned() async throws {
        let server = try SecureServer(name: "DNS:badge.example", files: ["good": Self.good])
        let error = await error(Self.policy(server, trusted: false), "https://badge.example:\(server.port)/good")
        #expect(error?.code == .tlsFailure)
        #expect(error?.detail.contains("self-signed") == true, "\(String(describing: error))")
    }

    @Test("a certificate for another host is refused")
    func wrongHost() async throws {
        let server = try SecureServer(name: "DNS:badge.example", files: ["good": Self.good])
        let error = await error(Self.policy(server), "https://other.example:\(server.port)/good")
        #expect(error?.code == .tlsFailure)
        #expect(error?.detail.contains("another host") == true, "\(String(describing: error))")
    }

    @Test("TLS 1.1 is not secure enough")
    func oldVersion() async throws {
        let server = try SecureServer(
            name: "DNS:badge.example",
            options: ["-tls1_1", "-cipher", "ALL:@SECLEVEL=0"],
            files: ["good": Self.good]
        )
        #expect(await error(Self.policy(server), "https://badge.example:\(server.port)/good")?.code == .tlsFailure)
    }

    @Test("a server that does not speak TLS is a failure of TLS")
    func noTLS() async throws {
        let plain = try LoopbackServer { _, peer in
            peer.answer(200)
            return false
        }
        var policy = FetchPolicy.patient
        policy.insecurePrivateAddresses = true
        policy.connectTimeout = .milliseconds(500)
        let code = await error(policy, "https://127.0.0.1:\(plain.port)/")?.code
        // The server waits for a line that TLS never sends, or drops the connection.
        #expect(code == .tlsFailure || code == .unreachable || code == .timedOut)
        #expect(plain.requests == 0)
    }

    @Test("a redirect from https to http is refused, even where http is allowed")
    func downgrade() async throws {
        let plain = try LoopbackServer { _, peer in
            peer.answer(200)
            return true
        }
        let server = try SecureServer(
            name: "DNS:badge.example",
            files: ["down": "HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: \(plain.url())\r\n\r\n"]
        )
        var policy = Self.policy(server)
        #expect(await error(policy, "https://badge.example:\(server.port)/down")?.code == .schemeRefused)
        policy.insecurePlainHTTP = true
        #expect(await error(policy, "https://badge.example:\(server.port)/down")?.code == .schemeRefused)
        #expect(plain.connections == 0)
    }
}
