import JSONCore
import Testing

/// The official test suite of JSON Schema, for the dialects that badges are written in: all tests that its authors call
/// required, and the optional ones.
@Suite("JSON Schema, official suite", .enabled(if: OfficialData.isThere, "\(OfficialData.reason)"))
struct JSONSchemaTests {
    /// One file of the suite.
    struct File: Sendable, CustomTestStringConvertible {
        let folder: String
        let name: String

        var testDescription: String { "\(folder)/\(name)" }
    }

    private static let root = "json-schema/tests/"

    private static let dialects: [String: JSONSchema.Dialect] = [
        "draft4": .draft4, "draft7": .draft7, "draft2019-09": .draft2019, "draft2020-12": .draft2020,
    ]

    private static func files(in folder: String) -> [File] {
        OfficialData.files(in: root + folder).filter { $0.hasSuffix(".json") }.map { File(folder: folder, name: $0) }
    }

    static let required = dialects.keys.sorted().flatMap { files(in: $0) }
    static let optional = dialects.keys.sorted().flatMap { files(in: $0 + "/optional") }
    static let formats = dialects.keys.sorted().flatMap { files(in: $0 + "/optional/format") }

    /// What the suite has at `http://localhost:1234/`.
    private static let remotes: [String: JSON] = {
        var documents: [String: JSON] = [:]
        var folders = [""]
        while let folder = folders.popLast() {
            for name in OfficialData.files(in: "json-schema/remotes/" + folder) {
                guard name.hasSuffix(".json") else {
                    folders.append(folder + name + "/")
                    continue
                }
                documents["http://localhost:1234/" + folder + name] =
                    try? OfficialData.json("json-schema/remotes/" + folder + name)
            }
        }
        return documents
    }()

    @Test("the files of the suite are there")
    func complete() {
        #expect(Self.required.count == 159)
        #expect(Self.remotes.count > 60)
    }

    @Test("each known exception is a group of tests that there is")
    func exceptions() throws {
        var names: Set<String> = []
        for file in Self.optional + Self.formats {
            let groups = try OfficialData.json(Self.root + file.testDescription).array ?? []
            for group in groups { names.insert("\(file.testDescription): \(group["description"]?.string ?? "")") }
        }
        #expect(Set(KnownExceptions.names(in: "JSON Schema")).isSubset(of: names))
    }

    @Test("the required tests pass", arguments: required)
    func passesRequired(file: File) throws {
        try run(file, formats: .annotation)
    }

    @Test("the optional tests pass, but for known exceptions", arguments: optional)
    func passesOptional(file: File) throws {
        try run(file, formats: .annotation)
    }

    @Test("the tests of formats pass where formats are asserted, but for known exceptions", arguments: formats)
    func passesFormats(file: File) throws {
        try run(file, formats: .assertion)
    }

    @Test("the schemas of the suite are schemas by our metaschemas", arguments: required)
    func metaschemas(file: File) throws {
        let dialect = try #require(Self.dialects[file.folder])
        let metaschema = try JSONSchema(["$ref": .string(dialect.metaschemaURI)], dialect: dialect)
        for group in try #require(try OfficialData.json(Self.root + file.testDescription).array) {
            let violations = metaschema.violations(in: try #require(group["schema"]))
            #expect(violations == [], "\(group["description"]?.string ?? "")")
        }
    }

