import Testing
import Transport

@Suite("The guard against requests into private networks")
struct AddressGuardTests {
    private func error(_ policy: FetchPolicy, _ url: String) async -> TransportError? {
        do throws(TransportError) {
            _ = try await HTTPClient(policy: policy).get(url)
            return nil
        } catch { return error }
    }

    private static func server() throws -> LoopbackServer {
        try LoopbackServer { _, peer in
            peer.answer(200)
            return true
        }
    }

    @Test(
        "no spelling of a private address is connected to",
        arguments: [
            "127.0.0.1", "localhost", "LOCALHOST", "localhost.", "sub.localhost", "sub.localhost.", "[::1]",
            "[::ffff:127.0.0.1]", "[::ffff:7f00:1]",
            "169.254.169.254", "10.0.0.1", "172.16.0.1", "192.168.1.1", "100.64.0.1", "0.0.0.0", "0", "[::]",
            "2130706433", "0x7f.1", "0x7f000001", "0177.0.0.1", "127.1", "127.0.1", "017700000001", "127.0.0.1.",
            "%31%32%37.0.0.1", "１２７.0.0.1", "①②⑦.0.0.1", "[64:ff9b::127.0.0.1]", "[2002:7f00:1::]", "[2001::1]",
            "[fe80::1]", "[fc00::1]", "[fd00:ec2::254]", "224.0.0.1", "255.255.255.255", "168.63.129.16",
        ]
    )
    func spellings(host: String) async throws {
        let server = try Self.server()
        #expect(await error(.standard, "https://\(host):\(server.port)/")?.code == .addressRefused)
        var plain = FetchPolicy.standard
        plain.insecurePlainHTTP = true
        #expect(await error(plain, "http://\(host):\(server.port)/")?.code == .addressRefused)
        #expect(server.connections == 0)
    }

    @Test(
        "a name that resolves to a private address is refused when its socket is opened",
        arguments: ["127.0.0.1", "10.1.2.3", "169.254.169.254", "::1", "::ffff:127.0.0.1", "fd00::1", "0.0.0.0"]
    )
    func names(address: String) async throws {
        let server = try Self.server()
        var policy = FetchPolicy.standard
        policy.pinnedAddresses = ["badge.example": [address]]
        let error = await error(policy, "https://badge.example:\(server.port)/")
        #expect(error?.code == .addressRefused)
        #expect(error?.detail.contains("badge.example") == true)
        policy.pinnedAddresses = ["badge.example": [address, "127.0.0.1", "::1"]]
        #expect(await self.error(policy, "https://badge.example:\(server.port)/")?.code == .addressRefused)
        #expect(server.connections == 0)
    }

    @Test(
        "a redirect to an address that is not public is refused, however the address is written",
        arguments: [
            "http://10.0.0.1/", "http://127.0.0.2/", "http://169.254.169.254/latest/meta-data/", "http://[::1]/",
            "http://[::ffff:127.0.0.2]/", "http://[::ffff:10.0.0.1]/", "http://0x0a.1/", "http://0/", "//192.168.0.1/",
            "http://[64:ff9b::10.0.0.1]/", "http://[2002:a00:1::]/", "http://[fd00::1]/", "http://100.64.0.1/",
            "http://localhost/", "http://inside.example/", "http://rebound.example/",
        ]
    )
    func redirects(location: String) async throws {
        let server = try LoopbackServer { _, peer in
            peer.redirect(to: location)
            return true
        }
        var policy = FetchPolicy.thisMachineAlone
        policy.pinnedAddresses = ["inside.example": ["10.1.2.3"], "rebound.example": ["::ffff:10.1.2.3", "127.0.0.3"]]
        let error = await error(policy, server.url())
        #expect(error?.code == .addressRefused)
        #expect(error?.detail.contains("target of a redirect") == true)
        #expect(server.requests == 1)
    }

    @Test("a connection that is open for one name is no way around the guard for another")
    func reuse() async throws {
        let server = try Self.server()
        var policy = FetchPolicy.thisMachineAlone
        policy.pinnedAddresses = ["good.example": ["127.0.0.1"], "bad.example": ["127.0.0.2"]]
        let client = HTTPClient(policy: policy)
        #expect(try await client.get("http://good.example:\(server.port)/").status == 200)
        let code = await TransportError.Code.thrown { () async throws(TransportError) in
            _ = try await client.get("http://bad.example:\(server.port)/")
        }
        #expect(code == .addressRefused)
        #expect(server.connections == 1)
    }

    @Test("addresses can be allowed one by one")
    func allowedAddresses() async throws {
        let server = try Self.server()
        #expect(try await HTTPClient(policy: .thisMachineAlone).get(server.url()).status == 200)
        for host in ["127.0.0.2", "[::1]", "[::ffff:127.0.0.1]", "localhost"] {
            #expect(await error(.thisMachineAlone, "http://\(host):\(server.port)/")?.code == .addressRefused)
        }
    }

    @Test("a pinned name is connected to where the policy allows its address")
    func pinned() async throws {
        let server = try Self.server()
        let policy = FetchPolicy.loose { $0.pinnedAddresses = ["badge.example": ["127.0.0.1"]] }
        #expect(try await HTTPClient(policy: policy).get("http://badge.example:\(server.port)/").status == 200)
    }

    @Test(
        "the standard policy takes https alone, and the web's ports",
        arguments: [
            ("http://example.org/", .schemeRefused), ("https://example.org:25/", .portRefused),
            ("https://example.org:22/", .portRefused), ("https://u@example.org/", .userInfoRefused),
            ("file:///etc/passwd", .schemeRefused), ("example.org", .urlMalformed),
        ] as [(String, TransportError.Code)]
    )
    func standard(url: String, code: TransportError.Code) async {
        #expect(await error(.standard, url)?.code == code)
    }

    @Test("the policy can be asked alone")
    func check() throws {
        try FetchPolicy.standard.check(WebURL("https://example.org/"))
        try FetchPolicy.standard.check(WebURL("https://93.184.216.34:8443/"))
        #expect(throws: TransportError.self) { try FetchPolicy.standard.check(WebURL("https://10.0.0.1/")) }
    }

    @Test("a port where nobody listens is unreachable")
    func connectionRefused() async throws {
        let port = try Self.server().port
        #expect(await error(.loose, "http://127.0.0.1:\(port)/")?.code == .unreachable)
    }

    @Test("a name that cannot exist is unreachable")
    func unresolvable() async throws {
        // A label of more than 63 letters: the resolver gives up without asking the network.
        let name = String(repeating: "a", count: 70) + ".invalid"
        #expect(await error(.loose, "http://\(name)/")?.code == .unreachable)
        #expect(await error(.standard, "https://\(name)/")?.code == .unreachable)
    }

    @Test("an error repeats neither query nor path")
    func privacy() async throws {
        let error = try #require(await error(.standard, "https://127.0.0.1/secret?token=secret#secret"))
        #expect(!error.description.contains("secret"))
        #expect(error.description.contains("127.0.0.1"))
    }
}
