import Cryptography
import JSONCore
import OpenBadges
import Testing

/// Issuers that a registry vouches for.
@Suite("Trust registries")
struct TrustRegistryTests {
    static let url = "https://registry.example/registry.json"
    static let listURL = "https://registry.example/known.json"

    static func registry(_ issuers: [String: String] = [Exams.did: "STSI"]) -> JSON {
        var members = JSONObject()
        for (id, name) in issuers.sorted(by: { $0.key < $1.key }) {
            members[id] = ["name": .string(name), "location": "Zürich", "url": "https://stsi.example"]
        }
        return ["meta": ["created": "2020-01-01", "updated": "2020-01-02"], "registry": .object(members)]
    }

    static func policy(
        _ source: TrustRegistry.Source = .url(url),
        age: Duration? = nil,
        sha256: [UInt8]? = nil,
        kind: TrustRegistry.Kind? = nil,
        issuers: [String] = []
    ) -> TrustPolicy {
        let registry = TrustRegistry(
            name: "DCC Community Registry",
            source: source,
            maximumAge: age,
            sha256: sha256,
            kind: kind
        )
        return TrustPolicy(issuers: issuers, registries: [registry])
    }

    private func verify(_ policy: TrustPolicy, _ documents: [String: JSON]) async throws -> VerificationReport {
        var web = Exams.web
        for (url, json) in documents { web.serve(url, json) }
        return await Exams.verify(try Exams.jwt(), web, trust: policy)
    }

