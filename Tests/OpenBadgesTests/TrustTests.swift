import Cryptography
import JSONCore
import OpenBadges
import Proofs
import Testing

/// Whom the verifying side trusts, and how far.
@Suite("Trust")
struct TrustTests {
    private func answer(
        _ trust: TrustPolicy?,
        web: Documents = Exams.web,
        requirements: Set<VerificationOptions.Requirement> = []
    ) async throws -> VerificationReport {
        await Exams.verify(try Exams.jwt(), web, trust: trust, requirements: requirements)
    }

    static let trusted: [TrustPolicy] = [
        TrustPolicy(issuers: [Exams.did]),
        TrustPolicy(issuers: ["did:web:other.example", Exams.did]),
        TrustPolicy(issuers: ["did:web:exams.example.org:*", Exams.did]),
        TrustPolicy(domains: ["exams.example.org"]),
        TrustPolicy(domains: ["EXAMS.example.org"]),
        TrustPolicy(keys: [JWK.thumbprint(of: Exams.key.publicKey)]),
    ]

    @Test("a policy that only denies leaves everybody else as they are")
    func onlyDenies() async throws {
        let denial = TrustPolicy(deny: TrustList(domains: ["mill.example"]))
        let others = await Exams.verify(try Exams.jwt(), trust: denial)
        #expect(others.isVerified, "\(others.problems)")
        #expect(others.answers.issuer == .domain)
        let denied = await Exams.verify(
            try Exams.jwt(),
            trust: TrustPolicy(deny: TrustList(domains: ["exams.example.org"]))
        )
        #expect(denied.verdict == .rejected)
        #expect(denied.codes.contains("ISSUER_DENIED"))
    }

    @Test("an issuer that the policy names by id, domain or key is trusted", arguments: trusted)
    func isTrusted(policy: TrustPolicy) async throws {
        let report = try await answer(policy)
        #expect(report.answers.issuer == .trusted)
        #expect(report.isVerified)
        #expect(report.problems.isEmpty)
        #expect(report.json["trust"]?["by"] != nil)
    }

    static let untrusted: [TrustPolicy] = [
        TrustPolicy(),
        TrustPolicy(issuers: ["did:web:exams.example"]),
        TrustPolicy(issuers: ["did:web:exams.example.org:"]),
        TrustPolicy(issuers: ["did:web:exams*"]),
        TrustPolicy(issuers: ["did:web:exams.example.org*"]),
        TrustPolicy(issuers: ["did:web:exams.example.org:*"]),
        TrustPolicy(issuers: ["*"]),
        TrustPolicy(issuers: ["did:web:EXAMS.example.org"]),
        TrustPolicy(issuers: [Exams.did + "#k1"]),
        TrustPolicy(domains: ["example.org"]),
        TrustPolicy(domains: ["xexams.example.org"]),
        TrustPolicy(domains: ["exams.example.org:443"]),
        TrustPolicy(keys: [JWK.thumbprint(of: Exams.other.publicKey)]),
        TrustPolicy(keys: [""]),
    ]

    @Test("an issuer that no entry names is untrusted, and its badge is rejected", arguments: untrusted)
    func isUntrusted(policy: TrustPolicy) async throws {
        let report = try await answer(policy)
        #expect(report.answers.issuer == .untrusted)
        #expect(report.answers.authentic == .yes)
        #expect(report.verdict == .rejected)
        #expect(report.codes.contains("ISSUER_UNTRUSTED"))
        #expect(report.codes.contains("REQUIREMENT_NOT_MET"))
    }

    @Test(
        "a prefix ends where a part of the id ends",
        arguments: [
            ("https://exams.example.org/*", true), ("https://exams.example.org/issuer.json", true),
            ("https://exams.example.org*", false), ("https://exams.example.org/iss*", false),
            ("https://exams.example.org/issuer.json/*", false), ("https://*", false),
            ("http://exams.example.org/*", false),
        ]
    )
    func prefixes(entry: String, isTrusted: Bool) async throws {
        var web = Documents()
        web.serve(Exams.keyURL, JWK(Exams.key.publicKey).json)
        let badge = try Exams.jwt(Exams.credential(issuer: Exams.profileID), kid: Exams.keyURL)
        let report = await Exams.verify(badge, web, trust: TrustPolicy(issuers: [entry]))
        #expect(report.answers.issuer == (isTrusted ? .trusted : .untrusted))
    }

    @Test("an issuer that is trusted, and not shown to have signed, is unknown")
    func unproved() async throws {
        for policy in [TrustPolicy(issuers: [Exams.did]), TrustPolicy(domains: ["exams.example.org"])] {
            let report = try await answer(policy, web: Documents())
            #expect(report.answers.issuer == .unknown)
            #expect(report.verdict == .undetermined)
        }
    }

