import Glibc
import JSONCore
import OpenBadges
import Testing

/// The official JSON Schema of a class, and values that it accepts.
///
/// The values are made from the schema alone: every property of the class, once. So a property, a required flag or a
/// term that the schema has and our table has not shows as a difference in what is accepted.
struct OfficialSchema {
    let root: JSON
    let schema: JSON

    /// Each official file, read once: it has a hundred thousand bytes, and every class is looked up in it.
    private static let files: [String: JSON] = {
        let names = ["achievementcredential", "endorsementcredential", "profile"].map { "ob_v3p0_\($0)_schema.json" }
        return names.reduce(into: [:]) { $0[$1] = try? OfficialBadges.json("ob-schemas/ob3-jsonld/\($1)") }
    }()

    init(file: String, definition: String?) throws {
        let root = try #require(Self.files[file], "\(file) is not there")
        self.root = root
        schema = try definition.map { try #require(root["$defs"]?[$0], "no definition \($0)") } ?? root
    }

    private init(root: JSON, schema: JSON) {
        self.root = root
        self.schema = schema
    }

    var required: [String] { schema["required"]?.array?.compactMap(\.string) ?? [] }
    var properties: [(key: String, value: JSON)] { schema["properties"]?.object.map(Array.init) ?? [] }

    private func resolved(_ schema: JSON) -> JSON {
        guard let reference = schema["$ref"]?.string, let pointer = JSONPointer(String(reference.dropFirst())) else {
            return schema
        }
        return root.value(at: pointer) ?? schema
    }

    /// The ways in which a value may be written: those of `oneOf`, through every reference.
    private func branches(_ schema: JSON) -> [JSON] {
        let schema = resolved(schema)
        guard let choices = (schema["oneOf"] ?? schema["anyOf"])?.array else { return [schema] }
        let origin = schema["$comment"]
        return choices.flatMap(branches).map { branch in
            var branch = branch
            if branch["$comment"] == nil { branch["$comment"] = origin }
            return branch
        }
    }

    /// Whether the property may stand as a list.
    func isList(_ property: JSON) -> Bool { branches(property).contains { $0["type"] == "array" } }

    /// The terms of an enumeration, in whichever branch they stand.
    func terms(_ property: JSON) -> [String] {
        branches(property).flatMap { $0["enum"]?.array?.compactMap(\.string) ?? [] }
    }

    /// A value that the schema accepts; of nested classes only what they require.
    func sample(_ name: String, _ property: JSON, of className: String) -> JSON? {
        switch name {
        case "@context": return .array(AchievementCredential.contexts.map(JSON.string))
        case "type" where className.hasSuffix("Credential"): return ["VerifiableCredential", .string(className)]
        case "type": return .string(className)
        default: break
        }
        guard let branch = branches(property).first(where: { $0["type"] != "array" }) else { return nil }
        switch branch["type"]?.string {
        case "boolean": return true
        case "number": return 1.5
        case "string": return text(branch)
        case "object":
            let nested = OfficialSchema(root: root, schema: branch)
            var value: JSON = [:]
            let ownName = name.first.map { $0.uppercased() + name.dropFirst() } ?? name
            let name = Self.classNames[name] ?? ownName
            for (key, schema) in nested.properties where nested.required.contains(key) || Self.needed.contains(key) {
                value[key] = nested.sample(key, schema, of: name)
            }
            return value
        default: return nil
        }
    }

    /// Neither schema nor table name these, and text in their places does.
    private static let needed: Set<String> = ["narrative"]
    private static let classNames = [
        "creator": "Profile", "issuer": "Profile", "source": "Profile", "parentOrg": "Profile",
        "endorsement": "EndorsementCredential", "credentialSubject": "EndorsementSubject",
        "identifier": "IdentityObject", "otherIdentifier": "IdentifierEntry", "geo": "GeoCoordinates",
        "proof": "DataIntegrityProof",
    ]

    private func text(_ schema: JSON) -> JSON {
        if let term = schema["enum"]?.array?.first { return term }
        switch schema["format"]?.string {
        case "date-time": return "2026-03-01T12:30:00Z"
        case "date": return "1815-12-10"
        default: break
        }
        if let pattern = schema["pattern"]?.string { return pattern.contains("{2,4}") ? "en" : "a.b.c" }
        let origin = schema["$comment"]?.string ?? ""
        return origin.contains("URI") || origin.contains("IRI") ? "https://example.org/x" : "text"
    }
}

@Suite(
    "Open Badges 3.0, class tables against the official schemas",
    .enabled(if: getenv("OPENBADGES_CONFORMANCE") != nil, "OPENBADGES_CONFORMANCE names no folder of official data")
)
struct OpenBadgesSchemaTests {
    struct Subject: Sendable, CustomTestStringConvertible {
        let name: String
        let file: String
        let isRoot: Bool
        let definition: ClassDefinition
        var testDescription: String { "\(name) of \(file)" }

