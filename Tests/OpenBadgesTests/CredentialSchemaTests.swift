import JSONCore
import OpenBadges
import Testing

@Suite("Schemas that a credential names for itself")
struct CredentialSchemaTests {
    private static let url = "https://exams.example.org/schemas/algebra.json"
    private static let schema: JSON = [
        "$schema": "https://json-schema.org/draft/2019-09/schema", "type": "object", "required": ["name"],
        "properties": ["name": ["const": "Algebra I"]],
    ]

    private static func report(
        _ entries: JSON,
        name: String = "Algebra I",
        _ served: JSON? = schema
    ) async throws -> VerificationReport {
        var credential = Exams.credential()
        credential.name = name
        credential.members["credentialSchema"] = entries
        // The type is of an extension's context; others are of nobody's.
        credential.members["@context"] = Seal.contexts(and: [
            "1EdTechJsonSchemaValidator2019":
                "https://purl.imsglobal.org/spec/vccs/v1p0/context.json#1EdTechJsonSchemaValidator2019",
            "Other2030": "https://exams.example.org/terms#Other2030",
        ])
        var web = Exams.web
        if let served { web.serve(url, served) }
        return await Exams.verify(try Exams.jwt(credential), web)
    }

    private static func entry(_ type: String, id: String = url) -> JSON { ["id": .string(id), "type": .string(type)] }

    @Test("the credential has to be as it says", arguments: ["1EdTechJsonSchemaValidator2019", "JsonSchema"])
    func applied(type: String) async throws {
        let good = try await Self.report([Self.entry(type)])
        #expect(good.isVerified, "\(good.problems)")
        let bad = try await Self.report([Self.entry(type)], name: "Algebra II")
        #expect(bad.verdict == .rejected)
        #expect(bad.answers.content == .violates)
        #expect(bad.problem("SCHEMA_VIOLATION")?.path?.description == "/name")
    }

    @Test("one that cannot be had, or is none, leaves the content open", arguments: [nil, ["type": 7], []] as [JSON?])
    func unavailable(served: JSON?) async throws {
        let report = try await Self.report([Self.entry("JsonSchema")], served)
        #expect(report.verdict == .undetermined)
        #expect(report.answers.content == .unknown)
        #expect(report.problem("SCHEMA_UNAVAILABLE")?.severity == .unknown)
    }

    @Test("one of an unknown kind is told, and one that is no URL is malformed")
    func unknownKind() async throws {
        let other = try await Self.report([Self.entry("Other2030")])
        #expect(other.isVerified)
        #expect(other.problem("SCHEMA_UNSUPPORTED")?.severity == .warning)
        let malformed = try await Self.report([Self.entry("JsonSchema", id: "urn:uuid:1")])
        #expect(malformed.codes.contains("MALFORMED_VALUE_ERROR"))
    }

    @Test("more than anyone needs are not read")
    func many() async throws {
        let entries = JSON.array([JSON](repeating: Self.entry("JsonSchema"), count: 9))
        let report = try await Self.report(entries)
        #expect(report.verdict == .undetermined)
        #expect(report.problem("LIMIT_EXCEEDED")?.severity == .unknown)
    }
}
