import Testing
import Transport

@Suite("Redirects")
struct RedirectTests {
    private static func server(_ location: String, status: Int = 302) throws -> LoopbackServer {
        try LoopbackServer { request, peer in
            if request.target == "/start" { peer.redirect(to: location, status: status) } else { peer.answer(200) }
            return true
        }
    }

    @Test("a relative redirect is resolved and followed", arguments: [301, 302, 303, 307, 308])
    func relative(status: Int) async throws {
        let server = try Self.server("../a/./b?c#d", status: status)
        let response = try await HTTPClient(policy: .loose).get(server.url("/start"))
        #expect(response.status == 200)
        #expect(response.url.description == server.url("/a/b?c#d"))
        #expect(response.hops.map(\.path) == ["/start", "/a/b"])
        #expect(server.connections == 1)
    }

    @Test("as many redirects as allowed are followed, and not one more")
    func count() async throws {
        let server = try LoopbackServer { request, peer in
            let left = Int(request.target.dropFirst()) ?? 0
            if left == 0 { peer.answer(200) } else { peer.redirect(to: "/\(left - 1)") }
            return true
        }
        let client = HTTPClient(policy: .loose)
        #expect(try await client.get(server.url("/3")).hops.count == 4)
        await #expect(throws: TransportError(.tooManyRedirects, "more than 3 redirects")) {
            try await client.get(server.url("/4"))
        }
    }

    @Test("a loop ends")
    func loop() async throws {
        let server = try LoopbackServer { _, peer in
            peer.redirect(to: "/start")
            return true
        }
        let code = await TransportError.Code.thrown { () async throws(TransportError) in
            _ = try await HTTPClient(policy: .loose).get(server.url("/start"))
        }
        #expect(code == .tooManyRedirects)
        #expect(server.requests == 4)
    }

    @Test(
        "a redirect to what may not be fetched is refused, and its text is not repeated",
        arguments: [
            ("file:///etc/secret", .schemeRefused), ("ftp://secret/", .schemeRefused), ("data:,secret", .schemeRefused),
            ("gopher://127.0.0.1:1/secret", .schemeRefused), ("http://secret@127.0.0.1/", .userInfoRefused),
            ("http://:secret@127.0.0.1/", .userInfoRefused), ("http://127.0.0.1:25/secret", .portRefused),
            ("http://[secret/", .urlMalformed), ("//", .urlMalformed),
        ] as [(String, TransportError.Code)]
    )
    func refused(location: String, code: TransportError.Code) async throws {
        let server = try Self.server(location)
        let error = try await #require(throws: TransportError.self) {
            try await HTTPClient(policy: .loose).get(server.url("/start"))
        }
        #expect(error.code == code)
        #expect(!error.description.contains("secret"))
        #expect(server.requests == 1)
    }

    @Test("a redirect status without a target is an answer like any other")
    func noLocation() async throws {
        let server = try LoopbackServer { _, peer in
            peer.answer(302)
            return true
        }
        #expect(try await HTTPClient(policy: .loose).get(server.url()).status == 302)
    }

    @Test("secrets stay with the origin that they were meant for")
    func crossOrigin() async throws {
        let other = try LoopbackServer { request, peer in
            let isClean = request.headers["authorization"] == nil && request.headers["cookie"] == nil
            peer.answer(isClean && request.headers["accept"] == "x/y" ? 200 : 400)
            return true
        }
        let server = try LoopbackServer { request, peer in
            let target = request.target == "/here" ? "/there" : other.url()
            if request.target != "/there" {
                peer.redirect(to: target)
            } else {
                peer.answer(request.headers["authorization"] == "a" ? 200 : 400)
            }
            return true
        }
        let client = HTTPClient(policy: .loose)
        let headers: HTTPHeaders = ["Authorization": "a", "cookie": "b", "Accept": "x/y"]
        let away = try await client.get(server.url("/away"), headers: headers)
        #expect(away.status == 200)
        #expect(!away.stayedOnOrigin)
        #expect(try await client.get(server.url("/here"), headers: headers).status == 200)
    }

    @Test(
        "content goes along only where the status says so",
        arguments: [(301, "GET"), (302, "GET"), (303, "GET"), (307, "POSTx"), (308, "POSTx")]
    )
    func content(status: Int, seen: String) async throws {
        let server = try LoopbackServer { request, peer in
            if request.target == "/start" {
                peer.redirect(to: "/end", status: status)
            } else {
                peer.answer(200, [], Array(request.method.utf8) + request.body)
            }
            return true
        }
        let request = HTTPRequest(try WebURL(server.url("/start")), method: .post, body: Array("x".utf8))
        let response = try await HTTPClient(policy: .loose).send(request)
        #expect(String(decoding: response.body, as: UTF8.self) == seen)
    }

    @Test("content is never sent on to another origin")
    func contentAcrossOrigins() async throws {
        let other = try LoopbackServer { _, peer in
            peer.answer(200)
            return true
        }
        let server = try Self.server(other.url(), status: 307)
        let request = HTTPRequest(try WebURL(server.url("/start")), method: .post, body: Array("x".utf8))
        let code = await TransportError.Code.thrown { () async throws(TransportError) in
            _ = try await HTTPClient(policy: .loose).send(request)
        }
        #expect(code == .redirectRefused)
        #expect(other.connections == 0)
    }
}
