import Testing
import Transport

@Suite("Requests and responses")
struct HTTPClientTests {
    @Test("each status is an answer and no error", arguments: [200, 204, 301, 304, 400, 404, 410, 429, 500, 503])
    func statuses(status: Int) async throws {
        let server = try LoopbackServer { _, peer in
            peer.answer(status, ["Retry-After: 7"], status == 204 || status == 304 ? [] : Array("text".utf8))
            return true
        }
        let response = try await HTTPClient(policy: .loose).get(server.url("/x?y#z"))
        #expect(response.status == status)
        #expect(response.headers["retry-after"] == "7")
        #expect(response.url.path == "/x")
        #expect(response.hops.count == 1)
        #expect(response.stayedOnOrigin)
    }

    @Test("headers are read in order, whatever their case, and only from the answer that counts")
    func responseHeaders() async throws {
        let server = try LoopbackServer { _, peer in
            peer.write("HTTP/1.1 103 Early Hints\r\nX-Early: 1\r\n\r\n")
            peer.write(
                "HTTP/1.1 200 OK\r\nContent-Type:  Application/JSON ; charset=utf-8 \r\nx-a: 1\r\nX-A: 2\r\nX-Empty:\r\n"
            )
            peer.write("Transfer-Encoding: chunked\r\nTrailer: X-Late\r\n\r\n5\r\nhello\r\n0\r\nX-Late: 1\r\n\r\n")
            return true
        }
        let response = try await HTTPClient(policy: .loose).get(server.url())
        #expect(response.body == Array("hello".utf8))
        #expect(response.mediaType == "application/json")
        #expect(response.headers["X-a"] == "1, 2")
        #expect(response.headers["x-empty"] == "")
        #expect(response.headers["X-Early"] == nil)
        #expect(response.headers["X-Late"] == nil)
        #expect(response.headers["X-Other"] == nil)
    }

    @Test("method, headers and content arrive as given")
    func requestParts() async throws {
        let server = try LoopbackServer { request, peer in
            let headers = request.headers
            let seen = [
                request.method, request.target, headers["x-a"] ?? "-", headers["x-empty"] ?? "-",
                headers["content-type"] ?? "-", headers["expect"] ?? "-", headers["user-agent"] ?? "-",
                headers["cookie"] ?? "-", String(decoding: request.body, as: UTF8.self),
            ]
            peer.answer(200, [], Array(seen.joined(separator: "|").utf8))
            return true
        }
        let client = HTTPClient(policy: .loose)
        let url = try WebURL(server.url("/p?q=1#f"))
        var response = try await client.send(HTTPRequest(url, headers: ["X-A": "b", "X-Empty": ""]))
        #expect(String(decoding: response.body, as: UTF8.self) == "GET|/p?q=1|b||-|-|open-badges|-|")
        response = try await client.send(HTTPRequest(url, method: .post, body: Array("{}".utf8)))
        #expect(String(decoding: response.body, as: UTF8.self) == "POST|/p?q=1|-|-|-|-|open-badges|-|{}")
        response = try await client.send(
            HTTPRequest(url, method: .put, headers: ["Content-Type": "application/json"], body: [])
        )
        #expect(String(decoding: response.body, as: UTF8.self) == "PUT|/p?q=1|-|-|application/json|-|open-badges|-|")
        response = try await client.send(HTTPRequest(url, method: .delete))
        #expect(String(decoding: response.body, as: UTF8.self) == "DELETE|/p?q=1|-|-|-|-|open-badges|-|")
        #expect(server.connections == 1)
    }

    @Test(
        "a path is sent as its URL says, dots and letters and all",
        arguments: [
            ("/a//b/", "/a//b/"), ("/a%2fb%2F%2e%2e/c", "/a%2fb%2F%2e%2e/c"), ("/.../..a/b..", "/.../..a/b.."),
            ("/a|b\"<c>{d}^`e\\f", "/a|b\"<c>{d}^`e\\f"), ("/ä b", "/%c3%a4%20b"),
            ("/a;b=c,d:e@f!$&'()*+", "/a;b=c,d:e@f!$&'()*+"),
            ("/?a=b c&ü=?/../", "/?a=b%20c&%c3%bc=?/../"), ("?", "/?"), ("/[a]", "/[a]"), ("/%", "/%"),
            ("/a/../b/.", "/b/"),
            ("/~user/@me", "/~user/@me"), ("//evil.example/", "//evil.example/"),
        ]
    )
    func paths(written: String, sent: String) async throws {
        let server = try LoopbackServer { request, peer in
            peer.answer(200, [], Array(request.target.utf8))
            return true
        }
        let response = try await HTTPClient(policy: .loose).get("http://127.0.0.1:\(server.port)\(written)")
        #expect(String(decoding: response.body, as: UTF8.self) == sent)
    }