        init(
            _ name: String,
            _ definition: ClassDefinition,
            file: String = "achievementcredential",
            isRoot: Bool = false
        ) {
            self.name = name
            self.file = "ob_v3p0_\(file)_schema.json"
            self.isRoot = isRoot
            self.definition = definition
        }

        func schema() throws -> OfficialSchema { try OfficialSchema(file: file, definition: isRoot ? nil : name) }

        /// Every property of the class.
        func full() throws -> JSON {
            let schema = try schema()
            var value: JSON = [:]
            for (key, property) in schema.properties {
                let owner = name == "AchievementCredential" && key == "credentialSubject"
                value[key] = owner ? Self.subject : try #require(schema.sample(key, property, of: name), "\(key)")
            }
            return value
        }

        /// A subject with an achievement; both classes have subjects of their own rows.
        private static let subject: JSON = [
            "id": "urn:uuid:1", "type": "AchievementSubject",
            "achievement": [
                "id": "urn:uuid:2", "type": "Achievement", "name": "A", "description": "D",
                "criteria": ["narrative": "C"],
            ],
        ]
    }

    static let subjects: [Subject] = [
        Subject("AchievementCredential", AchievementCredential.definition, isRoot: true),
        Subject("AchievementSubject", AchievementSubject.definition),
        Subject("Achievement", Achievement.definition),
        Subject("Alignment", Alignment.definition),
        Subject("Criteria", Criteria.definition),
        Subject("Evidence", Evidence.definition),
        Subject("IdentifierEntry", IdentifierEntry.definition),
        Subject("IdentityObject", IdentityObject.definition),
        Subject("Image", Image.definition),
        Subject("Profile", Profile.definition),
        Subject("Profile", Profile.definition, file: "profile", isRoot: true),
        Subject("Address", Address.definition),
        Subject("GeoCoordinates", GeoCoordinates.definition),
        Subject("Related", Related.definition),
        Subject("Result", Result.definition),
        Subject("ResultDescription", ResultDescription.definition),
        Subject("RubricCriterionLevel", RubricCriterionLevel.definition),
        Subject("EndorsementCredential", EndorsementCredential.definition),
        Subject("EndorsementCredential", EndorsementCredential.definition, file: "endorsementcredential", isRoot: true),
        Subject("EndorsementSubject", EndorsementSubject.definition),
    ]

    /// Read as it stands: what these hold is for the checks of contexts, and any type may stand beside the class's own.
    private static let open: Set<String> = ["@context", "type"]

    @Test("an object with every official property conforms", arguments: subjects)
    func full(subject: Subject) throws {
        #expect(subject.definition.violations(in: try subject.full()).map(\.description) == [])
    }

    @Test("what the schema requires is required, with the pointer to where it is missing", arguments: subjects)
    func required(subject: Subject) throws {
        let schema = try subject.schema()
        let full = try subject.full()
        for (name, _) in schema.properties {
            var json = full
            json[name] = nil
            let found = subject.definition.violations(in: json)
            if schema.required.contains(name) {
                #expect(!found.isEmpty, "\(name) is required")
                #expect(
                    found.allSatisfy { $0.code == .required && $0.path.isRoot && $0.detail.contains("\"\(name)\"") }
                )
            } else {
                #expect(found.map(\.description) == [], "\(name) is not required")
            }
        }
    }

