import Glibc
import OpenBadges
import Testing
import Transport

@Suite("Documents from the web")
struct WebLoaderTests {
    private static var policy: FetchPolicy {
        var policy = FetchPolicy.standard
        policy.insecurePlainHTTP = true
        if let address = IPAddress("127.0.0.1") { policy.insecureAllowedAddresses = [address] }
        policy.totalTimeout = .seconds(60)
        return policy
    }

    private static let json = "Content-Type: Application/LD+JSON; charset=utf-8"

    private func found(_ answer: LoadedDocument.Answer) throws -> LoadedDocument {
        guard case .found(let document) = answer else {
            Issue.record("\(answer)")
            throw WebSite.Failure()
        }
        return document
    }

    @Test("a document comes with its final URL, its media type and its source, and is asked for as JSON")
    func document() async throws {
        let site = try WebSite([
            "/old": .init(status: 301, headers: ["Location: /new#x"]),
            "/new": .init(headers: [Self.json], body: "{}"),
        ])
        let document = try found(await WebLoader(policy: Self.policy).load(site.url("/old#key-1")))
        #expect(document.url == site.url("/new#x"))
        #expect(document.body == Array("{}".utf8))
        #expect(document.contentType == "application/ld+json")
        #expect(document.source == .web)
        #expect(document.date == nil)
        #expect(!document.isStale)
        #expect(site.requests.count == 2)
        for head in site.requests {
            #expect(head.contains("Accept: application/vc+ld+json, application/vc, "))
            #expect(!head.contains("key-1"))
        }
    }

    @Test("gone, missing, broken and forbidden are different answers")
    func otherAnswers() async throws {
        let site = try WebSite([
            "/gone": .init(status: 410, body: "{\"revoked\":true}"), "/fault": .init(status: 500),
            "/inside": .init(status: 302, headers: ["Location: http://10.0.0.1/"]),
        ])
        let loader = WebLoader(policy: Self.policy)
        let gone = await loader.load(site.url("/gone"))
        guard case .gone(let document) = gone else {
            Issue.record("\(gone)")
            return
        }
        #expect(document.body == Array("{\"revoked\":true}".utf8))
        #expect(await loader.load(site.url("/none")) == .missing(status: 404))
        #expect(await loader.load(site.url("/fault")) == .missing(status: 500))
        for url in [site.url("/inside"), "http://127.0.0.2:\(site.port)/", "file:///etc/passwd", "not a URL"] {
            #expect(await loader.load(url).isUnreachable, "\(url)")
        }
        #expect(await WebLoader().load(site.url("/gone")).isUnreachable)
        #expect(site.requests.count == 4)
    }

    @Test("one process asks for a document once")
    func once() async throws {
        let site = try WebSite(["/issuer": .init(headers: ["Cache-Control: no-cache", "ETag: \"1\""], body: "{}")])
        let loader = WebLoader(policy: Self.policy)
        let texts = await withTaskGroup { group in
            for _ in 0..<100 { group.addTask { await loader.load(site.url("/issuer")).text } }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(texts == [String?](repeating: "{}", count: 100))
        #expect(site.requests.count == 1)
    }

    @Test("a second run asks whether its copies still hold, and takes what is fresh without asking")
    func folder() async throws {
        let folder = try TemporaryFolder()
        let site = try WebSite([
            "/fresh": .init(headers: ["Cache-Control: max-age=600"], body: "1"),
            "/checked": .init(headers: ["ETag: \"1\"", Self.json], body: "2"),
            "/private": .init(headers: ["Cache-Control: private, max-age=600"], body: "3"),
        ])
        for _ in 0..<2 {
            let loader = try WebLoader(policy: Self.policy, cacheDirectory: folder.path + "/cache")
            for (path, text) in [("/fresh", "1"), ("/checked", "2"), ("/private", "3")] {
                #expect(await loader.load(site.url(path)).text == text)
            }
            #expect(try found(await loader.load(site.url("/checked"))).contentType == "application/ld+json")
        }
        let paths = site.requests.compactMap { $0.split(separator: " ").dropFirst().first }
        #expect(paths == ["/fresh", "/checked", "/private", "/checked", "/private"])
    }

    @Test("a copy that is past its time says so, and is used only where the caller allows it")
    func stale() async throws {
        let folder = try TemporaryFolder()
        let site = try WebSite([
            "/list": .init(headers: ["Cache-Control: max-age=60", "Age: 600", "ETag: \"1\""], body: "1")
        ])
        func loader(_ stale: Duration) throws -> WebLoader {
            try WebLoader(policy: Self.policy, cacheDirectory: folder.path, staleIfError: stale)
        }
        #expect(try await loader(.zero).load(site.url("/list")).text == "1")
        site["/list"] = .init(status: 503)
        #expect(try await loader(.zero).load(site.url("/list")) == .missing(status: 503))
        let before = Timestamp.now.seconds
        let copy = try found(try await loader(.seconds(3600)).load(site.url("/list")))
        #expect(copy.isStale)
        #expect(copy.body == Array("1".utf8))
        let date = try #require(copy.date).seconds
        #expect((before - 700...before - 599).contains(date))
        #expect(try await loader(.seconds(60)).load(site.url("/list")) == .missing(status: 503))
    }

    @Test("a budget is for all that a loader loads")
    func budget() async throws {
        let site = try WebSite(["/1": .init(body: "1"), "/2": .init(body: "2")])
        let cache = HTTPCache(clock: { Timestamp.now.seconds })
        let loader = WebLoader(policy: Self.policy, cache: cache, within: FetchBudget(requests: 1))
        #expect(await loader.load(site.url("/1")).text == "1")
        #expect(await loader.load(site.url("/2")).isUnreachable)
        // Another one is none the worse for it.
        #expect(await WebLoader(policy: Self.policy, cache: cache).load(site.url("/2")).text == "2")
        #expect(site.requests.count == 2)
    }

    @Test("a cache folder that others may write in is refused")
    func unsafeFolder() throws {
        let folder = try TemporaryFolder()
        chmod(folder.path, 0o777)
        let error = #expect(throws: TransportError.self) { try WebLoader(cacheDirectory: folder.path) }
        #expect(error?.code == .cacheUnusable)
    }
}
