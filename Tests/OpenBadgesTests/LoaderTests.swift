import Glibc
import JSONCore
import OpenBadges
import Testing

/// A folder for the length of a test.
final class TemporaryFolder {
    let path: String

    init() throws {
        let template = try #require(strdup("/tmp/open-badges.XXXXXX"))
        defer { free(template) }
        path = String(cString: try #require(mkdtemp(template)))
    }

    func write(_ name: String, _ text: String) throws {
        var parts = name.split(separator: "/").dropLast()
        var folder = path
        while let part = parts.popFirst() {
            folder += "/" + part
            mkdir(folder, 0o755)
        }
        let file = try #require(fopen("\(path)/\(name)", "wb"))
        fwrite(text, 1, text.utf8.count, file)
        fclose(file)
    }

    deinit {
        // Nothing is left behind but what a test made under names of its own.
        let command = ["rm", "-rf", path]
        var arguments = command.map { strdup($0) } + [nil]
        var process = pid_t()
        if posix_spawnp(&process, "rm", nil, nil, &arguments, environ) == 0 { waitpid(process, nil, 0) }
        for argument in arguments { free(argument) }
    }
}

extension LoadedDocument.Answer {
    var text: String? {
        switch self {
        case .found(let document), .gone(let document): String(decoding: document.body, as: UTF8.self)
        default: nil
        }
    }

    var isUnreachable: Bool {
        if case .unreachable = self { true } else { false }
    }

    var status: Int? {
        switch self {
        case .found: 200
        case .gone: 410
        case .missing(let status): status
        case .unreachable: nil
        }
    }
}

@Suite("Where documents come from")
struct LoaderTests {
    private func folder(_ index: String, files: [String: String] = ["a.json": "a", "sub/b.json": "b"]) throws -> (
        TemporaryFolder, DocumentFolder
    ) {
        let folder = try TemporaryFolder()
        for (name, text) in files { try folder.write(name, text) }
        try folder.write("index.json", index)
        return (folder, try DocumentFolder(directory: folder.path))
    }

    @Test("an index names files by URL, as text or as an object")
    func forms() async throws {
        let (folder, loader) = try folder(
            """
            {"https://a.example/1": "a.json", "https://a.example/2": {"file": "sub/b.json", "contentType": "x"},
             "https://a.example/3": {"status": 404}, "https://a.example/4": {"file": "a.json", "status": 410},
             "https://a.example/5": {"status": 410}, "https://a.example/6": "missing.json",
             "https://a.example/7": {"file": "a.json", "status": 500}, "https://a.example/8": {}}
            """
        )
        defer { withExtendedLifetime(folder) {} }
        #expect(await loader.load("https://a.example/1").text == "a")
        #expect(await loader.load("https://a.example/2").text == "b")
        #expect(await loader.load("https://a.example/1#fragment").text == "a")
        #expect(await loader.load("https://a.example/3") == .missing(status: 404))
        #expect(await loader.load("https://a.example/4").status == 410)
        #expect(await loader.load("https://a.example/4").text == "a")
        #expect(await loader.load("https://a.example/5").status == 410)
        #expect(await loader.load("https://a.example/6").isUnreachable)
        #expect(await loader.load("https://a.example/7") == .missing(status: 500))
        #expect(await loader.load("https://a.example/8").text == nil)
        for url in ["https://a.example/9", "https://a.example/1/", "https://A.example/1", "", "a.json", "index.json"] {
            #expect(await loader.load(url).isUnreachable, "\(url)")
        }
        guard case .found(let document) = await loader.load("https://a.example/1") else { return }
        #expect(document.source == .folder)
        #expect(document.url == "https://a.example/1")
    }

    @Test("an answer of 301 to 308 follows its location, and says so")
    func redirects() async throws {
        let (folder, loader) = try folder(
            """
            {"https://a.example/1": {"status": 301, "location": "https://b.example/2"},
             "https://b.example/2": {"status": 308, "location": "https://c.example/3"},
             "https://c.example/3": "a.json", "https://a.example/gone": {"status": 302, "location": "https://a.example/5"},
             "https://a.example/5": {"status": 410}, "https://a.example/304": {"status": 304},
             "https://a.example/nowhere": {"status": 302}, "https://a.example/out": {"status": 302, "location": "https://x/"}}
            """
        )
        defer { withExtendedLifetime(folder) {} }
        guard case .found(let document) = await loader.load("https://a.example/1") else {
            Issue.record("not followed")
            return
        }
        #expect(document.url == "https://c.example/3")
        #expect(await loader.load("https://a.example/gone").status == 410)
        #expect(await loader.load("https://a.example/304") == .missing(status: 304))
        #expect(await loader.load("https://a.example/nowhere") == .missing(status: 302))
        #expect(await loader.load("https://a.example/out").isUnreachable)
    }

