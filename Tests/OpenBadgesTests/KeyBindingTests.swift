import Cryptography
import JSONCore
import OpenBadges
import Proofs
import Testing

/// Whose key signed: every way in which a VC-JWT can name one.
@Suite("Whose key it is")
struct KeyBindingTests {
    private let web = Exams.web

    @Test("a badge whose kid the issuer's DID document lists is verified")
    func listed() async throws {
        let report = await Exams.verify(try Exams.jwt())
        #expect(report.isVerified)
        #expect(report.format == .ob3JWT)
        #expect(report.answers.authentic == .yes)
        #expect(report.answers.current == .yes)
        #expect(report.answers.content == .conforms)
        #expect(report.answers.subject == .notAsked)
        #expect(report.answers.issuer == .domain)
        #expect(report.problems.isEmpty)
        guard case .verified(let badge) = report.verdict else { return }
        #expect(badge.achievement.name == "Algebra I")
        #expect(badge.facts.issuerID == Exams.did)
        #expect(badge.facts.validFrom == Exams.issued)
    }

    @Test("each algorithm verifies", arguments: [Exams.rsa, Exams.p256, Exams.key])
    func algorithms(key: PrivateKey) async throws {
        var web = Documents()
        web.serve(Exams.didURL, Exams.didDocument(methods: [Exams.method(Exams.kid, key)]))
        #expect(await Exams.verify(try Exams.jwt(key: key), web).isVerified)
    }

    @Test("a jwk in the header with somebody else's issuer is never authentic")
    func forgedKey() async throws {
        let payload = try Exams.payload()
        let badge = try Exams.jws(
            header: Exams.header(nil, embedding: Exams.forger),
            payload: payload,
            key: Exams.forger
        )
        let report = await Exams.verify(badge)
        #expect(report.verdict == .rejected)
        #expect(report.answers.authentic == .no)
        #expect(report.answers.issuer == .unknown)
        #expect(report.codes.contains("KEY_NOT_ISSUERS"))
        #expect(report.outcome(of: .proof) == .passed, "the signature itself is good: that proves nothing")

        let offline = await Exams.verify(badge, Documents())
        #expect(offline.verdict == .undetermined)
        #expect(offline.answers.authentic == .unknown)
        #expect(offline.codes.contains("KEY_NOT_BOUND"))
    }

    @Test("a jwk in the header counts where the issuer's document lists the very key")
    func embeddedKey() async throws {
        let badge = try Exams.jws(header: Exams.header(nil, embedding: Exams.key), payload: Exams.payload())
        #expect(await Exams.verify(badge).isVerified)
    }

    @Test("a kid with the jwk of another key is a conflict")
    func conflict() async throws {
        for key in [Exams.key, Exams.forger] {
            let header = Exams.header(embedding: Exams.forger)
            let report = await Exams.verify(try Exams.jws(header: header, payload: Exams.payload(), key: key))
            #expect(report.answers.authentic == .no)
            #expect(report.codes.contains("KEY_CONFLICT"))
        }
        let agreeing = try Exams.jws(header: Exams.header(embedding: Exams.key), payload: Exams.payload())
        #expect(await Exams.verify(agreeing).isVerified)
    }

    @Test("a private jwk in the header is refused")
    func privateKey() async throws {
        var header = Exams.header(nil, embedding: Exams.key)
        var jwk = try #require(header["jwk"])
        jwk["d"] = .string(Base64URL.encode(try Exams.key.rawRepresentation()))
        header["jwk"] = jwk
        let report = await Exams.verify(try Exams.jws(header: header, payload: Exams.payload()))
        #expect(report.answers.authentic == .no)
        #expect(report.codes.contains("PRIVATE_KEY_EXPOSED"))
    }

    @Test("a header that names no key is no proof")
    func noKey() async throws {
        let report = await Exams.verify(try Exams.jws(header: Exams.header(nil), payload: Exams.payload()))
        #expect(report.answers.authentic == .no)
        #expect(report.codes.contains("PROOF_VERIFICATION_ERROR"))
    }

    @Test(
        "algorithms that prove nothing are refused, whatever the key",
        arguments: ["none", "HS256", "RS1", "EdDSA-but-not-quite", ""]
    )
    func algorithm(alg: String) async throws {
        let report = await Exams.verify(
            try Exams.jws(header: Exams.header(alg: alg), payload: Exams.payload())
        )
        #expect(report.answers.authentic == .no)
        #expect(report.codes.contains("ALGORITHM_REFUSED"))
    }

    @Test("an algorithm that does not suit the key is refused")
    func mismatch() async throws {
        let report = await Exams.verify(
            try Exams.jws(header: Exams.header(alg: "ES256"), payload: Exams.payload())
        )
        #expect(report.answers.authentic == .no)
        #expect(report.codes.contains("ALGORITHM_MISMATCH"))
    }

    @Test("a critical header that nobody knows is refused")
    func critical() async throws {
        var header = Exams.header()
        header["crit"] = ["b64"]
        header["b64"] = false
        let report = await Exams.verify(try Exams.jws(header: header, payload: Exams.payload()))
        #expect(report.answers.authentic == .no)
        #expect(report.codes.contains("CRITICAL_HEADER"))
    }

