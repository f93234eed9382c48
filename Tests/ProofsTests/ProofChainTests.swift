import Cryptography
import JSONCore
import LinkedData
import Proofs
import Testing

/// Proof sets and proof chains.
@Suite("Data Integrity, sets and chains")
struct ProofChainTests {
    private static func id(_ number: Int) -> String { "urn:uuid:7b1f3a0e-0000-4000-8000-00000000010\(number)" }

    /// A document signed by each case in turn, with ids, each naming the proofs before it that are given.
    private static func chain(_ links: [(case: Int, previous: [Int])]) throws -> JSON {
        var document = Fixture.document
        for (number, link) in links.enumerated() {
            document = try Fixture.signer(Fixture.cases[link.case]).addProof(
                to: document,
                options: ProofOptions(created: Fixture.created, id: id(number), previousProof: link.previous.map(id))
            )
        }
        return document
    }

    private static func withoutProof(_ document: JSON, _ position: Int) throws -> JSON {
        var document = document
        var proofs = try #require(document["proof"]?.array)
        proofs.remove(at: position)
        document["proof"] = .array(proofs)
        return document
    }

    @Test("the proofs of a set are independent: each verifies, and still does without the others")
    func sets() throws {
        let document = try Self.chain((0..<6).map { ($0, []) })
        let results = try Fixture.results(document)
        #expect(results.map { Fixture.summary($0.outcome) } == Array(repeating: "verified", count: 6))
        #expect(results.map(\.path.description) == (0..<6).map { "/proof/\($0)" })
        for position in 0..<6 {
            let summaries = try Fixture.summaries(Self.withoutProof(document, position))
            #expect(summaries == Array(repeating: "verified", count: 5))
        }
    }

