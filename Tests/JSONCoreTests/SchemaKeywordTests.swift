import JSONCore
import Testing

/// Each keyword by itself, in the dialects that have it: what it accepts, and what it refuses.
@Suite("Keywords of JSON Schema")
struct SchemaKeywordTests {
    /// A schema with instances that are valid and some that are not.
    struct Case: Sendable, CustomTestStringConvertible {
        let schema: String
        let valid: [String]
        let invalid: [String]
        let dialects: [JSONSchema.Dialect]

        init(
            _ schema: String,
            valid: [String],
            invalid: [String],
            _ dialects: [JSONSchema.Dialect] = JSONSchema.Dialect.allCases
        ) {
            (self.schema, self.valid, self.invalid, self.dialects) = (schema, valid, invalid, dialects)
        }

        var testDescription: String { schema }
    }

    static let since6 = JSONSchema.Dialect.allCases.filter { $0 >= .draft6 }
    static let since7 = JSONSchema.Dialect.allCases.filter { $0 >= .draft7 }
    static let since2019: [JSONSchema.Dialect] = [.draft2019, .draft2020]
    static let until2019 = JSONSchema.Dialect.allCases.filter { $0 <= .draft2019 }

    static let cases = [
        Case(
            #"{"type":"integer"}"#,
            valid: ["1", "-3", "1000000000000000000000000"],
            invalid: ["1.5", "\"1\"", "null"]
        ),
        Case(
            #"{"type":"integer"}"#,
            valid: ["1.0", "1e3", "0e-99", "1e99999999999999999999"],
            invalid: ["15e-1", "1e-99999999999999999999"],
            since6
        ),
        Case(#"{"type":"integer"}"#, valid: ["1"], invalid: ["1.0", "1e3"], [.draft4]),
        Case(#"{"type":["string","null"]}"#, valid: ["\"\"", "null"], invalid: ["1", "false", "[]", "{}"]),
        Case(#"{"type":"boolean"}"#, valid: ["true", "false"], invalid: ["0", "null"]),
        Case(
            #"{"enum":[1,"a",null,[1],{"b":2}]}"#,
            valid: ["1.0", "\"a\"", "null", "[1e0]", #"{"b":2}"#],
            invalid: ["2", "[]"]
        ),
        Case(#"{"enum":["é"]}"#, valid: ["\"é\""], invalid: ["\"e\u{301}\"", "1"]),
        Case(#"{"const":{"a":1,"b":[2]}}"#, valid: [#"{"b":[2],"a":1.0}"#], invalid: [#"{"a":1}"#, "1"], since6),
        Case(
            #"{"maximum":3,"minimum":-3}"#,
            valid: ["3", "3.0", "-3", "\"4\""],
            invalid: ["3.0000000000000000000001", "-4"]
        ),
        Case(#"{"exclusiveMaximum":3,"exclusiveMinimum":-3}"#, valid: ["2.9"], invalid: ["3", "-3"], since6),
        Case(#"{"maximum":3,"exclusiveMaximum":true}"#, valid: ["2.9"], invalid: ["3.0"], [.draft4]),
        Case(#"{"minimum":3,"exclusiveMinimum":true}"#, valid: ["3.1"], invalid: ["3"], [.draft4]),
        Case(#"{"minimum":3,"exclusiveMinimum":false}"#, valid: ["3"], invalid: ["2"], [.draft4]),
        Case(
            #"{"maxLength":2,"minLength":1}"#,
            valid: ["\"é\"", "\"😀😀\"", "5"],
            invalid: ["\"\"", "\"abc\"", "\"e\u{301}x\""]
        ),
        Case(#"{"maxItems":2,"minItems":1}"#, valid: ["[1]", "[1,2]", "{}"], invalid: ["[]", "[1,2,3]"]),
        Case(
            #"{"maxProperties":2,"minProperties":1}"#,
            valid: [#"{"a":1}"#, "[]"],
            invalid: ["{}", #"{"a":1,"b":1,"c":1}"#]
        ),
        Case(
            #"{"uniqueItems":true}"#,
            valid: ["[1,2,\"1\",true]", "[]", "[[1],[2]]"],
            invalid: ["[1,1.0]", #"[{"a":1,"b":2},{"b":2,"a":1}]"#]
        ),
        Case(#"{"uniqueItems":false}"#, valid: ["[1,1]"], invalid: []),
        Case(
            #"{"required":["a","é"]}"#,
            valid: [#"{"a":1,"é":null}"#, "[]"],
            invalid: [#"{"a":1}"#, "{\"a\":1,\"e\u{301}\":1}"]
        ),
        Case(
            """
            {"properties":{"a":{"type":"string"}},"patternProperties":{"^x":{"type":"null"}},
            "additionalProperties":false}
            """,
            valid: [#"{"a":"","x1":null}"#, "{}", "1"],
            invalid: [#"{"a":1}"#, #"{"x1":1}"#, #"{"b":1}"#]
        ),
        Case(#"{"additionalProperties":{"type":"string"}}"#, valid: [#"{"a":""}"#], invalid: [#"{"a":1}"#]),
        Case(#"{"propertyNames":{"maxLength":2}}"#, valid: [#"{"ab":1}"#], invalid: [#"{"abc":1}"#], since6),
        Case(
            #"{"dependencies":{"a":["b"],"c":{"required":["d"]}}}"#,
            valid: [#"{"a":1,"b":1}"#, "{}"],
            invalid: [#"{"a":1}"#, #"{"c":1}"#]
        ),
        Case(
            #"{"dependentRequired":{"a":["b"]}}"#,
            valid: [#"{"a":1,"b":1}"#, #"{"b":1}"#],
            invalid: [#"{"a":1}"#],
            since2019
        ),
        Case(
            #"{"dependentSchemas":{"a":{"required":["b"]}}}"#,
            valid: [#"{"a":1,"b":1}"#],
            invalid: [#"{"a":1}"#],
            since2019
        ),
        Case(#"{"items":{"type":"string"}}"#, valid: ["[\"\"]", "[]", "1"], invalid: ["[\"\",1]"]),
        Case(
            #"{"items":[{"type":"string"}],"additionalItems":{"type":"null"}}"#,
            valid: ["[\"\",null]", "[]"],
            invalid: ["[1]", "[\"\",1]"],
            until2019
        ),
        Case(#"{"items":[{"type":"string"}]}"#, valid: ["[\"\",1]"], invalid: ["[1]"], until2019),
        Case(
            #"{"prefixItems":[{"type":"string"}],"items":false}"#,
            valid: ["[\"\"]", "[]"],
            invalid: ["[1]", "[\"\",1]"],
            [.draft2020]
        ),
        Case(#"{"contains":{"type":"null"}}"#, valid: ["[1,null]", "{}"], invalid: ["[]", "[1]"], since6),
        Case(
            #"{"contains":{"type":"null"},"minContains":2,"maxContains":3}"#,
            valid: ["[null,null]", "[null,1,null,null]"],
            invalid: ["[null]", "[null,null,null,null]"],
            since2019
        ),
        Case(#"{"contains":{"type":"null"},"minContains":0}"#, valid: ["[]", "[1]", "[null]"], invalid: [], since2019),
        Case(#"{"allOf":[{"minimum":1},{"maximum":2}]}"#, valid: ["1", "2"], invalid: ["0", "3"]),
        Case(#"{"anyOf":[{"maximum":1},{"minimum":3}]}"#, valid: ["1", "3"], invalid: ["2"]),
        Case(#"{"oneOf":[{"maximum":2},{"minimum":2}]}"#, valid: ["1", "3"], invalid: ["2"]),
        Case(#"{"not":{"type":"null"}}"#, valid: ["1"], invalid: ["null"]),
        Case(
            #"{"if":{"type":"string"},"then":{"minLength":1},"else":{"type":"null"}}"#,
            valid: ["\"a\"", "null"],
            invalid: ["\"\"", "1"],
            since7
        ),
        Case(#"{"if":false,"else":{"type":"null"}}"#, valid: ["null"], invalid: ["1"], since7),
        Case(#"{"then":false,"else":false}"#, valid: ["1"], invalid: []),
        Case("true", valid: ["1", "{}"], invalid: []),
        Case("false", valid: [], invalid: ["1", "{}"]),
        Case("{}", valid: ["1", "{}"], invalid: []),
        Case(
            """
            {"properties":{"a":true},"anyOf":[{"properties":{"b":{"type":"null"}},"required":["b"]},true],
            "unevaluatedProperties":false}
            """,
            valid: [#"{"a":1}"#, #"{"a":1,"b":null}"#, "1"],
            invalid: [#"{"c":1}"#, #"{"b":1}"#, #"{"b":null,"c":1}"#],
            since2019
        ),
        Case(
            """
            {"if":{"properties":{"k":{"const":1}},"required":["k"]},"then":{"properties":{"x":true}},
            "unevaluatedProperties":false}
            """,
            valid: [#"{"k":1,"x":2}"#, "{}"],
            invalid: [#"{"k":2}"#, #"{"x":1}"#],
            since2019
        ),
        Case(
            #"{"not":{"not":{"properties":{"a":true}}},"unevaluatedProperties":false}"#,
            valid: ["{}"],
            invalid: [#"{"a":1}"#],
            since2019
        ),
        Case(
            #"{"prefixItems":[true],"contains":{"type":"string"},"unevaluatedItems":false}"#,
            valid: ["[1,\"\"]"],
            invalid: ["[\"\",1]"],
            [.draft2020]
        ),
        Case(
            #"{"items":[true],"unevaluatedItems":{"type":"null"}}"#,
            valid: ["[1,null]"],
            invalid: ["[1,1]"],
            [.draft2019]
        ),
        Case(#"{"allOf":[{"items":true}],"unevaluatedItems":false}"#, valid: ["[1,2]"], invalid: [], since2019),
    ]

    @Test("a keyword accepts what it should, and refuses what it should", arguments: cases)
    func check(expected: Case) throws {
        for dialect in expected.dialects {
            let schema = try JSONSchema(JSON(parsing: expected.schema), dialect: dialect)
            #expect(schema.references == [])
            for text in expected.valid {
                let instance = try JSON(parsing: text)
                #expect(schema.violations(in: instance) == [], "\(dialect): \(text)")
                #expect(schema.isValid(instance), "\(dialect): \(text)")
            }
            for text in expected.invalid {
                let instance = try JSON(parsing: text)
                let violations = schema.violations(in: instance)
                #expect(!violations.isEmpty, "\(dialect): \(text)")
                #expect(violations.allSatisfy { $0.code == .violation }, "\(dialect): \(text)")
                #expect(!schema.isValid(instance), "\(dialect): \(text)")
            }
        }
    }

    @Test("a keyword counts only in the dialects that have it")
    func unknownKeywords() throws {
        func accepts(_ schema: JSON, _ instance: JSON, _ dialect: JSONSchema.Dialect) throws -> Bool {
            try JSONSchema(schema, dialect: dialect).isValid(instance)
        }
        #expect(try accepts(["const": 1], 2, .draft4))
        #expect(try accepts(["if": true, "then": false], 2, .draft6))
        #expect(try accepts(["dependentRequired": ["a": ["b"]]], ["a": 1], .draft7))
        #expect(try accepts(["unevaluatedProperties": false], ["a": 1], .draft7))
        #expect(try accepts(["prefixItems": [false]], [1], .draft2019))
        #expect(try accepts(["additionalItems": false, "prefixItems": []], [1], .draft2020))
        #expect(try accepts(["contains": true, "minContains": 3], [1], .draft7))
    }

    @Test("the schema's own $schema goes before the dialect that the caller gives")
    func ownDialect() throws {
        for uri in ["http://json-schema.org/draft-04/schema#", "https://json-schema.org/draft-04/schema"] {
            let schema = try JSONSchema(["$schema": .string(uri), "const": 1], dialect: .draft2020)
            #expect(schema.isValid(2))
        }
        let schema = try JSONSchema(["$schema": "https://json-schema.org/draft/2019-09/schema#", "const": 1])
        #expect(!schema.isValid(2))
    }

    @Test("before 2019-09 nothing counts beside a reference")
    func siblings() throws {
        let schema: JSON = ["$ref": "#/definitions/a", "type": "null", "definitions": ["a": ["type": "string"]]]
        #expect(try JSONSchema(schema, dialect: .draft7).isValid("text"))
        #expect(!(try JSONSchema(schema, dialect: .draft2019).isValid("text")))
    }
}
