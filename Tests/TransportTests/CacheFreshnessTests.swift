import Testing
import Transport

@Suite("How long the cache keeps an answer")
struct CacheFreshnessTests {
    private static func server(_ headers: [String]) throws -> LoopbackServer {
        try LoopbackServer { _, peer in
            peer.answer(200, headers, Array("text".utf8))
            return true
        }
    }

    @Test(
        "an answer is used for as long as its server says, and not a second longer",
        arguments: [
            (["Cache-Control: max-age=60"], 60),
            (["cache-control: public , MAX-AGE = 60"], 60),
            (["Cache-Control: max-age=\"60\""], 60),
            (["Cache-Control: public", "Cache-Control: max-age=60"], 60),
            (["Cache-Control: max-age=600, max-age=60"], 60),
            (["Cache-Control: max-age=60, s-maxage=5, stale-if-error=600"], 60),
            (["Cache-Control: x=\"a, max-age=5, \\\" max-age=6\", max-age=60"], 60),
            (["Cache-Control: private, max-age=60, must-revalidate"], 60),
            (["Cache-Control: max-age=60", "Age: 50"], 10),
            (["Cache-Control: max-age=60", "Age: -50"], 60),
            (["Cache-Control: max-age=60", "Date: Wed, 31 Dec 2025 23:59:40 GMT"], 40),
            (["Cache-Control: max-age=60", "Expires: Thu, 01 Jan 2026 01:00:00 GMT"], 60),
            (["Date: Thu, 01 Jan 2026 00:00:00 GMT", "Expires: Thu, 01 Jan 2026 00:01:00 GMT"], 60),
            (["Date: Thursday, 01-Jan-26 00:00:00 GMT", "Expires: Thursday, 01-Jan-26 00:01:00 GMT"], 60),
            (["Date: Thu Jan  1 00:00:00 2026", "Expires: Thu Jan  1 00:01:00 2026"], 60),
            (["Date: Thu, 01 Jan 2026 00:00:00 GMT", "Expires: Sat, 29 Feb 2036 00:00:00 GMT"], 86_400),
            (["Cache-Control: max-age=31536000"], 86_400),
            (["Cache-Control: max-age=99999999999999999999999"], 86_400),
        ] as [([String], Int64)]
    )
    func lifetime(headers: [String], seconds: Int64) async throws {
        let server = try Self.server(headers)
        let bench = try CacheBench()
        #expect(try await bench.get(server.url()) == ("text", .fetched))
        bench.clock.advance(seconds - 1)
        let (text, status) = try await bench.get(server.url())
        #expect(text == "text")
        #expect(status != .fetched && !status.isStale && status.age >= seconds - 1)
        #expect(server.requests == 1)
        bench.clock.advance(1)
        #expect(try await bench.get(server.url()).1 == .fetched)
        #expect(server.requests == 2)
    }

    @Test(
        "what has no lifetime, or none that can be read, is asked for each time",
        arguments: [
            [], ["Cache-Control: no-store, max-age=60"], ["Cache-Control: no-cache, max-age=60"],
            ["Cache-Control: no-cache=\"Set-Cookie\", max-age=60"], ["Cache-Control: max-age=0"],
            ["Cache-Control: max-age=x"], ["Cache-Control: max-age"], ["Cache-Control: max-age="],
            ["Cache-Control: max-age=-60"], ["Cache-Control: s-maxage=60"], ["Cache-Control: xmax-age=60"],
            ["Cache-Control: \"max-age=60\""], ["Cache-Control: x=\"max-age=60"],
            ["Expires: 0", "Date: Thu, 01 Jan 2026 00:00:00 GMT"], ["Expires: Fri, 01 Jan 2027 00:00:00 GMT"],
            ["Expires: Thu, 01 Jan 2026 00:00:00 GMT", "Date: Thu, 01 Jan 2026 00:01:00 GMT"],
            ["Expires: Thu, 01 Jan 2026 25:00:00 GMT", "Date: Thu, 01 Jan 2026 00:00:00 GMT"],
            ["Expires: Thu, 01 Foo 2027 00:00:00 GMT", "Date: Thu, 01 Jan 2026 00:00:00 GMT"],
            ["Expires: Thu, 01 Jan 99999999999999999999 00:00:00 GMT", "Date: Thu, 01 Jan 2026 00:00:00 GMT"],
            ["Cache-Control: max-age=60", "Expires: 0", "Age: 60"], ["Cache-Control: max-age=60", "Vary: *"],
            ["Cache-Control: max-age=60", "Age: 99999999999999999"],
            // No guesses are made from the age of a document.
            ["Last-Modified: Mon, 01 Jan 2001 00:00:00 GMT"],
        ]
    )
    func noLifetime(headers: [String]) async throws {
        let server = try Self.server(headers)
        let bench = try CacheBench()
        for _ in 0..<3 { #expect(try await bench.get(server.url()) == ("text", .fetched)) }
        #expect(server.requests == 3)
    }

    @Test("a caller may want newer answers than the server allows")
    func maximumAge() async throws {
        let server = try Self.server(["Cache-Control: max-age=60"])
        let bench = try CacheBench(sharing: .seconds(60))
        _ = try await bench.get(server.url())
        bench.clock.advance(10)
        #expect(try await bench.get(server.url(), use: CacheUse(maximumAge: .seconds(11))).1 == .cached(age: 10))
        #expect(try await bench.get(server.url(), use: CacheUse(maximumAge: .seconds(10))).1 == .fetched)
        #expect(try await bench.get(server.url(), use: CacheUse(maximumAge: .zero)).1 == .fetched)
        #expect(try await bench.get(server.url()).1 == .cached(age: 0))
        #expect(server.requests == 3)
    }

    @Test("where the clock was set back, the server is asked")
    func clockSetBack() async throws {
        let server = try Self.server(["Cache-Control: max-age=60"])
        let bench = try CacheBench(sharing: .seconds(60))
        _ = try await bench.get(server.url())
        bench.clock.advance(-100)
        #expect(try await bench.get(server.url()).1 == .fetched)
        #expect(try await bench.get(server.url()).1 == .cached(age: 0))
    }

    @Test("an answer is kept for its whole URL and its Accept, and for no other")
    func keys() async throws {
        let server = try LoopbackServer { request, peer in
            peer.answer(
                200,
                ["Cache-Control: max-age=60"],
                Array("\(request.target) \(request.headers["accept"] ?? "")".utf8)
            )
            return true
        }
        let bench = try CacheBench()
        for _ in 0..<2 {
            for path in ["/a", "/a?b", "/a?c", "/A", "/a/"] {
                for accept in ["x/y", "x/z"] {
                    let response = try await bench.client.get(server.url(path), headers: ["accept": accept])
                    #expect(String(decoding: response.body, as: UTF8.self) == "\(path) \(accept)")
                }
            }
        }
        #expect(server.requests == 10)
        _ = try await bench.client.get(server.url("/a#fragment"), headers: ["Accept": "x/y"])
        #expect(server.requests == 10)
    }
}
