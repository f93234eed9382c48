import JSONCore
import Testing

/// Hostile schemas: a badge names the schemas that it is to be checked against.
@Suite("Limits of JSON Schema")
struct SchemaBudgetTests {
    /// Small, so that the tests are quick in a debug build too.
    private static let limits = JSONSchema.Limits(work: 20_000)

    private func codes(_ schema: JSON, _ instance: JSON) throws -> [JSONSchemaViolation.Code] {
        let compiled = try JSONSchema(schema, limits: Self.limits)
        let violations = compiled.violations(in: instance)
        #expect(compiled.isValid(instance) == violations.isEmpty)
        return violations.map(\.code)
    }

    @Test(
        "a schema that applies itself without end runs into the limit of depth",
        arguments: [
            ##"{"$ref":"#"}"##, ##"{"allOf":[{"$ref":"#"}]}"##, ##"{"not":{"$ref":"#"}}"##,
            ##"{"anyOf":[{"$ref":"#"},true]}"##,
            ##"{"if":{"$ref":"#"}}"##, ##"{"$recursiveRef":"#"}"##, ##"{"dependentSchemas":{"a":{"$ref":"#"}}}"##,
            ##"{"$ref":"#/$defs/a","$defs":{"a":{"$ref":"#/$defs/b"},"b":{"oneOf":[{"$ref":"#/$defs/a"}]}}}"##,
            ##"{"unevaluatedProperties":{"$ref":"#"},"allOf":[{"$ref":"#"}]}"##,
        ]
    )
    func endless(schema: String) throws {
        #expect(try codes(JSON(parsing: schema), ["a": 1]) == [.depthLimit])
    }

    @Test("senseless limits refuse, and do not crash", arguments: [0, -1, Int.min])
    func senseless(limit: Int) throws {
        let schema: JSON = ["properties": ["a": ["type": "null"]]]
        #expect(throws: JSONError.self) { try JSONSchema(schema, limits: JSONSchema.Limits(schemas: limit)) }
        #expect(throws: JSONError.self) { try JSONSchema(schema, limits: JSONSchema.Limits(nodes: limit)) }
        let patterned: JSON = ["pattern": "a"]
        #expect(throws: JSONError.self) { try JSONSchema(patterned, limits: JSONSchema.Limits(patternSize: limit)) }
        let busy = try JSONSchema(schema, limits: JSONSchema.Limits(work: limit))
        #expect(busy.violations(in: ["a": nil]).map(\.code) == [.workLimit])
        let shallow = try JSONSchema(schema, limits: JSONSchema.Limits(depth: limit))
        #expect(shallow.violations(in: ["a": nil]).map(\.code) == [.depthLimit])
    }

