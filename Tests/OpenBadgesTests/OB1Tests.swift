import Cryptography
import JSONCore
import OpenBadges
import Proofs
import Testing

/// Open Badges 1.0 and 1.1: read as 2.0, verified where they are hosted, or by the key at `verify.url`.
@Suite("Open Badges 1")
struct OB1Tests {
    private static let id = "https://academy.example.org/1/assertion.json"
    private static let classURL = "https://academy.example.org/1/class.json"
    private static let issuerURL = "https://academy.example.org/1/issuer.json"
    private static let keyURL = "https://academy.example.org/1/key.pem"
    private static let listURL = "https://academy.example.org/1/revoked.json"
    private static let context: JSON = "https://w3id.org/openbadges/v1"

    /// The assertion, without context, type and id as 1.0 has it, or with them as 1.1 has it.
    private static func assertion(_ version: String, signed: Bool = false) -> JSON {
        var json: JSON = [
            "uid": "f2c20", "recipient": Academy.recipient.json, "badge": .string(classURL),
            "issuedOn": 1_772_368_200, "image": "https://academy.example.org/1/badge.png",
            "evidence": "https://academy.example.org/1/work.html",
            "verify": ["type": signed ? "signed" : "hosted", "url": .string(signed ? keyURL : id)],
        ]
        if version == "1.1" {
            json["@context"] = context
            json["type"] = "Assertion"
            json["id"] = .string(signed ? "urn:uuid:6f0d4e6e-6f3e-4f7c-9a53-0c6a3a1c2b10" : id)
        }
        return json
    }

    private static func web(_ version: String) throws -> Documents {
        var badge: JSON = [
            "name": "Algebra I", "description": "First-year algebra.",
            "image": "https://academy.example.org/badges/algebra/image.png",
            "criteria": "https://academy.example.org/1/criteria.html", "issuer": .string(issuerURL), "tags": ["maths"],
            "alignment": [["name": "x", "url": "https://a.example/", "description": "y"]],
        ]
        var issuer: JSON = [
            "name": "Example Academy", "url": "https://academy.example.org/", "revocationList": .string(listURL),
        ]
        if version == "1.1" {
            badge.merge(["@context": context, "type": "BadgeClass", "id": .string(classURL)])
            issuer.merge(["@context": context, "type": "Issuer", "id": .string(issuerURL)])
        }
        var web = Academy.web
        web.serve(id, assertion(version))
        web.serve(classURL, badge)
        web.serve(issuerURL, issuer)
        web.serve(listURL, ["qp8g1s": "Issued in error"])
        web.serve(keyURL, text: String(decoding: try Academy.key.publicKey.pem, as: UTF8.self))
        return web
    }

    private static func sign(_ assertion: JSON, key: PrivateKey = Academy.key) throws -> [UInt8] {
        try Exams.jws(header: Exams.header(nil, alg: "RS256"), payload: assertion, key: key)
    }

    @Test("a hosted badge of either version is verified", arguments: ["1.0", "1.1"])
    func hosted(version: String) async throws {
        let web = try Self.web(version)
        let report = await Academy.verify(
            Self.assertion(version).serialized(),
            web,
            recipient: .email("ada@example.org")
        )
        #expect(report.isVerified, "\(report.problems)")
        #expect(report.format == .ob1)
        #expect(report.codes == ["OLDER_VERSION"])
        #expect(report.problems.first?.detail.contains(version) == true)
        #expect(report.answers.issuer == .domain)
        #expect(report.answers.subject == .match)
        #expect(report.claims?.id == Self.id)
        #expect(report.claims?.validFrom == Exams.issued)
        #expect(report.claims?.issuerName == "Example Academy")
        #expect(report.sentence.contains("served by its issuer's host"))
        guard case .verified(let badge) = report.verdict else { return }
        #expect(badge.achievement.name == "Algebra I")
        #expect(badge.document == Self.assertion(version), "the document is as it came")
        let url = await Verifier(loader: web).verify(url: Self.id, options: .init(at: Exams.now))
        #expect(url.isVerified)
    }

