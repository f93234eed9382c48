import Glibc
import Testing
import Transport

@Suite("The cache's files, damaged, crowded and shared")
struct CacheDamageTests {
    private static func server(size: Int = 0) throws -> LoopbackServer {
        try LoopbackServer { request, peer in
            let body = Array("text \(request.target)".utf8) + [UInt8](repeating: 0x0A, count: size)
            peer.answer(200, ["Cache-Control: max-age=60", "Content-Type: a/b"], body)
            return true
        }
    }

    @Test("a damaged file is as good as none, and is replaced", arguments: 0..<9)
    func damage(kind: Int) async throws {
        let folder = try TemporaryFolder()
        let server = try Self.server()
        _ = try await CacheBench(directory: folder.path).get(server.url())
        let file = try #require(folder.files.first)
        var bytes = TemporaryFolder.read(file)
        #expect(bytes.count > 100)
        switch kind {
        case 0: bytes = []
        case 1: bytes.removeLast()
        case 2: bytes.removeLast(bytes.count / 2)
        case 3: bytes[bytes.count - 1] ^= 1
        case 4: bytes[bytes.count / 2] ^= 0x20
        case 5: bytes[3] ^= 1
        case 6: bytes.append(0)
        case 7: bytes = [UInt8](repeating: 0xFF, count: 10_000)
        default: bytes = [UInt8](repeating: 0x0A, count: 10_000)
        }
        TemporaryFolder.write(bytes, to: file)
        #expect(try await CacheBench(directory: folder.path).get(server.url()) == ("text /", .fetched))
        #expect(try await CacheBench(directory: folder.path).get(server.url()) == ("text /", .cached(age: 0)))
        #expect(server.requests == 2)
    }

    @Test("something else in the place of a file does no harm", arguments: 0..<4)
    func otherThings(kind: Int) async throws {
        let folder = try TemporaryFolder()
        let server = try Self.server()
        _ = try await CacheBench(directory: folder.path).get(server.url())
        let file = try #require(folder.files.first)
        let victim = try TemporaryFolder()
        TemporaryFolder.write(TemporaryFolder.read(file), to: victim.path + "/file")
        unlink(file)
        switch kind {
        case 0: mkdir(file, 0o700)
        case 1: mkfifo(file, 0o600)
        case 2: symlink(victim.path + "/file", file)
        default: chmod(folder.path, 0o500)
        }
        for _ in 0..<2 {
            #expect(try await CacheBench(directory: folder.path).get(server.url()).0 == "text /")
        }
        #expect(server.requests >= 2)
        chmod(folder.path, 0o700)
        #expect(!TemporaryFolder.read(victim.path + "/file").isEmpty)
    }

