import Cryptography
import JSONCore
import LinkedData
import Proofs
import Testing

/// Verifying proofs: whatever was changed, is missing or does not fit has its own answer.
@Suite("Data Integrity, verification")
struct DataIntegrityVerificationTests {
    static func changed(_ document: JSON, _ change: (inout JSON) -> Void) -> JSON {
        var document = document
        change(&document)
        return document
    }

    static func changedProof(_ case: Fixture.Case = Fixture.cases[0], _ change: (inout JSON) -> Void) throws -> JSON {
        var document = try Fixture.signed(`case`)
        var proof = try #require(document["proof"])
        change(&proof)
        document["proof"] = proof
        return document
    }

    @Test("a change to the document or to any member of the proof is found", arguments: Fixture.cases)
    func changes(case: Fixture.Case) throws {
        let signed = try Fixture.signed(`case`, ProofOptions(created: Fixture.created, domain: ["a"], nonce: "n"))
        let broken = "failed PROOF_VERIFICATION_ERROR /proof"
        let changes: [(inout JSON) -> Void] = [
            { $0["name"] = "Critical thinking" }, { $0["id"] = "urn:uuid:7b1f3a0e-0000-4000-8000-000000000002" },
            { $0["holder"] = nil }, { $0["holder"] = "did:example:eve" },
            {
                $0["result"]?["x"] = nil
                $0["result"] = []
            },
            { $0["proof"]?["created"] = "2026-03-01T13:25:01Z" }, { $0["proof"]?["created"] = nil },
            { $0["proof"]?["domain"] = "b" }, { $0["proof"]?["nonce"] = "m" }, { $0["proof"]?["nonce"] = nil },
            { $0["proof"]?["challenge"] = "c" }, { $0["proof"]?["id"] = "urn:uuid:1" },
            { $0["proof"]?["expires"] = "2027-01-01T00:00:00Z" },
        ]
        for (index, change) in changes.enumerated() {
            #expect(try Fixture.summaries(Self.changed(signed, change)) == [broken], "change \(index)")
        }
    }

    @Test("members that nobody knows are covered too")
    func unknownMembers() throws {
        let jcs = try Self.changedProof(Fixture.cases[1]) { $0["note"] = "added" }
        #expect(try Fixture.summaries(jcs) == ["failed PROOF_VERIFICATION_ERROR /proof"])
        let rdfc = try Self.changedProof { $0["note"] = "added" }
        #expect(try Fixture.summaries(rdfc) == ["failed UNDEFINED_TERM /proof/note"])
        let proof = try DataIntegrityProof(json: try #require(rdfc["proof"]))
        #expect(proof.members["note"] == "added")
    }

    @Test("a proof of another key is not this one's", arguments: Fixture.cases)
    func otherKey(case: Fixture.Case) throws {
        let other = try PrivateKey(generating: `case`.key.algorithm).publicKey
        let verifier = DataIntegrityVerifier(
            contexts: Fixture.contexts,
            expectations: ProofExpectations(clock: Fixture.clock)
        )
        let signed = try Fixture.signed(`case`)
        let key = `case`.key.publicKey
        // The verifier keeps the last key, and must not mistake it for the next.
        for (key, expected) in [
            (key, "verified"), (other, "failed PROOF_VERIFICATION_ERROR /proof"), (key, "verified"),
        ] {
            let results = try verifier.verify(signed) { _ in .found(key) }
            #expect(results.map { Fixture.summary($0.outcome) } == [expected])
        }
    }

    @Test("a key that does not suit the suite is a mismatch, not a bad signature", arguments: Fixture.cases)
    func mismatch(case: Fixture.Case) throws {
        let other = `case`.key.algorithm == .ed25519 ? Fixture.p256 : Fixture.ed25519
        let verifier = DataIntegrityVerifier(
            contexts: Fixture.contexts,
            expectations: ProofExpectations(clock: Fixture.clock)
        )
        let results = try verifier.verify(Fixture.signed(`case`)) { _ in .found(other.publicKey) }
        #expect(results.map { Fixture.summary($0.outcome) } == ["failed ALGORITHM_MISMATCH /proof"])
    }

    @Test("a P-256 signature under a P-384 key, and the other way round, has the wrong length")
    func curves() throws {
        let verifier = DataIntegrityVerifier(
            contexts: Fixture.contexts,
            expectations: ProofExpectations(clock: Fixture.clock)
        )
        for (index, key) in [(3, Fixture.p384), (5, Fixture.p256)] {
            let results = try verifier.verify(Fixture.signed(Fixture.cases[index])) { _ in .found(key.publicKey) }
            #expect(
                results.map { Fixture.summary($0.outcome) } == ["failed PROOF_VERIFICATION_ERROR /proof/proofValue"]
            )
        }
    }

