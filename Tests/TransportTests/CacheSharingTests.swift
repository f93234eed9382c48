import Testing
import Transport

@Suite("One request for all who want the same")
struct CacheSharingTests {
    private static func server(
        _ headers: [String] = [],
        status: Int = 200,
        gate: LoopbackServer.Gate? = nil
    ) throws -> LoopbackServer {
        try LoopbackServer { request, peer in
            if let gate { peer.wait(for: gate) }
            peer.answer(status, headers, Array(request.target.utf8))
            return true
        }
    }

    private func codes(_ count: Int, _ bench: CacheBench, _ url: String) async -> [TransportError.Code?] {
        await withTaskGroup { group in
            for _ in 0..<count {
                group.addTask {
                    await TransportError.Code.thrown { () async throws(TransportError) in
                        _ = try await bench.get(url)
                    }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
    }

    @Test("all who ask at the same time share one request, also for what may not be kept", arguments: ["", "no-store"])
    func together(control: String) async throws {
        let gate = LoopbackServer.Gate()
        let server = try Self.server(["Cache-Control: \(control)"], gate: gate)
        let bench = try CacheBench()
        let all = Task { await codes(50, bench, server.url()) }
        #expect(await server.hasRequests(1))
        // The others are on their way: long enough for each to have asked, if it would.
        try await Task.sleep(for: .milliseconds(300))
        gate.open()
        #expect(await all.value == [TransportError.Code?](repeating: nil, count: 50))
        #expect(server.requests == 1)
    }

    @Test("within the sharing time a URL is asked for once, whatever its lifetime, and no-store excepted")
    func sharingTime() async throws {
        let bench = try CacheBench(sharing: .seconds(60))
        for (control, requests) in [("max-age=0, private, must-revalidate", 1), ("no-cache", 1), ("no-store", 3)] {
            let server = try Self.server(["Cache-Control: \(control)", "Set-Cookie: a=b"])
            for _ in 0..<3 { #expect(try await bench.get(server.url()).0 == "/") }
            #expect(server.requests == requests, "\(control)")
        }
        let server = try Self.server()
        _ = try await bench.get(server.url())
        bench.clock.advance(59)
        #expect(try await bench.get(server.url()).1 == .cached(age: 59))
        bench.clock.advance(1)
        #expect(try await bench.get(server.url()).1 == .fetched)
    }

    @Test("a thousand badges of twenty issuers ask for each issuer once")
    func batch() async throws {
        let server = try LoopbackServer { request, peer in
            peer.answer(200, [], Array(request.target.utf8))
            return true
        }
        let bench = try CacheBench(sharing: .seconds(60))
        try await withThrowingTaskGroup(of: Void.self) { group in
            for badge in 0..<1000 {
                group.addTask {
                    let (text, _) = try await bench.get(server.url("/\(badge % 20)"))
                    #expect(text == "/\(badge % 20)")
                }
            }
            try await group.waitForAll()
        }
        #expect(server.requests == 20)
    }

    @Test("where the first one gives up, the next one asks")
    func leaderLeaves() async throws {
        let gate = LoopbackServer.Gate()
        let server = try Self.server(gate: gate)
        let bench = try CacheBench()
        let first = Task { try await bench.get(server.url()).0 }
        #expect(await server.hasRequests(1))
        let others = Task { await codes(20, bench, server.url()) }
        try await Task.sleep(for: .milliseconds(100))
        first.cancel()
        let error = await #expect(throws: TransportError.self) { try await first.value }
        #expect(error?.code == .cancelled)
        gate.open()
        #expect(await others.value == [TransportError.Code?](repeating: nil, count: 20))
        #expect(server.requests == 2)
    }

    @Test("one who waits for another's request may give up alone")
    func followerLeaves() async throws {
        let gate = LoopbackServer.Gate()
        let server = try Self.server(gate: gate)
        let bench = try CacheBench()
        let first = Task { try await bench.get(server.url()).0 }
        #expect(await server.hasRequests(1))
        let other = Task { await codes(1, bench, server.url()) }
        try await Task.sleep(for: .milliseconds(50))
        other.cancel()
        #expect(await other.value == [.cancelled])
        gate.open()
        #expect(try await first.value == "/")
        #expect(server.requests == 1)
    }

    @Test("a budget that is used up ends its own request, and not that of the others")
    func leadersBudget() async throws {
        let gate = LoopbackServer.Gate()
        let server = try Self.server(gate: gate)
        let bench = try CacheBench()
        let budget = FetchBudget(requests: 1, bytes: 1000, time: .milliseconds(200))
        let first = Task {
            await TransportError.Code.thrown { () async throws(TransportError) in
                _ = try await bench.client.get(server.url(), within: budget)
            }
        }
        #expect(await server.hasRequests(1))
        let others = Task { await codes(20, bench, server.url()) }
        #expect(await first.value == .budgetExceeded)
        gate.open()
        #expect(await others.value == [TransportError.Code?](repeating: nil, count: 20))
        #expect(server.requests == 2)
    }

    @Test("a refusal or a fault is asked about once in its time", arguments: [404, 410, 403, 500, 503])
    func negative(status: Int) async throws {
        let server = try Self.server(["Cache-Control: max-age=3600, no-store"], status: status)
        let bench = try CacheBench(sharing: .seconds(600))
        for _ in 0..<3 { #expect(try await bench.client.get(server.url()).status == status) }
        #expect(server.requests == 1)
        bench.clock.advance(29)
        let response = try await bench.client.get(server.url())
        #expect(response.status == status)
        #expect(response.cacheStatus == .cached(age: 29))
        bench.clock.advance(1)
        #expect(try await bench.client.get(server.url()).cacheStatus == .fetched)
        #expect(try await bench.client.get(server.url(), use: CacheUse(maximumAge: .zero)).cacheStatus == .fetched)
        #expect(server.requests == 3)
    }

    @Test("a server that does not answer is waited for once")
    func unreachable() async throws {
        let server = try LoopbackServer { request, peer in
            if request.target == "/good" { peer.answer(200) }
            return false
        }
        let bench = try CacheBench()
        #expect(await codes(20, bench, server.url()) == [TransportError.Code?](repeating: .unreachable, count: 20))
        #expect(await codes(1, bench, server.url()) == [.unreachable])
        #expect(server.requests == 1)
        #expect(await codes(1, bench, server.url("/good")) == [nil])
        bench.clock.advance(30)
        #expect(await codes(1, bench, server.url()) == [.unreachable])
        #expect(server.requests == 3)
    }

    @Test("what memory has no room for is asked for again")
    func memoryBound() async throws {
        let server = try LoopbackServer { _, peer in
            peer.answer(200, ["Cache-Control: max-age=60"], [UInt8](repeating: 0x61, count: 10_000))
            return true
        }
        let bench = try CacheBench { $0.memoryBytes = 100_000 }
        for index in 0..<20 { _ = try await bench.get(server.url("/\(index)")) }
        // The last ones are there, the first ones are not.
        for index in 15..<20 { #expect(try await bench.get(server.url("/\(index)")).1 == .cached(age: 0)) }
        #expect(try await bench.get(server.url("/0")).1 == .fetched)
        let small = try CacheBench { $0.memoryBytes = 20_000 }
        for _ in 0..<2 { #expect(try await small.get(server.url()).1 == .fetched) }
    }
}