    /// With a digest that finds nothing, what was tampered with reaches the reader of the file's lines.
    @Test("a file that was tampered with never crashes its reader, and never answers for another URL")
    func mutations() async throws {
        let folder = try TemporaryFolder()
        let server = try Self.server()
        let digest: @Sendable ([UInt8]) -> [UInt8] = { _ in [1, 2, 3] }
        _ = try await CacheBench(directory: folder.path, digest: digest).get(server.url("/a"))
        let file = try #require(folder.files.first)
        let seed = TemporaryFolder.read(file)
        // The same name in the folder, and another URL.
        #expect(try await CacheBench(directory: folder.path, digest: digest).get(server.url("/b")).0 == "text /b")
        var random = SplitMix64(state: 7)
        var isRead = 0
        for round in 0..<250 {
            var bytes = seed
            for _ in 0...Int.random(in: 0..<3, using: &random) {
                let index = Int.random(in: 0..<bytes.count, using: &random)
                switch Int.random(in: 0..<4, using: &random) {
                case 0: bytes[index] = UInt8.random(in: 0...255, using: &random)
                case 1: bytes.insert(0x0A, at: index)
                case 2: bytes.insert(contentsOf: Array("9999999999".utf8), at: index)
                default: bytes.remove(at: index)
                }
            }
            TemporaryFolder.write(bytes, to: file)
            let bench = try CacheBench(directory: folder.path, digest: digest)
            let response = try await bench.client.get(server.url("/a"))
            if case .cached = response.cacheStatus { isRead += 1 }
            if response.cacheStatus == .fetched { #expect(response.body == Array("text /a".utf8), "\(round)") }
        }
        #expect(isRead > 3)
    }

    private func space(_ folder: TemporaryFolder) -> Int {
        folder.files.reduce(0) { $0 + (TemporaryFolder.size(of: $1) + 4095) / 4096 * 4096 }
    }

    @Test("the folder stays within its size, and what was not used the longest goes first")
    func eviction() async throws {
        let folder = try TemporaryFolder()
        let server = try Self.server(size: 3000)
        let bench = try CacheBench(directory: folder.path) { $0.diskBytes = 40 * 4096 }
        for index in 0..<30 { _ = try await bench.get(server.url("/\(index)")) }
        #expect(folder.files.count == 30)
        // Not the cache's own: never touched, however old.
        mkdir(folder.path + "/cv", 0o700)
        mkdir(folder.path + "/ab", 0o700)
        let others = [folder.path + "/cv/letter.pdf", folder.path + "/ab/letter.pdf", folder.path + "/old"]
        for file in others { TemporaryFolder.write([1], to: file) }
        // All are two hours old, but for the first two answers, which are of use again.
        for file in folder.files {
            var times = [
                timespec(tv_sec: time(nil) - 7200, tv_nsec: 0), timespec(tv_sec: time(nil) - 7200, tv_nsec: 0),
            ]
            utimensat(AT_FDCWD, file, &times, 0)
        }
        let reader = try CacheBench(directory: folder.path)
        for index in 0..<2 { #expect(try await reader.get(server.url("/\(index)")).1 == .cached(age: 0)) }
        for index in 30..<60 {
            _ = try await bench.get(server.url("/\(index)"))
            #expect(space(folder) <= 43 * 4096)
        }
        #expect(others.allSatisfy { folder.files.contains($0) })
        let late = try CacheBench(directory: folder.path)
        for index in [0, 1, 59] { #expect(try await late.get(server.url("/\(index)")).1 == .cached(age: 0)) }
    }

    @Test("one answer does not take the whole folder")
    func largeAnswers() async throws {
        let folder = try TemporaryFolder()
        let server = try Self.server(size: 30_000)
        let bench = try CacheBench(directory: folder.path) { $0.diskBytes = 100_000 }
        _ = try await bench.get(server.url())
        #expect(folder.files.isEmpty)
    }

    @Test("what a crashed process has left half-written is cleared away")
    func leftovers() async throws {
        let folder = try TemporaryFolder()
        let server = try Self.server()
        mkdir(folder.path + "/00", 0o700)
        let (old, young) = (folder.path + "/00/new-1-2-3", folder.path + "/00/new-4-5-6")
        for file in [old, young] { TemporaryFolder.write([1], to: file) }
        var times = [timespec(tv_sec: time(nil) - 7200, tv_nsec: 0), timespec(tv_sec: time(nil) - 7200, tv_nsec: 0)]
        utimensat(AT_FDCWD, old, &times, 0)
        _ = try await CacheBench(directory: folder.path).get(server.url())
        #expect(!folder.files.contains(old))
        #expect(folder.files.contains(young))
    }

    @Test("caches that use one folder at the same time do each other no harm")
    func together() async throws {
        let folder = try TemporaryFolder()
        let server = try Self.server(size: 2000)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<6 {
                let bench = try CacheBench(directory: folder.path) { $0.diskBytes = 30 * 4096 }
                for index in 0..<40 {
                    group.addTask {
                        let (text, _) = try await bench.get(server.url("/\(index)"))
                        #expect(text.hasPrefix("text /\(index)\n"))
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(!folder.files.contains { $0.contains("new-") })
        let reader = try CacheBench(directory: folder.path)
        for index in 0..<40 { #expect(try await reader.get(server.url("/\(index)")).0.hasPrefix("text /\(index)\n")) }
    }
}
