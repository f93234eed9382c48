import Cryptography
import JSONCore
import LinkedData
import Proofs
import Testing

/// The vectors of Data Integrity ECDSA Cryptosuites 1.0, on P-256 and P-384.
@Suite(
    "ECDSA cryptosuites, official vectors",
    .enabled(if: OfficialData.isThere, Comment(rawValue: OfficialData.reason))
)
struct ECDSATests {
    static let vectors = [
        vector("ecdsa-rdfc-2019-p256", "ECDSAP256", .ecdsaRDFC2019, "p256"),
        vector("ecdsa-rdfc-2019-p256/employ", "ECDSAP256", .ecdsaRDFC2019, "p256"),
        vector("ecdsa-rdfc-2019-p384", "ECDSAP384", .ecdsaRDFC2019, "p384"),
        // The one whose blank nodes show whether RDFC-1.0 hashes with SHA-384, too.
        vector("ecdsa-rdfc-2019-p384/employ", "ECDSAP384", .ecdsaRDFC2019, "p384"),
        vector("ecdsa-jcs-2019-p256", "JCSECDSAP256", .ecdsaJCS2019, "p256"),
        vector("ecdsa-jcs-2019-p384", "JCSECDSAP384", .ecdsaJCS2019, "p384"),
    ]

    private static func vector(
        _ folder: String,
        _ suffix: String,
        _ suite: Cryptosuite,
        _ curve: String
    ) -> DataIntegrityVector {
        DataIntegrityVector(
            folder: "ecdsa/" + folder,
            suffix: suffix,
            cryptosuite: suite,
            keys: "ecdsa/\(curve)KeyPair.json"
        )
    }

    @Test("canonical forms, digests and signature are those of the vector", arguments: vectors)
    func steps(vector: DataIntegrityVector) throws {
        try vector.checkSteps()
    }

    @Test("the signed document verifies", arguments: vectors)
    func verified(vector: DataIntegrityVector) throws {
        #expect(try outcomes(of: vector.json("signed")).map(\.summary) == ["verified"])
    }

    @Test("signing gives the document of the vector but for the random signature, and it verifies", arguments: vectors)
    func signed(vector: DataIntegrityVector) throws {
        var expected = try vector.json("signed")
        let (signer, options) = try vector.signer()
        var signed = try signer.secure(ProofSet(of: expected).unsecuredDocument, options: options)
        #expect(try outcomes(of: signed).map(\.summary) == ["verified"])
        signed["proof"]?["proofValue"] = nil
        expected["proof"]?["proofValue"] = nil
        #expect(signed == expected)
    }

    @Test("a signature that is given in DER instead of r ‖ s is refused")
    func der() throws {
        let vector = Self.vectors[0]
        var signed = try vector.json("signed")
        let raw = try Multibase.base58BTC.decode(try #require(signed["proof"]?["proofValue"]?.string))
        let der = [0x30, 0x44, 0x02, 0x20] + raw[..<32] + [0x02, 0x20] + raw[32...]
        signed["proof"]?["proofValue"] = .string(Multibase.base58BTC.encode(der))
        #expect(try outcomes(of: signed).map(\.summary) == ["failed: PROOF_VERIFICATION_ERROR"])
    }

    @Test("selective disclosure is answered as unsupported, never as valid or invalid", arguments: ["employ", "prc"])
    func selectiveDisclosure(name: String) throws {
        var base = try OfficialData.json("ecdsa/ecdsa-sd-2023/\(name)/addSignedSDBase.json")
        #expect(try outcomes(of: base).map(\.summary) == ["undetermined: PROOF_UNSUPPORTED"])
        base["name"] = "changed"
        #expect(try outcomes(of: base).map(\.summary) == ["undetermined: PROOF_UNSUPPORTED"])
        let derived = try OfficialData.json("ecdsa/ecdsa-sd-2023/\(name)/derivedRevealDocument.json")
        #expect(try outcomes(of: derived).map(\.summary) == ["undetermined: PROOF_UNSUPPORTED"])
    }
}