    @Test("an issuer that a registry lists is trusted, and shown under its name there", arguments: [nil, "dcc-legacy"])
    func listed(type: String?) async throws {
        let kind = type.flatMap(TrustRegistry.Kind.init(rawValue:))
        let report = try await verify(Self.policy(kind: kind), [Self.url: Self.registry()])
        #expect(report.answers.issuer == .trusted)
        #expect(report.isVerified)
        #expect(report.problems.isEmpty)
        #expect(
            report.sentence.contains(
                "issued by STSI (listed in DCC Community Registry; the badge calls itself Example Exams) on 2026-03-01"
            )
        )
        #expect(
            report.json["trust"] == ["by": "registry", "name": "STSI", "registry": "DCC Community Registry"]
        )
        #expect(
            report.json.object?.keys == [
                "input", "format", "verdict", "answers", "badge", "checks", "problems", "sentence", "trust",
            ]
        )
        #expect(report.json["badge"]?["issuer"]?["name"] == "Example Exams")
    }

    @Test("where badge and registry agree on the name, it is said once")
    func sameName() async throws {
        let report = try await verify(Self.policy(), [Self.url: Self.registry([Exams.did: "Example Exams"])])
        #expect(report.sentence.contains("issued by Example Exams (listed in DCC Community Registry) on"))
    }

    @Test("an issuer without a name in the registry is shown by its id")
    func nameless() async throws {
        let document: JSON = ["registry": [Exams.did: [:]]]
        let report = try await verify(Self.policy(), [Self.url: document])
        #expect(report.answers.issuer == .trusted)
        #expect(report.sentence.contains("issued by \(Exams.did) (listed in DCC Community Registry; the badge calls"))
        #expect(report.trust?.name == nil)
    }

    @Test(
        "an issuer that no registry lists is untrusted",
        arguments: [
            [:], ["did:web:exams.example": "A"], [Exams.did + ":": "A"], [Exams.did + "#k1": "A"],
            ["did:web:exams.example.org:*": "A"], ["DID:web:exams.example.org": "A"], ["exams.example.org": "A"],
        ] as [[String: String]]
    )
    func absent(issuers: [String: String]) async throws {
        let report = try await verify(Self.policy(), [Self.url: Self.registry(issuers)])
        #expect(report.answers.issuer == .untrusted)
        #expect(report.verdict == .rejected)
        #expect(report.codes.contains("ISSUER_NOT_IN_REGISTRY"))
        #expect(!report.codes.contains("REGISTRY_UNREACHABLE"))
    }

    // MARK: Registries that cannot be asked

    /// What stands in for the registry, and what comes of it.
    static let gaps: [(String, String, LoadedDocument.Answer)] = [
        ("nobody answers", "REGISTRY_UNREACHABLE", .unreachable("nobody answers")),
        ("404", "REGISTRY_UNREACHABLE", .missing(status: 404)),
        ("410", "REGISTRY_UNREACHABLE", .gone(LoadedDocument(url: url, body: [], source: .web))),
        ("elsewhere", "REGISTRY_UNREACHABLE", found(registry(), at: "https://evil.example/registry.json")),
        ("no JSON", "REGISTRY_INVALID", .found(LoadedDocument(url: url, body: Array("<p>".utf8), source: .web))),
        ("another object", "REGISTRY_INVALID", found(["issuers": []])),
        ("a text", "REGISTRY_INVALID", found("registry")), ("a list of texts", "REGISTRY_INVALID", found(["a"])),
        ("half an entry", "REGISTRY_INVALID", found(["registry": ["did:web:a.example": "A"]])),
        ("a registry that is a list", "REGISTRY_INVALID", found(["registry": []])),
    ]

    private static func found(_ json: JSON, at final: String = url) -> LoadedDocument.Answer {
        .found(LoadedDocument(url: final, body: json.serialized(), source: .web))
    }

    @Test("where a registry cannot be read, whether it lists the issuer is unknown", arguments: gaps)
    func gap(name: String, code: String, answer: LoadedDocument.Answer) async throws {
        var web = Exams.web
        web.answers[Self.url] = answer
        let report = await Exams.verify(try Exams.jwt(), web, trust: Self.policy())
        #expect(report.answers.issuer == .unknown)
        #expect(report.answers.authentic == .yes)
        #expect(report.verdict == .undetermined)
        #expect(Set(report.codes) == [code, "REQUIREMENT_NOT_MET"])
        #expect(report.outcome(of: .issuer) == .undetermined)
        #expect(report.sentence.contains("whether the issuer is trusted is unknown"))
    }

    @Test("a registry that cannot be asked leaves open only what the others do not answer")
    func oneOfTwo() async throws {
        let registries = [
            TrustRegistry(name: "Down", source: .url("https://down.example/r.json")),
            TrustRegistry(name: "Up", source: .url(Self.url)),
        ]
        let policy = TrustPolicy(registries: registries)
        let listed = try await verify(policy, [Self.url: Self.registry()])
        #expect(listed.isVerified)
        #expect(listed.trust?.entry == "Up")
        let absent = try await verify(policy, [Self.url: Self.registry([:])])
        #expect(absent.answers.issuer == .unknown)
        #expect(absent.codes.contains("REGISTRY_UNREACHABLE"))
        #expect(!absent.codes.contains("ISSUER_NOT_IN_REGISTRY"))
    }

    @Test("whom the policy itself names needs no registry")
    func namedAnyway() async throws {
        let report = try await verify(Self.policy(issuers: [Exams.did]), [:])
        #expect(report.isVerified)
        #expect(report.json["trust"] == ["by": "issuer", "entry": .string(Exams.did)])
    }

    @Test("a denied issuer stays denied in every registry")
    func denied() async throws {
        let registry = TrustRegistry(name: "R", source: .url(Self.url))
        let policy = TrustPolicy(deny: TrustList(issuers: [Exams.did]), registries: [registry])
        let report = try await verify(policy, [Self.url: Self.registry()])
        #expect(report.answers.issuer == .untrusted)
        #expect(report.codes.contains("ISSUER_DENIED"))
    }

    @Test("a forger is not trusted under a listed issuer's name")
    func forged() async throws {
        var web = Exams.web
        web.serve(Self.url, Self.registry())
        let report = await Exams.verify(try Exams.jwt(key: Exams.forger), web, trust: Self.policy())
        #expect(report.answers.issuer == .unknown)
        #expect(report.answers.authentic == .no)
        #expect(report.trust == nil)
    }

    @Test("a registry that a workspace answers vouches for nobody")
    func workspace() async throws {
        var web = Exams.web
        web.serve(Self.url, Self.registry(), from: .workspace)
        let report = await Exams.verify(try Exams.jwt(), web, trust: Self.policy())
        #expect(report.answers.issuer == .selfClaimed)
        #expect(!report.isVerified)
    }

    // MARK: Digest and age

    @Test("a registry with the pinned digest counts, wherever it comes from")
    func pinned() async throws {
        let digest = DigestAlgorithm.sha256.digest(Self.registry().serialized())
        let policy = Self.policy(sha256: digest)
        #expect(try await verify(policy, [Self.url: Self.registry()]).isVerified)
        var web = Exams.web
        web.serve(Self.url, Self.registry(), redirectedTo: "https://mirror.example/registry.json")
        #expect(await Exams.verify(try Exams.jwt(), web, trust: policy).isVerified)
    }

    @Test("a registry with another digest is not used")
    func wrongDigest() async throws {
        let digest = DigestAlgorithm.sha256.digest(Self.registry([:]).serialized())
        let report = try await verify(Self.policy(sha256: digest), [Self.url: Self.registry()])
        #expect(report.answers.issuer == .unknown)
        #expect(report.verdict == .undetermined)
        #expect(Set(report.codes) == ["REGISTRY_DIGEST_MISMATCH", "REQUIREMENT_NOT_MET"])
    }

    @Test(
        "a copy that is older than allowed is stale",
        arguments: [
            (nil, nil, true), ("2020-01-01T00:00:00Z", nil, true), (nil, 3600, true),
            ("2026-05-31T23:00:00Z", 3600, true), ("2026-05-31T22:59:59Z", 3600, false),
            ("2026-06-02T00:00:00Z", 3600, true),
        ] as [(String?, Int?, Bool)]
    )
    func age(date: String?, seconds: Int?, isFresh: Bool) async throws {
        let body = Self.registry().serialized()
        let date = date.map(Exams.time)
        let age = seconds.map { Duration.seconds($0) }
        var web = Exams.web
        web.answers[Self.url] = .found(LoadedDocument(url: Self.url, body: body, source: .web, date: date))
        for policy in [Self.policy(age: age), Self.policy(.copy(body, date: date), age: age)] {
            let report = await Exams.verify(try Exams.jwt(), web, trust: policy)
            #expect(report.answers.issuer == (isFresh ? .trusted : .unknown))
            #expect(report.codes.contains("REGISTRY_STALE") == !isFresh)
        }
    }

    // MARK: Lists of registries

    private static let list: JSON = [
        ["name": "Community", "type": "dcc-legacy", "url": .string(url)]
    ]

    @Test("a list names registries to be asked", arguments: [nil, "known-registries"])
    func known(type: String?) async throws {
        let policy = Self.policy(.url(Self.listURL), kind: type.flatMap(TrustRegistry.Kind.init(rawValue:)))
        let report = try await verify(policy, [Self.listURL: Self.list, Self.url: Self.registry()])
        #expect(report.isVerified)
        #expect(report.json["trust"] == ["by": "registry", "name": "STSI", "registry": "Community"])
        let absent = try await verify(policy, [Self.listURL: Self.list, Self.url: Self.registry([:])])
        #expect(absent.codes.contains("ISSUER_NOT_IN_REGISTRY"))
        let down = try await verify(policy, [Self.listURL: Self.list])
        #expect(down.answers.issuer == .unknown)
        #expect(down.codes.contains("REGISTRY_UNREACHABLE"))
    }

    @Test(
        "a registry of a kind that is not read is told, and leaves the answer open",
        arguments: [
            (["name": "Members", "type": "oidf", "trustAnchorEC": "https://a.example"], "REGISTRY_UNSUPPORTED"),
            (["name": "Lists", "type": "known-registries", "url": .string(listURL)], "REGISTRY_UNSUPPORTED"),
            (["name": "No URL", "type": "dcc-legacy"], "REGISTRY_INVALID"),
            (["name": "Plain", "type": "dcc-legacy", "url": "http://a.example/r.json"], "REGISTRY_INVALID"),
            (["name": "File", "type": "dcc-legacy", "url": "file:///etc/passwd"], "REGISTRY_INVALID"),
        ] as [(JSON, String)]
    )
    func unread(entry: JSON, code: String) async throws {
        let list = JSON.array([entry] + (Self.list.array ?? []))
        let policy = Self.policy(.url(Self.listURL))
        let listed = try await verify(policy, [Self.listURL: list, Self.url: Self.registry()])
        #expect(listed.isVerified, "another registry lists the issuer")
        let absent = try await verify(policy, [Self.listURL: list, Self.url: Self.registry([:])])
        #expect(absent.answers.issuer == .unknown)
        #expect(absent.verdict == .undetermined)
        #expect(Set(absent.codes) == [code, "REQUIREMENT_NOT_MET"])
    }

    @Test("a document of another kind than the one named is not used")
    func otherKind() async throws {
        let documents = [Self.listURL: Self.list, Self.url: Self.registry()]
        for policy in [Self.policy(.url(Self.listURL), kind: .dccLegacy), Self.policy(kind: .knownRegistries)] {
            let report = try await verify(policy, documents)
            #expect(report.answers.issuer == .unknown)
            #expect(report.codes.contains("REGISTRY_INVALID"))
        }
    }

    @Test("a list without end is asked for so many registries, and no more")
    func endless() async throws {
        let entries = (0..<5000).map { number -> JSON in
            ["name": "R", "type": "dcc-legacy", "url": .string("https://r\(number).example/r.json")]
        }
        let report = try await verify(Self.policy(.url(Self.listURL)), [Self.listURL: .array(entries)])
        #expect(report.answers.issuer == .unknown)
        #expect(report.codes.contains("LIMIT_EXCEEDED"))
        #expect(report.problems.count < 50)
    }

    @Test("names out of a registry cannot speak to the terminal")
    func controlCharacters() async throws {
        let evil = "STSI\u{1B}[2J\u{202E}"
        let report = try await verify(Self.policy(), [Self.url: Self.registry([Exams.did: evil])])
        for text in [report.sentence, report.json.text] + report.checks.map(\.detail) {
            #expect(!text.unicodeScalars.contains { $0 == "\u{1B}" || $0 == "\u{202E}" })
        }
        #expect(report.isVerified)
    }

    @Test("no mutation of a registry crashes, or trusts somebody else", arguments: 0..<4 as Range<UInt64>)
    func mutations(seed: UInt64) async throws {
        var numbers = SeededNumbers(seed: seed)
        let badge = try Exams.jwt()
        let body = Self.registry(["did:web:exams.example.net": "Other", "did:web:a.example": "A"]).serialized()
        for _ in 0..<150 {
            let policy = Self.policy(.copy(numbers.mutated(body), date: nil))
            let report = await Exams.verify(badge, trust: policy)
            #expect(report.answers.issuer == .untrusted || report.answers.issuer == .unknown)
        }
    }
}
