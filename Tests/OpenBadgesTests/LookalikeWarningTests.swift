import JSONCore
import OpenBadges
import Testing

/// What a report says of an issuer that could be taken for another.
@Suite("Look-alike issuers")
struct LookalikeWarningTests {
    private func report(_ host: String, _ trust: TrustPolicy? = nil) async throws -> VerificationReport {
        try await Issuers(host: host).verify(trust)
    }

    @Test(
        "a domain that looks like a well-known host is warned of, and not refused",
        arguments: [
            ("xn--crdly-0we.com", "credly.com"), ("credly.com.evil.example", "credly.com"), ("badqr.io", "badgr.io"),
            ("openbadge-factory.com", "openbadgefactory.com"), ("1edtceh.org", "1edtech.org"),
        ]
    )
    func wellKnown(host: String, known: String) async throws {
        let report = try await report(host)
        #expect(report.codes == ["ISSUER_LOOKALIKE"])
        #expect(report.isVerified)
        #expect(report.answers.issuer == .domain)
        #expect(report.outcome(of: .issuer) == .warned)
        let problem = try #require(report.problems.first)
        #expect(problem.severity == .warning)
        #expect(problem.detail.contains(host) && problem.detail.contains("looks like \(known)"))
        #expect(report.sentence.contains("beware: the issuer's domain"))
    }

    @Test("other letters are shown beside the form that the network knows")
    func bothForms() async throws {
        let detail = try #require(try await report("xn--crdly-0we.com").problems.first).detail
        #expect(detail.contains("xn--crdly-0we.com (cr\u{435}dly.com)"))
    }

    @Test(
        "well-known hosts, those under them, and others raise no alarm",
        arguments: [
            "credly.com", "www.credly.com", "api.badgr.io", "badge.io", "badges.com", "exams.example.org", "mit.edu",
            "xn--mnchen-3ya.example", "credentials.net",
        ]
    )
    func noAlarm(host: String) async throws {
        let report = try await report(host)
        #expect(report.problems.isEmpty)
        #expect(report.outcome(of: .issuer) == .passed)
    }

    @Test(
        "a label that mixes alphabets is warned of, whatever it looks like",
        arguments: [("xn--exms-63d.example", "Latin and Cyrillic"), ("xn--exms-1ld.example", "Latin and Greek")]
    )
    func mixed(host: String, scripts: String) async throws {
        let report = try await report(host)
        #expect(report.codes == ["ISSUER_LOOKALIKE"])
        #expect(report.problems.first?.detail.contains(scripts) == true)
        #expect(report.isVerified)
    }

    static let policies: [TrustPolicy] = [
        TrustPolicy(issuers: ["did:web:exams.example.org"]), TrustPolicy(issuers: ["did:web:exams.example.org:*"]),
        TrustPolicy(issuers: ["https://exams.example.org/issuer.json"]),
        TrustPolicy(issuers: ["https://exams.example.org/*"]), TrustPolicy(domains: ["exams.example.org"]),
        TrustPolicy(registries: [
            TrustRegistry(name: "R", source: .copy(TrustRegistryTests.registry().serialized(), date: nil))
        ]),
    ]

    @Test("a domain that looks like a trusted one is warned of, wherever that is trusted", arguments: policies)
    func trusted(policy: TrustPolicy) async throws {
        let report = try await report("exams.examp1e.org", policy)
        #expect(report.codes.contains("ISSUER_LOOKALIKE"))
        #expect(report.problems.contains { $0.detail.contains("exams.examp1e.org looks like example.org") })
        #expect(report.answers.issuer == .untrusted)
        let sibling = try await self.report("other.example.org", policy)
        #expect(!sibling.codes.contains("ISSUER_LOOKALIKE"))
        let stranger = try await self.report("academy.example.net", policy)
        #expect(!stranger.codes.contains("ISSUER_LOOKALIKE"))
    }

    @Test("whom the policy trusts may look like whom it wants")
    func trustedLookalike() async throws {
        let policy = TrustPolicy(domains: ["exams.examp1e.org", "exams.example.org", "cred1y.com"])
        for host in ["exams.examp1e.org", "cred1y.com"] {
            let report = try await report(host, policy)
            #expect(report.isVerified)
            #expect(report.problems.isEmpty)
        }
    }