    @Test("redirects end")
    func loops() async throws {
        let chain = (0..<20).map {
            #""https://a.example/c\#($0)": {"status": 302, "location": "https://a.example/c\#($0 + 1)"}"#
        }
        let (folder, loader) = try folder(
            """
            {"https://a.example/1": {"status": 302, "location": "https://a.example/1"},
             "https://a.example/2": {"status": 302, "location": "https://a.example/3"},
             "https://a.example/3": {"status": 302, "location": "https://a.example/2"},
             \(chain.joined(separator: ",\n")), "https://a.example/c20": "a.json"}
            """
        )
        defer { withExtendedLifetime(folder) {} }
        for url in ["https://a.example/1", "https://a.example/2", "https://a.example/c0"] {
            #expect(await loader.load(url).isUnreachable)
        }
        #expect(await loader.load("https://a.example/c17").text == "a")
    }

    @Test(
        "no file outside of the folder is read",
        arguments: [
            "../secret", "sub/../../secret", "/etc/passwd", "//etc/passwd", "sub/../a.json", "..", ".", "", "sub",
            "a.json/../../secret",
        ]
    )
    func outside(file: String) async throws {
        let outer = try TemporaryFolder()
        try outer.write("secret", "secret")
        try outer.write("inner/a.json", "a")
        try outer.write("inner/sub/b.json", "b")
        let index: JSON = ["https://a.example/1": .string(file), "https://a.example/2": ["file": .string(file)]]
        try outer.write("inner/index.json", index.text)
        let loader = try DocumentFolder(directory: outer.path + "/inner")
        #expect(await loader.load("https://a.example/1").isUnreachable)
        #expect(await loader.load("https://a.example/2").isUnreachable)
    }

