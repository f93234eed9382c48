import JSONCore
import OpenBadges
import Testing

/// What JSON-LD cannot see: whether what stands within a credential is of the class that its place asks for.
@Suite("Classes within a credential")
struct NestedClassTests {
    struct Fault: Sendable, CustomTestStringConvertible {
        let path: [String]
        let value: JSON?
        let code: String
        /// Where the problem is reported, where that is not the path itself.
        let place: String

        init(_ path: String, _ value: JSON?, _ code: String, at place: String? = nil) {
            self.path = path.split(separator: "/").map(String.init)
            (self.value, self.code) = (value, code)
            self.place = place ?? path
        }

        var testDescription: String { "\(path.joined(separator: "/")): \(value?.text ?? "nothing")" }
    }

    private static let subject = "/credentialSubject"
    private static let achievement = "/credentialSubject/achievement"
    private static let person: JSON = ["id": "https://exams.example.org/who", "type": ["Person"]]

    static let faults: [Fault] = [
        Fault("\(subject)/type", ["Person"], "CLASS_MISMATCH"),
        Fault("\(subject)/achievement", nil, "REQUIRED_PROPERTY_MISSING", at: subject),
        Fault(
            "\(subject)/identifier",
            [["type": "Identity", "hashed": false]],
            "MALFORMED_VALUE_ERROR",
            at: "\(subject)/identifier/0"
        ),
        Fault(
            "\(subject)/result",
            [["type": ["Score"], "value": "1"]],
            "CLASS_MISMATCH",
            at: "\(subject)/result/0/type"
        ),
        Fault("\(subject)/source", person, "CLASS_MISMATCH", at: "\(subject)/source/type"),
        Fault("\(achievement)/type", ["Badge"], "CLASS_MISMATCH"),
        Fault("\(achievement)/criteria", [:], "REQUIRED_PROPERTY_MISSING"),
        Fault("\(achievement)/creator", person, "CLASS_MISMATCH", at: "\(achievement)/creator/type"),
        Fault(
            "\(achievement)/resultDescription",
            [["id": "urn:uuid:1", "type": ["Description"], "name": "Score", "resultType": "Percent"]],
            "CLASS_MISMATCH",
            at: "\(achievement)/resultDescription/0/type"
        ),
        Fault("/evidence", [["type": ["Proof"], "narrative": "x"]], "CLASS_MISMATCH", at: "/evidence/0/type"),
        Fault("/issuer/type", ["Person"], "CLASS_MISMATCH"),
        Fault("/issuer/parentOrg", person, "CLASS_MISMATCH", at: "/issuer/parentOrg/type"),
        Fault(
            "/issuer/otherIdentifier",
            [["type": "Identifier", "identifier": "1", "identifierType": "identifier"]],
            "MALFORMED_VALUE_ERROR",
            at: "/issuer/otherIdentifier/0/type"
        ),
    ]

    @Test("what is of another class, or lacks what its class requires, is named with its place", arguments: faults)
    func fault(_ fault: Fault) async throws {
        let report = await Exams.verify(try Self.badge { Self.set(fault.value, at: fault.path[...], in: &$0) })
        #expect(report.verdict == .rejected)
        #expect(report.answers.content == .violates)
        let found = report.problems.filter { $0.check == .schema && $0.severity == .failure }
        #expect(
            found.contains { problem in
                problem.code.rawValue == fault.code && problem.path?.description.hasPrefix(fault.place) == true
            },
            "\(found)"
        )
    }

    @Test("a subject has an id or an identifier, or the badge is about nobody")
    func nobody() async throws {
        let report = await Exams.verify(
            try Self.badge { payload in
                Self.set(nil, at: ["credentialSubject", "id"], in: &payload)
                Self.set(nil, at: ["credentialSubject", "identifier"], in: &payload)
            }
        )
        #expect(report.verdict == .rejected)
        let problem = report.problems.first { $0.check == .schema }
        #expect(problem?.code.rawValue == "REQUIRED_PROPERTY_MISSING")
        #expect(problem?.path?.description == "/credentialSubject")
    }

    /// Our badge with its payload changed before it is signed.
    private static func badge(_ change: (inout JSON) -> Void) throws -> [UInt8] {
        var payload = try Exams.payload()
        change(&payload)
        return try Exams.jws(header: Exams.header(), payload: payload)
    }

    private static func set(_ value: JSON?, at path: ArraySlice<String>, in json: inout JSON) {
        guard let name = path.first else { return }
        guard path.count > 1 else {
            json[name] = value
            return
        }
        var inner = json[name] ?? [:]
        set(value, at: path.dropFirst(), in: &inner)
        json[name] = inner
    }
}
