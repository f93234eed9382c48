import JSONCore
import Testing

/// How schemas name themselves and one another.
@Suite("References in JSON Schema")
struct SchemaReferenceTests {
    private static let string: JSON = ["type": "string"]

    @Test(
        "a reference is resolved against the nearest $id",
        arguments: [
            ("#/$defs/a", "https://example.org/s.json"), ("s.json#/$defs/a", "https://example.org/s.json"),
            ("/s.json#/$defs/a", "https://example.org/s.json"),
            ("../s.json#/$defs/a", "https://example.org/s.json"),
            ("//example.org/s.json#/$defs/a", "https://example.org/s.json"),
            ("https://example.org/s.json#/$defs/a", "https://example.org/s.json"),
            ("#/%24defs/a", "https://example.org/s.json"),
            ("#/$defs/a", "urn:uuid:feebdaed-ffff-0000-ffff-0000deadbeef"),
            ("?q#/$defs/a", "https://example.org/s.json?q"), ("#/$defs/a", ""),
        ]
    )
    func resolution(reference: String, base: String) throws {
        let schema: JSON = ["$defs": ["a": Self.string], "properties": ["x": ["$ref": .string(reference)]]]
        let compiled = try JSONSchema(schema, baseURI: base)
        #expect(compiled.references == [])
        #expect(compiled.isValid(["x": "text"]))
        #expect(!compiled.isValid(["x": 1]))
    }

    @Test("pointers and anchors lead to places, escaped as they must be")
    func places() throws {
        let schema: JSON = [
            "$defs": ["a/b~c %": Self.string, "d": ["$anchor": "here", "type": "string"], "e": [["type": "string"]]],
            "properties": [
                "pointer": ["$ref": "#/$defs/a~1b~0c%20%25"], "anchor": ["$ref": "#here"],
                "list": ["$ref": "#/$defs/e/0"], "whole": ["$ref": "#"],
            ],
        ]
        let compiled = try JSONSchema(schema)
        for name in ["pointer", "anchor", "list"] {
            #expect(compiled.isValid([name: "text"]), "\(name)")
            #expect(!compiled.isValid([name: 1]), "\(name)")
        }
        #expect(!compiled.isValid(["whole": ["whole": ["anchor": 1]]]))
    }

    @Test("names of members are compared code point by code point")
    func normalization() throws {
        let schema: JSON = [
            "properties": ["é": Self.string, "e\u{301}": ["type": "null"]],
            "$ref": "#/properties/e\u{301}x",
        ]
        #expect(throws: JSONError.self) { try JSONSchema(schema) }
        let both = try JSONSchema(["properties": ["é": Self.string, "e\u{301}": ["type": "null"]]])
        #expect(both.isValid(["é": "text", "e\u{301}": nil]))
        #expect(!both.isValid(["é": nil]))
        #expect(!both.isValid(["e\u{301}": "text"]))
    }

    @Test("the documents that are lacking are listed, and their lack is no verdict")
    func lacking() throws {
        let schema: JSON = [
            "$id": "https://example.org/s.json",
            "properties": [
                "a": ["$ref": "other.json#/x"], "b": ["$ref": "other.json"], "c": ["$ref": "https://example.com/"],
                "d": Self.string,
            ],
        ]
        let compiled = try JSONSchema(schema)
        #expect(compiled.references == ["https://example.org/other.json", "https://example.com/"])
        #expect(compiled.isValid(["d": "text"]))
        #expect(!compiled.isValid(["a": 1]))
        let violations = compiled.violations(in: ["a": 1])
        #expect(violations.map(\.code) == [.unresolvedReference])
        #expect(violations.first?.path.description == "/a")
        #expect(violations.first?.location == "https://example.org/s.json#/properties/a/$ref")
        // What is wrong in any case is a verdict.
        #expect(compiled.violations(in: ["d": 1, "a": 1]).map(\.code) == [.violation])
    }

