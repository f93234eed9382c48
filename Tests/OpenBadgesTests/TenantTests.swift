import Cryptography
import JSONCore
import OpenBadges
import Proofs
import Testing

/// One origin can have many tenants; a key of one signs nothing for another.
@Suite("Tenants of one origin")
struct TenantTests {
    private static let alice = "https://badges.example/alice/issuer.json"
    private static let bob = "https://badges.example/bob/issuer.json"
    private static let bobsKey = "https://badges.example/bob/keys/k.json"

    /// A badge in Alice's name, signed with the forger's key, which stands under the same origin.
    private static func badge(kid: String = bobsKey) throws -> [UInt8] {
        let payload = try Exams.payload(of: Exams.credential(issuer: alice))
        return try Exams.jws(header: Exams.header(kid), payload: payload, key: Exams.forger)
    }

    private static func method(controller: String, revoked: String? = nil) -> JSON {
        var method = Exams.method(bobsKey, Exams.forger, controller: controller)
        method["revoked"] = revoked.map(JSON.string)
        return method
    }

    @Test("a key that says it is another tenant's is not the issuer's")
    func otherController() async throws {
        var web = Documents()
        web.serve(Self.bobsKey, Self.method(controller: Self.bob))
        #expect(await Exams.verify(try Self.badge(), web).answers.authentic == .no)
    }

    @Test("a key that its own document revokes is not the issuer's")
    func revoked() async throws {
        var web = Documents()
        web.serve(Self.bobsKey, Self.method(controller: Self.alice, revoked: "2020-01-01T00:00:00Z"))
        #expect(await Exams.verify(try Self.badge(), web).answers.authentic == .no)
    }

    @Test("where the issuer's document lists keys, a bare key of the same origin has to be one of them")
    func unlisted() async throws {
        var web = Documents()
        web.serve(Self.bobsKey, JWK(Exams.forger.publicKey).json)
        let own = Exams.method("\(Self.alice)#k", Exams.key, controller: Self.alice)
        web.serve(Self.alice, Exams.didDocument(id: Self.alice, methods: [own]))
        let report = await Exams.verify(try Self.badge(), web)
        #expect(report.answers.authentic == .no)
        #expect(report.codes.contains("KEY_NOT_ISSUERS"))
    }

    @Test("another tenant's controller document vouches for nobody else")
    func otherDocument() async throws {
        var web = Documents()
        let kid = "\(Self.bob)#k"
        let method = Exams.method(kid, Exams.forger, controller: Self.bob)
        web.serve(Self.bob, Exams.didDocument(id: Self.bob, methods: [method]))
        #expect(await Exams.verify(try Self.badge(kid: kid), web).answers.authentic != .yes)
    }

    @Test("a trusted prefix is not left by dot segments")
    func dotSegments() async throws {
        let issuer = "https://badges.example/alice/../bob/issuer.json"
        var web = Documents()
        web.serve(Self.bobsKey, JWK(Exams.forger.publicKey).json)
        let payload = try Exams.payload(of: Exams.credential(issuer: issuer))
        let badge = try Exams.jws(header: Exams.header(Self.bobsKey), payload: payload, key: Exams.forger)
        let trust = TrustPolicy(issuers: ["https://badges.example/alice/*"])
        #expect(await Exams.verify(badge, web, trust: trust).answers.issuer != .trusted)
    }
}
