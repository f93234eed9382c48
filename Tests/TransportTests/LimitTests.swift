import Testing
import Transport

/// The bounds on durations are wide, for machines that are busy with other things; what they are told apart from takes
/// twenty seconds.
@Suite("Limits of size and time")
struct LimitTests {
    private func code(_ policy: FetchPolicy, _ url: String) async -> TransportError.Code? {
        await TransportError.Code.thrown { () async throws(TransportError) in
            _ = try await HTTPClient(policy: policy).get(url)
        }
    }

    @Test("a body of exactly the limit is taken, and one of a byte more is not", arguments: [true, false])
    func exactLimit(hasLength: Bool) async throws {
        let server = try LoopbackServer { request, peer in
            let body = [UInt8](repeating: 0x61, count: Int(request.target.dropFirst()) ?? 0)
            if hasLength {
                peer.answer(200, [], body)
                return true
            }
            peer.write(Array("HTTP/1.1 200 OK\r\n\r\n".utf8) + body)
            return false
        }
        let policy = FetchPolicy.loose { $0.maximumBytes = 100_000 }
        #expect(try await HTTPClient(policy: policy).get(server.url("/100000")).body.count == 100_000)
        #expect(await code(policy, server.url("/100001")) == .tooLarge)
    }

    @Test("a Content-Length above the limit is refused before the content comes")
    func declaredLength() async throws {
        let server = try LoopbackServer { _, peer in
            peer.write("HTTP/1.1 200 OK\r\nContent-Length: 2000000\r\n\r\n")
            peer.pause(milliseconds: 20_000)
            return false
        }
        let duration = await ContinuousClock().measure {
            #expect(await code(.loose, server.url()) == .tooLarge)
        }
        #expect(duration < .seconds(15))
    }

    @Test("a flood of chunks is cut off at the limit")
    func chunkedFlood() async throws {
        let server = try LoopbackServer { _, peer in
            peer.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
            let chunk = Array("4000\r\n".utf8) + [UInt8](repeating: 0x61, count: 0x4000) + Array("\r\n".utf8)
            var written = 0
            while written < 1 << 28, peer.write(chunk) { written += chunk.count }
            #expect(written < 1 << 26)
            return false
        }
        #expect(await code(.loose, server.url()) == .tooLarge)
    }

    @Test("a gzip bomb is cut off at the limit of what comes out")
    func gzipBomb() async throws {
        let bomb = GzipWriter.repeating(0, count: 1 + 258 * 100_000, hasChecksum: false)
        #expect(bomb.count < 200_000)
        let server = try LoopbackServer { _, peer in
            peer.answer(200, ["Content-Encoding: gzip"], bomb)
            return false
        }
        #expect(await code(.loose, server.url()) == .tooLarge)
    }

    @Test("compressed data that goes on without content is cut off too")
    func emptyBlocks() async throws {
        // Empty stored blocks of deflate: five bytes each, nothing comes out.
        let block = [UInt8](([[0, 0, 0, 0xFF, 0xFF]] as [[UInt8]]).joined())
        let blocks = [UInt8]((0..<4000).map { _ in block }.joined())
        let server = try LoopbackServer { _, peer in
            peer.write("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n")
            peer.write([0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3])
            var written = 0
            while written < 1 << 28, peer.write(blocks) { written += blocks.count }
            #expect(written < 1 << 26)
            return false
        }
        #expect(await code(.loose, server.url()) == .tooLarge)
    }

    @Test("a header above the limit is refused, in one line or in many or in many answers", arguments: [0, 1, 2])
    func headerSize(kind: Int) async throws {
        let server = try LoopbackServer { _, peer in
            let piece =
                switch kind {
                case 0: "X: " + String(repeating: "a", count: 80_000) + "\r\n"
                case 1: "X-Name: 0123456789\r\n"
                default: "\r\nHTTP/1.1 103 Early Hints\r\nX: y\r\n"
                }
            peer.write("HTTP/1.1 \(kind == 2 ? 103 : 200) OK\r\n")
            for _ in 0..<(kind == 0 ? 1 : 10_000) { guard peer.write(piece) else { break } }
            peer.write("\r\n")
            return false
        }
        #expect(await code(.loose, server.url()) == .tooLarge)
    }

    @Test("a server that drips is given up after the stall time")
    func slowDrip() async throws {
        let server = try LoopbackServer { _, peer in
            peer.write("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
            for _ in 0..<400 {
                guard peer.write("a") else { break }
                peer.pause(milliseconds: 50)
            }
            return false
        }
        let policy = FetchPolicy.loose { $0.stallTime = .seconds(1) }
        let duration = await ContinuousClock().measure { #expect(await code(policy, server.url()) == .timedOut) }
        #expect(duration < .seconds(15))
    }

    @Test("a server that says nothing is given up after the total time")
    func silence() async throws {
        let server = try LoopbackServer { _, peer in
            peer.pause(milliseconds: 20_000)
            return false
        }
        let policy = FetchPolicy.loose { $0.totalTimeout = .milliseconds(300) }
        let duration = await ContinuousClock().measure { #expect(await code(policy, server.url()) == .timedOut) }
        #expect(duration < .seconds(15))
    }

    @Test("the total time is for all hops together")
    func timeOfAllHops() async throws {
        let server = try LoopbackServer { _, peer in
            peer.pause(milliseconds: 400)
            peer.redirect(to: "/next")
            return true
        }
        let policy = FetchPolicy.loose {
            $0.totalTimeout = .milliseconds(600)
            $0.maximumRedirects = 50
        }
        let duration = await ContinuousClock().measure { #expect(await code(policy, server.url()) == .timedOut) }
        #expect(duration < .seconds(15))
    }
}
