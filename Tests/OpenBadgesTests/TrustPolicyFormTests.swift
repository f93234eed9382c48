import JSONCore
import OpenBadges
import Testing

/// What a trust file says, once it is JSON.
@Suite("The form of a trust policy")
struct TrustPolicyFormTests {
    static let thumbprint = "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs"
    static let digest = String(repeating: "0A", count: 32)

    @Test("it names issuers, domains and keys")
    func lists() throws {
        let json: JSON = [
            "issuers": ["did:web:a.example:*", ["id": "did:web:c.example", "name": "C"]], "domains": ["b.example"],
            "keys": [.string(Self.thumbprint), "z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK"],
        ]
        let policy = try TrustPolicy(json: json)
        #expect(policy.allow.issuers == ["did:web:a.example:*", "did:web:c.example"])
        #expect(policy.allow.names == ["did:web:c.example": "C"])
        #expect(policy.allow.domains == ["b.example"])
        #expect(policy.allow.keys.count == 2)
        #expect(try TrustPolicy(json: [:]) == TrustPolicy())
        #expect(policy != TrustPolicy())
    }

    @Test("it denies the same kinds")
    func deny() throws {
        let json: JSON = [
            "deny": [
                "issuers": ["did:web:a.example:*", "https://a.example/x"], "domains": ["b.example"],
                "keys": [.string(Self.thumbprint)],
            ]
        ]
        let policy = try TrustPolicy(json: json)
        #expect(policy.allow.isEmpty)
        #expect(policy.deny.issuers.count == 2)
        #expect(policy.deny.domains == ["b.example"])
        #expect(policy.deny.keys == [Self.thumbprint])
    }