    @Test("a key that cannot be had leaves the proof open, and one that is refused does not")
    func keys() throws {
        let verifier = DataIntegrityVerifier(
            contexts: Fixture.contexts,
            expectations: ProofExpectations(clock: Fixture.clock)
        )
        let signed = try Fixture.signed(Fixture.cases[0])
        let reason = ProofError(.invalidVerificationMethod, "not now")
        let unknown = try verifier.verify(signed) { _ in .unknown(reason) }
        #expect(unknown.map { Fixture.summary($0.outcome) } == ["undetermined INVALID_VERIFICATION_METHOD "])
        let refused = try verifier.verify(signed) { _ in .refused(reason) }
        #expect(refused.map { Fixture.summary($0.outcome) } == ["failed INVALID_VERIFICATION_METHOD "])
    }

    @Test(
        "a proof value of another alphabet, length or with a stray character is refused",
        arguments: [
            "", "z", "z1", "u-_8", "m+/8", "zO0", "z5Q", " z5Q", nil,
            "z" + String(repeating: "2", count: 87), "z" + String(repeating: "1", count: 64),
            "z" + String(repeating: "z", count: 2000),
        ] as [String?]
    )
    func proofValues(text: String?) throws {
        for `case` in Fixture.cases {
            let document = try Self.changedProof(`case`) { $0["proofValue"] = text.map(JSON.string) }
            let summaries = try Fixture.summaries(document)
            #expect(summaries[0].hasPrefix("failed PROOF_VERIFICATION_ERROR /proof"), "\(summaries)")
        }
    }

    @Test("what is missing or malformed in a proof is told")
    func malformed() throws {
        let cases: [((inout JSON) -> Void, String)] = [
            ({ $0["type"] = nil }, "failed PROOF_VERIFICATION_ERROR /proof"),
            ({ $0["verificationMethod"] = nil }, "failed PROOF_VERIFICATION_ERROR /proof"),
            ({ $0["proofPurpose"] = nil }, "failed PROOF_VERIFICATION_ERROR /proof"),
            ({ $0["cryptosuite"] = nil }, "failed PROOF_VERIFICATION_ERROR /proof"),
            ({ $0["type"] = ["DataIntegrityProof"] }, "failed PROOF_VERIFICATION_ERROR /proof/type"),
            ({ $0["created"] = 7 }, "failed PROOF_VERIFICATION_ERROR /proof/created"),
            ({ $0["domain"] = [7] }, "failed PROOF_VERIFICATION_ERROR /proof/domain"),
            ({ $0["previousProof"] = [:] }, "failed PROOF_VERIFICATION_ERROR /proof/previousProof"),
            ({ $0["created"] = "long ago" }, "failed PROOF_VERIFICATION_ERROR /proof"),
            ({ $0["expires"] = "never" }, "failed PROOF_VERIFICATION_ERROR /proof"),
            ({ $0["expires"] = "2026-06-01T11:59:59Z" }, "failed PROOF_EXPIRED /proof"),
            ({ $0["proofPurpose"] = "authentication" }, "failed PROOF_VERIFICATION_ERROR /proof"),
            ({ $0["verificationMethod"] = "urn:x" }, "failed INVALID_VERIFICATION_METHOD "),
            ({ $0["cryptosuite"] = "ecdsa-jcs-2019" }, "failed ALGORITHM_MISMATCH /proof"),
            ({ $0["cryptosuite"] = "eddsa-rdf-2022" }, "undetermined PROOF_UNSUPPORTED /proof"),
            ({ $0["cryptosuite"] = "bbs-2023" }, "undetermined PROOF_UNSUPPORTED /proof"),
            ({ $0["type"] = "RsaSignature2018" }, "undetermined PROOF_UNSUPPORTED /proof"),
            ({ $0 = "proof" }, "failed PARSING_ERROR /proof/0"),
        ]
        for (index, (change, expected)) in cases.enumerated() {
            var document = try Self.changedProof(Fixture.cases[0], change)
            if index == cases.count - 1 { document["proof"] = ["proof"] }
            #expect(try Fixture.summaries(document) == [expected], "case \(index)")
        }
    }

    @Test("a name of a suite that nobody gave one is not repeated in the error")
    func suiteName() throws {
        let document = try Self.changedProof { $0["cryptosuite"] = "Ada Lovelace <ada@example.org>" }
        guard case .undetermined(let error) = try Fixture.results(document)[0].outcome else {
            Issue.record("not undetermined")
            return
        }
        #expect(!error.detail.contains("Ada"))
    }

    @Test("a document without a proof, or with none that could be one, is a parsing error")
    func noProof() throws {
        for document in [
            [], "x", Fixture.document, Self.changed(Fixture.document) { $0["proof"] = "z" },
            Self.changed(Fixture.document) { $0["proof"] = [] }, Self.changed(Fixture.document) { $0["proof"] = nil },
        ] as [JSON] {
            #expect(error { _ = try Fixture.results(document) }?.code == .parsing)
        }
        var many = Fixture.document
        many["proof"] = .array(Array(repeating: [:], count: DataIntegrityLimits.standard.proofs + 1))
        #expect(error { _ = try Fixture.results(many) }?.code == .sizeLimit)
    }

