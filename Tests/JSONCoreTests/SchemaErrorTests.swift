import JSONCore
import Testing

/// Schemas that are none, or more than we take.
@Suite("Broken schemas")
struct SchemaErrorTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let schema: String
        let path: String
        let code: JSONError.Code
        let dialect: JSONSchema.Dialect

        init(
            _ schema: String,
            _ path: String,
            _ code: JSONError.Code = .invalidSchema,
            _ dialect: JSONSchema.Dialect = .draft2019
        ) {
            (self.schema, self.path, self.code, self.dialect) = (schema, path, code, dialect)
        }

        var testDescription: String { schema }
    }

    @Test(
        "a broken schema is refused, with its code and the place",
        arguments: [
            Case("1", ""), Case("null", ""), Case("[]", ""), Case("\"text\"", ""),
            Case(#"{"type":"text"}"#, "/type"), Case(#"{"type":1}"#, "/type"), Case(#"{"type":["null",1]}"#, "/type"),
            Case(#"{"enum":1}"#, "/enum"), Case(#"{"required":"a"}"#, "/required"),
            Case(#"{"required":[1]}"#, "/required"), Case(#"{"properties":[]}"#, "/properties"),
            Case(#"{"patternProperties":1}"#, "/patternProperties"), Case(#"{"allOf":{}}"#, "/allOf"),
            Case(#"{"multipleOf":0}"#, "/multipleOf"), Case(#"{"multipleOf":-1}"#, "/multipleOf"),
            Case(#"{"multipleOf":"1"}"#, "/multipleOf"), Case(#"{"maximum":"1"}"#, "/maximum"),
            Case(#"{"maxLength":-1}"#, "/maxLength"), Case(#"{"minItems":1.5}"#, "/minItems"),
            Case(#"{"uniqueItems":1}"#, "/uniqueItems"), Case(#"{"pattern":1}"#, "/pattern"),
            Case(#"{"format":1}"#, "/format"), Case(#"{"$ref":1}"#, "/$ref"), Case(##"{"$ref":"#/a"}"##, "/$ref"),
            Case(##"{"$ref":"#a"}"##, "/$ref"), Case(##"{"$ref":"#/%zz"}"##, "/$ref"),
            Case(##"{"$ref":"#/a~2"}"##, "/$ref"), Case(##"{"$recursiveRef":"#a"}"##, "/$recursiveRef"),
            Case(#"{"dependentRequired":{"a":1}}"#, "/dependentRequired"),
            Case(#"{"dependencies":1}"#, "/dependencies"),
            Case(#"{"exclusiveMaximum":true}"#, "/exclusiveMaximum"),
            Case(#"{"exclusiveMaximum":3}"#, "/exclusiveMaximum", .invalidSchema, .draft4),
            Case(##"{"$id":"#a"}"##, ""), Case(#"{"$defs":{"a":{"$anchor":"x"},"b":{"$anchor":"x"}}}"#, "/$defs/a"),
            Case(#"{"$defs":{"a":{"$id":"urn:x"},"b":{"$id":"urn:x"}}}"#, "/$defs/a"),
            Case(#"{"items":{"properties":{"a":{"type":"text"}}}}"#, "/items/properties/a/type"),
            Case(#"{"pattern":"("}"#, "/pattern"), Case(#"{"patternProperties":{"(":{}}}"#, "/patternProperties/("),
            Case(#"{"pattern":"(.)\\1"}"#, "/pattern", .unsupportedPattern),
            Case(#"{"pattern":"\\p{Script=Greek}"}"#, "/pattern", .unsupportedPattern),
            Case(#"{"pattern":"a{99999}"}"#, "/pattern", .sizeLimit),
        ]
    )
    func refuse(expected: Case) throws {
        let schema = try JSON(parsing: expected.schema)
        let error = try #require(throws: JSONError.self) { try JSONSchema(schema, dialect: expected.dialect) }
        #expect(error.code == expected.code)
        #expect(error.path.description == expected.path)
        #expect(error.line == nil)
    }

    @Test("what nothing applies may be broken, as it is in an official extension schema")
    func unreachable() throws {
        let schema = try JSONSchema(
            JSON(parsing: #"{"$defs":{"a":{"type":"text"}},"properties":{"required":["b"],"b":{}}}"#)
        )
        #expect(schema.isValid(["b": 1]))
        let violations = schema.violations(in: ["required": 1])
        #expect(violations.map(\.code) == [.invalidSchema])
        #expect(violations.first?.path.description == "/required")
        #expect(violations.first?.location == "#/properties/required")
    }
}