    @Test("what cannot be checked is neither valid nor invalid, whatever is around it")
    func noVerdict() throws {
        let lacking: JSON = ["$ref": "https://example.com/"]
        let around: [JSON] = [
            ["not": lacking], ["anyOf": [lacking, true]], ["oneOf": [lacking, true]], ["if": lacking],
            ["contains": lacking], ["propertyNames": lacking], ["not": ["not": lacking]],
        ]
        for schema in around {
            let instance: JSON = schema["contains"] == nil ? ["a": 1] : [1]
            let compiled = try JSONSchema(schema)
            #expect(!compiled.isValid(instance))
            #expect(compiled.violations(in: instance).map(\.code) == [.unresolvedReference], "\(schema)")
        }
    }

    @Test("what is fetched is given, and then nothing is lacking")
    func documents() throws {
        let schema: JSON = ["$id": "https://example.org/s.json", "$ref": "other.json#here"]
        let other: JSON = ["$defs": ["a": ["$anchor": "here", "$ref": "third.json"]]]
        let first = try JSONSchema(schema)
        #expect(first.references == ["https://example.org/other.json"])
        let second = try JSONSchema(schema, documents: ["https://example.org/other.json": other])
        #expect(second.references == ["https://example.org/third.json"])
        let third = try JSONSchema(
            schema,
            documents: ["https://example.org/other.json": other, "https://example.org/third.json": Self.string]
        )
        #expect(third.references == [])
        #expect(third.isValid("text"))
        #expect(!third.isValid(1))
    }

    @Test("a document that calls itself otherwise is found by either name")
    func otherName() throws {
        let document: JSON = ["$id": "https://example.org/name.json", "type": "string"]
        for reference in ["https://example.org/name.json", "https://example.com/found.json"] {
            let compiled = try JSONSchema(
                ["$ref": .string(reference)],
                documents: ["https://example.com/found.json": document]
            )
            #expect(compiled.references == [])
            #expect(!compiled.isValid(1))
        }
    }

    @Test("a document may be in another dialect")
    func otherDialect() throws {
        let document: JSON = [
            "$schema": "http://json-schema.org/draft-04/schema#", "maximum": 3, "exclusiveMaximum": true,
        ]
        let compiled = try JSONSchema(["$ref": "urn:x"], documents: ["urn:x": document], dialect: .draft2020)
        #expect(!compiled.isValid(3))
        #expect(compiled.isValid(2))
    }

    @Test("$dynamicRef means the outermost anchor on the way")
    func dynamic() throws {
        let tree: JSON = [
            "$schema": "https://json-schema.org/draft/2020-12/schema", "$id": "https://example.org/tree",
            "$dynamicAnchor": "node", "properties": ["children": ["items": ["$dynamicRef": "#node"]]],
        ]
        let strict: JSON = [
            "$schema": "https://json-schema.org/draft/2020-12/schema", "$id": "https://example.org/strict",
            "$dynamicAnchor": "node", "$ref": "tree", "unevaluatedProperties": false,
        ]
        let open = try JSONSchema(tree)
        let closed = try JSONSchema(strict, documents: ["https://example.org/tree": tree])
        #expect(open.isValid(["children": [["odd": 1]]]))
        #expect(!closed.isValid(["children": [["odd": 1]]]))
        #expect(closed.isValid(["children": [["children": []]]]))
    }

    @Test("$recursiveRef means the outermost schema with $recursiveAnchor")
    func recursive() throws {
        let tree: JSON = [
            "$id": "https://example.org/tree", "$recursiveAnchor": true,
            "properties": ["children": ["items": ["$recursiveRef": "#"]]],
        ]
        let strict: JSON = [
            "$id": "https://example.org/strict", "$recursiveAnchor": true, "$ref": "tree",
            "unevaluatedProperties": false,
        ]
        let closed = try JSONSchema(strict, documents: ["https://example.org/tree": tree])
        #expect(try JSONSchema(tree).isValid(["children": [["odd": 1]]]))
        #expect(!closed.isValid(["children": [["odd": 1]]]))
        #expect(closed.isValid(["children": [["children": []]]]))
    }

