import JSONCore
import OpenBadges
import Testing

/// A school's record of a learner: a credential around credentials.
@Suite("Learner records")
struct LearnerRecordTests {
    private static func record(holding credentials: JSON...) -> JSON {
        [
            "@context": [
                "https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json",
                "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
            ],
            "id": "https://exams.example.org/records/1", "type": ["VerifiableCredential", "ClrCredential"],
            "name": "Record", "issuer": ["id": .string(Exams.did), "type": ["Profile"], "name": "Example Exams"],
            "validFrom": .string(Exams.issued.description),
            "credentialSubject": [
                "id": "urn:uuid:6f0d4e6e-6f3e-4f7c-9a53-0c6a3a1c2b10", "type": ["ClrSubject"],
                "verifiableCredential": .array(credentials),
            ],
        ]
    }

    private static func sign(_ record: JSON) throws -> JSON { try Seal.json(record, by: Seal.signer()) }

    @Test("each badge of a record is verified, and has a report of its own")
    func wallet() async throws {
        let badge = try Seal.credential()
        let report = await Seal.verify(try Self.sign(Self.record(holding: badge, badge)))
        #expect(report.format == .clr)
        #expect(report.isVerified, "\(report.problems)")
        #expect(report.credentials.map(\.verdict.name) == ["verified", "verified"])
        #expect(report.credentials.first?.claims?.name == "Algebra I")
        #expect(report.json["credentials"]?.array?.count == 2)
    }

    @Test("a record with a badge that was changed is rejected, and says which")
    func forged() async throws {
        var badge = try Seal.credential()
        badge["name"] = "Algebra II"
        let report = await Seal.verify(try Self.sign(Self.record(holding: try Seal.credential(), badge)))
        #expect(report.verdict == .rejected)
        #expect(report.answers.authentic == .yes)
        #expect(report.credentials.map(\.verdict.name) == ["verified", "rejected"])
        let path = report.problem("CREDENTIAL_REJECTED")?.path?.description
        #expect(path == "/credentialSubject/verifiableCredential/1")
    }

    @Test("a record with a badge of an issuer that cannot be reached is not judged")
    func unreachable() async throws {
        let badge = try Seal.json(
            Exams.credential(issuer: "did:web:gone.example.org").json,
            by: Seal.signer(method: "did:web:gone.example.org#k1")
        )
        let report = await Seal.verify(try Self.sign(Self.record(holding: badge)))
        #expect(report.verdict == .undetermined)
        #expect(report.problem("CREDENTIAL_UNDETERMINED")?.severity == .unknown)
    }

    @Test("a record that anybody could have written is rejected, however good its badges")
    func unsigned() async throws {
        let report = await Seal.verify(Self.record(holding: try Seal.credential()))
        #expect(report.verdict == .rejected)
        #expect(report.codes.contains("PROOF_MISSING"))
        #expect(report.credentials.map(\.verdict.name) == ["verified"])
    }

    @Test("what a record holds that is no credential is told", arguments: ["none", "{}"])
    func noCredential(_ text: String) async throws {
        let value: JSON = text == "{}" ? [:] : .string(text)
        let report = await Exams.verify(Self.record(holding: value).serialized())
        #expect(report.codes.contains("CREDENTIAL_REJECTED"))
        #expect(report.credentials.first?.codes == ["NOT_A_BADGE"])
    }

    @Test("records within records end somewhere")
    func nested() async throws {
        var record = Self.record(holding: try Seal.credential())
        for _ in 0..<6 { record = Self.record(holding: record) }
        let report = await Exams.verify(record.serialized())
        #expect(report.verdict == .rejected)
        var deepest = report
        while let inner = deepest.credentials.first { deepest = inner }
        #expect(deepest.codes.contains("LIMIT_EXCEEDED"))
    }
}