    @Test("a header's jku, x5u and x5c are not followed")
    func elsewhere() async throws {
        var header = Exams.header(nil)
        header["jku"] = "https://evil.example/jwks.json"
        header["x5u"] = "https://evil.example/chain.pem"
        var web = web
        web.serve("https://evil.example/jwks.json", JWKSet(keys: [JWK(Exams.forger.publicKey)]).json)
        let badge = try Exams.jws(header: header, payload: Exams.payload(), key: Exams.forger)
        #expect(await Exams.verify(badge, web).answers.authentic == .no)
    }

    @Test("a kid of the issuer that somebody else signed under does not verify")
    func wrongSignature() async throws {
        let report = await Exams.verify(try Exams.jwt(key: Exams.forger))
        #expect(report.verdict == .rejected)
        #expect(report.answers.authentic == .no)
        #expect(report.codes.contains("PROOF_VERIFICATION_ERROR"))
    }

    @Test("the one of two keys that the kid names is the one that counts")
    func twoKeys() async throws {
        #expect(await Exams.verify(try Exams.jwt(key: Exams.other, kid: Exams.did + "#k0")).isVerified)
        #expect(await Exams.verify(try Exams.jwt(key: Exams.other)).answers.authentic == .no)
    }

    @Test("a kid that the DID document does not know is not the issuer's")
    func unlisted() async throws {
        let report = await Exams.verify(try Exams.jwt(kid: Exams.did + "#k9"))
        #expect(report.verdict == .rejected)
        #expect(report.answers.authentic == .no)
        #expect(report.codes.contains("INVALID_VERIFICATION_METHOD"))
    }

    @Test("a kid under a foreign DID that lists it proves nothing about the issuer")
    func foreignDID() async throws {
        var web = web
        let document = Exams.didDocument(
            id: "did:web:evil.example",
            methods: [Exams.method("did:web:evil.example#k1", Exams.forger, controller: "did:web:evil.example")]
        )
        web.serve("https://evil.example/.well-known/did.json", document)
        let badge = try Exams.jwt(key: Exams.forger, kid: "did:web:evil.example#k1")
        let report = await Exams.verify(badge, web)
        #expect(report.verdict == .rejected)
        #expect(report.answers.authentic == .no)
        #expect(report.codes.contains("KEY_NOT_ISSUERS"))

        // Without the issuer's own document nobody knows whether it lists that very key.
        web.remove(Exams.didURL)
        #expect(await Exams.verify(badge, web).answers.authentic == .unknown)

        // An issuer that lists the very same key under its own name has it.
        web.serve(Exams.didURL, Exams.didDocument(methods: [Exams.method(Exams.kid, Exams.forger)]))
        #expect(await Exams.verify(badge, web).isVerified)
    }

    @Test("a foreign DID that cannot be fetched leaves it unknown whose key it is")
    func foreignDIDUnreachable() async throws {
        let badge = try Exams.jwt(key: Exams.key, kid: "did:web:mirror.example#k1")
        let report = await Exams.verify(badge)
        #expect(report.answers.authentic != .yes)
        #expect(report.answers.authentic == .unknown)
    }

    @Test("a foreign DID document may hold the issuer's id as its own as little as a method of the issuer's")
    func foreignDocumentOfTheIssuer() async throws {
        var web = web
        // The document says that it is the issuer's; it stands elsewhere.
        web.serve(
            "https://evil.example/.well-known/did.json",
            Exams.didDocument(methods: [Exams.method("did:web:evil.example#k1", Exams.forger)])
        )
        let badge = try Exams.jwt(key: Exams.forger, kid: "did:web:evil.example#k1")
        #expect(await Exams.verify(badge, web).answers.authentic != .yes)
    }

    @Test("a did:web with a port and a path has its document there")
    func pathDID() async throws {
        let did = "did:web:exams.example.org%3A8443:badges"
        let method = Exams.method(did + "#k1", Exams.key, controller: did)
        var web = Documents()
        web.serve("https://exams.example.org:8443/badges/did.json", Exams.didDocument(id: did, methods: [method]))
        let badge = try Exams.jwt(Exams.credential(issuer: did), kid: did + "#k1")
        #expect(await Exams.verify(badge, web).isVerified)
        // The document of the same host without the path is somebody else's.
        let root = try Exams.jwt(Exams.credential(issuer: did), kid: Exams.kid)
        #expect(await Exams.verify(root, Exams.web).answers.authentic == .unknown)
    }

    @Test("a kid without the issuer's name counts within the issuer's document", arguments: ["k1", "#k1"])
    func relative(kid: String) async throws {
        let report = await Exams.verify(try Exams.jwt(kid: kid))
        #expect(report.isVerified)
        let forged = await Exams.verify(try Exams.jwt(key: Exams.forger, kid: kid))
        #expect(forged.answers.authentic == .no)
        let unlisted = await Exams.verify(try Exams.jwt(key: Exams.forger, kid: "k9"))
        #expect(unlisted.answers.authentic == .no)
        #expect(unlisted.codes.contains("KEY_NOT_ISSUERS"))
    }

    @Test(
        "an issuer whose DID document is out of reach leaves its badges unknown",
        arguments: [
            Exams.kid, "k1", Exams.keyURL,
        ]
    )
    func unreachable(kid: String) async throws {
        let report = await Exams.verify(try Exams.jwt(kid: kid), Documents())
        #expect(report.verdict == .undetermined)
        #expect(report.answers.authentic == .unknown)
        #expect(report.answers.issuer == .unknown)
        #expect(report.codes.contains("KEY_UNAVAILABLE"))
    }
}