    @Test("no limit of depth is larger than what a stack bears")
    func deepest() throws {
        let limits = JSONSchema.Limits(depth: .max)
        for text in [
            ##"{"allOf":[{"$ref":"#"}]}"##, ##"{"unevaluatedProperties":{"$ref":"#"},"anyOf":[{"$ref":"#"}]}"##,
        ] {
            let schema = try JSONSchema(JSON(parsing: text), limits: limits)
            #expect(schema.violations(in: ["a": 1]).map(\.code) == [.depthLimit])
        }
        let tree = try JSONSchema(JSON(parsing: ##"{"items":{"$ref":"#"}}"##), limits: limits)
        let depth = JSONLimits.maximumDepth
        let text = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        let instance = try JSON(parsing: text, limits: JSONLimits(depth: depth))
        #expect(tree.violations(in: instance).map(\.code) == [.depthLimit])
    }

    @Test("a usual document of the usual depth is within the limit")
    func usualDepth() throws {
        let schema = try JSONSchema(
            JSON(parsing: ##"{"anyOf":[{"type":"string"},{"$ref":"#/$defs/a"}],"$defs":{"a":{"items":{"$ref":"#"}}}}"##)
        )
        let text = String(repeating: "[", count: 128) + String(repeating: "]", count: 128)
        #expect(schema.isValid(try JSON(parsing: text)))
    }

    @Test("exponential work runs into the limit of work", arguments: ["allOf", "anyOf", "oneOf"])
    func exponential(keyword: String) throws {
        var definitions: JSON = ["a40": ["type": keyword == "allOf" ? "integer" : "string"]]
        for level in 0..<40 {
            let next: JSON = ["$ref": .string("#/$defs/a\(level + 1)")]
            definitions["a\(level)"] = [keyword: [next, next]]
        }
        #expect(try codes(["$ref": "#/$defs/a0", "$defs": definitions], 1) == [.workLimit])
        // A `not` makes no verdict of it.
        #expect(try codes(["not": ["$ref": "#/$defs/a0"], "$defs": definitions], 1) == [.workLimit])
    }

    @Test("work that grows with the instance counts, whatever does it")
    func instances() throws {
        let numbers = JSON.array((0..<1_000).map { JSON($0) })
        let members = JSON.object(JSONObject(members: (0..<1_000).map { ("member \($0)", JSON($0)) }))
        let long = JSON.string(String(repeating: "x", count: 10_000))
        let name = JSON.object(JSONObject(members: [(String(repeating: "x", count: 10_000), nil)]))
        let divisor = try JSON(parsing: String(repeating: "7", count: 1_000))
        let huge = try JSON(parsing: String(repeating: "9", count: 1_000) + "e9999")
        // All valid, so that no violation ends the work.
        let cases: [(JSON, JSON)] = [
            (["items": true], numbers), (["uniqueItems": true], numbers), (["unevaluatedItems": true], numbers),
            (["not": ["contains": ["type": "null"]]], numbers), (["additionalProperties": true], members),
            (["propertyNames": true], members), (["unevaluatedProperties": true], members),
            (["maxLength": 9_999], .string("😀" + String(repeating: "x", count: 9_998))),
            (["minLength": 8_000], long), (["enum": [long, 1]], long), (["const": long], long),
            (["not": ["pattern": "y"]], long), (["patternProperties": ["y": true]], name),
            (["properties": ["a": true]], name),
            (["required": .array(name.object?.keys.map { .string($0) } ?? [])], name),
            (["not": ["multipleOf": divisor]], huge), (["maximum": divisor], divisor), (["type": "integer"], huge),
        ]
        for (part, instance) in cases {
            let schema: JSON = ["allOf": .array(Array(repeating: part, count: 400))]
            #expect(try codes(schema, instance) == [.workLimit], "\(part.object?.keys ?? [])")
        }
    }

    @Test("a schema of too many parts, or with too long names, is refused")
    func sizes() throws {
        let many = JSON.array(Array(repeating: ["type": "null"], count: 30_000))
        #expect(throws: JSONError.self) { try JSONSchema(["anyOf": many]) }
        let named: JSON = [
            String(repeating: "n", count: 1_000_000): ["allOf": .array(Array(repeating: true, count: 10_000))]
        ]
        #expect(throws: JSONError.self) { try JSONSchema(["properties": named]) }
        let uri = JSON.string("https://example.org/" + String(repeating: "a", count: 3_000))
        let error = #expect(throws: JSONError.self) { try JSONSchema(["$id": uri]) }
        #expect(error?.code == .sizeLimit)
        // What nothing applies is only looked through.
        #expect(throws: Never.self) { try JSONSchema(["$defs": ["a": ["anyOf": many]]]) }
        #expect(throws: JSONError.self) {
            try JSONSchema(["$defs": ["a": ["anyOf": many]]], limits: JSONSchema.Limits(nodes: 20_000))
        }
    }

    @Test("anchors of thousands of resources are placed, or refused, in time")
    func anchors() throws {
        var definitions = JSONObject()
        for index in 0..<1_500 {
            definitions["d\(index)"] = [
                "$id": .string("urn:r:\(index)"), "$dynamicAnchor": .string("a\(index)"),
                "$dynamicRef": .string("#a\(index)"), "allOf": [["$ref": .string("urn:r:\(index + 1)")]],
            ]
        }
        definitions["last"] = ["$id": "urn:r:1500"]
        let schema: JSON = ["$defs": .object(definitions), "$ref": "urn:r:0"]
        let error = #expect(throws: JSONError.self) { try JSONSchema(schema, dialect: .draft2020) }
        #expect(error?.code == .sizeLimit)
    }

    @Test("mutated schemas never crash the compiler, nor what it compiles", arguments: [1, 2, 3] as [UInt64])
    func mutate(seed: UInt64) throws {
        var random = Seeded(seed: seed)
        let schemas = try SchemaKeywordTests.cases.map { try JSON(parsing: $0.schema) }
        let keywords =
            schemas.flatMap { $0.object?.keys ?? [] } + ["$ref", "$id", "$anchor", "$defs", "$dynamicRef", "$schema"]
        let values: [JSON] =
            schemas + ["#", "#/$defs/a", "urn:x", 0, -1, 1.5, "string", [], [[]], nil, true, "(", ["a": ["b"]]]
        let instances: [JSON] = [1, "text", nil, [1, "a", nil], ["a": 1, "b": [1]], [["a": ["a": 1]]], true]
        var compiled = 0
        for _ in 0..<600 {
            var schema = schemas.randomElement(using: &random) ?? true
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let keyword = keywords.randomElement(using: &random) ?? "type"
                let value = values.randomElement(using: &random) ?? true
                if Bool.random(using: &random) {
                    schema[keyword] = value
                } else {
                    schema = [keyword: Bool.random(using: &random) ? ["a": schema] : [schema], "$defs": ["a": schema]]
                }
            }
            let dialect = JSONSchema.Dialect.allCases.randomElement(using: &random) ?? .draft2019
            let result = Result { () throws(JSONError) in
                try JSONSchema(schema, dialect: dialect, formats: .assertion, limits: JSONSchema.Limits(work: 5_000))
            }
            guard case .success(let compiledSchema) = result else { continue }
            compiled += 1
            for instance in instances {
                let violations = compiledSchema.violations(in: instance)
                #expect(compiledSchema.isValid(instance) == violations.isEmpty)
                // Verdicts alone, or one reason for which there is none.
                #expect(violations.allSatisfy(\.code.isVerdict) || violations.count == 1)
            }
        }
        #expect(compiled > 100)
    }

    @Test("mutated expressions never crash")
    func mutatePatterns() throws {
        var random = Seeded(seed: 11)
        let alphabet = Array("()[]{}*+?|^$\\.,-:=!<>abdDwWsSpPukx019éLN".unicodeScalars)
        var compiled = 0
        for pattern in SchemaPatternTests.cases.map(\.pattern) {
            for _ in 0..<20 {
                var scalars = Array(pattern.unicodeScalars)
                for _ in 0...Int.random(in: 0..<3, using: &random) {
                    let place = Int.random(in: 0...scalars.count, using: &random)
                    scalars.insert(alphabet.randomElement(using: &random) ?? "(", at: place)
                }
                var view = String.UnicodeScalarView()
                view.append(contentsOf: scalars)
                let source = JSON.string(String(view))
                let limits = JSONSchema.Limits(work: 5_000, patternSize: 4_000)
                guard let schema = try? JSONSchema(["pattern": source], limits: limits) else { continue }
                compiled += 1
                for text in ["", "a", "abc 1é😀\n", String(repeating: "ab", count: 50)] {
                    #expect(schema.isValid(.string(text)) == schema.violations(in: .string(text)).isEmpty)
                }
            }
        }
        #expect(compiled > 150)
    }
}
