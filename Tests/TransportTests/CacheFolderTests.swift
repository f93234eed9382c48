import Glibc
import Testing
import Transport

@Suite("The cache on disk")
struct CacheFolderTests {
    private static func server(_ headers: [String] = ["Cache-Control: max-age=60"], size: Int = 0) throws
        -> LoopbackServer
    {
        try LoopbackServer { request, peer in
            let body = Array("text \(request.target)".utf8) + [UInt8](repeating: 0x0A, count: size)
            peer.answer(request.headers["if-none-match"] == nil ? 200 : 304, headers, body)
            return true
        }
    }

    @Test("another process finds what one has fetched, with its headers and age")
    func lasting() async throws {
        let folder = try TemporaryFolder()
        let server = try Self.server(["Cache-Control: max-age=60", "Content-Type: a/b", "X-A: ä: \"b\"", "Age: 7"])
        _ = try await CacheBench(directory: folder.path).get(server.url())
        let other = try CacheBench(directory: folder.path)
        other.clock.advance(10)
        let response = try await other.client.get(server.url())
        #expect(response.cacheStatus == .cached(age: 17))
        #expect(response.body == Array("text /".utf8))
        #expect(response.mediaType == "a/b")
        #expect(response.headers["x-a"] == "ä: \"b\"")
        #expect(server.requests == 1)
    }

    @Test("a copy on disk is revalidated, and its new time is kept")
    func revalidation() async throws {
        let folder = try TemporaryFolder()
        let server = try Self.server(["Cache-Control: max-age=60", "ETag: \"1\""])
        _ = try await CacheBench(directory: folder.path).get(server.url())
        let second = try CacheBench(directory: folder.path)
        second.clock.advance(100)
        #expect(try await second.get(server.url()) == ("text /", .revalidated))
        let third = try CacheBench(directory: folder.path)
        third.clock.advance(150)
        #expect(try await third.get(server.url()) == ("text /", .cached(age: 50)))
        #expect(server.requests == 2)
    }

    @Test("folders and files are for their owner alone, and nothing else is left behind")
    func modes() async throws {
        let folder = try TemporaryFolder()
        let server = try Self.server()
        let bench = try CacheBench(directory: folder.path + "/a/b/c")
        for index in 0..<5 { _ = try await bench.get(server.url("/\(index)")) }
        for path in ["/a", "/a/b", "/a/b/c"] {
            #expect(TemporaryFolder.mode(of: folder.path + path) & 0o777 == 0o700)
        }
        #expect(folder.files.count == 5)
        for file in folder.files { #expect(TemporaryFolder.mode(of: file) & 0o777 == 0o600) }
    }

    @Test("a folder that others may write in is refused, and so is one that cannot be made")
    func unsafeFolders() async throws {
        let folder = try TemporaryFolder()
        TemporaryFolder.write([], to: folder.path + "/file")
        let open = folder.path + "/open"
        mkdir(open, 0o700)
        chmod(open, 0o770)
        for path in [open, folder.path + "/file", folder.path + "/file/x", "/proc/none/x", "", "/nul\u{0}"] {
            let code = await TransportError.Code.thrown { () throws(TransportError) in
                _ = try HTTPCache(directory: path, digest: { CacheBench.digest($0) }, clock: { 0 })
            }
            #expect(code == .cacheUnusable, "\(path)")
        }
    }

    @Test(
        "nothing that is for one visitor reaches the disk",
        arguments: [
            ["Cache-Control: no-store, max-age=60"], ["Cache-Control: private, max-age=60"],
            ["Cache-Control: private=\"X\", max-age=60"], ["Cache-Control: max-age=60", "Set-Cookie: secret=1"],
            ["Cache-Control: max-age=60", "Vary: Accept, *"], [],
        ]
    )
    func privateAnswers(headers: [String]) async throws {
        let folder = try TemporaryFolder()
        let server = try Self.server(headers)
        let bench = try CacheBench(directory: folder.path)
        for _ in 0..<2 { _ = try await bench.get(server.url()) }
        #expect(folder.files.isEmpty)
    }

    @Test("what was filed goes when its server takes it back")
    func takenBack() async throws {
        let folder = try TemporaryFolder()
        let server = try LoopbackServer { request, peer in
            let control = request.headers["if-none-match"] == nil ? "max-age=60" : "no-store"
            peer.answer(200, ["Cache-Control: \(control)", "ETag: \"1\""], Array("text".utf8))
            return true
        }
        let bench = try CacheBench(directory: folder.path)
        _ = try await bench.get(server.url())
        #expect(folder.files.count == 1)
        bench.clock.advance(60)
        #expect(try await bench.get(server.url()).1 == .fetched)
        #expect(folder.files.isEmpty)
    }

    @Test("a cookie is not given out again by memory either")
    func cookies() async throws {
        let server = try Self.server(["Cache-Control: max-age=60", "Set-Cookie: secret=1"])
        let bench = try CacheBench()
        #expect(try await bench.client.get(server.url()).headers["Set-Cookie"] != nil)
        let response = try await bench.client.get(server.url())
        #expect(response.cacheStatus == .cached(age: 0))
        #expect(response.headers["Set-Cookie"] == nil)
    }

    @Test(
        "requests that say who asks, or do more than ask, pass the cache by",
        arguments: [
            ("GET", ["Authorization": "x"]), ("GET", ["Cookie": "x"]), ("GET", ["X-Api-Key": "x"]), ("HEAD", [:]),
            ("POST", [:]), ("DELETE", [:]),
        ] as [(String, [String: String])]
    )
    func passingBy(method: String, headers: [String: String]) async throws {
        let folder = try TemporaryFolder()
        let server = try Self.server()
        let bench = try CacheBench(directory: folder.path)
        _ = try await bench.get(server.url())
        var request = HTTPRequest(try WebURL(server.url()), method: HTTPRequest.Method(rawValue: method))
        for (name, value) in headers { request.headers.append(name, value) }
        for _ in 0..<2 { #expect(try await bench.client.send(request).cacheStatus == .fetched) }
        #expect(server.requests == 3)
        #expect(folder.files.count == 1)
    }

    @Test("what one policy has fetched is nothing to a policy that trusts others")
    func trust() async throws {
        let folder = try TemporaryFolder()
        let server = try Self.server()
        for _ in 0..<2 {
            for policy in [
                .loose, .thisMachineAlone, .loose { $0.extraRootsPEM = Array("x".utf8) },
                .loose { $0.pinnedAddresses = ["badge.example": ["127.0.0.1"]] },
            ] as [FetchPolicy] {
                _ = try await CacheBench(directory: folder.path, policy: policy).get(server.url())
            }
        }
        #expect(server.requests == 4)
        // And the policy has the word before the cache.
        let code = await TransportError.Code.thrown { () async throws(TransportError) in
            let bench: CacheBench
            do { bench = try CacheBench(directory: folder.path, policy: .standard) } catch { return }
            _ = try await bench.get(server.url())
        }
        #expect(code == .schemeRefused)
    }
}