    @Test("each dialect's metaschema accepts schemas and refuses what is none", arguments: JSONSchema.Dialect.allCases)
    func metaschemas(dialect: JSONSchema.Dialect) throws {
        let metaschema = try JSONSchema(["$ref": .string(dialect.metaschemaURI)], dialect: dialect)
        #expect(metaschema.references == [])
        let good: [JSON] = [
            [:], ["type": "string"], ["type": ["string", "null"]], ["properties": ["type": ["type": "string"]]],
            ["allOf": [["minimum": 1]], "unknown": 1], ["required": ["a"]],
        ]
        for schema in good { #expect(metaschema.violations(in: schema) == [], "\(schema)") }
        let bad: [JSON] = [
            1, ["type": "text"], ["properties": ["a": ["minimum": "1"]]], ["allOf": [["not": ["maxLength": -1]]]],
            ["multipleOf": 0], ["items": ["enum": 1]], ["required": ["a", "a"]], ["patternProperties": ["a": 1]],
        ]
        for schema in bad { #expect(!metaschema.isValid(schema), "\(schema)") }
        // The metaschemas are schemas by their own measure.
        #expect(metaschema.isValid(["$schema": .string(dialect.metaschemaURI)]))
    }

    @Test("a metaschema's vocabularies count")
    func vocabularies() throws {
        func metaschema(_ vocabularies: JSON) -> [String: JSON] {
            [
                "https://example.org/meta": [
                    "$schema": "https://json-schema.org/draft/2020-12/schema", "$id": "https://example.org/meta",
                    "$vocabulary": vocabularies,
                ]
            ]
        }
        let schema: JSON = ["$schema": "https://example.org/meta", "minimum": 3, "properties": ["a": false]]
        let prefix = "https://json-schema.org/draft/2020-12/vocab/"
        let applying = try JSONSchema(schema, documents: metaschema([prefix + "applicator": true]))
        #expect(applying.isValid(1))
        #expect(!applying.isValid(["a": 1]))
        let validating = try JSONSchema(
            schema,
            documents: metaschema([prefix + "validation": true, "https://example.org/odd": false])
        )
        #expect(!validating.isValid(1))
        #expect(validating.isValid(["a": 1]))
        let error = #expect(throws: JSONError.self) {
            try JSONSchema(schema, documents: metaschema(["https://example.org/odd": true]))
        }
        #expect(error?.code == .unsupportedVocabulary)
    }

    @Test("a schema of an unknown dialect is not judged by")
    func unknownDialect() throws {
        let schema: JSON = ["$schema": "https://example.org/meta", "type": "string"]
        let unknown = try JSONSchema(schema)
        #expect(unknown.references == ["https://example.org/meta"])
        #expect(!unknown.isValid("text"))
        #expect(unknown.violations(in: 1).map(\.code) == [.unresolvedReference])
        #expect(unknown.violations(in: 1).map(\.location) == ["#/$schema"])
        // A metaschema that is there but of no known dialect does not have to be fetched again.
        let odd = try JSONSchema(schema, documents: ["https://example.org/meta": ["$schema": "urn:odd"]])
        #expect(odd.references == [])
        #expect(odd.violations(in: 1).map(\.code) == [.unresolvedReference])
    }

    @Test("the dialect of the metaschema counts, not only of the metaschemas that are known")
    func derivedDialect() throws {
        let metaschema: JSON = ["$schema": "https://json-schema.org/draft/2020-12/schema", "$id": "urn:meta"]
        let schema: JSON = [
            "$schema": "urn:meta", "$dynamicAnchor": "a", "prefixItems": [["$dynamicRef": "#a"]],
            "type": ["array", "null"],
        ]
        let compiled = try JSONSchema(schema, documents: ["urn:meta": metaschema], dialect: .draft4)
        #expect(compiled.isValid([[nil]]))
        #expect(!compiled.isValid([[1]]))
    }

    @Test("a part of a schema may be in another dialect if it is a resource")
    func embeddedDialect() throws {
        let schema: JSON = [
            "$defs": [
                "old": [
                    "$schema": "http://json-schema.org/draft-04/schema#", "id": "urn:old", "minimum": 3,
                    "exclusiveMinimum": true,
                ]
            ],
            "$ref": "urn:old",
        ]
        let compiled = try JSONSchema(schema)
        #expect(compiled.references == [])
        #expect(!compiled.isValid(3))
    }
}
