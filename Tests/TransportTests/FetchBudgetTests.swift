import Testing
import Transport

@Suite("What all requests of one verification may take together")
struct FetchBudgetTests {
    private static func server() throws -> LoopbackServer {
        try LoopbackServer { request, peer in
            let left = Int(request.target.dropFirst()) ?? 0
            if left == 0 {
                peer.answer(200, ["Cache-Control: max-age=60"], [UInt8](repeating: 0x61, count: 1000))
            } else {
                peer.redirect(to: "/\(left - 1)")
            }
            return true
        }
    }

    private func code(_ client: HTTPClient, _ url: String, _ budget: FetchBudget) async -> TransportError.Code? {
        await TransportError.Code.thrown { () async throws(TransportError) in
            _ = try await client.get(url, within: budget)
        }
    }

    @Test("as many requests go out as are allowed, redirects among them, and not one more")
    func requests() async throws {
        let server = try Self.server()
        let client = HTTPClient(policy: .loose)
        let budget = FetchBudget(requests: 4)
        #expect(await code(client, server.url("/2"), budget) == nil)
        #expect(budget.requests == 3)
        #expect(await code(client, server.url("/2"), budget) == .budgetExceeded)
        #expect(await code(client, server.url("/0"), budget) == .budgetExceeded)
        #expect(server.requests == 4)
        #expect(await code(client, server.url("/0"), FetchBudget(requests: 0)) == .budgetExceeded)
        #expect(server.requests == 4)
    }

    @Test("bytes of headers and content count together")
    func bytes() async throws {
        let server = try Self.server()
        let client = HTTPClient(policy: .loose)
        let budget = FetchBudget(bytes: 2500)
        for _ in 0..<2 { #expect(await code(client, server.url("/0"), budget) == nil) }
        #expect((2000...2500).contains(budget.bytes))
        #expect(await code(client, server.url("/0"), budget) == .budgetExceeded)
        #expect(await code(client, server.url("/0"), budget) == .budgetExceeded)
        #expect(server.requests == 3)
    }

    @Test("what is compressed counts by what comes out")
    func compressed() async throws {
        let server = try LoopbackServer { _, peer in
            let bomb = GzipWriter.repeating(0, count: 1 + 258 * 1000, hasChecksum: false)
            peer.answer(200, ["Content-Encoding: gzip"], bomb)
            return false
        }
        #expect(await code(HTTPClient(policy: .loose), server.url(), FetchBudget(bytes: 10_000)) == .budgetExceeded)
    }

    @Test("when the time is over, whatever is under way ends, and nothing more is asked")
    func time() async throws {
        let gate = LoopbackServer.Gate()
        let server = try LoopbackServer { _, peer in
            peer.wait(for: gate)
            return false
        }
        let client = HTTPClient(policy: .loose { $0.maximumConcurrentTransfers = 1 })
        let budget = FetchBudget(time: .milliseconds(200))
        // The second one waits in line, and no longer than the first.
        async let first = code(client, server.url("/1"), budget)
        async let second = code(client, server.url("/2"), budget)
        #expect(await [first, second] == [.budgetExceeded, .budgetExceeded])
        let requests = budget.requests
        #expect(await code(client, server.url("/3"), budget) == .budgetExceeded)
        #expect(budget.requests == requests)
        gate.open()
    }

    @Test("requests at the same time share it")
    func concurrent() async throws {
        let server = try Self.server()
        let client = HTTPClient(policy: .loose)
        let budget = FetchBudget(requests: 10)
        let codes = await withTaskGroup { group in
            for _ in 0..<30 { group.addTask { await code(client, server.url("/0"), budget) } }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(codes.count { $0 == nil } == 10)
        #expect(codes.count { $0 == .budgetExceeded } == 20)
        #expect(server.requests == 10)
    }

    @Test("what the cache answers costs nothing")
    func cached() async throws {
        let server = try Self.server()
        let bench = try CacheBench()
        let budget = FetchBudget(requests: 1)
        for _ in 0..<5 { #expect(await code(bench.client, server.url("/0"), budget) == nil) }
        #expect(server.requests == 1)
    }

    @Test("a cancelled task is cancelled, whatever its budget")
    func cancelled() async throws {
        let gate = LoopbackServer.Gate()
        let server = try LoopbackServer { _, peer in
            peer.wait(for: gate)
            return false
        }
        let client = HTTPClient(policy: .loose)
        let task = Task { await code(client, server.url(), FetchBudget()) }
        #expect(await server.hasRequests(1))
        task.cancel()
        #expect(await task.value == .cancelled)
        gate.open()
    }
}