    @Test("a bad proof in a set does not take the others with it")
    func badProof() throws {
        var document = try Self.chain([(0, []), (1, []), (2, [])])
        var proofs = try #require(document["proof"]?.array)
        proofs[1]["created"] = "2026-03-01T13:25:59Z"
        proofs.append([
            "type": "BbsBlsSignature2020", "verificationMethod": "did:x:y", "proofPurpose": "assertionMethod",
        ])
        document["proof"] = .array(proofs)
        #expect(
            try Fixture.summaries(document) == [
                "verified", "failed PROOF_VERIFICATION_ERROR /proof/1", "verified",
                "undetermined PROOF_UNSUPPORTED /proof/3",
            ]
        )
    }

    @Test("a chain of any suites verifies, in any order of the proofs over RDF")
    func chains() throws {
        let document = try Self.chain([(0, []), (2, []), (0, [0, 1]), (4, [2])])
        #expect(try Fixture.summaries(document) == Array(repeating: "verified", count: 4))
        var reversed = document
        reversed["proof"] = .array(try #require(document["proof"]?.array).reversed())
        #expect(try Fixture.summaries(reversed) == Array(repeating: "verified", count: 4))
        let json = try Self.chain([(1, []), (3, [0]), (5, [0, 1])])
        #expect(try Fixture.summaries(json) == Array(repeating: "verified", count: 3))
    }

    @Test("a link signs the proofs before it: changed, replaced or taken out, it breaks")
    func links() throws {
        for suites in [[0, 0, 0], [1, 1, 1]] {
            let document = try Self.chain([(suites[0], []), (suites[1], [0]), (suites[2], [1])])
            let missing = try Self.withoutProof(document, 0)
            #expect(
                try Fixture.summaries(missing) == [
                    "failed PROOF_VERIFICATION_ERROR /proof/0/previousProof",
                    "failed PROOF_VERIFICATION_ERROR /proof/1",
                ]
            )
            // A good proof of the same key and id, but not the one that was signed.
            let other = try Fixture.signer(Fixture.cases[suites[0]])
                .secure(Fixture.document, options: ProofOptions(created: "2026-03-02T00:00:00Z", id: Self.id(0)))
            var replaced = document
            var proofs = try #require(document["proof"]?.array)
            proofs[0] = try #require(other["proof"])
            replaced["proof"] = .array(proofs)
            #expect(
                try Fixture.summaries(replaced) == [
                    "verified", "failed PROOF_VERIFICATION_ERROR /proof/1", "failed PROOF_VERIFICATION_ERROR /proof/2",
                ]
            )
            // Without its previousProof, the link is another proof.
            proofs = try #require(document["proof"]?.array)
            proofs[1]["previousProof"] = nil
            replaced["proof"] = .array(proofs)
            #expect(try Fixture.summaries(replaced)[1] == "failed PROOF_VERIFICATION_ERROR /proof/1")
        }
    }

    @Test("proofs that name themselves or each other are refused")
    func circles() throws {
        var document = try Self.chain([(0, []), (0, [0]), (0, [1])])
        var proofs = try #require(document["proof"]?.array)
        proofs[0]["previousProof"] = .string(Self.id(2))
        document["proof"] = .array(proofs)
        #expect(try Fixture.summaries(document).allSatisfy { $0.hasPrefix("failed PROOF_VERIFICATION_ERROR") })
        var own = try Self.chain([(1, [])])
        own["proof"]?["previousProof"] = .string(Self.id(0))
        #expect(try Fixture.summaries(own) == ["failed PROOF_VERIFICATION_ERROR /proof"])
    }

    @Test("a link whose predecessor is undetermined is undetermined")
    func openLinks() throws {
        var document = Fixture.document
        document["proof"] = [
            [
                "type": "DataIntegrityProof", "cryptosuite": "ecdsa-sd-2023", "id": .string(Self.id(0)),
                "verificationMethod": "did:x:y", "proofPurpose": "assertionMethod", "proofValue": "u2V0A",
            ]
        ]
        document = try Fixture.signer(Fixture.cases[1])
            .addProof(to: document, options: ProofOptions(previousProof: [Self.id(0)]))
        #expect(
            try Fixture.summaries(document) == [
                "undetermined PROOF_UNSUPPORTED /proof/0", "undetermined PROOF_UNSUPPORTED /proof/1",
            ]
        )
    }

    @Test("two proofs of one id are nobody's predecessor")
    func sameID() throws {
        var document = try Self.chain([(0, []), (1, [0])])
        var proofs = try #require(document["proof"]?.array)
        proofs.append(proofs[0])
        document["proof"] = .array(proofs)
        #expect(
            try Fixture.summaries(document)
                == ["verified", "failed PROOF_VERIFICATION_ERROR /proof/1/previousProof", "verified"]
        )
    }

    @Test("a chain cannot be begun with a proof that is not there")
    func missing() throws {
        let signer = try Fixture.signer(Fixture.cases[1])
        let options = ProofOptions(previousProof: [Self.id(9)])
        #expect(error { _ = try signer.secure(Fixture.document, options: options) }?.code == .proofGeneration)
        let signed = try signer.secure(Fixture.document)
        #expect(error { _ = try signer.addProof(to: signed, options: options) }?.code == .proofGeneration)
    }

    @Test("a document that is too much work is given up once, not once for each proof")
    func exhaustion() throws {
        // A ring of nodes that all look alike, and a budget that it does not fit into.
        var document = Fixture.document
        document["result"] = .array(
            (0..<8).map { ["holder": .string("_:n\($0)"), "id": .string("_:n\(($0 + 1) % 8)")] }
        )
        let proof: JSON = [
            "type": "DataIntegrityProof", "cryptosuite": "eddsa-rdfc-2022", "proofPurpose": "assertionMethod",
            "verificationMethod": .string(try DIDKey.verificationMethod(for: Fixture.ed25519.publicKey)),
            "proofValue": .string(Multibase.base58BTC.encode([UInt8](repeating: 7, count: 64))),
        ]
        document["proof"] = .array(Array(repeating: proof, count: 16))
        let limits = DataIntegrityLimits(canonicalization: WorkBudget(steps: 3, stepsPerBlankNode: 0))
        let verifier = DataIntegrityVerifier(
            contexts: Fixture.contexts,
            expectations: ProofExpectations(clock: Fixture.clock),
            limits: limits
        )
        let results = try verifier.verify(document) { _ in .found(Fixture.ed25519.publicKey) }
        #expect(results.count == 16)
        #expect(results.allSatisfy { Fixture.summary($0.outcome).hasPrefix("undetermined WORK_LIMIT") })
    }

    @Test("no document gets more proofs than are verified")
    func limit() throws {
        let signer = try Fixture.signer(Fixture.cases[1])
        var document = Fixture.document
        for _ in 0..<DataIntegrityLimits.standard.proofs { document = try signer.addProof(to: document) }
        #expect(try Fixture.summaries(document).count == DataIntegrityLimits.standard.proofs)
        #expect(error { _ = try signer.addProof(to: document) }?.code == .sizeLimit)
    }
}
