import Cryptography
import JSONCore
import LinkedData
import Proofs
import Testing

/// The vectors of Data Integrity EdDSA Cryptosuites 1.0, single proofs, sets and chains.
@Suite(
    "EdDSA cryptosuites, official vectors",
    .enabled(if: OfficialData.isThere, Comment(rawValue: OfficialData.reason))
)
struct EdDSATests {
    static let vectors = [
        vector("eddsa-rdfc-2022", "DataInt", .eddsaRDFC2022),
        vector("eddsa-rdfc-2022/employ", "DataInt", .eddsaRDFC2022),
        vector("eddsa-jcs-2022", "JCS", .eddsaJCS2022),
        vector("Ed25519Signature2020", "EdSig", .ed25519Signature2020),
    ]

    private static func vector(_ folder: String, _ suffix: String, _ suite: Cryptosuite) -> DataIntegrityVector {
        DataIntegrityVector(folder: "eddsa/" + folder, suffix: suffix, cryptosuite: suite, keys: "eddsa/keyPair.json")
    }

    @Test("canonical forms, digests and signature are those of the vector", arguments: vectors)
    func steps(vector: DataIntegrityVector) throws {
        try vector.checkSteps()
    }

    @Test("the signed document verifies", arguments: vectors)
    func verified(vector: DataIntegrityVector) throws {
        #expect(try outcomes(of: vector.json("signed")).map(\.summary) == ["verified"])
    }

    @Test("signing gives the document of the vector, to the last character of its proof", arguments: vectors.prefix(3))
    func signed(vector: DataIntegrityVector) throws {
        let signed = try vector.json("signed")
        let (signer, options) = try vector.signer()
        let unsecured = try ProofSet(of: signed).unsecuredDocument
        #expect(try signer.secure(unsecured, options: options) == signed)
        // And again, from what the signer has kept.
        #expect(try signer.secure(unsecured, options: options) == signed)
    }

    @Test("the legacy suite is not signed with")
    func legacy() throws {
        let error = #expect(throws: ProofError.self) { try Self.vectors[3].signer() }
        #expect(error?.code == .proofGeneration)
    }

    // MARK: 1EdTech

    @Test(
        "the complete examples of Open Badges 3.0 and CLR 2.0 have the published canonical forms, and verify",
        arguments: ["ob3-linked-data-proof-vector", "clr2-linked-data-proof-vector"]
    )
    func openBadges(folder: String) throws {
        let values = try OfficialData.json("ob-examples/ob3-linked-data-proof-vector/values.json")
        let key = try DataIntegrityVector.key(values)
        let signed = try OfficialData.json("ob-examples/\(folder)/signed.json")
        let set = try ProofSet(of: signed)
        let proof = try set.entries[0].proof.get()
        let transformation = ProofTransformation(.eddsaRDFC2022, contexts: OfficialContexts.store)
        #expect(
            try transformation.canonicalForm(of: set.unsecuredDocument)
                == OfficialData.bytes("ob-examples/\(folder)/document-canon.txt")
        )
        #expect(
            try transformation.canonicalConfiguration(of: proof, in: signed)
                == OfficialData.bytes("ob-examples/\(folder)/proof-canon.txt")
        )
        let verifier = DataIntegrityVerifier(
            contexts: OfficialContexts.store,
            expectations: ProofExpectations(clock: .any)
        )
        #expect(try verifier.verify(signed) { _ in .found(key.publicKey) }.map(\.outcome.summary) == ["verified"])
        let signer = try DataIntegritySigner(
            key: key,
            cryptosuite: .eddsaRDFC2022,
            verificationMethod: proof.verificationMethod,
            contexts: OfficialContexts.store,
            clock: .any
        )
        #expect(
            try signer.proof(over: set.unsecuredDocument, options: ProofOptions(created: proof.created)) == proof
        )
    }

    // MARK: Sets and chains

    private static func chain(_ name: String) throws -> JSON {
        try OfficialData.json("eddsa/proof-set-chain/\(name).json")
    }

    @Test(
        "every proof of a set and of a chain verifies",
        arguments: [("signedProofSet1", 1), ("signedProofSet2", 2), ("signedProofChain1", 3), ("signedProofChain2", 4)]
    )
    func sets(name: String, count: Int) throws {
        let document = try Self.chain(name)
        #expect(try outcomes(of: document).map(\.summary) == Array(repeating: "verified", count: count))
    }

    @Test("adding proofs one by one gives the set and the chain of the vector")
    func adding() throws {
        let keys = try Self.chain("multiKeyPairs")
        var document = try Self.chain("unsigned")
        let steps = [
            ("proofSetConfig1", "signedProofSet1"), ("proofSetConfig2", "signedProofSet2"),
            ("proofChainConfig1", "signedProofChain1"), ("proofChainConfig2", "signedProofChain2"),
        ]
        for (index, step) in steps.enumerated() {
            var configuration = try Self.chain(step.0)
            configuration["proofValue"] = nil
            let proof = try DataIntegrityProof(json: configuration)
            let signer = try DataIntegritySigner(
                key: DataIntegrityVector.key(try #require(keys["keyPair\(index + 1)"])),
                cryptosuite: .eddsaRDFC2022,
                verificationMethod: proof.verificationMethod,
                contexts: OfficialContexts.store,
                clock: .any
            )
            let options = ProofOptions(created: proof.created, id: proof.id, previousProof: proof.previousProof)
            document = try signer.addProof(to: document, options: options)
            var expected = try Self.chain(step.1)
            // Whether one proof stands in an array is a matter of taste.
            if document["proof"]?.array == nil, let only = expected["proof"]?[0] { expected["proof"] = only }
            #expect(document == expected, "\(step.1)")
        }
    }

    @Test("a chain whose link was taken out or damaged does not verify from there on, and the set still does")
    func brokenChains() throws {
        let document = try Self.chain("signedProofChain2")
        let proofs = try #require(document["proof"]?.array)
        var shortened = document
        shortened["proof"] = .array([proofs[0], proofs[2], proofs[3]])
        #expect(
            try outcomes(of: shortened).map(\.summary)
                == ["verified", "failed: PROOF_VERIFICATION_ERROR", "failed: PROOF_VERIFICATION_ERROR"]
        )
        var damaged = document
        var first = proofs[0]
        first["created"] = "2023-02-24T23:36:39Z"
        damaged["proof"] = .array([first] + proofs[1...])
        #expect(try outcomes(of: damaged).map { $0.summary == "verified" } == [false, true, false, false])
        var reordered = document
        reordered["proof"] = .array(proofs.reversed())
        #expect(try outcomes(of: reordered).map(\.summary) == Array(repeating: "verified", count: 4))
    }
}
