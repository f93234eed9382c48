import Cryptography
import JSONCore
import LinkedData
import Proofs
import Testing

/// Making proofs: what a signer makes verifies, and what it must not make it refuses.
@Suite("Data Integrity, signing")
struct DataIntegritySigningTests {
    @Test("what a signer makes verifies, and gives back the document", arguments: Fixture.cases)
    func roundTrip(case: Fixture.Case) throws {
        let signed = try Fixture.signed(`case`)
        let results = try Fixture.results(signed)
        #expect(results.count == 1)
        #expect(results[0].path.description == "/proof")
        #expect(results[0].cryptosuite == `case`.suite)
        #expect(results[0].cryptosuite?.isLegacy == false)
        guard case .verified(let document) = results[0].outcome else {
            Issue.record("\(Fixture.summary(results[0].outcome))")
            return
        }
        #expect(document == Fixture.document)
        // Written and read again, it is still the same.
        #expect(try Fixture.summaries(JSON(parsing: signed.serialized(.pretty))) == ["verified"])
    }

    @Test("a proof has the members that it should, and over JSON the document's context", arguments: Fixture.cases)
    func members(case: Fixture.Case) throws {
        let options = ProofOptions(
            created: Fixture.created,
            expires: "2026-07-01T00:00:00Z",
            domain: ["exams.example.org"],
            challenge: "c1",
            nonce: "n1",
            id: "urn:uuid:7b1f3a0e-0000-4000-8000-00000000000a"
        )
        let proof = try DataIntegrityProof(json: try #require(Fixture.signed(`case`, options)["proof"]))
        #expect(proof.type == "DataIntegrityProof")
        #expect(proof.cryptosuite == `case`.suite.name)
        #expect(proof.proofPurpose == "assertionMethod")
        #expect(proof.verificationMethod == (try DIDKey.verificationMethod(for: `case`.key.publicKey)))
        #expect(proof.created == options.created)
        #expect(proof.expires == options.expires)
        #expect(proof.domain == options.domain)
        #expect(proof.challenge == options.challenge)
        #expect(proof.id == options.id)
        #expect(proof.members["nonce"] == "n1")
        #expect(proof.proofValue?.hasPrefix("z") == true)
        let isJCS = `case`.suite.canonicalForm == .jcs
        #expect(proof.members["@context"] == (isJCS ? Fixture.document["@context"] : nil))
    }

    @Test(
        "Ed25519 signatures are the same each time, whatever was signed in between",
        arguments: Fixture.cases.prefix(2)
    )
    func deterministic(case: Fixture.Case) throws {
        let signer = try Fixture.signer(`case`)
        let options = [
            ProofOptions(created: Fixture.created), ProofOptions(created: "2026-03-01T13:25:01Z"), ProofOptions(),
        ]
        var other = Fixture.document
        other["name"] = "Algebra"
        let first = try options.map { try signer.secure(Fixture.document, options: $0) }
        for (index, option) in options.enumerated().reversed() {
            #expect(try signer.secure(other, options: option) != first[index])
            #expect(try signer.secure(Fixture.document, options: option) == first[index])
            #expect(try Fixture.signer(`case`).secure(Fixture.document, options: option) == first[index])
        }
        #expect(Set(first).count == 3)
    }

    @Test("hash data are the digest of the configuration, then that of the document", arguments: Fixture.cases)
    func order(case: Fixture.Case) throws {
        let signed = try Fixture.signed(`case`)
        let proof = try DataIntegrityProof(json: try #require(signed["proof"]))
        let digest = `case`.suite.digest(for: `case`.key.algorithm)
        #expect(digest == (`case`.key.algorithm == .p384 ? .sha384 : .sha256))
        let transformation = ProofTransformation(`case`.suite, digest: digest, contexts: Fixture.contexts)
        let configuration = try transformation.canonicalConfiguration(of: proof, in: Fixture.document)
        let document = try transformation.canonicalForm(of: Fixture.document)
        let hashData = digest.digest(configuration) + digest.digest(document)
        #expect(try transformation.hashData(of: proof, over: Fixture.document) == hashData)
        let signature = try Multibase.base58BTC.decode(try #require(proof.proofValue))
        let algorithm = SignatureAlgorithm.preferred(for: `case`.key.algorithm)
        #expect(try `case`.key.publicKey.isValid(signature: signature, for: hashData, algorithm: algorithm))
    }

    @Test("a suite takes its own keys only")
    func mismatch() throws {
        let rsa = try PrivateKey(generating: .rsa(bits: 2048))
        let cases: [(Cryptosuite, PrivateKey)] = [
            (.eddsaRDFC2022, Fixture.p256), (.eddsaJCS2022, Fixture.p384), (.ecdsaRDFC2019, Fixture.ed25519),
            (.ecdsaJCS2019, rsa), (.eddsaJCS2022, rsa),
        ]
        for (suite, key) in cases {
            let error = error {
                _ = try DataIntegritySigner(
                    key: key,
                    cryptosuite: suite,
                    verificationMethod: "did:web:a.example#k",
                    contexts: Fixture.contexts,
                    clock: Fixture.clock
                )
            }
            #expect(error?.code == .algorithmMismatch)
        }
    }

    @Test("a legacy suite, no verification method, or no purpose make no proof")
    func generationErrors() {
        for (suite, method, purpose) in [
            (Cryptosuite.ed25519Signature2020, "did:web:a.example#k", "assertionMethod"),
            (.eddsaJCS2022, "", "assertionMethod"), (.eddsaJCS2022, "did:web:a.example#k", ""),
        ] {
            let error = error {
                _ = try DataIntegritySigner(
                    key: Fixture.ed25519,
                    cryptosuite: suite,
                    verificationMethod: method,
                    proofPurpose: purpose,
                    contexts: Fixture.contexts,
                    clock: Fixture.clock
                )
            }
            #expect(error?.code == .proofGeneration)
        }
    }

    @Test("a proof that has expired, or says times that are none, is not made", arguments: Fixture.cases.prefix(2))
    func times(case: Fixture.Case) throws {
        let signer = try Fixture.signer(`case`)
        for options in [
            ProofOptions(created: "yesterday"), ProofOptions(created: "2026-03-01T13:25:00"),
            ProofOptions(expires: "2026-06-01T11:59:59Z"), ProofOptions(expires: "2026-12-31"),
        ] {
            #expect(error { _ = try signer.secure(Fixture.document, options: options) }?.code == .proofGeneration)
        }
        #expect(throws: Never.self) {
            try signer.secure(Fixture.document, options: ProofOptions(expires: "2026-06-01T12:00:00Z"))
        }
    }

    @Test("a second proof has to be asked for", arguments: Fixture.cases.prefix(2))
    func secondProof(case: Fixture.Case) throws {
        let signer = try Fixture.signer(`case`)
        let signed = try signer.secure(Fixture.document)
        let error = error { _ = try signer.secure(signed) }
        #expect(error?.code == .proofGeneration)
        #expect(error?.path.description == "/proof")
        #expect(try Fixture.summaries(signer.addProof(to: signed)) == ["verified", "verified"])
        #expect(try signer.addProof(to: Fixture.document)["proof"]?.object != nil)
    }

    @Test("data that no context defines are not signed over RDF, and named by their place")
    func undefinedTerms() throws {
        let signer = try Fixture.signer(Fixture.cases[0])
        var document = Fixture.document
        document["nickname"] = "Ada"
        let undefined = error { _ = try signer.secure(document) }
        #expect(undefined?.code == ProofError.Code(rawValue: "UNDEFINED_TERM"))
        #expect(undefined?.path.description == "/nickname")
        document = Fixture.document
        document["@context"] = "https://exams.example.org/other"
        let unknown = error { _ = try signer.secure(document) }
        #expect(unknown?.code == ProofError.Code(rawValue: "loading remote context failed"))
        // Over JSON, they are covered as they are.
        #expect(throws: Never.self) { try Fixture.signer(Fixture.cases[1]).secure(document) }
    }

    @Test("a document that is no object, or has numbers beyond a double, has no proof")
    func unsignable() throws {
        let signer = try Fixture.signer(Fixture.cases[1])
        #expect(error { _ = try signer.secure([]) }?.code == .proofGeneration)
        var document = Fixture.document
        document["result"] = try JSON(parsing: Array("[1e400]".utf8))
        let error = error { _ = try signer.secure(document) }
        #expect(error?.code == .proofTransformation)
        #expect(error?.path.description == "/result/0")
    }
}