    @Test("the answer to HEAD has headers and no body, however long it says that one is")
    func head() async throws {
        let server = try LoopbackServer { _, peer in
            peer.write("HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\n")
        }
        let response = try await HTTPClient(policy: .loose)
            .send(HTTPRequest(WebURL(server.url()), method: .head))
        #expect(response.headers["Content-Length"] == "99999999")
        #expect(response.body.isEmpty)
    }

    @Test("compressed content is decompressed")
    func gzip() async throws {
        let server = try LoopbackServer { request, peer in
            #expect(request.headers["accept-encoding"] == "gzip, deflate")
            peer.answer(200, ["Content-Encoding: gzip"], GzipWriter.repeating(0x61, count: 2581, hasChecksum: true))
            return true
        }
        let response = try await HTTPClient(policy: .loose).get(server.url())
        #expect(response.body == [UInt8](repeating: 0x61, count: 2581))
    }

    @Test("cookies that a server sets are not sent back")
    func cookies() async throws {
        let server = try LoopbackServer { request, peer in
            peer.answer(request.headers["cookie"] == nil ? 200 : 400, ["Set-Cookie: a=b"])
            return true
        }
        let client = HTTPClient(policy: .loose)
        for _ in 0..<2 { #expect(try await client.get(server.url()).status == 200) }
    }

    @Test(
        "a request that would smuggle in lines is refused before it is sent",
        arguments: [("X-A", "b\r\nX-C: d"), ("X-A", "b\u{0}"), ("X A", "b"), ("", "b"), ("X-A:", "b"), ("X-Ä", "b")]
    )
    func smuggling(name: String, value: String) async throws {
        let server = try LoopbackServer { _, peer in
            peer.answer(200)
            return true
        }
        let url = try WebURL(server.url())
        let code = await TransportError.Code.thrown { () async throws(TransportError) in
            _ = try await HTTPClient(policy: .loose).send(HTTPRequest(url, headers: [name: value]))
        }
        #expect(code == .requestMalformed)
        let method = HTTPRequest.Method(rawValue: "GET / HTTP/1.1\r\nX:")
        let codeOfMethod = await TransportError.Code.thrown { () async throws(TransportError) in
            _ = try await HTTPClient(policy: .loose).send(HTTPRequest(url, method: method))
        }
        #expect(codeOfMethod == .requestMalformed)
        #expect(server.connections == 0)
    }

    @Test(
        "what is no HTTP answer is an error",
        arguments: [
            ("", .unreachable), ("hello\r\n\r\n", .responseMalformed), ("SSH-2.0-x\r\n", .responseMalformed),
            ("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc", .responseMalformed),
            ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc", .responseMalformed),
            ("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc", .responseMalformed),
        ] as [(String, TransportError.Code)]
    )
    func brokenAnswers(answer: String, code: TransportError.Code) async throws {
        let server = try LoopbackServer { _, peer in
            peer.write(answer)
            return false
        }
        let thrown = await TransportError.Code.thrown { () async throws(TransportError) in
            _ = try await HTTPClient(policy: .loose).get(server.url())
        }
        #expect(thrown == code)
    }

    @Test("an answer that was tampered with never crashes the client")
    func mutations() async throws {
        let seed = Array(
            "HTTP/1.1 200 OK\r\nContent-Type: a/b\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\nX: y\r\n\r\n"
                .utf8
        )
        let server = try LoopbackServer { request, peer in
            var random = SplitMix64(state: UInt64(request.target.dropFirst()) ?? 0)
            var bytes = seed
            for _ in 0...3 {
                let index = Int.random(in: 0..<bytes.count, using: &random)
                if Bool.random(using: &random) {
                    bytes[index] = UInt8.random(in: 0...255, using: &random)
                } else {
                    bytes.remove(at: index)
                }
            }
            peer.write(bytes)
            return false
        }
        let client = HTTPClient(policy: .loose { $0.totalTimeout = .seconds(2) })
        await withTaskGroup { group in
            for index in 0..<300 { group.addTask { _ = try? await client.get(server.url("/\(index)")) } }
        }
        #expect(server.requests == 300)
    }
}
