import JSONCore
import OpenBadges
import Schemas
import Testing

@Suite("The JSON Schema of reports")
struct ReportSchemaTests {
    private static let documents: [String: JSON] = {
        var count = 0
        let rows = UnsafeBufferPointer(start: embedded_schemas(&count), count: count)
        return rows.reduce(into: [:]) { documents, row in
            let bytes = UnsafeBufferPointer(start: row.bytes, count: row.length)
            documents[String(cString: row.url)] = try? JSON(parsing: bytes)
        }
    }()

    private static func schema(_ name: String) throws -> JSONSchema {
        let reference: JSON = ["$ref": .string("https://open-badges.invalid/json-schema/\(name)")]
        return try JSONSchema(reference, documents: documents, formats: .assertion)
    }

    /// Reports of every verdict and several formats.
    private func reports() async throws -> [VerificationReport] {
        var scored = Exams.credential()
        scored.subject.results = [Result(resultDescription: nil, value: "87")]
        var unknownTerm = Exams.credential()
        unknownTerm.members["@context"] = .array(AchievementCredential.contexts.map(JSON.string) + [["@version": 2]])
        var endorsed = Exams.credential()
        endorsed.endorsementJWTs = ["a.b.c"]
        let house = OwnCheck("house") { _ in [.init(.failure, code: "TOO_OLD", "before the reform")] }
        let ada = Recipient.email("ada@example.org")
        return [
            await Exams.verify(try Exams.jwt(scored), recipient: ada),
            await Exams.verify(try Exams.jwt(), recipient: .email("bob@example.org")),
            await Exams.verify(try Exams.jwt(unknownTerm)),
            await Exams.verify(try Exams.jwt(), Documents()),
            await Exams.verify(try Exams.jwt(key: Exams.forger)),
            await Exams.verify(try Academy.sign(), Academy.web),
            await Exams.verify(Academy.hosted().json.serialized(), Academy.web),
            await Exams.verify(Array("{}".utf8)),
            await Exams.verify([]),
            await Verifier(loader: Documents()).verify(url: "https://nobody.example/1.jwt"),
            await Exams.verify(try Exams.jwt(), trust: TrustPolicy(issuers: [Exams.did])),
            await Exams.verify(try Exams.jwt(endorsed)),
            await Verifier(loader: Exams.web, checks: [house]).verify(try Exams.jwt()),
        ]
    }

    @Test("every report is as its schema says")
    func conformance() async throws {
        let schema = try Self.schema("verification-report.json")
        let reports = try await reports()
        #expect(Set(reports.map(\.verdict.name)) == ["verified", "rejected", "undetermined"])
        for report in reports {
            #expect(schema.violations(in: report.json).map(\.description) == [], "\(report.sentence)")
        }
        #expect(reports.contains { $0.trust != nil } && reports.contains { !$0.endorsements.isEmpty })
        #expect(reports.contains { $0.checks.count > CheckName.standard.count })
    }

    @Test("reports within a report are reports too")
    func nesting() async throws {
        let schema = try Self.schema("verification-report.json")
        let reports = try await reports().map(\.json)
        for name in ["endorsements", "credentials"] {
            var outer = reports[0]
            outer[name] = .array(reports)
            #expect(schema.isValid(outer))
            var broken = reports[1]
            broken["sentence"] = nil
            outer[name] = [reports[0], broken]
            #expect(schema.violations(in: outer).map(\.path.description) == ["/\(name)/1"])
        }
    }

    @Test("the schema knows every check, in their order")
    func checks() throws {
        let report = try #require(Self.documents["https://open-badges.invalid/json-schema/verification-report.json"])
        let names = CheckName.standard.map { JSON.string($0.rawValue) }
        #expect(report["$defs"]?["standardCheck"]?["enum"]?.array == names)
        let list = report["$defs"]?["checks"]
        #expect(list?["items"]?.array?.compactMap { $0["properties"]?["check"]?["const"] } == names)
        #expect(list?["minItems"]?.int == names.count)
    }

    @Test("a report that contradicts itself, or leaves something out, is none")
    func contradictions() async throws {
        let schema = try Self.schema("verification-report.json")
        let good = try await reports()[0].json
        #expect(good["verdict"] == "verified")
        for member in good.object?.keys ?? [] {
            var report = good
            report[member] = nil
            #expect(!schema.isValid(report), "\(member)")
        }
        for (answer, value) in [("authentic", "unknown"), ("current", "no"), ("content", "violates"), ("subject", "")] {
            var report = good
            report["answers"]?[answer] = .string(value)
            #expect(!schema.isValid(report), "\(answer): \(value)")
        }
        var unexplained = good
        unexplained["verdict"] = "undetermined"
        #expect(!schema.isValid(unexplained), "what is not verified has a problem")
        var missing = good
        missing["checks"] = .array(good["checks"]?.array?.dropLast() ?? [])
        #expect(!schema.isValid(missing), "no check is ever left out")
        var twice = good
        twice["checks"] = .array((good["checks"]?.array ?? []) + [good["checks"]?[0] ?? .null])
        #expect(!schema.isValid(twice), "nor does one stand twice")
        var further = good
        further["valid"] = true
        #expect(!schema.isValid(further))
    }

    @Test("what the issuer makes is in the canonical form")
    func issuing() throws {
        let schema = try Self.schema("open-badges-3.0-canonical.json")
        #expect(schema.violations(in: Exams.credential().json).map(\.description) == [])
        let payload = try Exams.payload()
        #expect(schema.violations(in: payload).map(\.description) == [])
        let older = try Self.schema("open-badges-2.0.json")
        for document in [Academy.hosted().json, Academy.signed().json, Academy.badgeClass.json, Academy.issuer.json] {
            #expect(older.violations(in: document).map(\.description) == [])
        }
        #expect(older.violations(in: Academy.keyDocument().json).map(\.description) == [])
        #expect(older.violations(in: Academy.list()).map(\.description) == [])
    }
}
