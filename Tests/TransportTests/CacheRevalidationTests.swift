import Testing
import Transport

@Suite("Asking whether a copy still holds")
struct CacheRevalidationTests {
    @Test(
        "a copy past its time is asked for by its validators, and used where they hold",
        arguments: [
            (["ETag: \"3\""], ["if-none-match": "\"3\""]),
            (["ETag: W/\"3\""], ["if-none-match": "W/\"3\""]),
            (
                ["Last-Modified: Mon, 01 Jan 2001 00:00:00 GMT"],
                ["if-modified-since": "Mon, 01 Jan 2001 00:00:00 GMT"]
            ),
            (
                ["ETag: \"3\"", "Last-Modified: Mon, 01 Jan 2001 00:00:00 GMT", "Cache-Control: no-cache"],
                ["if-none-match": "\"3\"", "if-modified-since": "Mon, 01 Jan 2001 00:00:00 GMT"]
            ),
        ]
    )
    func notModified(validators: [String], asked: [String: String]) async throws {
        let server = try LoopbackServer { request, peer in
            let conditions = request.headers.filter { $0.key.hasPrefix("if-") }
            if conditions.isEmpty {
                peer.answer(200, validators + ["Content-Type: a/b"], Array("text".utf8))
            } else {
                #expect(conditions == asked)
                peer.write("HTTP/1.1 304 X\r\nX-New: 1\r\nContent-Type: c/d\r\n\r\n")
            }
            return true
        }
        let bench = try CacheBench()
        #expect(try await bench.get(server.url()) == ("text", .fetched))
        for _ in 0..<2 {
            let response = try await bench.client.get(server.url())
            #expect(response.status == 200)
            #expect(response.body == Array("text".utf8))
            #expect(response.cacheStatus == .revalidated)
            #expect(response.headers["X-New"] == "1")
            // The content was not sent again, so what was said about it stays.
            #expect(response.mediaType == "a/b")
        }
        #expect(server.requests == 3)
        #expect(server.connections == 1)
    }

    @Test("a 304 gives a copy new time, and may take it away")
    func newLifetime() async throws {
        let server = try LoopbackServer { request, peer in
            let isFirst = request.headers["if-none-match"] == nil
            let control = isFirst ? "max-age=10" : "max-age=100"
            peer.answer(isFirst ? 200 : 304, ["ETag: \"3\"", "Cache-Control: \(control)", "Age: \(isFirst ? 5 : 0)"])
            return true
        }
        let bench = try CacheBench()
        #expect(try await bench.get(server.url()).1 == .fetched)
        bench.clock.advance(5)
        #expect(try await bench.get(server.url()).1 == .revalidated)
        bench.clock.advance(99)
        #expect(try await bench.get(server.url()).1 == .cached(age: 99))
        bench.clock.advance(1)
        #expect(try await bench.get(server.url()).1 == .revalidated)
        #expect(server.requests == 3)
    }

    @Test("a document that has changed replaces the copy")
    func changed() async throws {
        let server = try LoopbackServer { request, peer in
            let old = request.headers["if-none-match"] ?? ""
            peer.answer(200, ["ETag: \"\(old.utf8.count)\""], Array("after \(old)".utf8))
            return true
        }
        let bench = try CacheBench()
        #expect(try await bench.get(server.url()).0 == "after ")
        #expect(try await bench.get(server.url()) == ("after \"0\"", .fetched))
        #expect(try await bench.get(server.url()) == ("after \"3\"", .fetched))
    }

    @Test("a 304 about another version than the copy is not believed")
    func otherVersion() async throws {
        let server = try LoopbackServer { request, peer in
            if request.headers["if-none-match"] == nil {
                peer.answer(200, ["ETag: \"a\""], Array("text".utf8))
            } else {
                peer.answer(304, ["ETag: \"b\""])
            }
            return true
        }
        let bench = try CacheBench()
        #expect(try await bench.get(server.url()) == ("text", .fetched))
        #expect(try await bench.get(server.url()) == ("text", .fetched))
        #expect(server.requests == 3)
    }

    @Test("a tag that would smuggle something in, or is endless, is not sent back", arguments: [0, 1, 2])
    func hostileTags(kind: Int) async throws {
        let tag = ["\"a\rX: b\"", "\"\u{1}\"", String(repeating: "a", count: 5000)][kind]
        let server = try LoopbackServer { request, peer in
            let hasTag = request.headers["if-none-match"] != nil || request.headers["x"] != nil
            peer.answer(hasTag ? 400 : 200, ["ETag: \(tag)"])
            return true
        }
        let bench = try CacheBench()
        for _ in 0..<2 { #expect(try await bench.client.get(server.url()).status == 200) }
        #expect(server.requests == 2)
    }

    @Test("a 304 that nobody asked for is an answer like any other")
    func unasked() async throws {
        let server = try LoopbackServer { _, peer in
            peer.answer(304, ["ETag: \"a\""])
            return true
        }
        #expect(try await CacheBench().client.get(server.url()).status == 304)
    }

    @Test("each hop of a redirect is kept by its own rules")
    func redirects() async throws {
        let server = try LoopbackServer { request, peer in
            switch request.target {
            case "/lasting": peer.answer(301, ["Location: /end", "Cache-Control: max-age=60"])
            case "/passing": peer.answer(302, ["Location: /end"])
            default: peer.answer(200, ["Cache-Control: max-age=60"])
            }
            return true
        }
        let bench = try CacheBench()
        for _ in 0..<3 {
            for path in ["/lasting", "/passing"] {
                let response = try await bench.client.get(server.url(path))
                #expect(response.hops.map(\.path) == [path, "/end"])
            }
        }
        #expect(server.requests == 5)
        bench.clock.advance(60)
        _ = try await bench.client.get(server.url("/lasting"))
        #expect(server.requests == 7)
    }

    @Test("a kept redirect is held against the policy like a new one")
    func redirectsUnderPolicy() async throws {
        let server = try LoopbackServer { request, peer in
            let target = request.target == "/private" ? "http://10.0.0.1/" : "/loop"
            peer.answer(301, ["Location: \(target)", "Cache-Control: max-age=60"])
            return true
        }
        let bench = try CacheBench(policy: .thisMachineAlone)
        for _ in 0..<2 {
            for (path, code) in [("/loop", TransportError.Code.tooManyRedirects), ("/private", .addressRefused)] {
                let thrown = await TransportError.Code.thrown { () async throws(TransportError) in
                    _ = try await bench.get(server.url(path))
                }
                #expect(thrown == code)
            }
        }
        #expect(server.requests == 2)
    }
}
