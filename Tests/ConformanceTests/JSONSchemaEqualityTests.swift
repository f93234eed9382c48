import Glibc
import JSONCore
import OpenBadges
import Schemas
import Testing

/// Our JSON Schemas against the official ones: other files, the same verdicts, but for the differences that are listed.
@Suite(
    "JSON Schemas, official bodies",
    .enabled(if: getenv("OPENBADGES_CONFORMANCE") != nil, "OPENBADGES_CONFORMANCE names no folder of official data")
)
struct JSONSchemaEqualityTests {
    /// A class of which there is an official schema, the examples of it, and how much of their mutations is tried.
    struct Subject: Sendable, CustomTestStringConvertible {
        let name: String
        let own: String
        let official: String
        let types: Set<String>
        let differences: [SchemaDifference]
        /// About how many mutations of each example: each costs three judgements of a whole document.
        let mutations: Int

        var testDescription: String { name }

        var examples: [(file: String, document: JSON)] {
            JSONSchemaEqualityTests.examples.filter { !types.isDisjoint(with: OfficialBadges.types(of: $0.document)) }
        }
    }

    /// The official form that tolerates compaction.
    private static let tolerant = "ob3-jsonld/ob_v3p0_achievementcredential_schema.json"

    static let subjects: [Subject] = [
        Subject(
            name: "AchievementCredential",
            own: "open-badges-3.0-achievement-credential.json",
            official: tolerant,
            types: ["AchievementCredential", "OpenBadgeCredential"],
            differences: SchemaDifference.official,
            mutations: 40
        ),
        Subject(
            name: "EndorsementCredential",
            own: "open-badges-3.0-endorsement-credential.json",
            official: "ob3-jsonld/ob_v3p0_endorsementcredential_schema.json",
            types: ["EndorsementCredential"],
            differences: SchemaDifference.official,
            mutations: 200
        ),
        Subject(
            name: "Profile",
            own: "open-badges-3.0-profile.json",
            official: "ob3-jsonld/ob_v3p0_profile_schema.json",
            types: ["Profile"],
            differences: SchemaDifference.official,
            mutations: 200
        ),
        Subject(
            name: "AchievementCredential, canonical",
            own: "open-badges-3.0-canonical.json",
            official: "ob3-strict/ob_v3p0_achievementcredential_schema.json",
            types: ["AchievementCredential", "OpenBadgeCredential"],
            differences: SchemaDifference.canonical,
            mutations: 40
        ),
    ]

    @Test("an official example is accepted exactly where the official schema accepts it", arguments: subjects)
    func examples(subject: Subject) throws {
        let own = try Self.own(subject.own)
        let official = try Self.official(subject.official)
        let examples = subject.examples
        #expect(!examples.isEmpty)
        for (file, document) in examples {
            let found = own.violations(in: document)
            #expect(found.isEmpty == official.isValid(document), "\(file): \(found.map(\.description))")
        }
        #expect(examples.contains { own.isValid($0.document) })
    }

    @Test(
        "a change of an example is accepted exactly where it officially is, or differs on purpose",
        arguments: subjects
    )
    func mutations(subject: Subject) throws {
        let own = try Self.own(subject.own)
        let official = try Self.official(subject.official)
        for (file, document) in subject.examples where own.isValid(document) {
            for mutation in DocumentMutation.all(of: document, limit: subject.mutations) {
                let verdict = Verdict(origin: file, mutation: mutation, isAccepted: own.isValid(mutation.document))
                _ = verdict.difference(to: official.isValid(mutation.document), among: subject.differences)
            }
        }
    }

    @Test("of an object with every property of its class the same holds for every change, and each difference shows")
    func classes() throws {
        let url = "https://official.example/schema.json"
        let official = try JSONSchema(
            Self.members(Self.objects.map(\.name)) { $0 == "AchievementCredential" ? url : "\(url)#/$defs/\($0)" },
            documents: [url: OfficialBadges.json("ob-schemas/\(Self.tolerant)")],
            formats: .assertion
        )
        #expect(Self.verdicts.count > 8_000)
        let seen = Self.verdicts.compactMap { verdict in
            let isAccepted = official.isValid([verdict.origin: verdict.mutation.document])
            return verdict.difference(to: isAccepted, among: SchemaDifference.official)
        }
        #expect(Set(seen) == Set(SchemaDifference.official.map(\.name)), "what no longer differs is taken out")
    }

    @Test("the tables of classes accept what our schemas accept, but for what other checks look at")
    func tables() throws {
        let tables = Self.objects.reduce(into: [:]) { $0[$1.name] = $1.definition }
        let seen = Self.verdicts.compactMap { verdict -> String? in
            guard let table = tables[verdict.origin] else { return nil }
            let isAccepted = table.violations(in: verdict.mutation.document).isEmpty
            return verdict.difference(to: isAccepted, among: SchemaDifference.tables)
        }
        #expect(Set(seen) == Set(SchemaDifference.tables.map(\.name)), "what no longer differs is taken out")
    }
}

