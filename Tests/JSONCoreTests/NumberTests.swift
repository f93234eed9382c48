import JSONCore
import Testing

@Suite("Numbers")
struct NumberTests {
    @Test(
        "a number that is exactly an integer is one, however written",
        arguments: [
            ("0", 0), ("-0", 0), ("7", 7), ("-7", -7), ("1.0", 1), ("1e2", 100), ("1.5e1", 15), ("100e-2", 1),
            ("-2.50e+1", -25),
            ("0e999999999999999999999", 0), ("0.000", 0), ("9223372036854775807", Int.max),
            ("-9223372036854775808", Int.min),
            ("9223372036854775807.0", Int.max), ("-922337203685477580.8e1", Int.min), ("1000000000000000000e-18", 1),
        ]
    )
    func integers(literal: String, value: Int) throws {
        #expect(try #require(JSONNumber(literal: literal)).int == value)
        #expect(try JSON(parsing: literal).int == value)
    }

    @Test(
        "a number that is no integer, or too large for one, is none",
        arguments: [
            "0.5", "1e-1", "9223372036854775808", "-9223372036854775809", "1e19", "1e30", "1e400",
            "1e99999999999999999999",
            "1e-99999999999999999999", "123456789012345678901234567890", "99999999999999999999e-1",
        ]
    )
    func noIntegers(literal: String) throws {
        #expect(try #require(JSONNumber(literal: literal)).int == nil)
    }

    @Test(
        "only what the grammar allows is a literal",
        arguments: ["", " 1", "1 ", "+1", "01", ".5", "1.", "1e", "-", "NaN", "Infinity", "0x1", "1,0", "١", "1\u{0}"]
    )
    func literals(literal: String) {
        #expect(JSONNumber(literal: literal) == nil)
    }

    @Test("numbers are equal by what they are, and keep how they were written")
    func equality() throws {
        let same = ["100", "100.0", "1e2", "1E+2", "0.1e3", "10000e-2"].compactMap { JSONNumber(literal: $0) }
        #expect(same.count == 6)
        #expect(Set(same).count == 1)
        #expect(Set(same.map(\.literal)).count == 6)
        #expect(JSONNumber(literal: "-0") == JSONNumber(literal: "0.0e7"))
        #expect(JSONNumber(literal: "1") != JSONNumber(literal: "-1"))
        #expect(JSONNumber(literal: "1e400") != JSONNumber(literal: "1e401"))
        // No double tells these two apart.
        #expect(JSONNumber(literal: "9007199254740993") != JSONNumber(literal: "9007199254740992"))
        let beyond = "1e99999999999999999999"
        #expect(JSONNumber(literal: beyond) == JSONNumber(literal: beyond))
        #expect(JSONNumber(literal: beyond) != JSONNumber(literal: "1e99999999999999999998"))
    }

    @Test("doubles are the nearest to what was written")
    func doubles() throws {
        #expect(try JSON(parsing: "0.1").number?.double == 0.1)
        #expect(try JSON(parsing: "-0").number?.double.sign == .minus)
        #expect(try JSON(parsing: "1e400").number?.double == .infinity)
        #expect(try JSON(parsing: "-1e400").number?.double == -.infinity)
        #expect(try JSON(parsing: "1e-400").number?.double == 0)
        #expect(try JSON(parsing: "4.9406564584124654e-324").number?.double == .leastNonzeroMagnitude)
        #expect(try JSON(parsing: "9007199254740993").number?.double == 9_007_199_254_740_992)
    }

    @Test(
        "doubles are written as ECMAScript writes them",
        arguments: [
            (0.0, "0"), (-0.0, "0"), (1.0, "1"), (-1.5, "-1.5"), (0.1, "0.1"), (87.25, "87.25"), (1e-6, "0.000001"),
            (1e-7, "1e-7"), (1.5e-7, "1.5e-7"), (1e20, "100000000000000000000"), (1e21, "1e+21"), (1.25e21, "1.25e+21"),
            (123456789012345680000.0, "123456789012345680000"), (Double.leastNonzeroMagnitude, "5e-324"),
            (1.7976931348623157e308, "1.7976931348623157e+308"), (333333333.33333329, "333333333.3333333"),
        ]
    )
    func formatting(value: Double, text: String) {
        #expect(JSONNumber(value).literal == text)
        #expect(JSONNumber(finite: value)?.literal == text)
    }

    @Test("there is no JSON number for what is not finite", arguments: [Double.infinity, -.infinity, .nan])
    func infinite(value: Double) {
        #expect(JSONNumber(finite: value) == nil)
    }

    @Test("every double comes back from its text")
    func roundTrip() {
        var random = Seeded(seed: 1)
        for _ in 0..<20_000 {
            let value = Double(bitPattern: random.next())
            guard let number = JSONNumber(finite: value) else { continue }
            #expect(number.double == value)
            #expect(JSONNumber(literal: number.literal)?.literal == number.literal)
        }
    }
}
