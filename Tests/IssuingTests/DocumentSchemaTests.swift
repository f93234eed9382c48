import Foundation
import Issuing
import JSONCore
import Schemas
import Testing
import Yams

/// The JSON Schemas of what people write say what the readers say: for editors, and for programs that make such files.
@Suite("Schemas of policies, records and mappings") struct DocumentSchemaTests {
    private static let documents: [String: JSON] = {
        var count = 0
        let rows = UnsafeBufferPointer(start: embedded_schemas(&count), count: count)
        return rows.reduce(into: [:]) { documents, row in
            let bytes = UnsafeBufferPointer(start: row.bytes, count: row.length)
            documents[String(cString: row.url)] = try? JSON(parsing: bytes)
        }
    }()

    private func violations(_ name: String, _ document: JSON) throws -> [String] {
        let url = "https://open-badges.invalid/json-schema/\(name).json"
        return try JSONSchema(["$ref": .string(url)], documents: Self.documents).violations(in: document)
            .map(\.description)
    }

    /// A YAML text as an editor reads it: numbers are numbers.
    private func json(_ yaml: String) throws -> JSON {
        func plain(_ node: Node) -> JSON {
            switch node {
            case .scalar(let scalar):
                if scalar.style == .singleQuoted || scalar.style == .doubleQuoted || scalar.style == .folded {
                    return .string(scalar.string)
                }
                return (try? JSON(parsing: Array(scalar.string.utf8))) ?? .string(scalar.string)
            case .sequence(let sequence): return .array(sequence.map(plain))
            case .mapping(let mapping):
                var members = JSONObject()
                for (key, value) in mapping { members[key.string ?? ""] = plain(value) }
                return .object(members)
            case .alias: return .null
            }
        }
        return plain(try #require(try Parser(yaml: yaml).singleRoot()))
    }

    private static let examples: [String] = {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Examples")
        let files = FileManager.default.enumerator(atPath: root.path)?.compactMap { $0 as? String } ?? []
        return files.filter { $0.contains("policies/") && $0.hasSuffix(".yaml") }.sorted().compactMap {
            try? String(contentsOf: root.appending(path: $0), encoding: .utf8)
        }
    }()

    @Test("policies that are read are policies by the schema") func policies() throws {
        #expect(Self.examples.count >= 3)
        for yaml in Self.examples + [SoftSkillPolicy.text] {
            _ = try AwardPolicy(parsing: yaml.utf8, file: "policy.yaml")
            #expect(try violations("award-policy", json(yaml)) == [])
        }
    }

    @Test(
        "what the reader refuses, the schema refuses",
        arguments: [
            ("needs: exam", "neds: exam"), ("kind: score", "kind: scores"), ("min_percent: 60", "min_percent: sixty"),
            ("award: {dated: exam.at}", "award: {}"), ("id: p/1", "id: a b"),
            ("policy: award-policy/1", "policy: award-policy/2"),
            ("on_unknown: hold", "on_unknown: award"), ("dated: exam.at", "dated: exam"),
        ]
    ) func badPolicies(part: String, change: String) throws {
        let good = """
            policy: award-policy/1
            id: p/1
            achievement: {id: algebra, name: Algebra}
            facts: {exam: {kind: score, match: {exam: ALG-1}}}
            requirements: [{id: mark, needs: exam, score: {min_percent: 60}}]
            on_unknown: hold
            award: {dated: exam.at}
            """
        #expect(try violations("award-policy", json(good)) == [])
        _ = try AwardPolicy(parsing: good.utf8, file: "policy.yaml")
        let bad = good.replacing(part, with: change)
        #expect(bad != good)
        #expect(throws: IssuingError.self) { try AwardPolicy(parsing: bad.utf8, file: "policy.yaml") }
        #expect(try violations("award-policy", json(bad)) != [])
    }

    @Test("the built-in mappings are mappings by the schema", arguments: ResultMapping.presetNames)
    func mappings(name: String) throws {
        let text = try #require(ResultMapping.preset(named: name))
        #expect(try violations("result-mapping", json(text)) == [])
        #expect(try violations("result-mapping", json(text + "\nmelts: {}\n")) != [])
    }

    @Test("a record is one by the schema when it is one by the reader") func records() throws {
        let record = """
            {"schema":"exam-result/1","resultId":"r1","exam":{"id":"X","form":"B"},"candidate":{"email":"ada@example.org","ids":[{"type":"systemId","value":"1"}]},"attempt":1,"startedAt":"2026-03-01T12:30:00Z","endedAt":"2026-03-01T14:25:00+01:00","score":{"raw":37,"min":0,"max":40,"percent":92.5,"cut":80,"cutUnit":"percent"},"passedExplicit":true,"status":"graded","items":[{"id":"41","score":null,"level":"satisfactory"}],"delivery":{"proctored":true,"sessions":1}}
            """
        let json = try JSON(parsing: Array(record.utf8))
        _ = try ExamResult(json: json)
        #expect(try violations("exam-result", json) == [])
        for (part, change) in [
            (#""attempt":1"#, #""attempt":0"#), (#""status":"graded""#, #""status":"done""#),
            (#""raw":37"#, #""raw":"37""#), (#"12:30:00Z"#, "12:30:00"), (#""resultId":"r1","#, ""),
            ("ada@example.org", "ada"),
        ] {
            let bad = try JSON(parsing: Array(record.replacing(part, with: change).utf8))
            #expect(throws: IssuingError.self) { try ExamResult(json: bad) }
            #expect(try violations("exam-result", bad) != [], "\(change)")
        }
    }
}
