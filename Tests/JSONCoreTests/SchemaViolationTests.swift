import JSONCore
import Testing

/// What a violation says: where, which keyword, and why, and nothing of the instance's values.
@Suite("Violations of JSON Schema")
struct SchemaViolationTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let schema: String
        let instance: String
        /// Path, keyword, location, detail.
        let expected: [[String]]

        init(_ schema: String, _ instance: String, _ expected: [String]...) {
            (self.schema, self.instance, self.expected) = (schema, instance, expected)
        }

        var testDescription: String { schema }
    }

    static let cases = [
        Case(
            #"{"type":["object","null","integer"]}"#,
            "true",
            ["", "type", "#/type", "must be null, an object or an integer"]
        ),
        Case(
            #"{"properties":{"a/b":{"items":{"maximum":3}}}}"#,
            #"{"a/b":[1,4,5]}"#,
            ["/a~1b/1", "maximum", "#/properties/a~1b/items/maximum", "must be at most 3"],
            ["/a~1b/2", "maximum", "#/properties/a~1b/items/maximum", "must be at most 3"]
        ),
        Case(
            #"{"required":["a","b"],"minProperties":1}"#,
            "{}",
            ["", "required", "#/required", #"the member "a" is missing"#],
            ["", "required", "#/required", #"the member "b" is missing"#],
            ["", "minProperties", "#/minProperties", "must have at least 1 member"]
        ),
        Case(
            #"{"additionalProperties":false}"#,
            #"{"x":1}"#,
            ["/x", "additionalProperties", "#/additionalProperties", #"the member "x" is not allowed"#]
        ),
        Case(
            ##"{"$ref":"#/$defs/a","$defs":{"a":{"const":"x"}}}"##,
            "1",
            ["", "const", "#/$defs/a/const", #"must be "x""#]
        ),
        Case(#"{"enum":[1,"b",null]}"#, "2", ["", "enum", "#/enum", #"must be one of 1, "b", null"#]),
        Case(#"{"pattern":"^a+$"}"#, "\"b\"", ["", "pattern", "#/pattern", "must match the regular expression ^a+$"]),
        Case(#"{"multipleOf":0.5}"#, "0.7", ["", "multipleOf", "#/multipleOf", "must be a multiple of 0.5"]),
        Case(#"{"not":{}}"#, "1", ["", "not", "#/not", "must not be what the schema excludes"]),
        Case("false", "1", ["", "", "#", "nothing is allowed here"]),
        Case(
            #"{"uniqueItems":true}"#,
            "[1,2,1.0]",
            ["/2", "uniqueItems", "#/uniqueItems", "must not be equal to an element before it"]
        ),
        Case(
            #"{"propertyNames":{"maxLength":1}}"#,
            #"{"ab":1}"#,
            ["/ab", "propertyNames", "#/propertyNames", #"no member may have the name "ab""#]
        ),
        Case(
            #"{"dependentRequired":{"a":["b"]}}"#,
            #"{"a":1}"#,
            ["", "dependentRequired", "#/dependentRequired", #"with the member "a" there must be "b""#]
        ),
        Case(
            #"{"if":true,"then":{"minLength":2}}"#,
            "\"x\"",
            ["", "minLength", "#/then/minLength", "must have at least 2 characters"]
        ),
        Case(
            #"{"oneOf":[{"type":"string"},{"minimum":0}]}"#,
            "\"x\"",
            ["", "oneOf", "#/oneOf", "must match only one of 2 alternatives"]
        ),
        Case(
            #"{"contains":{"type":"string"}}"#,
            "[1]",
            ["", "contains", "#/contains", "must have at least 1 element of the kind asked for"]
        ),
        Case(
            #"{"unevaluatedItems":false}"#,
            "[1]",
            ["/0", "unevaluatedItems", "#/unevaluatedItems", "the element is not allowed"]
        ),
        // What failed is said once, and not also that it was not evaluated.
        Case(
            #"{"anyOf":[{"properties":{"a":{"type":"null"}}}],"unevaluatedProperties":false}"#,
            #"{"a":1}"#,
            ["", "anyOf", "#/anyOf", "must match at least one of 1 alternative"],
            ["/a", "type", "#/anyOf/0/properties/a/type", "must be null"]
        ),
        // The same schema twice says it once.
        Case(
            ##"{"allOf":[{"$ref":"#/$defs/a"},{"$ref":"#/$defs/a"}],"$defs":{"a":{"type":"null"}}}"##,
            "1",
            ["", "type", "#/$defs/a/type", "must be null"]
        ),
    ]

    @Test("a violation tells path, keyword, location and reason", arguments: cases)
    func texts(expected: Case) throws {
        let schema = try JSONSchema(JSON(parsing: expected.schema))
        let violations = schema.violations(in: try JSON(parsing: expected.instance))
        #expect(violations.map { [$0.path.description, $0.keyword, $0.location, $0.detail] } == expected.expected)
        #expect(violations.allSatisfy { $0.code == .violation && $0.code.isVerdict })
    }

    @Test("the location has the URI of the document that the keyword stands in")
    func documents() throws {
        let schema = try JSONSchema(
            ["$ref": "other.json#/$defs/a"],
            baseURI: "https://example.org/s.json#",
            documents: ["https://example.org/other.json": ["$defs": ["a": ["type": "null"]]]]
        )
        #expect(schema.violations(in: 1).map(\.location) == ["https://example.org/other.json#/$defs/a/type"])
        #expect(
            schema.violations(in: ["x": 1]).first?.description
                == "SCHEMA_VIOLATION (type, https://example.org/other.json#/$defs/a/type): must be null"
        )
    }

    @Test("of several alternatives, the one that was meant says what is wrong")
    func alternatives() throws {
        let schema = try JSONSchema(
            JSON(
                parsing: """
                    {"items":{"anyOf":[
                      {"type":"string"},
                      {"type":"object","properties":{"kind":{"const":"a"},"n":{"type":"number"}},"required":["n"]},
                      {"type":"object","properties":{"kind":{"const":"b"},"m":{"type":"number"}},"required":["m"]}]}}
                    """
            )
        )
        func found(_ instance: JSON) -> [String] {
            schema.violations(in: instance).map { "\($0.path) \($0.keyword)" }
        }
        #expect(found([["kind": "b"]]) == ["/0 anyOf", "/0 required"])
        #expect(found([["kind": "a", "n": "1"]]) == ["/0 anyOf", "/0/n type"])
        // No alternative is about numbers.
        #expect(found([1]) == ["/0 anyOf"])
        #expect(found([["kind": "b", "m": 1], "text"]) == [])
    }

    @Test("nothing of the instance's values is in a violation")
    func secrets() throws {
        let secret = "ada@example.org"
        let schemas = [
            #"{"type":"null"}"#, #"{"const":1}"#, #"{"enum":["a"]}"#, #"{"maxLength":1}"#, #"{"minLength":99}"#,
            #"{"pattern":"^$"}"#, #"{"format":"date"}"#, #"{"not":{}}"#,
            #"{"anyOf":[{"type":"null"},{"maxLength":1}]}"#,
            #"{"oneOf":[true,true]}"#, #"{"$ref":"urn:x"}"#, "false",
        ]
        for text in schemas {
            let part = try JSON(parsing: text)
            for (schema, instance): (JSON, JSON) in [
                (part, .string(secret)), (["items": part, "uniqueItems": true], [.string(secret), .string(secret)]),
                (["additionalProperties": part], ["member": .string(secret)]),
            ] {
                let violations = try JSONSchema(schema, formats: .assertion).violations(in: instance)
                #expect(!violations.isEmpty, "\(text)")
                #expect(!violations.contains { "\($0)".contains("ada") }, "\(text)")
            }
        }
    }

    @Test("long names and values are cut short")
    func long() throws {
        let name = String(repeating: "n", count: 100_000)
        let closed = try JSONSchema(["additionalProperties": false, "required": [.string(name)], "maxProperties": 0])
        let violations = closed.violations(in: [name + "x": 1])
        #expect(violations.count == 3)
        #expect(violations.allSatisfy { $0.description.utf8.count < 400 })
        let constant = try JSONSchema([
            "properties": ["a": ["enum": .array(Array(repeating: .string(name), count: 20))]]
        ])
        #expect(constant.violations(in: ["a": 1]).allSatisfy { $0.detail.utf8.count < 1_000 })
    }

    @Test("no more violations are given than asked for, and at least one")
    func limit() throws {
        let schema = try JSONSchema(["items": ["type": "null"]])
        let instance = JSON.array((0..<500).map { JSON($0) })
        #expect(schema.violations(in: instance).count == 64)
        #expect(schema.violations(in: instance, limit: 3).map(\.path.description) == ["/0", "/1", "/2"])
        #expect(schema.violations(in: instance, limit: 1_000).count == 500)
        for limit in [0, -1, Int.min] { #expect(schema.violations(in: instance, limit: limit).count == 1) }
    }
}