    @Test(
        "an index of another form is refused with its place",
        arguments: [
            ("", "PARSING_ERROR"), ("[]", "PARSING_ERROR"), (#"{"https://a.example/1": 1}"#, "PARSING_ERROR"),
            (#"{"https://a.example/1": null}"#, "PARSING_ERROR"), (#"{"a": "b", "a": "c"}"#, "PARSING_ERROR"),
        ]
    )
    func badIndex(text: String, code: String) throws {
        let folder = try TemporaryFolder()
        try folder.write("index.json", text)
        let error = #expect(throws: OpenBadgesError.self) { try DocumentFolder(directory: folder.path) }
        #expect(error?.code.rawValue == code)
    }

    @Test("a folder without an index is none")
    func noIndex() throws {
        let folder = try TemporaryFolder()
        for path in [folder.path, folder.path + "/missing", ""] {
            let error = #expect(throws: OpenBadgesError.self) { try DocumentFolder(directory: path) }
            #expect(error?.code == .unreachable)
        }
    }

    @Test("a badge verifies from a folder as from the web")
    func verifies() async throws {
        let folder = try TemporaryFolder()
        var index = JSONObject()
        for (number, (url, answer)) in Academy.web.answers.enumerated() {
            if url.hasSuffix(".png") { continue }  // an image is no text, and no badge needs it
            try folder.write("\(number).json", try #require(answer.text))
            index[url] = .string("\(number).json")
        }
        try folder.write("index.json", JSON.object(index).text)
        let verifier = Verifier(loader: try DocumentFolder(directory: folder.path))
        let options = VerificationOptions(at: Exams.now)
        #expect(await verifier.verify(try Academy.sign(), options: options).isVerified)
        #expect(await verifier.verify(url: Academy.hostedID, options: options).isVerified)
    }

    // MARK: A workspace's own site

    @Test("a site answers what lies under its base URL, and nothing else")
    func site() async throws {
        let outer = try TemporaryFolder()
        try outer.write("secret", "secret")
        try outer.write("public/issuer.json", "issuer")
        try outer.write("public/.well-known/did.json", "did")
        try outer.write("public/keys/k 1.jwk", "key")
        for base in ["https://a.example", "https://a.example/badges"] {
            let site = SiteFolder(baseURL: base, directory: outer.path + "/public")
            guard case .found(let document) = await site.load(base + "/issuer.json#k1") else {
                Issue.record("not found")
                return
            }
            #expect(document.source == .workspace)
            #expect(document.url == base + "/issuer.json")
            #expect(await site.load(base + "/.well-known/did.json").text == "did")
            for path in [
                "/", "", "/../secret", "/keys/../../secret", "/./issuer.json", "//issuer.json", "/keys", "/keys/",
                "/%2e%2e/secret", "/..%2fsecret", "/issuer.json?x", "/issuer.json/", "/missing.json", "/..", "/.",
                "/keys/k%201.jwk", "/\u{0}", "/issuer.json\u{0}.png",
            ] {
                let text = await site.load(base + path).text
                #expect(text == nil, "\(path.debugDescription)")
            }
            for url in [
                "https://a.example.evil.example/issuer.json", "https://b.example/issuer.json",
                "http://a.example/issuer.json",
                "https://a.example:443/issuer.json", "https://a.example@b.example/issuer.json", base + "x/issuer.json",
                "issuer.json", "file://" + outer.path + "/public/issuer.json",
            ] {
                #expect(await site.load(url).isUnreachable, "\(url)")
            }
        }
    }

    @Test("a site that lacks a document says so, and another loader is not asked")
    func siteDecides() async throws {
        let folder = try TemporaryFolder()
        let site = SiteFolder(baseURL: "https://a.example", directory: folder.path)
        var web = Documents()
        web.serve("https://a.example/1", "web")
        web.serve("https://b.example/1", "web")
        let chain = LoaderChain([site, web])
        #expect(await chain.load("https://a.example/1") == .missing(status: 404))
        #expect(await chain.load("https://b.example/1").status == 200)
    }

    // MARK: One after the other

    @Test("a chain asks on only where nobody answered")
    func chain() async {
        var first = Documents()
        var second = Documents()
        for (name, answer) in [("m", .missing(status: 404)), ("u", .unreachable("first"))]
            as [(String, LoadedDocument.Answer)]
        {
            first.answers[name] = answer
        }
        first.takeBack("g", nil)
        first.serve("f", "first")
        for name in ["m", "u", "g", "f", "s"] { second.serve(name, "second") }
        let chain = LoaderChain([first, second])
        #expect(await chain.load("m") == .missing(status: 404))
        #expect(await chain.load("g").status == 410)
        #expect(await chain.load("f").text == #""first""#)
        #expect(await chain.load("u").text == #""second""#)
        #expect(await chain.load("s").text == #""second""#)
        #expect(await chain.load("x").isUnreachable)
        #expect(await LoaderChain([]).load("f").isUnreachable)
    }

    @Test("offline, a badge is never more than undetermined")
    func offline() async throws {
        let verifier = Verifier(loader: LoaderChain([]))
        for badge in [try Exams.jwt(), try Academy.sign(), Academy.hosted().json.serialized()] {
            let report = await verifier.verify(badge, options: VerificationOptions(at: Exams.now))
            #expect(report.verdict == .undetermined)
        }
        #expect(await verifier.verify(url: Academy.hostedID).verdict == .undetermined)
    }

    // MARK: How much is asked for

    /// Answers every URL with the same, and counts.
    actor Counter {
        var urls: [String] = []
        func add(_ url: String) { urls.append(url) }
    }

    struct Counting: DocumentLoader {
        let counter = Counter()
        let web: Documents

        func load(_ url: String) async -> LoadedDocument.Answer {
            await counter.add(url)
            return await web.load(url)
        }
    }

    @Test("each document is asked for once")
    func once() async throws {
        for (badge, web) in [(try Exams.jwt(), Exams.web), (try Academy.sign(), Academy.web)] {
            let loader = Counting(web: web)
            let report = await Verifier(loader: loader).verify(badge, options: VerificationOptions(at: Exams.now))
            #expect(report.isVerified)
            let urls = await loader.counter.urls
            #expect(Set(urls).count == urls.count)
            #expect(urls.count <= 5)
        }
    }
}
