import Testing
import Transport

@Suite("Many requests at a time")
struct ConcurrencyTests {
    private static let echo: LoopbackServer.Handler = { request, peer in
        peer.pause(milliseconds: 20)
        peer.answer(200, [], Array(request.target.utf8))
        return true
    }

    @Test("32 requests at a time each get their own answer")
    func concurrent() async throws {
        let server = try LoopbackServer(Self.echo)
        let client = HTTPClient(policy: .loose)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for index in 0..<32 {
                group.addTask {
                    let response = try await client.get(server.url("/\(index)"))
                    #expect(response.body == Array("/\(index)".utf8))
                }
            }
            try await group.waitForAll()
        }
        #expect(server.requests == 32)
    }

    @Test("more requests than may run wait in line without their time running")
    func queue() async throws {
        let server = try LoopbackServer(Self.echo)
        let client = HTTPClient(
            policy: .loose {
                $0.maximumConcurrentTransfers = 2
                $0.totalTimeout = .seconds(2)
            }
        )
        try await withThrowingTaskGroup(of: Void.self) { group in
            for index in 0..<220 { group.addTask { _ = try await client.get(server.url("/\(index)")) } }
            try await group.waitForAll()
        }
        #expect(server.requests == 220)
        #expect(server.connections <= 2)
    }

    @Test("a connection is used again")
    func keepAlive() async throws {
        let server = try LoopbackServer(Self.echo)
        let client = HTTPClient(policy: .loose)
        for index in 0..<10 { _ = try await client.get(server.url("/\(index)")) }
        #expect(server.connections == 1)
    }

    @Test("a connection that the server has closed meanwhile is made anew")
    func staleConnection() async throws {
        let server = try LoopbackServer { _, peer in
            peer.answer(200)
            return false
        }
        let client = HTTPClient(policy: .loose)
        for _ in 0..<10 { #expect(try await client.get(server.url()).status == 200) }
        #expect(server.connections == 10)
    }

    @Test("cancelling ends a request at once, and the client goes on")
    func cancellation() async throws {
        let gate = LoopbackServer.Gate()
        let server = try LoopbackServer { request, peer in
            if request.target == "/slow" { peer.wait(for: gate) }
            peer.answer(200)
            return true
        }
        let client = HTTPClient(policy: .loose)
        let duration = await ContinuousClock().measure {
            let task = Task { () async -> TransportError.Code? in
                await TransportError.Code.thrown { () async throws(TransportError) in
                    _ = try await client.get(server.url("/slow"))
                }
            }
            #expect(await server.hasRequests(1))
            task.cancel()
            #expect(await task.value == .cancelled)
        }
        #expect(duration < .seconds(15))
        gate.open()
        #expect(try await client.get(server.url("/fast")).status == 200)
    }

    @Test("a task that is cancelled before it asks, or while it waits in line, asks nothing")
    func earlyCancellation() async throws {
        let server = try LoopbackServer { _, peer in
            peer.pause(milliseconds: 300)
            peer.answer(200)
            return true
        }
        let client = HTTPClient(policy: .loose { $0.maximumConcurrentTransfers = 1 })
        let first = Task { try await client.get(server.url()).status }
        try await Task.sleep(for: .milliseconds(50))
        let codes = await withTaskGroup { group in
            for _ in 0..<20 {
                group.addTask {
                    await TransportError.Code.thrown { () async throws(TransportError) in
                        _ = try await client.get(server.url("/never"))
                    }
                }
            }
            group.cancelAll()
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(codes == [TransportError.Code?](repeating: .cancelled, count: 20))
        #expect(try await first.value == 200)
        #expect(server.requests == 1)
    }

    @Test("clients come and go, and leave nothing that waits")
    func lifetimes() async throws {
        let server = try LoopbackServer(Self.echo)
        for index in 0..<50 { #expect(try await HTTPClient(policy: .loose).get(server.url("/\(index)")).status == 200) }
        for _ in 0..<50 { _ = HTTPClient(policy: .standard) }
    }
}
