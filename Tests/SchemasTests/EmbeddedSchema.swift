import JSONCore
import Schemas
import Synchronization
import Testing

/// The embedded schemas, ready for use.
enum EmbeddedSchema {
    /// By its name in `json-schema/`, and the pointer within it.
    ///
    /// `format` is not checked: the patterns have to be enough.
    static func named(_ name: String) throws -> JSONSchema {
        try at("https://open-badges.invalid/json-schema/\(name)")
    }

    /// By its URL.
    static func at(_ url: String) throws -> JSONSchema {
        try compiled.withLock { compiled in
            if let schema = compiled[url] { return schema }
            let schema = try JSONSchema(["$ref": .string(url)], documents: documents)
            #expect(schema.references == [], "every schema that it needs is there")
            compiled[url] = schema
            return schema
        }
    }

    /// Compiling takes longer than a case.
    private static let compiled = Mutex<[String: JSONSchema]>([:])

    private static let documents: [String: JSON] = {
        var count = 0
        let rows = UnsafeBufferPointer(start: embedded_schemas(&count), count: count)
        return rows.reduce(into: [:]) { documents, row in
            let bytes = UnsafeBufferPointer(start: row.bytes, count: row.length)
            documents[String(cString: row.url)] = try? JSON(parsing: bytes)
        }
    }()
}

/// One thing that is put in the place of another in a good document, and whether the document stays good.
struct SchemaCase: Sendable, CustomTestStringConvertible {
    let name: String
    let members: [String]
    let value: JSON?
    let isGood: Bool

    var testDescription: String { name }

    static func good(_ name: String, _ members: String..., value: JSON?) -> SchemaCase {
        SchemaCase(name: name, members: members, value: value, isGood: true)
    }

    static func bad(_ name: String, _ members: String..., value: JSON?) -> SchemaCase {
        SchemaCase(name: name, members: members, value: value, isGood: false)
    }

    func check(_ schema: JSONSchema, _ document: JSON) {
        let changed = Self.changing(document, members[...], value)
        let found = schema.violations(in: changed)
        #expect(found.isEmpty == isGood, "\(found.map(\.description))")
        #expect(found.allSatisfy { $0.code == .violation })
        // What is missing is told of its parent.
        let place = members.reduce(JSONPointer()) { $0.appending($1) }
        let isAbout = found.contains {
            place.description.hasPrefix($0.path.description) || $0.path.description.hasPrefix(place.description)
        }
        #expect(isGood || isAbout, "\(found.map(\.description))")
    }

    private static func changing(_ document: JSON, _ members: ArraySlice<String>, _ value: JSON?) -> JSON {
        guard let name = members.first else { return value ?? .null }
        var document = document
        let rest = members.dropFirst()
        document[name] = rest.isEmpty ? value : changing(document[name] ?? [:], rest, value)
        return document
    }
}
