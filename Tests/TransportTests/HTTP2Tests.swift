import Testing
import Transport

@Suite("HTTP/2", .enabled(if: OpenSSL.command != nil, "the command openssl is not on PATH"))
struct HTTP2Tests {
    private static func client(_ server: HTTP2Server, _ change: (inout FetchPolicy) -> Void = { _ in }) -> HTTPClient {
        var policy = FetchPolicy.patient
        policy.insecurePrivateAddresses = true
        policy.pinnedAddresses = ["badge.example": ["127.0.0.1"]]
        policy.extraRootsPEM = server.rootPEM
        change(&policy)
        return HTTPClient(policy: policy)
    }

    private func outcomes(
        _ count: Int,
        _ client: HTTPClient,
        _ server: HTTP2Server
    ) async -> [Int: Result<String, TransportError>] {
        await withTaskGroup(of: (Int, Result<String, TransportError>).self) { group in
            for index in 0..<count {
                group.addTask {
                    do throws(TransportError) {
                        let body = try await client.get(server.url("\(index)")).body
                        return (index, .success(String(decoding: body, as: UTF8.self)))
                    } catch { return (index, .failure(error)) }
                }
            }
            return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
        }
    }

    @Test("many requests share one connection, and each gets its own answer")
    func multiplexed() async throws {
        let server = try await HTTP2Server(name: "badge.example")
        let client = Self.client(server)
        // The first answer tells that the host takes more requests at a time than connections.
        #expect(try await client.get(server.url("99")).body == Array("path 99".utf8))
        for count in [12, 16] {
            server.expect(count)
            for (index, outcome) in await outcomes(count, client, server) {
                #expect(outcome == .success("path \(index)"))
            }
        }
        #expect(server.connections == 1)
        #expect(server.mostOpen == 16)
    }

    @Test("requests that come before the connection stands wait for it, and open no other")
    func waitsForConnection() async throws {
        let server = try await HTTP2Server(name: "badge.example")
        server.expect(6)
        for (index, outcome) in await outcomes(6, Self.client(server), server) {
            #expect(outcome == .success("path \(index)"))
        }
        #expect(server.connections == 1)
    }

    @Test("no more streams are opened than the policy allows")
    func streamLimit() async throws {
        let server = try await HTTP2Server(name: "badge.example")
        let client = Self.client(server) {
            $0.maximumStreamsPerHost = 4
            $0.maximumTransfersPerHost = 1
        }
        for (index, outcome) in await outcomes(20, client, server) { #expect(outcome == .success("path \(index)")) }
        #expect(server.connections == 1)
        #expect(server.mostOpen <= 4)
    }

    @Test("a stream that is reset fails alone")
    func reset() async throws {
        let server = try await HTTP2Server(name: "badge.example")
        server.expect(4, .resetFirst)
        let outcomes = await outcomes(4, Self.client(server), server)
        let failures = outcomes.values.compactMap { if case .failure(let error) = $0 { error.code } else { nil } }
        #expect(failures == [.responseMalformed])
        #expect(outcomes.count { $0.value == .success("path \($0.key)") } == 3)
    }

    @Test("a server that goes away, or speaks nonsense, is an error", arguments: [true, false])
    func brokenOff(isPolite: Bool) async throws {
        let server = try await HTTP2Server(name: "badge.example")
        server.expect(1, isPolite ? .goAway : .garbage)
        let client = Self.client(server) { $0.totalTimeout = .seconds(3) }
        guard case .failure(let error)? = await outcomes(1, client, server)[0] else {
            Issue.record("there was an answer")
            return
        }
        #expect([.unreachable, .responseMalformed, .timedOut].contains(error.code), "\(error)")
    }

    @Test("content without end is cut off at the limit")
    func flood() async throws {
        let server = try await HTTP2Server(name: "badge.example")
        server.expect(1, .flood)
        #expect(await outcomes(1, Self.client(server), server)[0].map { "\($0)" }?.contains("TOO_LARGE") == true)
    }
}
