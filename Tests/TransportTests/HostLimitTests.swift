import Synchronization
import Testing
import Transport

@Suite("Limits for each host")
struct HostLimitTests {
    /// How many requests a server has had at the same time, at the most.
    private final class Crowd: Sendable {
        private let present = Atomic(0)
        private let most = Atomic(0)
        var maximum: Int { most.load(ordering: .relaxed) }

        func enter() {
            let count = present.add(1, ordering: .relaxed).newValue
            most.max(count, ordering: .relaxed)
        }

        func leave() { present.subtract(1, ordering: .relaxed) }
    }

    private static func server(_ crowd: Crowd) throws -> LoopbackServer {
        try LoopbackServer { request, peer in
            crowd.enter()
            peer.pause(milliseconds: 20)
            crowd.leave()
            peer.answer(200, [], Array(request.target.utf8))
            return true
        }
    }

    @Test("one host gets no more than its share of requests and connections", arguments: [1, 6])
    func share(limit: Int) async throws {
        let crowd = Crowd()
        let server = try Self.server(crowd)
        let client = HTTPClient(policy: .loose { $0.maximumTransfersPerHost = limit })
        try await withThrowingTaskGroup(of: Void.self) { group in
            for index in 0..<40 {
                group.addTask {
                    let response = try await client.get(server.url("/\(index)"))
                    #expect(response.body == Array("/\(index)".utf8))
                }
            }
            try await group.waitForAll()
        }
        #expect(server.requests == 40)
        #expect(server.connections <= limit)
        #expect((1...limit).contains(crowd.maximum))
    }

    @Test("a host that holds all its requests up does not hold up another")
    func otherHosts() async throws {
        let gate = LoopbackServer.Gate()
        let slow = try LoopbackServer { _, peer in
            peer.wait(for: gate)
            peer.answer(200)
            return true
        }
        let quick = try Self.server(Crowd())
        let client = HTTPClient(policy: .loose)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for index in 0..<40 { group.addTask { _ = try await client.get(slow.url("/\(index)")) } }
            #expect(await slow.hasRequests(6))
            for index in 0..<10 { _ = try await client.get(quick.url("/\(index)")) }
            #expect(slow.requests == 6)
            gate.open()
            try await group.waitForAll()
        }
        #expect(slow.requests == 40)
    }

    @Test("redirects count for the host that they lead to, and nothing is left over")
    func redirects() async throws {
        let crowd = Crowd()
        let target = try Self.server(crowd)
        let server = try LoopbackServer { request, peer in
            peer.redirect(to: target.url(request.target))
            return true
        }
        let client = HTTPClient(policy: .loose { $0.maximumTransfersPerHost = 2 })
        for _ in 0..<3 {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for index in 0..<10 {
                    group.addTask { _ = try await client.get((index % 2 == 0 ? server : target).url("/\(index)")) }
                }
                try await group.waitForAll()
            }
        }
        #expect(target.requests == 30)
        #expect(target.connections <= 2)
    }
}
