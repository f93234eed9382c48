import Synchronization
import Testing
import Transport

@Suite("Copies past their time")
struct CacheStaleTests {
    /// A server that answers well once, and then as it is told.
    private static func server(
        _ control: String = "max-age=60",
        then fault: @escaping @Sendable (LoopbackServer.Peer) -> Bool
    ) throws -> LoopbackServer {
        let isDown = Atomic(false)
        return try LoopbackServer { _, peer in
            guard isDown.exchange(true, ordering: .relaxed) else {
                peer.answer(200, ["Cache-Control: \(control)", "ETag: \"1\""], Array("text".utf8))
                return true
            }
            return fault(peer)
        }
    }

    private static let allowed = CacheUse(staleIfError: .seconds(1000))

    private func code(_ bench: CacheBench, _ url: String, _ use: CacheUse) async -> TransportError.Code? {
        await TransportError.Code.thrown { () async throws(TransportError) in _ = try await bench.get(url, use: use) }
    }

    @Test(
        "a stale copy is used where the server has a fault, the caller allows it, and says so",
        arguments: [0, 500, 502, 503, 504]
    )
    func allowed(status: Int) async throws {
        let server = try Self.server { peer in
            if status > 0 { peer.answer(status) }
            return status > 0
        }
        let bench = try CacheBench()
        _ = try await bench.get(server.url())
        bench.clock.advance(600)
        #expect(try await bench.get(server.url(), use: Self.allowed) == ("text", .stale(age: 600)))
        // Nor is the server bothered again at once.
        let requests = server.requests
        #expect(try await bench.get(server.url(), use: Self.allowed) == ("text", .stale(age: 600)))
        #expect(server.requests == requests)
        // Without leave it is an error, or the server's own answer.
        if status == 0 {
            #expect(await code(bench, server.url(), .standard) == .unreachable)
        } else {
            #expect(try await bench.client.get(server.url()).status == status)
        }
        bench.clock.advance(459)
        #expect(try await bench.get(server.url(), use: Self.allowed).1 == .stale(age: 1059))
        bench.clock.advance(1)
        if status == 0 {
            #expect(await code(bench, server.url(), Self.allowed) == .unreachable)
        } else {
            #expect(try await bench.client.get(server.url(), use: Self.allowed).status == status)
        }
    }

    @Test("a server that is too slow has a fault")
    func slow() async throws {
        let server = try Self.server { peer in
            peer.pause(milliseconds: 2000)
            return false
        }
        let bench = try CacheBench(policy: .loose { $0.totalTimeout = .milliseconds(300) })
        _ = try await bench.get(server.url())
        bench.clock.advance(61)
        #expect(try await bench.get(server.url(), use: Self.allowed) == ("text", .stale(age: 61)))
    }

    @Test("a server that says something else is believed", arguments: [400, 401, 403, 404, 410, 429, 501])
    func refusals(status: Int) async throws {
        let server = try Self.server { peer in
            peer.answer(status)
            return true
        }
        let bench = try CacheBench()
        _ = try await bench.get(server.url())
        bench.clock.advance(61)
        #expect(try await bench.client.get(server.url(), use: Self.allowed).status == status)
    }

    @Test(
        "what its server forbids to be used stale is not",
        arguments: ["max-age=60, must-revalidate", "no-cache", "no-store"]
    )
    func forbidden(control: String) async throws {
        let server = try Self.server(control) { peer in
            peer.answer(503)
            return true
        }
        let bench = try CacheBench()
        _ = try await bench.get(server.url())
        bench.clock.advance(61)
        #expect(try await bench.client.get(server.url(), use: Self.allowed).status == 503)
    }

    @Test("an answer that breaks off, or is too large, is no reason for a stale copy")
    func brokenAnswers() async throws {
        let server = try Self.server { peer in
            peer.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc")
            return false
        }
        let bench = try CacheBench()
        _ = try await bench.get(server.url())
        bench.clock.advance(61)
        #expect(await code(bench, server.url(), Self.allowed) == .responseMalformed)
    }

    @Test("a stale hop makes the whole answer stale")
    func redirected() async throws {
        let isDown = Atomic(false)
        let server = try LoopbackServer { request, peer in
            switch request.target {
            case "/start": peer.redirect(to: "/end")
            case "/end" where isDown.load(ordering: .relaxed): peer.answer(503)
            default: peer.answer(200, ["Cache-Control: max-age=60"], Array("text".utf8))
            }
            return true
        }
        let bench = try CacheBench()
        _ = try await bench.get(server.url("/start"))
        isDown.store(true, ordering: .relaxed)
        bench.clock.advance(100)
        #expect(try await bench.get(server.url("/start"), use: Self.allowed) == ("text", .stale(age: 100)))
    }

    @Test("when the server is back, its answer replaces the stale one")
    func recovery() async throws {
        let isDown = Atomic(false)
        let server = try LoopbackServer { _, peer in
            if isDown.load(ordering: .relaxed) { peer.answer(503) } else { peer.answer(200, ["ETag: \"1\""]) }
            return true
        }
        let bench = try CacheBench()
        _ = try await bench.get(server.url())
        isDown.store(true, ordering: .relaxed)
        bench.clock.advance(10)
        #expect(try await bench.get(server.url(), use: Self.allowed).1 == .stale(age: 10))
        isDown.store(false, ordering: .relaxed)
        bench.clock.advance(30)
        #expect(try await bench.get(server.url(), use: Self.allowed).1 == .fetched)
    }
}
