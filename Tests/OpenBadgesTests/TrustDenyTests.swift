import Cryptography
import JSONCore
import OpenBadges
import Proofs
import Testing

/// Who is denied is not trusted, whoever names them, and however they spell themselves.
@Suite("Denied issuers")
struct TrustDenyTests {
    private static let everybody = TrustList(
        issuers: [Exams.did],
        domains: ["exams.example.org"],
        keys: [JWK.thumbprint(of: Exams.key.publicKey)]
    )

    static let denials: [TrustList] = [
        TrustList(issuers: [Exams.did]), TrustList(issuers: ["did:web:other.example", Exams.did]),
        TrustList(issuers: ["did:web:exams.example.org:*"]), TrustList(issuers: ["https://exams.example.org/*"]),
        TrustList(issuers: [Exams.didURL]), TrustList(domains: ["exams.example.org"]),
        TrustList(domains: ["EXAMPLE.org"]), TrustList(keys: [JWK.thumbprint(of: Exams.key.publicKey)]),
    ]

    @Test("denied beats trusted, whatever names the issuer", arguments: denials)
    func denied(deny: TrustList) async throws {
        let policy = TrustPolicy(allow: Self.everybody, deny: deny)
        let report = await Exams.verify(try Exams.jwt(), trust: policy)
        #expect(report.answers.issuer == .untrusted)
        #expect(report.answers.authentic == .yes)
        #expect(report.verdict == .rejected)
        #expect(report.codes == ["REQUIREMENT_NOT_MET", "ISSUER_DENIED"])
        #expect(report.trust == nil)
        #expect(report.sentence.contains("issuer denied"))
    }

    @Test("a Multikey names a key as its thumbprint does")
    func multikey() async throws {
        let key = try Multikey.text(of: Exams.key.publicKey)
        let trusted = await Exams.verify(try Exams.jwt(), trust: TrustPolicy(keys: [key]))
        #expect(trusted.answers.issuer == .trusted)
        #expect(trusted.trust?.by == .key)
        let denied = TrustPolicy(allow: Self.everybody, deny: TrustList(keys: [key]))
        #expect(await Exams.verify(try Exams.jwt(), trust: denied).codes.contains("ISSUER_DENIED"))
    }

    static let innocent: [TrustList] = [
        TrustList(), TrustList(issuers: ["did:web:exams.example"]), TrustList(domains: ["xams.example.org"]),
        TrustList(domains: ["evil.example"]), TrustList(keys: [JWK.thumbprint(of: Exams.other.publicKey)]),
        TrustList(issuers: ["did:web:exams.example.org:sub:*"]),
        TrustList(issuers: ["https://exams.example.org.evil/*"]),
    ]

    @Test("who is not denied is trusted as before", arguments: innocent)
    func notDenied(deny: TrustList) async throws {
        let policy = TrustPolicy(allow: Self.everybody, deny: deny)
        let report = await Exams.verify(try Exams.jwt(), trust: policy)
        #expect(report.answers.issuer == .trusted)
        #expect(report.isVerified)
    }

    @Test(
        "another spelling of a denied URL is denied",
        arguments: [
            "https://MILL.example/alice/issuer.json", "https://mill.example:443/alice/issuer.json",
            "https://mill.example/%61lice/issuer.json", "https://mill.example/x/../alice/issuer.json",
            "https://mill.example./alice/issuer.json", "https://mill.example/alice/issuer.json#me",
        ]
    )
    func spellings(url: String) async throws {
        for entry in ["https://mill.example/alice/issuer.json", "https://mill.example/alice/*"] {
            let policy = TrustPolicy(deny: TrustList(issuers: [entry]))
            let report = try await Issuers(url: url, keyURL: "https://mill.example/k.jwk").verify(policy)
            #expect(report.codes.contains("ISSUER_DENIED"), "\(entry)")
            #expect(report.answers.issuer == .untrusted)
        }
    }

    @Test("a neighbour of a denied issuer is not denied")
    func neighbour() async throws {
        let policy = TrustPolicy(
            issuers: ["https://mill.example/*"],
            deny: TrustList(issuers: ["https://mill.example/alice/*", "https://mill.example/bo"])
        )
        for name in ["bob", "alice2", "bo/b"] {
            let url = "https://mill.example/\(name)/issuer.json"
            let report = try await Issuers(url: url, keyURL: "https://mill.example/k.jwk").verify(policy)
            #expect(report.answers.issuer == .trusted, "\(name)")
        }
    }

    @Test("who is denied and cannot be shown to have signed is untrusted, not unknown")
    func unproved() async throws {
        let policy = TrustPolicy(allow: Self.everybody, deny: TrustList(domains: ["example.org"]))
        let report = await Exams.verify(try Exams.jwt(), Documents(), trust: policy)
        #expect(report.answers.issuer == .untrusted)
        #expect(report.codes.contains("ISSUER_DENIED"))
        #expect(report.verdict == .rejected)
    }
}