    @Test("a signed badge of either version is verified by the key at its URL", arguments: ["1.0", "1.1"])
    func signed(version: String) async throws {
        let badge = try Self.sign(Self.assertion(version, signed: true))
        let report = await Academy.verify(badge, try Self.web(version))
        #expect(report.isVerified, "\(report.problems)")
        #expect(report.format == .ob1)
        #expect(report.sentence.contains("signature good"))
        if version == "1.0" { #expect(report.claims?.id == "f2c20") }
        let forged = await Academy.verify(
            try Self.sign(Self.assertion(version, signed: true), key: PrivateKey(generating: .rsa(bits: 2048))),
            try Self.web(version)
        )
        #expect(forged.answers.authentic == .no)
        #expect(forged.codes.contains("PROOF_VERIFICATION_ERROR"))
    }

    @Test("the key has to be on the issuer's own site")
    func foreignKey() async throws {
        var web = try Self.web("1.0")
        for url in ["https://evil.example/key.pem", "https://academy.example.org.evil.example/key.pem"] {
            web.serve(url, text: String(decoding: try Exams.rsa.publicKey.pem, as: UTF8.self))
            var json = Self.assertion("1.0", signed: true)
            json["verify"]?["url"] = .string(url)
            let report = await Academy.verify(try Self.sign(json), web)
            #expect(report.answers.authentic == .no)
            #expect(report.codes.contains("KEY_NOT_ISSUERS"))
        }
    }

    @Test("an older version is no way around the keys that an issuer lists")
    func downgrade() async throws {
        var web = try Self.web("1.1")
        var issuer = Academy.issuer
        issuer.id = Self.issuerURL
        web.serve(Self.issuerURL, issuer.json)
        let badge = try Self.sign(Self.assertion("1.1", signed: true))
        let report = await Academy.verify(badge, web)
        #expect(report.answers.authentic == .unknown)
        #expect(report.codes.contains("KEY_NOT_BOUND"))
        issuer.publicKeys = [Academy.keyURL, Self.keyURL]
        web.serve(Self.issuerURL, issuer.json)
        #expect(await Academy.verify(badge, web).answers.authentic == .yes)
    }

    @Test("a key that cannot be had leaves it unknown", arguments: [nil, "", "no key", "{}"])
    func noKey(text: String?) async throws {
        var web = try Self.web("1.0")
        web.remove(Self.keyURL)
        if let text { web.serve(Self.keyURL, text: text) }
        let report = await Academy.verify(try Self.sign(Self.assertion("1.0", signed: true)), web)
        #expect(report.verdict == .undetermined)
        #expect(report.answers.authentic == .unknown)
        #expect(!report.codes.contains("PROOF_VERIFICATION_ERROR"))
    }

    @Test("a revocation list names uids, with reasons or without")
    func revoked() async throws {
        let badge = try Self.sign(Self.assertion("1.0", signed: true))
        for list: JSON in [["f2c20": "Issued in error"], ["x": "y", "f2c20": 7], ["f2c20"], ["x", ["uid": "f2c20"]]] {
            var web = try Self.web("1.0")
            web.serve(Self.listURL, list)
            let report = await Academy.verify(badge, web)
            #expect(report.answers.current == .no, "\(list.text)")
            #expect(report.codes.contains("REVOKED"))
        }
        for list: JSON in [[:], [], ["f2c2": "x"]] {
            var web = try Self.web("1.0")
            web.serve(Self.listURL, list)
            #expect(await Academy.verify(badge, web).isVerified, "\(list.text)")
        }
        var web = try Self.web("1.0")
        web.serve(Self.listURL, 7)
        #expect(await Academy.verify(badge, web).answers.current == .unknown)
    }

    static let writtenTimes: [(JSON, String?)] = [
        (1_772_368_200, "2026-03-01T12:30:00Z"), ("1772368200", "2026-03-01T12:30:00Z"),
        ("1772368200.5", "2026-03-01T12:30:00Z"), ("2026-03-01", "2026-03-01T00:00:00Z"),
        ("2026-03-01T12:30:00", "2026-03-01T12:30:00Z"), ("2026-03-01 12:30:00", "2026-03-01T12:30:00Z"),
        ("2026-03-01T12:30", "2026-03-01T12:30:00Z"), ("2026-03-01T13:30:00+01:00", "2026-03-01T12:30:00Z"),
        ("yesterday", nil), (true, nil), ("", nil), (1e300, nil), ("99999999999999999999", nil), ("nan", nil),
        (["2026-03-01", "2026-03-02"], nil), (-1e300, nil), ("2026-02-30", nil),
    ]

    @Test("times of 1.x are seconds, days or times; what is none of these is named", arguments: writtenTimes)
    func times(value: JSON, time: String?) async throws {
        var json = Self.assertion("1.0")
        json["issuedOn"] = value
        var web = try Self.web("1.0")
        web.serve(Self.id, json)
        let report = await Academy.verify(json.serialized(), web)
        #expect(report.isVerified == (time != nil), "\(report.problems)")
        #expect(report.claims?.validFrom?.description == time)
        if time == nil { #expect(report.problems.contains { $0.path?.description == "/issuedOn" }) }
    }

    @Test("what is wrong with it has its place in the document as it came")
    func places() async throws {
        var web = try Self.web("1.0")
        var json = Self.assertion("1.0")
        json["verify"] = ["type": "trust me", "url": .string(Self.id)]
        web.serve(Self.id, json)
        let kind = await Academy.verify(json.serialized(), web)
        #expect(kind.problem("MALFORMED_VALUE_ERROR")?.path?.description == "/verify/type")
        web = try Self.web("1.0")
        guard case .found(let document) = web.answers[Self.classURL] else { return }
        var badge = try JSON(parsing: document.body)
        badge["alignment"] = [["name": 7, "url": "https://a.example/"]]
        badge["description"] = nil
        web.serve(Self.classURL, badge)
        let report = await Academy.verify(Self.assertion("1.0").serialized(), web)
        #expect(report.problem("MALFORMED_VALUE_ERROR")?.path?.description == "/badge/alignment/0/name")
        #expect(report.problem("REQUIRED_PROPERTY_MISSING")?.path?.description == "/badge")
        for name in ["recipient", "badge", "verify"] {
            var json = Self.assertion("1.1")
            json[name] = nil
            web.serve(Self.id, json)
            #expect(await Academy.verify(json.serialized(), web).verdict == .rejected, "\(name)")
        }
    }

    @Test("hosted elsewhere than its issuer it is not the issuer's")
    func scope() async throws {
        var web = try Self.web("1.0")
        let url = "https://evil.example/assertion.json"
        var json = Self.assertion("1.0")
        json["verify"]?["url"] = .string(url)
        web.serve(url, json)
        let report = await Academy.verify(json.serialized(), web)
        #expect(report.answers.authentic == .no)
        #expect(report.codes.contains("OUT_OF_SCOPE"))
        web.takeBack(Self.id, [:])
        let gone = await Academy.verify(Self.assertion("1.0").serialized(), web)
        #expect(gone.answers.current == .no)
    }

    @Test("a badge of 2.0 may name a class of 1.1, each read in its own version")
    func mixed() async throws {
        var web = try Self.web("1.1")
        var assertion = Academy.hosted()
        assertion.badge = Self.classURL
        web.serve(Academy.hostedID, assertion.json)
        let report = await Academy.verify(assertion.json.serialized(), web)
        #expect(report.isVerified, "\(report.problems)")
        #expect(report.format == .ob2Hosted)
    }

    @Test("0.5 is recognised, and answered as a version that is not verified")
    func oldest() async throws {
        let badge: JSON = [
            "recipient": "sha256$4b8dca0b8f3d1e6a0f0e0c9d3f8b6b7e3c1d2a5f6e7b8c9d0e1f2a3b4c5d6e7f", "salt": "x",
            "issued_on": "2011-08-23",
            "badge": [
                "version": "0.5.0", "name": "x", "image": "/x.png", "description": "x", "criteria": "/x",
                "issuer": ["origin": "https://academy.example.org", "name": "x"],
            ],
        ]
        for bytes in [badge.serialized(), try Self.sign(badge)] {
            let report = await Academy.verify(bytes)
            #expect(report.format == .ob1)
            #expect(report.verdict == .undetermined)
            #expect(report.answers.authentic == .unknown)
            #expect(report.codes.contains("UNSUPPORTED_FORMAT"))
            #expect(report.sentence.contains("0.5"))
        }
    }

    @Test("no mutation of a badge of 1.x, or of its documents, crashes", arguments: 0..<4 as Range<UInt64>)
    func mutations(seed: UInt64) async throws {
        var numbers = SeededNumbers(seed: seed)
        for _ in 0..<60 {
            var web = try Self.web("1.0")
            for url in [Self.id, Self.classURL, Self.issuerURL] {
                guard case .found(let document) = web.answers[url] else { continue }
                web.serve(url, text: String(decoding: numbers.mutated(document.body), as: UTF8.self))
            }
            let report = await Academy.verify(numbers.mutated(Self.assertion("1.0").serialized()), web)
            #expect(report.checks.map(\.check) == CheckName.standard)
        }
    }
}

extension JSON {
    fileprivate mutating func merge(_ other: JSONObject) {
        for (name, value) in other { self[name] = value }
    }
}
