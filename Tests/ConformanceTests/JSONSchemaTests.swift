import JSONCore
import Testing

/// The official test suite of JSON Schema: all tests that its authors call required, for the dialects of the badges that
/// there are, and the optional ones that we mean to pass.
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
            for test in try #require(group["tests"]?.array) {
                let data = try #require(test["data"])
                let expected = try #require(test["valid"]?.bool as Bool?)
                let title = "\(name): \(test["description"]?.string ?? "")"
                KnownExceptions.check("JSON Schema", title) {
                    difference(compiled, data, expected)
                }
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
