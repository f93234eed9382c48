import JSONCore
import Testing

/// Numbers in schemas are decimals: no rounding, however long they are.
@Suite("Numbers in JSON Schema")
struct SchemaNumberTests {
    @Test(
        "multiples are exact",
        arguments: [
            ("0.0001", "0.0075", true), ("0.0001", "0.00751", false), ("0.01", "19.99", true), ("0.1", "0.3", true),
            ("3", "9", true), ("3", "10", false), ("3", "0", true), ("2.5", "-7.5", true), ("1e-400", "1", true),
            ("0.5", "1e308", true), ("0.123456789", "1e308", false), ("7", "1e400", false), ("5", "1e400", true),
            ("1e400", "1e399", false), ("1e399", "1e400", true), ("3e-5", "1e10", false), ("0.3", "3e99999", true),
            ("1e99999999999999999999", "5", false), ("8", "1e3", true), ("1024", "1e9", false), ("1024", "1e10", true),
            ("9999999999999999999", "99999999999999999990", true),
            ("9999999999999999999", "99999999999999999991", false),
            ("123456789012345678901234567890", "370370367037037036703703703670", true),
            ("123456789012345678901234567890", "370370367037037036703703703671", false),
        ]
    )
    func multiples(divisor: String, number: String, isMultiple: Bool) throws {
        let schema = try JSONSchema(JSON(parsing: "{\"multipleOf\":\(divisor)}"))
        #expect(schema.isValid(try JSON(parsing: number)) == isMultiple)
        #expect(schema.isValid(try JSON(parsing: number.hasPrefix("-") ? number : "-" + number)) == isMultiple)
    }

    @Test("long division agrees with machine integers")
    func division() throws {
        var random = Seeded(seed: 5)
        for _ in 0..<300 {
            let divisor = Int.random(in: 1..<5_000, using: &random)
            let factor = Int.random(in: 0..<1_000_000, using: &random)
            let rest = Int.random(in: 0..<divisor, using: &random)
            // The zeros take it past what is compared as machine integers.
            let schema = try JSONSchema(JSON(parsing: "{\"multipleOf\":\(divisor).0e-30}"))
            let instance = try JSON(parsing: "\(factor * divisor + rest).0e-30")
            #expect(schema.isValid(instance) == (rest == 0))
        }
    }

    @Test(
        "bounds are exact",
        arguments: [
            ("9007199254740993", "9007199254740992", -1), ("9007199254740993", "9007199254740993.0", 0),
            ("0.1", "0.10000000000000000000000000001", 1), ("1e400", "1e399", -1), ("-1e400", "-1e399", 1),
            ("1e400", "10e399", 0), ("0", "-0.0", 0), ("-5", "3", 1), ("5", "-3", -1), ("0", "1e-999", 1),
            ("1", "1e99999999999999999999", 1), ("1", "-1e99999999999999999999", -1),
            ("1", "1e-99999999999999999999", -1), ("1.25", "1.3", 1), ("1.25", "1.2", -1),
        ]
    )
    func bounds(bound: String, number: String, order: Int) throws {
        let instance = try JSON(parsing: number)
        func accepts(_ keyword: String) throws -> Bool {
            try JSONSchema(JSON(parsing: "{\"\(keyword)\":\(bound)}")).isValid(instance)
        }
        #expect(try accepts("maximum") == (order <= 0))
        #expect(try accepts("minimum") == (order >= 0))
        #expect(try accepts("exclusiveMaximum") == (order < 0))
        #expect(try accepts("exclusiveMinimum") == (order > 0))
    }

    @Test("a count beyond all counting accepts everything, and asks for what there is not")
    func hugeCounts() throws {
        let schema = try JSONSchema(JSON(parsing: #"{"maxLength":1e30,"maxItems":99999999999999999999}"#))
        #expect(schema.isValid("text"))
        #expect(schema.isValid([1, 2]))
        #expect(!(try JSONSchema(JSON(parsing: #"{"minLength":1e30}"#)).isValid("text")))
        #expect(try JSONSchema(["minLength": 2.0]).isValid("ab"))
    }
}
