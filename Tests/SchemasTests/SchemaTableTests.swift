import JSONCore
import Schemas
import Testing

@Suite("The embedded JSON Schemas")
struct SchemaTableTests {
    private static let schemas: [EmbeddedDocument] = {
        var count = 0
        return Array(UnsafeBufferPointer(start: embedded_schemas(&count), count: count))
    }()

    private static func json(_ document: EmbeddedDocument) throws -> JSON {
        try JSON(parsing: UnsafeBufferPointer(start: document.bytes, count: document.length))
    }

    /// Each schema by its URL, as who resolves a `$ref` finds it.
    private static func byURL() throws -> [String: JSON] {
        try schemas.reduce(into: [:]) { $0[String(cString: $1.url)] = try json($1) }
    }

    @Test("the table has a row for each schema of the manifest and each official URL it answers for, in its order")
    func table() throws {
        let manifest = try Self.json(embedded_manifest().pointee)
        var expected: [String] = []
        for schema in try #require(manifest["schemas"]?.array) {
            let file = try #require(schema["file"]?.string)
            for url in [try #require(schema["url"]?.string)] + (schema["answersFor"]?.array ?? []).compactMap(\.string)
            {
                expected.append("\(url) 0 \(file)")
            }
        }
        let rows = Self.schemas.map { "\(String(cString: $0.url)) \($0.version) \(String(cString: $0.file))" }
        #expect(rows == expected)
        #expect(Set(Self.schemas.map { String(cString: $0.url) }).count == rows.count, "each URL has one answer")
    }

    @Test("each schema is strict JSON of draft 2019-09, known by the URL that it bears, and says what it is")
    func identity() throws {
        let schemas = try Self.byURL()
        for row in Self.schemas {
            let json = try Self.json(row)
            let file = String(cString: row.file)
            #expect(json["$schema"] == "https://json-schema.org/draft/2019-09/schema", "\(file)")
            let id = try #require(json["$id"]?.string)
            #expect(id.hasSuffix("/" + file), "\(file)")
            #expect(schemas[id] == json, "\(file)")
            #expect(json["title"]?.string?.isEmpty == false, "\(file)")
            #expect(json["description"]?.string?.isEmpty == false, "\(file)")
        }
    }

    @Test("every reference leads to a schema that is embedded too")
    func references() throws {
        let schemas = try Self.byURL()
        let references = try schemas.values.flatMap(Self.references(of:))
        #expect(references.count > 300)
        for reference in references {
            let parts = reference.split(separator: "#", maxSplits: 1).map(String.init)
            let target = try #require(schemas[parts[0]], "\(reference)")
            let pointer = try #require(JSONPointer(parts.count > 1 ? parts[1] : ""))
            #expect(target.value(at: pointer)?.object != nil, "\(reference)")
        }
    }

    @Test("every definition is used, or is a class of the specification")
    func definitions() throws {
        let schemas = try Self.byURL().values
        let used = Set(try schemas.flatMap(Self.references(of:)))
        for json in schemas {
            let base = try #require(json["$id"]?.string)
            for (name, definition) in json["$defs"]?.object ?? [:] where definition["title"] == nil {
                #expect(used.contains("\(base)#/$defs/\(name)"), "\(base): \(name)")
            }
        }
    }

    /// Every `$ref` of a schema as a whole URL. Ours are fragments, or names of files in the same folder.
    private static func references(of schema: JSON) throws -> [String] {
        let base = try #require(schema["$id"]?.string)
        let folder = String(base.prefix(through: try #require(base.lastIndex(of: "/"))))
        return references(in: schema).map { $0.hasPrefix("#") ? base + $0 : folder + $0 }
    }

    private static func references(in json: JSON) -> [String] {
        let own = json["$ref"]?.string.map { [$0] } ?? []
        let below = (json.object?.values ?? []) + (json.array ?? [])
        return own + below.flatMap(references(in:))
    }
}