    @Test("where only keys are trusted, an issuer whose documents are out of reach is unknown")
    func unprovedKey() async throws {
        let policy = TrustPolicy(keys: [JWK.thumbprint(of: Exams.key.publicKey)])
        let report = try await answer(policy, web: Documents())
        #expect(report.answers.issuer == .unknown)
        #expect(report.verdict == .undetermined)
    }

    @Test("a forger is never trusted under a trusted issuer's name")
    func forged() async throws {
        let policy = TrustPolicy(
            issuers: [Exams.did],
            domains: ["exams.example.org"],
            keys: [JWK.thumbprint(of: Exams.key.publicKey)]
        )
        for badge in [
            try Exams.jwt(key: Exams.forger),
            try Exams.jws(
                header: Exams.header(nil, embedding: Exams.forger),
                payload: Exams.payload(),
                key: Exams.forger
            ),
        ] {
            for web in [Exams.web, Documents()] {
                let report = await Exams.verify(badge, web, trust: policy)
                #expect(report.answers.issuer != .trusted)
                #expect(report.answers.authentic != .yes)
            }
        }
    }

    @Test("the key that is trusted is the one that signed, not the one that the header shows")
    func shownKey() async throws {
        let policy = TrustPolicy(keys: [JWK.thumbprint(of: Exams.key.publicKey)])
        let header = Exams.header("did:web:evil.example#k", embedding: Exams.key)
        let badge = try Exams.jws(header: header, payload: Exams.payload(), key: Exams.forger)
        #expect(await Exams.verify(badge, Documents(), trust: policy).answers.issuer != .trusted)
        #expect(await Exams.verify(badge, Exams.web, trust: policy).answers.issuer != .trusted)
    }

    // MARK: The workspace vouches for nothing

    @Test("what the workspace itself answers is at best self-claimed")
    func workspace() async throws {
        let report = try await answer(nil, web: Exams.web.vouched(by: .workspace))
        #expect(report.isVerified)
        #expect(report.answers.issuer == .selfClaimed)
        #expect(report.sentence.contains("checked against local files"))
        #expect(!(try await answer(nil)).sentence.contains("local files"))
    }

    @Test(
        "what the workspace itself answers is self-claimed even of a trusted issuer",
        arguments: [
            TrustPolicy(issuers: [Exams.did]), TrustPolicy(domains: ["exams.example.org"]),
        ]
    )
    func trustedWorkspace(policy: TrustPolicy) async throws {
        let report = try await answer(policy, web: Exams.web.vouched(by: .workspace))
        #expect(report.answers.issuer == .selfClaimed)
        #expect(!report.isVerified)
    }

    @Test("a folder of documents stands for the web that it was taken from")
    func folder() async throws {
        #expect(try await answer(nil, web: Exams.web.vouched(by: .folder)).answers.issuer == .domain)
    }

    // MARK: Requirements

    @Test("an issuer known by its domain may be required")
    func domainRequired() async throws {
        #expect(try await answer(nil, requirements: [.issuerDomain]).isVerified)
        let local = try await answer(nil, web: Exams.web.vouched(by: .workspace), requirements: [.issuerDomain])
        #expect(local.verdict == .rejected)
        #expect(local.codes == ["REQUIREMENT_NOT_MET"])
        let unknown = try await answer(nil, web: Documents(), requirements: [.issuerDomain])
        #expect(unknown.verdict == .undetermined)
    }

    @Test("a trusted issuer that is required needs somebody to be trusted")
    func trustRequired() async throws {
        let report = try await answer(nil, requirements: [.issuerTrusted])
        #expect(report.verdict == .rejected)
        #expect(report.answers.issuer == .domain)
    }

    @Test("with a report only, an untrusted issuer is told and does not reject")
    func reportOnly() async throws {
        let report = await Exams.verify(try Exams.jwt(), trust: TrustPolicy(), reportOnly: true)
        #expect(report.answers.issuer == .untrusted)
        #expect(report.isVerified)
    }

    @Test("a verifier that trusts somebody does so with and without options")
    func verifier() async throws {
        let verifier = Verifier(trusting: ["did:web:other.example"], loader: Exams.web)
        let plain = await verifier.verify(try Exams.jwt())
        #expect(plain.answers.issuer == .untrusted)
        #expect(plain.verdict == .rejected)
        let timed = await verifier.verify(try Exams.jwt(), options: VerificationOptions(at: Exams.now))
        #expect(timed.answers.issuer == .untrusted)
        #expect(timed.verdict == .rejected)
    }
}