    @Test("every official property stands in the table: a value of the wrong kind is refused", arguments: subjects)
    func wrongKinds(subject: Subject) throws {
        let schema = try subject.schema()
        let full = try subject.full()
        for (name, _) in schema.properties where !Self.open.contains(name) {
            let good = try #require(full[name])
            let wrong: [JSON] = [7, true, "", [[]], [nil], nil].filter { value in
                switch good {
                case .number: value.number == nil
                case .bool: value.bool == nil
                case .string: value.string == nil
                default: true
                }
            }
            for value in wrong {
                var json = full
                json[name] = value
                let found = subject.definition.violations(in: json)
                #expect(!found.isEmpty, "\(name): \(value.text)")
                #expect(found.allSatisfy { [.malformedValue, .cardinality].contains($0.code) })
                #expect(found.allSatisfy { $0.path.description.hasPrefix("/\(name)") })
            }
        }
    }

    @Test("a property stands once or several times as in the schema", arguments: subjects)
    func cardinality(subject: Subject) throws {
        let schema = try subject.schema()
        let full = try subject.full()
        for (name, property) in schema.properties where !Self.open.contains(name) {
            var json = full
            let value = try #require(full[name])
            json[name] = [value, value]
            let found = subject.definition.violations(in: json)
            // Several status entries are read, since the data model of the W3C allows them.
            if schema.isList(property) || name == "credentialStatus" {
                #expect(found.map(\.description) == [], "\(name)")
            } else {
                #expect(found.map(\.code) == [.cardinality], "\(name)")
                #expect(found.first?.path.description == "/\(name)")
            }
        }
    }

    @Test("every official term is accepted, extension terms too, and no others", arguments: subjects)
    func terms(subject: Subject) throws {
        let schema = try subject.schema()
        let full = try subject.full()
        for (name, property) in schema.properties where !Self.open.contains(name) {
            let terms = schema.terms(property)
            guard !terms.isEmpty else { continue }
            var json = full
            for term in terms {
                json[name] = .string(term)
                #expect(subject.definition.violations(in: json).map(\.description) == [], "\(name): \(term)")
                json[name] = .string(term + "x")
                #expect(subject.definition.violations(in: json).map(\.code) == [.malformedValue])
            }
            json[name] = "ext:own"
            // The status of a result is the one enumeration that is not open.
            let isClosed = subject.name == "Result" && name == "status"
            #expect(subject.definition.violations(in: json).isEmpty == !isClosed, "\(name)")
        }
    }

    @Test("classes are closed and open as in the schema", arguments: subjects)
    func closed(subject: Subject) throws {
        var json = try subject.full()
        json["urn:more"] = 1
        let isClosed = try subject.schema().schema["additionalProperties"] == false
        #expect(subject.definition.violations(in: json).isEmpty == !isClosed)
    }

    @Test(
        "the parts of a credential that other specifications define have what the schema requires",
        arguments: [
            ("proof", "Proof"), ("credentialSchema", "CredentialSchema"), ("credentialStatus", "CredentialStatus"),
            ("refreshService", "RefreshService"), ("termsOfUse", "TermsOfUse"),
        ]
    )
    func parts(member: String, name: String) throws {
        let schema = try OfficialSchema(file: "ob_v3p0_achievementcredential_schema.json", definition: name)
        let full = try Self.subjects[0].full()
        var whole: JSON = [:]
        for (key, property) in schema.properties { whole[key] = schema.sample(key, property, of: name) }
        for (key, _) in schema.properties {
            var part = whole
            part[key] = nil
            var json = full
            json[member] = part
            let found = AchievementCredential.definition.violations(in: json)
            if schema.required.contains(key) {
                #expect(found.map(\.code) == [.required], "\(key)")
                #expect(found.first?.path.description == "/\(member)")
            } else {
                #expect(found.map(\.description) == [], "\(key)")
            }
        }
    }
}
