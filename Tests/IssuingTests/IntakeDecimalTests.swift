import Issuing
import Testing

@Suite struct ExactDecimalTests {
    @Test(
        "a number is kept exactly and written in plain decimals",
        arguments: [
            ("80", "80"), ("80.0", "80"), ("8e1", "80"), ("079.960", "79.96"), (".5", "0.5"), ("5.", "5"),
            ("+3", "3"), ("-0.50", "-0.5"), ("-0", "0"), ("0.000", "0"), ("1E-3", "0.001"), ("100e-2", "1"),
            ("79.95999999999999", "79.95999999999999"),
            ("999999999999999999999999999999", "999999999999999999999999999999"),
            ("0.000000000000000000000000000001", "0.000000000000000000000000000001"),
            ("79.9600000000000000000000000000000000000000", "79.96"), ("1e29", "100000000000000000000000000000"),
        ]
    ) func reads(text: String, written: String) throws {
        let number = try ExactDecimal(parsing: text)
        #expect(number.description == written)
        #expect(ExactDecimal(written) == number)
    }

    @Test(
        "what is no decimal number is refused",
        arguments: [
            "", ".", "-", "NaN", "nan", "Infinity", "-inf", "80 %", "80%", "32/40", "79,96", "1 000", "0x10", "1e",
            "1e+", "--1", "1.2.3", "e5", "٣", "1_000", "A-",
        ]
    ) func refuses(text: String) {
        #expect(throws: ExactDecimal.Failure.malformed) { try ExactDecimal(parsing: text) }
    }

    @Test(
        "what cannot be counted exactly is refused, not rounded",
        arguments: ["1e30", "1e400", "1e-31", "1e-99999999999999999999", "1234567890123456789012345678901", "1e99999"]
    ) func refusesTooPrecise(text: String) {
        #expect(throws: ExactDecimal.Failure.tooPrecise) { try ExactDecimal(parsing: text) }
    }

    @Test(
        "numbers are compared by value",
        arguments: [
            ("79.96", "80"), ("-1", "0"), ("-2", "-1.5"), ("0.1", "0.10000000000000000000000000001"),
            ("9.99", "10"), ("999999999999999999999999999998.9", "999999999999999999999999999999"),
        ]
    ) func compares(less: String, more: String) throws {
        // The last one has 31 digits, and is refused rather than rounded into a wrong answer.
        guard let less = ExactDecimal(less), let more = ExactDecimal(more) else { return }
        #expect(less < more)
        #expect(!(more < less))
        #expect(less != more)
    }

    @Test(
        "a mark is reached exactly, and missed by the least there is",
        arguments: [
            ("32", "40", "80", true), ("31.984", "40", "80", false), ("31.9999999999999999999", "40", "80", false),
            ("2", "3", "66.67", false), ("2", "3", "66.66", true), ("0", "1", "0", true), ("40", "40", "100", true),
            ("0.8", "1", "80.0", true), ("799.6", "1000", "79.96", true), ("799.6", "1000", "80", false),
            ("999999999999999999999999999999", "999999999999999999999999999999", "100", true),
            ("999999999999999999999999999998", "999999999999999999999999999999", "100", false),
            (
                "0.000000000000000000000000000001", "0.000000000000000000000000000003",
                "33.3333333333333333333333333333", true
            ),
            (
                "0.000000000000000000000000000001", "0.000000000000000000000000000003",
                "33.3333333333333333333333333334", false
            ),
            ("1", "999999999999999999999999999999", "0.000000000000000000000000000001", true),
        ]
    ) func reaches(raw: String, maximum: String, percent: String, answer: Bool) throws {
        let ratio = try #require(ExactRatio(ExactDecimal(parsing: raw), of: ExactDecimal(parsing: maximum)))
        let mark = try ExactDecimal(parsing: percent)
        #expect(ratio.reaches(percent: mark) == answer)
    }

    @Test(
        "a percentage is exact where it ends, else rounded down",
        arguments: [
            ("37", "40", "92.5"), ("32", "40", "80"), ("2", "3", "66.66"), ("31.984", "40", "79.96"),
            ("79.9999", "100.0001", "79.99"), ("1", "1024", "0.09765625"), ("0", "7", "0"), ("7", "7", "100"),
            ("1", "999999999999999999999999999999", "0"), ("50", "40", "125"),
        ]
    ) func percentText(raw: String, maximum: String, text: String) throws {
        let ratio = try #require(ExactRatio(ExactDecimal(parsing: raw), of: ExactDecimal(parsing: maximum)))
        #expect(ratio.percentText() == text)
    }

    @Test("a ratio needs a part that is not negative, and a whole above zero") func ratios() {
        #expect(ExactRatio(-1, of: 40) == nil)
        #expect(ExactRatio(1, of: 0) == nil)
        #expect(ExactRatio(1, of: -40) == nil)
    }

    @Test("comparison agrees with whole numbers on every pair of a grid") func grid() {
        for maximum in 1...60 {
            for raw in 0...maximum {
                let ratio = ExactRatio(ExactDecimal(raw), of: ExactDecimal(maximum))
                for percent in stride(from: 0, through: 100, by: 5) {
                    #expect(ratio?.reaches(percent: ExactDecimal(percent)) == (raw * 100 >= percent * maximum))
                }
            }
        }
    }
}

extension ExactRatio {
    fileprivate init?(_ part: Int, of whole: Int) {
        self.init(ExactDecimal(part), of: ExactDecimal(whole))
    }
}