    @Test("domain, challenge and purpose are held against what was asked for")
    func expectations() throws {
        let signed = try Fixture.signed(
            Fixture.cases[1],
            ProofOptions(created: Fixture.created, domain: ["a", "b"], challenge: "c")
        )
        func summary(_ expectations: ProofExpectations) throws -> String {
            try Fixture.summaries(signed, expectations)[0]
        }
        let clock = Fixture.clock
        #expect(try summary(ProofExpectations(clock: clock)) == "verified")
        #expect(try summary(ProofExpectations(domain: ["b", "a"], challenge: "c", clock: clock)) == "verified")
        #expect(try summary(ProofExpectations(domain: ["a"], clock: clock)) == "failed INVALID_DOMAIN_ERROR /proof")
        #expect(try summary(ProofExpectations(domain: ["a", "b", "d"], clock: clock)).contains("INVALID_DOMAIN_ERROR"))
        #expect(try summary(ProofExpectations(challenge: "d", clock: clock)) == "failed INVALID_CHALLENGE_ERROR /proof")
        #expect(try summary(ProofExpectations(proofPurpose: nil, clock: clock)) == "verified")
        #expect(
            try summary(ProofExpectations(proofPurpose: "authentication", clock: clock))
                == "failed PROOF_VERIFICATION_ERROR /proof"
        )
    }

    @Test("over JSON, contexts that were added later are not part of what is verified")
    func addedContext() throws {
        var signed = try Fixture.signed(Fixture.cases[1])
        signed["@context"] = [.string(Fixture.contextURL), "https://added.example/v1"]
        let results = try Fixture.results(signed)
        guard case .verified(let document) = results[0].outcome else {
            Issue.record("\(Fixture.summary(results[0].outcome))")
            return
        }
        #expect(document == Fixture.document)
        for context in [["https://added.example/v1", .string(Fixture.contextURL)], [], "https://added.example/v1"]
            as [JSON]
        {
            signed["@context"] = context
            #expect(try Fixture.summaries(signed) == ["failed PROOF_VERIFICATION_ERROR /proof/@context"])
        }
        signed["@context"] = nil
        #expect(try Fixture.summaries(signed) == ["failed PROOF_VERIFICATION_ERROR /proof/@context"])
    }

    @Test("over RDF, a proof has no context of its own")
    func ownContext() throws {
        let own = try Self.changedProof { $0["@context"] = ["x": "https://exams.example.org/x"] }
        #expect(try Fixture.summaries(own) == ["failed PROOF_VERIFICATION_ERROR /proof/@context"])
        let same = try Self.changedProof { $0["@context"] = [.string(Fixture.contextURL)] }
        #expect(try Fixture.summaries(same) == ["verified"])
    }

    @Test("a context that is not at hand leaves the proof open")
    func unknownContext() throws {
        let results = try Fixture.results(Fixture.signed(Fixture.cases[0]), contexts: ContextStore([:]))
        let summary = Fixture.summary(results[0].outcome)
        #expect(summary.hasPrefix("undetermined loading remote context failed"), "\(summary)")
    }

    @Test("an old Ed25519Signature2020 verifies, and is known for one")
    func legacy() throws {
        // Nothing makes them any more, so the test signs by hand.
        var document = Fixture.document
        var proof: JSON = [
            "type": "Ed25519Signature2020", "created": .string(Fixture.created), "proofPurpose": "assertionMethod",
            "verificationMethod": .string(try DIDKey.verificationMethod(for: Fixture.ed25519.publicKey)),
        ]
        let hashData = try ProofTransformation(.ed25519Signature2020, contexts: Fixture.contexts)
            .hashData(of: DataIntegrityProof(json: proof), over: document)
        let signature = try Fixture.ed25519.signature(for: hashData, algorithm: .edDSA)
        proof["proofValue"] = .string(Multibase.base58BTC.encode(signature))
        document["proof"] = proof
        let results = try Fixture.results(document)
        #expect(results.map { Fixture.summary($0.outcome) } == ["verified"])
        #expect(results[0].cryptosuite?.isLegacy == true)
        document["proof"]?["type"] = "DataIntegrityProof"
        document["proof"]?["cryptosuite"] = "Ed25519Signature2020"
        #expect(try Fixture.summaries(document) == ["undetermined PROOF_UNSUPPORTED /proof"])
    }

    @Test("a mutated document never crashes the verifier, and verifies only if it means the same")
    func mutations() throws {
        var generator = SystemRandomNumberGenerator()
        for `case` in Fixture.cases.prefix(2) {
            let signed = try Fixture.signed(`case`)
            let bytes = signed.serialized()
            for _ in 0..<400 {
                var mutated = bytes
                let position = Int.random(in: mutated.indices, using: &generator)
                mutated[position] = UInt8.random(in: 0x20...0x7E, using: &generator)
                guard let json = try? JSON(parsing: mutated), json != signed else { continue }
                let summaries = (try? Fixture.summaries(json)) ?? []
                #expect(!summaries.contains("verified"), "\(String(decoding: mutated, as: UTF8.self))")
            }
        }
    }
}