    @Test(
        "the official schemas of Open Badges are valid, and need no other documents",
        arguments: ["clr2", "ob2", "ob3-jsonld", "ob3-strict"]
    )
    func badgeSchemas(folder: String) throws {
        for name in OfficialData.files(in: "ob-schemas/" + folder) where name.hasSuffix(".json") {
            let schema = try OfficialData.json("ob-schemas/\(folder)/\(name)")
            let compiled = try JSONSchema(schema)
            #expect(compiled.references == [], "\(name)")
            #expect(compiled.violations(in: 1).map(\.code) == [.violation], "\(name)")
            // It has `required` among its `properties`, as if it were the name of a member.
            guard name != "ext_accessibilityExtension.json" else { continue }
            let metaschema = try JSONSchema(["$ref": try #require(schema["$schema"])])
            #expect(metaschema.violations(in: schema) == [], "\(name)")
        }
    }

    @Test(
        "the official examples conform to the official schemas",
        arguments: [
            ("ob3-jsonld/ob_v3p0_achievementcredential_schema", "ob3/002-sample-openbadgecredential-file-contents"),
            ("ob3-jsonld/ob_v3p0_achievementcredential_schema", "ob3/003-sample-credential-a"),
            ("ob3-jsonld/ob_v3p0_achievementcredential_schema", "ob3/004-sample-credential-c"),
            ("ob3-jsonld/ob_v3p0_achievementcredential_schema", "ob3/008-sample-openbadgecredential"),
            ("ob3-jsonld/ob_v3p0_achievementcredential_schema", "ob3/010-complete-openbadgecredential"),
            ("ob3-jsonld/ob_v3p0_achievementcredential_schema", "ob3/011-skill-assertion-case"),
            ("ob3-jsonld/ob_v3p0_endorsementcredential_schema", "ob3/009-sample-endorsementcredential"),
            ("clr2/clr_v2p0_clrcredential_schema", "clr2-linked-data-proof-vector/signed"),
        ]
    )
    func badgeExamples(schema: String, example: String) throws {
        let compiled = try JSONSchema(OfficialData.json("ob-schemas/\(schema).json"))
        let credential = try OfficialData.json("ob-examples/\(example).json")
        #expect(compiled.violations(in: credential) == [])
        // It takes a thousandth of the work that is allowed.
        let frugal = try JSONSchema(
            OfficialData.json("ob-schemas/\(schema).json"),
            limits: JSONSchema.Limits(work: 8_000, depth: 64)
        )
        #expect(frugal.isValid(credential))
        // Without its type it is no such credential.
        var other = credential
        other["type"] = nil
        #expect(compiled.violations(in: other).contains { $0.keyword == "required" && $0.path.isRoot })
    }

    private func run(_ file: File, formats: JSONSchema.FormatAssertion) throws {
        let dialect = try #require(Self.dialects[String(file.folder.prefix { $0 != "/" })])
        let groups = try #require(try OfficialData.json(Self.root + file.testDescription).array)
        for group in groups {
            let name = "\(file.testDescription): \(group["description"]?.string ?? "")"
            let schema = try #require(group["schema"])
            let compiled = Result { () throws(JSONError) in
                try JSONSchema(
                    schema,
                    documents: Self.remotes,
                    dialect: dialect,
                    formats: formats
                )
            }
            try KnownExceptions.check("JSON Schema", name) {
                var differences: [String] = []
                for test in try #require(group["tests"]?.array) {
                    let data = try #require(test["data"])
                    let expected = try #require(test["valid"]?.bool as Bool?)
                    guard let difference = difference(compiled, data, expected) else { continue }
                    differences.append("\(test["description"]?.string ?? ""): \(difference)")
                }
                return differences.isEmpty ? nil : differences.joined(separator: "; ")
            }
        }
    }

    /// What is otherwise than expected; `nil` if nothing is.
    private func difference(_ compiled: Result<JSONSchema, JSONError>, _ data: JSON, _ expected: Bool) -> String? {
        switch compiled {
        case .failure(let error): return "\(error)"
        case .success(let schema):
            guard schema.references.isEmpty else { return "lacks \(schema.references)" }
            let violations = schema.violations(in: data)
            if !violations.allSatisfy(\.code.isVerdict) { return "no verdict: \(violations)" }
            if violations.isEmpty != expected { return expected ? "\(violations)" : "accepted" }
            return schema.isValid(data) == expected ? nil : "isValid and violations differ"
        }
    }
}