    @Test("an issuer that is not shown to have signed is warned of all the same")
    func unproved() async throws {
        let badge = try Issuers(host: "cred1y.com").badge
        for trust in [nil, TrustPolicy(domains: ["exams.example.org"])] {
            let report = await Exams.verify(badge, Documents(), trust: trust)
            #expect(report.codes.contains("ISSUER_LOOKALIKE"))
        }
    }

    @Test("an Open Badges 2.0 issuer is looked at by its URL")
    func hosted() async throws {
        let report = await Academy.verify(
            try Academy.sign(),
            trust: TrustPolicy(domains: ["academy.examp1e.org"])
        )
        #expect(report.codes.contains("ISSUER_LOOKALIKE"))
    }

    // MARK: Names

    private static func registry(_ issuers: [String: String]) -> TrustPolicy {
        let body = TrustRegistryTests.registry(issuers).serialized()
        return TrustPolicy(registries: [TrustRegistry(name: "Members", source: .copy(body, date: nil))])
    }

    private func codes(_ host: String, name: String, _ policy: TrustPolicy) async throws -> [String] {
        try await Issuers(host: host, name: name).verify(policy).codes
    }

    @Test(
        "who goes by the name of a listed issuer is warned of",
        arguments: ["Zürich Exams", "zurich  exams", "Zürich Exarns", "Z\u{FC}rich \u{415}xams"]
    )
    func name(name: String) async throws {
        let policy = Self.registry(["did:web:zh.example": "Zürich Exams"])
        let report = try await Issuers(host: "other.example", name: name).verify(policy)
        #expect(report.codes.contains("ISSUER_NAME_LOOKALIKE"))
        let problem = try #require(report.problems.first { $0.code.rawValue == "ISSUER_NAME_LOOKALIKE" })
        #expect(problem.severity == .warning)
        #expect(problem.detail.contains("Members") && problem.detail.contains("did:web:zh.example"))
        #expect(report.sentence.contains("beware: the issuer calls itself"))
    }

    @Test("a listed issuer that goes by another's name is warned of, and trusted")
    func listedUnderAnotherName() async throws {
        let policy = Self.registry(["did:web:zh.example": "Zürich Exams", "did:web:other.example": "Other"])
        let report = try await Issuers(host: "other.example", name: "Zürich Exams").verify(policy)
        #expect(report.codes == ["ISSUER_NAME_LOOKALIKE"])
        #expect(report.answers.issuer == .trusted)
        #expect(report.isVerified)
        #expect(report.sentence.contains("issued by Other (listed in Members; the badge calls itself Zürich Exams)"))
    }

    @Test("a name that the trust file gives to another is warned of")
    func namedInFile() async throws {
        let allow = TrustList(issuers: ["did:web:zh.example"], names: ["did:web:zh.example": "Zürich Exams"])
        let policy = TrustPolicy(allow: allow)
        #expect(try await codes("other.example", name: "Zurich Exams", policy).contains("ISSUER_NAME_LOOKALIKE"))
        let own = try await Issuers(host: "zh.example", name: "ZH").verify(policy)
        #expect(own.problems.isEmpty)
        #expect(
            own.sentence.contains("issued by Zürich Exams (named in the trust policy; the badge calls itself ZH) on")
        )
        #expect(own.json["trust"] == ["by": "issuer", "name": "Zürich Exams", "entry": "did:web:zh.example"])
    }

    @Test("its own name, in any spelling, and names of nobody raise no alarm")
    func noNameAlarm() async throws {
        let listed = [
            "did:web:zh.example": "Zürich Exams", "did:web:old.example": "Zürich Exams", "did:web:a.example": "AB",
        ]
        let policy = Self.registry(listed)
        #expect(try await codes("zh.example", name: "Zurich Exams", policy).isEmpty)
        #expect(try await codes("old.example", name: "Zürich Exams", policy).isEmpty)
        #expect(!(try await codes("other.example", name: "Zug Exams", policy)).contains("ISSUER_NAME_LOOKALIKE"))
        #expect(!(try await codes("other.example", name: "AB", policy)).contains("ISSUER_NAME_LOOKALIKE"))
        // The profile of the same organization, under its own domain.
        let profile = try Issuers(
            url: "https://badges.zh.example/issuer.json",
            keyURL: "https://badges.zh.example/k.jwk",
            name: "Zürich Exams"
        )
        #expect(
            !(await profile.verify(Self.registry(["did:web:zh.example": "Zürich Exams"]))).codes
                .contains("ISSUER_NAME_LOOKALIKE")
        )
    }
}
