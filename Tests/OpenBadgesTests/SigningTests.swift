import Cryptography
import JSONCore
import OpenBadges
import Proofs
import Testing

@Suite("Issuing and signing")
struct SigningTests {
    private func header(_ badge: [UInt8]) throws -> JSON {
        try JWS(compact: badge).header.json
    }

    @Test(
        "a VC-JWT has the header of the specification and the credential as its payload",
        arguments: [
            (Exams.rsa, "RS256"), (Exams.p256, "ES256"), (Exams.key, "EdDSA"),
        ]
    )
    func vcJWT(key: PrivateKey, alg: String) throws {
        let credential = Exams.credential()
        let badge = try Exams.jwt(credential, key: key)
        #expect(try header(badge) == ["alg": .string(alg), "kid": .string(Exams.kid), "typ": "JWT"])
        let jws = try JWS(compact: badge)
        #expect(try jws.isValid(for: key.publicKey))
        let payload = try JSON(parsing: jws.payload)
        for (name, value) in credential.members { #expect(payload[name] == value) }
        #expect(
            Set(payload.object?.keys ?? []).subtracting(credential.members.keys) == ["iss", "jti", "sub", "nbf"]
        )
        #expect(
            try CredentialJWT(compact: badge).problems(for: key.publicKey.verifier(jws.header.acceptedAlgorithm()))
                .isEmpty
        )
    }

    @Test("an assertion is signed as it stands", arguments: [(Exams.rsa, "RS256"), (Exams.p256, "ES256")])
    func assertion(key: PrivateKey, alg: String) throws {
        let badge = try Academy.sign(key: key)
        #expect(try header(badge) == ["alg": .string(alg)])
        #expect(try JWS(compact: badge).payload == Academy.signed().json.serialized())
        let read = try OB2.SignedAssertion(compact: badge)
        #expect(read.unverifiedAssertion == Academy.signed())
    }

    @Test("a key and an algorithm that do not fit sign nothing")
    func mismatch() {
        for (key, algorithm) in [(Exams.rsa, .es256), (Exams.key, .rs256), (Exams.p256, .edDSA)]
            as [(PrivateKey, SignatureAlgorithm)]
        {
            let error = #expect(throws: OpenBadgesError.self) {
                try CredentialSigner(key: key, kid: Exams.kid, algorithm: algorithm)
            }
            #expect(error?.code == .notSignable)
            let other = #expect(throws: OpenBadgesError.self) {
                try OB2.AssertionSigner(key: key, algorithm: algorithm)
            }
            #expect(other?.code == .notSignable)
        }
    }

    static let unsignable: [(String, String?, String)] = [
        ("validFrom", "2026-03-01T12:30:00.5Z", "/validFrom"), ("validFrom", nil, "/validFrom"),
        ("validFrom", "2026-03-01", "/validFrom"), ("validUntil", "2028-03-01T12:30:00.001Z", "/validUntil"),
        ("validUntil", "2028-03-01T12:30:00", "/validUntil"), ("id", nil, "/id"), ("issuer", nil, "/issuer"),
        ("credentialSubject", nil, "/credentialSubject/id"), ("iss", "did:web:evil.example", "/iss"),
        ("exp", "never", "/exp"),
    ]

    @Test("a credential that no VC-JWT can carry is refused, with the place", arguments: unsignable)
    func refused(member: String, value: String?, path: String) throws {
        var credential = Exams.credential()
        credential.members[member] = value.map(JSON.string)
        let error = #expect(throws: OpenBadgesError.self) { try Exams.jwt(credential) }
        #expect(error?.code == .notSignable)
        #expect(error?.path.description == path)
    }

    @Test("a subject without an id has no sub, and is refused")
    func noSubject() throws {
        let subject = AchievementSubject(
            id: nil,
            identifiers: [IdentityObject(plain: "ada@example.org")],
            achievement: Exams.algebra
        )
        let error = #expect(throws: OpenBadgesError.self) { try Exams.jwt(Exams.credential(subject: subject)) }
        #expect(error?.path.description == "/credentialSubject/id")
        #expect(error?.description.contains("ada@") == false)
    }

    @Test("one signer signs many credentials, each its own")
    func many() throws {
        let signer = try CredentialSigner(key: Exams.key, kid: Exams.kid)
        for number in 0..<50 {
            var credential = Exams.credential()
            credential.id = "urn:uuid:\(number)"
            let badge = try signer.compact(credential)
            #expect(try CredentialJWT(compact: badge).unverifiedCredential.id == "urn:uuid:\(number)")
            #expect(try JWS(compact: badge).isValid(for: Exams.key.publicKey))
        }
    }

    @Test("a badge that was read back tells what is wrong with it")
    func problems() throws {
        let verifier = try Exams.key.publicKey.verifier(.edDSA)
        let forged = try CredentialJWT(compact: Exams.jwt(key: Exams.forger))
        #expect(forged.problems(for: verifier).map(\.code.rawValue) == ["PROOF_VERIFICATION_ERROR"])
        var payload = try Exams.payload()
        payload["sub"] = nil
        let lacking = try CredentialJWT(compact: Exams.jws(header: Exams.header(), payload: payload))
        #expect(lacking.problems(for: verifier).map(\.code.rawValue) == ["CLAIM_MISSING"])
        let wrongAlgorithm = try CredentialJWT(compact: Exams.jwt(key: Exams.p256))
        #expect(wrongAlgorithm.problems(for: verifier).map(\.code.rawValue) == ["ALGORITHM_MISMATCH"])
        for text in ["", "e30.e30", "eyJhbGciOiJFZERTQSJ9.W10.AAAA", "eyJhbGciOiJFZERTQSJ9.AAAA.AAAA"] {
            #expect(throws: OpenBadgesError.self) { try CredentialJWT(compact: Array(text.utf8)) }
            #expect(throws: OpenBadgesError.self) { try OB2.SignedAssertion(compact: Array(text.utf8)) }
        }
    }

    // MARK: The issuer

    private func issuer(_ id: String, key: PrivateKey = Exams.key) throws -> Issuer {
        try Issuer(profile: Profile(id: id, name: "Example Exams"), key: key)
    }

    @Test("the name of a key follows from the issuer's id")
    func kid() throws {
        let thumbprint = JWK.thumbprint(of: Exams.key.publicKey)
        #expect(try issuer(Exams.did).kid == "\(Exams.did)#\(thumbprint)")
        #expect(try issuer(Exams.profileID).kid == "https://exams.example.org/keys/\(thumbprint).jwk")
        #expect(try issuer("https://a.example:8443/x/y").kid == "https://a.example:8443/keys/\(thumbprint).jwk")
        for id in ["urn:uuid:1", "http://a.example/", "exams", ""] {
            let error = #expect(throws: OpenBadgesError.self) { try issuer(id) }
            #expect(error?.code == .notSignable)
        }
        let named = try Issuer(profile: Profile(id: "urn:uuid:1", name: nil), key: Exams.key, kid: "urn:kid")
        #expect(named.kid == "urn:kid")
    }

    @Test("what an issuer issues verifies with what it publishes", arguments: [Exams.rsa, Exams.p256, Exams.key])
    func publishes(key: PrivateKey) async throws {
        let issuer = try issuer(Exams.profileID, key: key)
        let badge = try issuer.issue(Exams.algebra, to: .email(" Ada@Example.org "), result: .percent(87))
        var web = Documents()
        web.serve(issuer.kid, text: String(decoding: issuer.keyDocument, as: UTF8.self))
        let report = await Exams.verify(badge, web, at: .now, recipient: .email("ada@example.org"))
        #expect(report.isVerified, "\(report.problems)")
        #expect(report.claims?.results.first?.value == "87")
        let credential = try CredentialJWT(compact: badge).unverifiedCredential
        #expect(!credential.json.text.contains("example.org\u{22},\u{22}identityType"), "a hash, never the address")
        #expect(credential.subject.id?.hasPrefix("urn:uuid:") == true)
        #expect(credential.subject.identifiers.first?.hashed == true)
        #expect(AchievementCredential.definition.violations(in: credential.json).isEmpty)
    }

    @Test("a DID is the subject itself, another identifier is hashed under its type")
    func recipients() throws {
        let issuer = try issuer(Exams.did)
        let did = try issuer.credential(for: Exams.algebra, to: .did("did:key:z6Mk"))
        #expect(did.subject.id == "did:key:z6Mk")
        #expect(did.subject.identifiers.isEmpty)
        let other = try issuer.credential(for: Exams.algebra, to: .identifier("4711", type: "systemId"))
        let identity = try #require(other.subject.identifiers.first)
        #expect(identity.identityType == "systemId")
        #expect(IdentityHash.matches(identity.identityHash, "4711", salt: identity.salt ?? "") == true)
    }

    @Test("no two badges share an id, a subject or a salt")
    func unlinkable() throws {
        let issuer = try issuer(Exams.did)
        var seen: Set<String> = []
        for _ in 0..<20 {
            let credential = try issuer.credential(for: Exams.algebra, to: .email("ada@example.org"))
            let identity = try #require(credential.subject.identifiers.first)
            for text in [credential.id, credential.subject.id ?? "", identity.salt ?? "", identity.identityHash] {
                #expect(seen.insert(text).inserted)
            }
        }
    }

    @Test("a result is described where the achievement does not describe it yet")
    func results() throws {
        let issuer = try issuer(Exams.did)
        let fresh = try issuer.credential(for: Exams.algebra, to: .did("did:key:z"), result: .points("32"))
        let description = try #require(fresh.subject.achievement.resultDescriptions.first)
        #expect(description.resultType == "RawScore")
        #expect(fresh.subject.results.map(\.resultDescription) == [description.id])
        var achievement = Exams.algebra
        achievement.resultDescriptions = [ResultDescription(id: "urn:uuid:1", name: "Score", resultType: "Percent")]
        let known = try issuer.credential(for: achievement, to: .did("did:key:z"), result: .percent("92.5"))
        #expect(known.subject.achievement.resultDescriptions.count == 1)
        #expect(known.subject.results.first?.resultDescription == "urn:uuid:1")
        #expect(known.subject.results.first?.value == "92.5")
    }

    @Test("the dates that are given are the dates that are signed")
    func dates() throws {
        let credential = try issuer(Exams.did).credential(
            for: Exams.algebra,
            to: .did("did:key:z"),
            id: "urn:uuid:7",
            validFrom: Exams.issued,
            validUntil: Exams.expires
        )
        #expect(credential.id == "urn:uuid:7")
        #expect(credential.validFrom == Exams.issued)
        #expect(credential.validUntil == Exams.expires)
        #expect(credential.members["validFrom"] == "2026-03-01T12:30:00Z")
    }
}