    @Test("it names registries, with their conditions")
    func registries() throws {
        let json: JSON = [
            "registries": [
                [
                    "name": "A", "url": "https://a.example/r.json", "cache": "24h", "sha256": .string(Self.digest),
                    "type": "dcc-legacy",
                ], ["file": "r.json", "cache": "7d"], ["url": "https://b.example/k.json", "type": "known-registries"],
            ]
        ]
        let date = Exams.issued
        let registries = try TrustPolicy(json: json) { $0 == "r.json" ? ([1, 2], date) : nil }.registries
        #expect(
            registries == [
                TrustRegistry(
                    name: "A",
                    source: .url("https://a.example/r.json"),
                    maximumAge: .seconds(86_400),
                    sha256: Array(repeating: 10, count: 32),
                    kind: .dccLegacy
                ), TrustRegistry(name: "r.json", source: .copy([1, 2], date: date), maximumAge: .seconds(604_800)),
                TrustRegistry(
                    name: "https://b.example/k.json",
                    source: .url("https://b.example/k.json"),
                    kind: .knownRegistries
                ),
            ]
        )
    }

    @Test(
        "an age is a number and its unit",
        arguments: [
            ("90s", 90), ("30m", 1800), ("24h", 86_400), ("7d", 604_800), ("2w", 1_209_600), ("", nil), ("h", nil),
            ("24", nil), ("0h", nil), ("-1h", nil), ("+1h", nil), ("1.5h", nil), ("1 h", nil), ("1y", nil), ("1H", nil),
            ("99999999999999999999h", nil), ("9223372036854775807w", nil),
        ] as [(String, Int?)]
    )
    func age(text: String, seconds: Int?) throws {
        let json: JSON = ["registries": [["url": "https://a.example/", "cache": .string(text)]]]
        let policy = try? TrustPolicy(json: json)
        #expect(policy?.registries.first?.maximumAge == seconds.map { .seconds($0) })
        #expect((policy == nil) == (seconds == nil))
    }

    @Test(
        "what says something else is refused, with the place",
        arguments: [
            ("[]", ""), (#""did:web:a.example""#, ""), (#"{"issuer":["a"]}"#, "/issuer"),
            (#"{"issuers":"did:web:a"}"#, "/issuers"), (#"{"issuers":["*"]}"#, "/issuers/0"),
            (#"{"issuers":[{"name":"A"}]}"#, "/issuers/0/id"), (#"{"issuers":[{"id":"a","x":1}]}"#, "/issuers/0/x"),
            (#"{"issuers":[{"id":"did:web:a","name":1}]}"#, "/issuers/0/name"),
            (#"{"domains":["a.example",""]}"#, "/domains/1"), (#"{"domains":["https://a.example"]}"#, "/domains/0"),
            (#"{"domains":["a.example:443"]}"#, "/domains/0"), (#"{"domains":["a.example/x"]}"#, "/domains/0"),
            (#"{"domains":["*.example"]}"#, "/domains/0"), (#"{"domains":["u@a.example"]}"#, "/domains/0"),
            (#"{"keys":[1]}"#, "/keys/0"), (#"{"keys":null}"#, "/keys"), (#"{"keys":["x"]}"#, "/keys/0"),
            (#"{"keys":["z6Mk"]}"#, "/keys/0"), (#"{"deny":["a"]}"#, "/deny"),
            (#"{"deny":{"names":[]}}"#, "/deny/names"),
            (#"{"deny":{"issuers":["a.example"]}}"#, "/deny/issuers/0"),
            (#"{"deny":{"issuers":["did:web:a*"]}}"#, "/deny/issuers/0"),
            (#"{"deny":{"issuers":["https://*"]}}"#, "/deny/issuers/0"), (#"{"registries":{}}"#, "/registries"),
            (#"{"registries":["a"]}"#, "/registries/0"), (#"{"registries":[{"name":"A"}]}"#, "/registries/0"),
            (#"{"registries":[{"url":"https://a.example","file":"a"}]}"#, "/registries/0"),
            (#"{"registries":[{"url":"http://a.example"}]}"#, "/registries/0/url"),
            (#"{"registries":[{"url":"https://u:p@a.example"}]}"#, "/registries/0/url"),
            (#"{"registries":[{"file":"a"}]}"#, "/registries/0/file"),
            (#"{"registries":[{"url":"https://a.example","cache":24}]}"#, "/registries/0/cache"),
            (#"{"registries":[{"url":"https://a.example","sha256":"00"}]}"#, "/registries/0/sha256"),
            (#"{"registries":[{"url":"https://a.example","type":"oidf"}]}"#, "/registries/0/type"),
            (#"{"registries":[{"url":"https://a.example","x":1}]}"#, "/registries/0/x"),
        ]
    )
    func refused(text: String, path: String) throws {
        let json = try JSON(parsing: text)
        let error = #expect(throws: OpenBadgesError.self) { try TrustPolicy(json: json) }
        #expect(error?.code == .trustFile)
        #expect(error?.path.description == path)
    }

    @Test("no more registries are named than are asked")
    func tooMany() throws {
        let json: JSON = ["registries": .array(Array(repeating: ["url": "https://a.example/"], count: 17))]
        let error = #expect(throws: OpenBadgesError.self) { try TrustPolicy(json: json) }
        #expect(error?.path.description == "/registries")
    }

    @Test("no mutation crashes", arguments: 0..<4 as Range<UInt64>)
    func mutations(seed: UInt64) throws {
        var numbers = SeededNumbers(seed: seed)
        let text = """
            {"issuers":["did:web:a.example:*",{"id":"https://b.example/*","name":"B"}],"domains":["bücher.example"],\
            "keys":["\(Self.thumbprint)"],"deny":{"issuers":["did:web:c.example:x:*"],"domains":["d.example"]},\
            "registries":[{"url":"https://r.example/r.json","cache":"24h","sha256":"\(Self.digest)"}]}
            """
        var count = 0
        for _ in 0..<600 {
            guard let json = try? JSON(parsing: numbers.mutated(Array(text.utf8))) else { continue }
            do {
                _ = try TrustPolicy(json: json)
                count += 1
            } catch {
                #expect(error.code == .trustFile)
            }
        }
        #expect(count > 0)
    }
}
