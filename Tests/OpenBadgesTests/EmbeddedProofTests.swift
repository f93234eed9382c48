import Cryptography
import JSONCore
import OpenBadges
import Proofs
import Testing

/// What a proof inside a credential has to be for the badge to be verified.
@Suite("Embedded proofs")
struct EmbeddedProofTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let key: PrivateKey
        let suite: Cryptosuite
        var testDescription: String { "\(suite), \(key.algorithm)" }
    }

    private static let cases = [
        Case(key: Exams.key, suite: .eddsaRDFC2022), Case(key: Exams.key, suite: .eddsaJCS2022),
        Case(key: Seal.p256, suite: .ecdsaRDFC2019), Case(key: Seal.p256, suite: .ecdsaJCS2019),
        Case(key: Seal.p384, suite: .ecdsaRDFC2019), Case(key: Seal.p384, suite: .ecdsaJCS2019),
    ]

    @Test("a credential of each suite is verified, and no problem is seen", arguments: cases)
    func suites(_ example: Case) async throws {
        let signer = try Seal.signer(example.key, suite: example.suite)
        let secured = try Seal.json(Exams.credential().json, by: signer)
        let report = await Seal.verify(secured, Seal.web(example.key))
        #expect(report.isVerified)
        #expect(report.format == .ob3Proof)
        #expect(report.problems.isEmpty, "\(report.problems)")
        #expect(report.answers.issuer == .domain)
        for check in [CheckName.context, .schema, .proof, .key] { #expect(report.outcome(of: check) == .passed) }
        guard case .verified(let badge) = report.verdict else { return }
        #expect(badge.facts.issuerID == Exams.did)
        #expect(badge.document["proof"] == nil, "what the proof covers")
    }

    @Test("the signer takes the suite that suits the key", arguments: [Exams.key, Seal.p256, Seal.p384])
    func signer(key: PrivateKey) async throws {
        let secured = try Seal.credential(key: key)
        let proof = try #require(secured["proof"])
        #expect(proof["type"]?.string == "DataIntegrityProof")
        #expect(proof["cryptosuite"]?.string == (key.algorithm == .ed25519 ? "eddsa-rdfc-2022" : "ecdsa-rdfc-2019"))
        #expect(proof["created"]?.string == Seal.created)
        #expect(proof["verificationMethod"]?.string == Seal.method)
        #expect(proof["proofPurpose"]?.string == "assertionMethod")
        #expect(await Seal.verify(secured, Seal.web(key)).isVerified)
    }

    @Test("a proof of an unknown kind is no failure beside a good one, and by itself says nothing")
    func unknownKind() async throws {
        let unknown: JSON = [
            "type": "RsaSignature2018", "created": .string(Seal.created), "proofPurpose": "assertionMethod",
            "verificationMethod": .string(Seal.method), "jws": "e30..AA",
        ]
        var credential = try Seal.credential()
        let good = try #require(credential["proof"])
        credential["proof"] = [unknown, good]
        let both = await Seal.verify(credential)
        #expect(both.isVerified, "\(both.problems)")
        #expect(both.problem("PROOF_UNSUPPORTED")?.severity == .warning, "\(both.codes)")
        credential["proof"] = unknown
        let alone = await Seal.verify(credential)
        #expect(alone.verdict == .undetermined)
        #expect(alone.codes.first == "PROOF_UNSUPPORTED", "\(alone.codes)")
    }

    @Test("a proof that is dated in the future is warned of, and none at all is missing")
    func dates() async throws {
        let report = await Exams.verify(
            try Seal.credential().serialized(),
            Seal.web(),
            at: Exams.time("2026-03-01T12:29:59Z")
        )
        #expect(report.problem("PROOF_FROM_FUTURE")?.severity == .warning)
        var credential = try Seal.credential()
        credential["proof"] = []
        #expect(await Seal.verify(credential).codes.contains("PROOF_MISSING"))
    }

    @Test("no suite suits an RSA key")
    func rsa() throws {
        let error = #expect(throws: OpenBadgesError.self) {
            try CredentialProofSigner(key: Exams.rsa, verificationMethod: Seal.method)
        }
        #expect(error?.code.rawValue == "NOT_SIGNABLE")
    }

    @Test("a term that no context defines is not signed, and its place is told")
    func unsignable() throws {
        var credential = Exams.credential()
        credential.members["flavour"] = "sweet"
        let error = #expect(throws: OpenBadgesError.self) { try Seal.credential(credential) }
        #expect(error?.code.rawValue == "NOT_SIGNABLE")
        #expect(error?.path.description == "/flavour")
        #expect(error?.detail.contains("UNDEFINED_TERM") == true)
    }

    @Test("a credential without a proof is rejected, whatever else it says", arguments: [nil, .array([])] as [JSON?])
    func missing(proof: JSON?) async throws {
        var credential = Exams.credential().json
        credential["proof"] = proof
        let report = await Seal.verify(credential)
        #expect(report.verdict == .rejected)
        #expect(report.answers.authentic == .no)
        if proof == nil { #expect(report.codes.contains("PROOF_MISSING")) }
    }

    @Test("a proof that is none is rejected", arguments: ["", "proof", 1, [1], ["z"], [:], .null] as [JSON])
    func malformed(proof: JSON) async throws {
        var credential = Exams.credential().json
        credential["proof"] = proof
        let report = await Seal.verify(credential)
        #expect(report.verdict == .rejected)
        #expect(report.answers.authentic == .no)
    }

    @Test("a changed credential is rejected under each suite", arguments: cases)
    func changed(_ example: Case) async throws {
        let signer = try Seal.signer(example.key, suite: example.suite)
        var secured = try Seal.json(Exams.credential().json, by: signer)
        secured["credentialSubject"]?["achievement"]?["name"] = "Algebra II"
        let report = await Seal.verify(secured, Seal.web(example.key))
        #expect(report.verdict == .rejected)
        #expect(report.answers.authentic == .no)
        #expect(report.problem("PROOF_VERIFICATION_ERROR")?.path?.description == "/proof")
        #expect(report.problem("PROOF_VERIFICATION_ERROR")?.check == .proof)
    }

    @Test(
        "every member of the proof is signed",
        arguments: ["created", "proofPurpose", "verificationMethod", "cryptosuite", "type"]
    )
    func changedProof(member: String) async throws {
        let original = try Seal.credential()
        for value in [nil, "2026-03-01T12:30:01Z", "authentication", .string(Exams.did + "#p2")] as [JSON?] {
            var secured = original
            secured["proof"]?[member] = value
            #expect(!(await Seal.verify(secured)).isVerified)
        }
    }

    @Test("a proof for another purpose does not vouch for the credential")
    func otherPurpose() async throws {
        let signer = try Seal.signer(purpose: "authentication")
        let report = await Seal.verify(try Seal.json(Exams.credential().json, by: signer))
        #expect(report.verdict == .rejected)
        #expect(report.answers.authentic == .no)
        #expect(report.codes.contains("PROOF_VERIFICATION_ERROR"))
    }

    @Test("a proof counts until it expires by itself")
    func expiry() async throws {
        for (end, isGood) in [("2026-05-31T23:59:59Z", false), ("2026-06-01T00:00:01Z", true)] {
            let options = ProofOptions(created: Seal.created, expires: end)
            let secured = try Seal.signer().secure(Exams.credential().json, options: options)
            let report = await Seal.verify(secured)
            #expect(report.isVerified == isGood)
            #expect(report.codes.contains("PROOF_EXPIRED") == !isGood)
        }
    }

    @Test(
        "a suite that is not verified here leaves the badge undetermined, and is named",
        arguments: ["eddsa-rdf-2022", "ecdsa-sd-2023", "bbs-2023"]
    )
    func unsupportedSuite(name: String) async throws {
        var secured = try Seal.credential()
        secured["proof"]?["cryptosuite"] = .string(name)
        let report = await Seal.verify(secured)
        #expect(report.verdict == .undetermined)
        #expect(report.answers.authentic == .unknown)
        #expect(report.problem("PROOF_UNSUPPORTED")?.detail.contains(name) == true)
    }

    @Test("a proof value of another encoding, length or alphabet is refused where it stands")
    func proofValue() async throws {
        let original = try Seal.credential()
        let signature = try Multibase.base58BTC.decode(try #require(original["proof"]?["proofValue"]?.string))
        let values: [JSON?] = [
            .string("u" + Base64URL.encode(signature)), .string("f" + String(repeating: "0", count: 128)),
            .string(Multibase.base58BTC.encode(Array(signature.dropLast()))),
            .string(Multibase.base58BTC.encode(signature + [0])), "z", "", "z0OIl", "zzz", 1, .null, nil,
            .string("z" + String(repeating: "2", count: 100_000)),
        ]
        for value in values {
            var secured = original
            secured["proof"]?["proofValue"] = value
            let report = await Seal.verify(secured)
            #expect(report.verdict == .rejected)
            #expect(report.answers.authentic == .no)
            #expect(report.codes.contains("PROOF_VERIFICATION_ERROR"))
        }
    }

    @Test("a key of another kind than the suite's is refused")
    func otherKind() async throws {
        let report = await Seal.verify(try Seal.credential(), Seal.web(Seal.p256))
        #expect(report.answers.authentic == .no)
        #expect(report.codes.contains("ALGORITHM_MISMATCH"))
    }

    @Test("of two proofs one that holds is enough, and the other is a warning", arguments: [true, false])
    func twoProofs(isGoodFirst: Bool) async throws {
        var secured = try Seal.credential()
        let good = try #require(secured["proof"])
        var bad = good
        bad["created"] = "2026-03-01T12:30:01Z"
        secured["proof"] = isGoodFirst ? [good, bad] : [bad, good]
        let report = await Seal.verify(secured)
        #expect(report.isVerified)
        let problem = try #require(report.problem("PROOF_VERIFICATION_ERROR"))
        #expect(problem.severity == .warning)
        #expect(problem.path?.description == (isGoodFirst ? "/proof/1" : "/proof/0"))
        #expect(report.outcome(of: .proof) == .warned)

        secured["proof"] = [bad, bad]
        #expect(await Seal.verify(secured).answers.authentic == .no)
    }

    @Test("a proof that is no object does not spoil a good one beside it")
    func strangeNeighbour() async throws {
        var secured = try Seal.credential()
        secured["proof"] = [try #require(secured["proof"]), "proof"]
        let report = await Seal.verify(secured)
        #expect(report.outcome(of: .proof) == .warned)
        #expect(report.answers.authentic == .yes)
    }

    @Test("more proofs than anyone needs are refused")
    func manyProofs() async throws {
        var secured = try Seal.credential()
        secured["proof"] = .array(Array(repeating: try #require(secured["proof"]), count: 17))
        let report = await Seal.verify(secured)
        #expect(!report.isVerified)
        #expect(report.codes.contains("SIZE_LIMIT"))
    }

    @Test("an old kind of proof is verified, with a warning")
    func legacy() async throws {
        var document = Exams.credential().json
        document["@context"] = Seal.contexts(and: "https://w3id.org/security/suites/ed25519-2020/v1")
        var proof: JSON = [
            "type": "Ed25519Signature2020", "created": .string(Seal.created), "proofPurpose": "assertionMethod",
            "verificationMethod": .string(Seal.method),
        ]
        let transformation = ProofTransformation(.ed25519Signature2020, contexts: KnownContexts.current)
        let message = try transformation.hashData(of: DataIntegrityProof(json: proof), over: document)
        let signature = try Exams.key.signature(for: message, algorithm: .edDSA)
        proof["proofValue"] = .string(Multibase.base58BTC.encode(signature))
        document["proof"] = proof
        let report = await Seal.verify(document)
        #expect(report.isVerified)
        #expect(report.codes == ["LEGACY_PROOF"])
        #expect(report.problem("LEGACY_PROOF")?.severity == .warning)
        document["name"] = "Algebra II"
        #expect(await Seal.verify(document).answers.authentic == .no)
    }

    @Test("a credential of the Data Model 1.1 is verified, and the report says what it follows")
    func olderDataModel() async throws {
        var document = Exams.credential().json
        document["@context"] = [
            "https://www.w3.org/2018/credentials/v1", .string(AchievementCredential.contexts[1]),
            "https://w3id.org/security/data-integrity/v2",
        ]
        document["issuanceDate"] = document["validFrom"]
        document["validFrom"] = nil
        let report = await Seal.verify(try Seal.json(document, by: Seal.signer()))
        #expect(report.isVerified, "\(report.problems)")
        #expect(report.codes == ["INVALID_CONTEXT"])
        guard case .verified(let badge) = report.verdict else { return }
        #expect(badge.facts.validFrom == Exams.issued)
    }

    @Test("a VC-JWT whose payload carries a good proof is verified without a word, with a bad one it is warned of")
    func insideJWT() async throws {
        let secured = try Seal.credential()
        func jwt(_ credential: JSON) throws -> [UInt8] {
            try Exams.jwt(AchievementCredential(uncheckedMembers: credential.object ?? [:]), key: Exams.rsa)
        }
        let good = await Exams.verify(try jwt(secured), Seal.web())
        #expect(good.isVerified)
        #expect(good.problems.isEmpty, "\(good.problems)")

        var changed = secured
        changed["proof"]?["created"] = "2026-03-01T12:30:01Z"
        let bad = await Exams.verify(try jwt(changed), Seal.web())
        #expect(bad.isVerified)
        #expect(bad.codes == ["PROOF_VERIFICATION_ERROR"])
        #expect(bad.problems.first?.severity == .warning)
    }

    @Test("a proof inside a VC-JWT cannot stand in for the signature around it")
    func insideForgedJWT() async throws {
        let credential = AchievementCredential(uncheckedMembers: try Seal.credential().object ?? [:])
        let report = await Exams.verify(try Exams.jwt(credential, key: Exams.forger), Seal.web())
        #expect(report.verdict == .rejected)
        #expect(report.answers.authentic == .no)
    }
}