extension JSONSchemaEqualityTests {
    /// What our schema says of a changed document.
    struct Verdict: Sendable {
        /// The file or the class that was changed.
        let origin: String
        let mutation: DocumentMutation
        let isAccepted: Bool

        /// The name of the difference that explains why another judge says otherwise, `nil` where it does not. What
        /// nothing explains is a failure.
        func difference(to other: Bool, among differences: [SchemaDifference]) -> String? {
            guard isAccepted != other else { return nil }
            let found = differences.first { $0.accepted == (other ? .other : .ours) && $0.covers(mutation) }
            #expect(found != nil, "\(origin), \(mutation): accepted by \(other ? "the other" : "ours") alone")
            return found?.name
        }
    }

    /// Objects with every property, of each class: one with single values where it may have them, one with lists. And the
    /// table of the class, if there is one of its own.
    private static let objects: [(name: String, objects: [JSON], definition: ClassDefinition?)] = {
        let subjects = OpenBadgesSchemaTests.subjects.filter { $0.file.contains("achievementcredential") }
        let parts = ["Proof", "CredentialSchema", "CredentialStatus", "RefreshService", "TermsOfUse"].map { name in
            (name: name, objects: [part(name)], definition: nil as ClassDefinition?)
        }
        return subjects.map { (name: $0.name, objects: full($0), definition: $0.definition) } + parts
    }()

    /// Every change of these objects. Two steps inwards are enough: what is deeper is of a class of its own.
    private static let verdicts: [Verdict] = {
        let names = objects.map(\.name)
        let references = members(names) { "\(folder)open-badges-3.0.json#/$defs/\($0)" }
        guard let own = try? JSONSchema(references, documents: embedded, formats: .assertion) else { return [] }
        return objects.flatMap { name, objects, _ in
            objects.flatMap { DocumentMutation.all(of: $0, depth: 2) }.map { mutation in
                Verdict(origin: name, mutation: mutation, isAccepted: own.isValid([name: mutation.document]))
            }
        }
    }()

    private static func full(_ subject: OpenBadgesSchemaTests.Subject) -> [JSON] {
        guard var full = try? subject.full(), let properties = try? subject.schema() else { return [] }
        // The sample's text is no hash, so that it must not say it were one.
        if full["hashed"] != nil { full["hashed"] = false }
        if full["identifier"]?["hashed"] != nil { full["identifier"]?["hashed"] = false }
        if full["proof"] != nil { full["proof"] = part("Proof") }
        var listed = full
        for (name, property) in properties.properties where properties.isList(property) {
            guard let value = full[name], name != "@context" else { continue }
            listed[name] = .array((value.array ?? [value]) + (name == "type" ? ["https://example.org/Class"] : []))
        }
        return listed == full ? [full] : [full, listed]
    }

    private static func part(_ name: String) -> JSON {
        let file = "ob_v3p0_achievementcredential_schema.json"
        guard let schema = try? OfficialSchema(file: file, definition: name) else { return .null }
        var part: JSON = [:]
        for (key, property) in schema.properties { part[key] = schema.sample(key, property, of: name) }
        return part
    }

    /// A schema of an object with a member of each class: compiled once for all of them.
    private static func members(_ names: [String], _ reference: (String) -> String) -> JSON {
        let properties = names.map { ($0, ["$ref": .string(reference($0))] as JSON) }
        return ["properties": .object(JSONObject(members: properties))]
    }
}

extension JSONSchemaEqualityTests {
    /// The whole documents among the official examples.
    static let examples: [(file: String, document: JSON)] = {
        let index = (try? OfficialBadges.json("ob-examples/index.json"))?.array ?? []
        return index.compactMap { entry in
            guard let file = entry["file"]?.string, let json = try? OfficialBadges.json("ob-examples/\(file)") else {
                return nil
            }
            return (file, json)
        }
    }()

    private static let folder = "https://open-badges.invalid/json-schema/"

    private static let embedded: [String: JSON] = {
        var count = 0
        let rows = UnsafeBufferPointer(start: embedded_schemas(&count), count: count)
        return rows.reduce(into: [:]) { documents, row in
            let bytes = UnsafeBufferPointer(start: row.bytes, count: row.length)
            documents[String(cString: row.url)] = try? JSON(parsing: bytes)
        }
    }()

    /// A schema of ours, by its name in `Schemas/json-schema`.
    static func own(_ name: String) throws -> JSONSchema {
        let reference: JSON = ["$ref": .string(folder + name)]
        let schema = try JSONSchema(reference, documents: embedded, formats: .assertion)
        #expect(schema.references == [])
        return schema
    }

    private static func official(_ path: String) throws -> JSONSchema {
        try JSONSchema(OfficialBadges.json("ob-schemas/\(path)"), formats: .assertion)
    }
}
