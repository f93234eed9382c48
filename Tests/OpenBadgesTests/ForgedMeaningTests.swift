import Cryptography
import JSONCore
import OpenBadges
import Proofs
import Testing

/// Badges that other software has let pass.
@Suite("Badges whose signature does not cover what they say")
struct ForgedMeaningTests {
    @Test("a recipient that was put in after signing is found out, though they match")
    func recipient() async throws {
        let sealed = try Seal.credential()
        let mallory = AchievementSubject(
            id: "urn:uuid:6f0d4e6e-6f3e-4f7c-9a53-0c6a3a1c2b10",
            identifiers: [IdentityObject(hashing: "mallory@example.org", salt: "s")],
            achievement: Exams.algebra
        )
        var forged = Exams.credential(subject: mallory).json
        forged["proof"] = sealed["proof"]
        let report = await Exams.verify(forged.serialized(), Seal.web(), recipient: .email("mallory@example.org"))
        #expect(report.verdict == .rejected)
        #expect(report.answers.authentic == .no)
        #expect(report.answers.subject == .match)
        #expect(report.codes.contains("PROOF_VERIFICATION_ERROR"))
    }

    @Test(
        "a signature over the JSON as text is no proof of Data Integrity",
        arguments: ["eddsa-rdfc-2022", "eddsa-jcs-2022"],
        [
            ["id", "type", "issuer", "credentialSubject"],
            ["@context", "id", "type", "issuer", "validFrom", "credentialSubject"],
        ]
    )
    func stringified(suite: String, names: [String]) async throws {
        var credential = Exams.credential().json
        // Some of the members, in some order, and of these only the top: so it was done.
        let text = names.map { "\"\($0)\":\(credential[$0]?.text ?? "")" }.joined(separator: ",")
        let signature = try Exams.key.signature(
            for: Array("{\(text)}".utf8),
            algorithm: .preferred(for: Exams.key.algorithm)
        )
        credential["proof"] = [
            "type": "DataIntegrityProof", "cryptosuite": .string(suite), "created": .string(Seal.created),
            "verificationMethod": .string(Seal.method), "proofPurpose": "assertionMethod",
            "proofValue": .string(Multibase.base58BTC.encode(signature)),
        ]
        let report = await Seal.verify(credential)
        #expect(report.verdict == .rejected)
        #expect(report.answers.authentic == .no)
        #expect(report.codes.contains("PROOF_VERIFICATION_ERROR"))
    }

    @Test("where nobody is shown to have signed, it is not known whose badge it is")
    func nobody() async throws {
        let report = await Exams.verify(try Exams.jwt(), Documents())
        #expect(report.verdict == .undetermined)
        #expect(report.answers.issuer == .unknown)
        #expect(report.problem("ISSUER_UNKNOWN")?.severity == .unknown)
    }
}
