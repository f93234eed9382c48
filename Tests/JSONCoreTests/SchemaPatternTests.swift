import JSONCore
import Testing

/// Regular expressions: those of ECMA-262 that automata can match, in linear time.
@Suite("Regular expressions in JSON Schema")
struct SchemaPatternTests {
    private static func matches(_ pattern: String, _ text: String) throws -> Bool {
        try JSONSchema(["pattern": .string(pattern)]).isValid(.string(text))
    }

    struct Case: Sendable, CustomTestStringConvertible {
        let pattern: String
        let matching: [String]
        let others: [String]

        init(_ pattern: String, _ matching: [String], not others: [String]) {
            (self.pattern, self.matching, self.others) = (pattern, matching, others)
        }

        var testDescription: String { pattern }
    }

    static let cases = [
        Case("", ["", "x"], not: []),
        Case("abc", ["abc", "xabcx"], not: ["ab", "", "acb"]),
        Case("^abc$", ["abc"], not: ["abc\n", "xabc", "abcx"]),
        Case("a|b|", ["a", "", "z"], not: []),
        Case("^(a|b)$", ["a", "b"], not: ["", "ab"]),
        Case("^(?:a|)b$", ["ab", "b"], not: ["a", "aab"]),
        Case("^a*$", ["", "aaa"], not: ["ab"]),
        Case("^a+?$", ["a", "aaa"], not: [""]),
        Case("^a?b$", ["b", "ab"], not: ["aab"]),
        Case("^a{2}$", ["aa"], not: ["a", "aaa"]),
        Case("^a{2,}$", ["aa", "aaaaa"], not: ["a"]),
        Case("^a{1,3}$", ["a", "aa", "aaa"], not: ["", "aaaa"]),
        Case("^(a{0}|b{0,0})$", [""], not: ["a"]),
        Case("^(ab){2}c$", ["ababc"], not: ["abc"]),
        Case("^((a?)*)*$", ["", "aaa"], not: ["b"]),
        Case("^.$", ["x", "é", "😀"], not: ["", "\n", "\r", "\u{2028}", "e\u{301}"]),
        Case("^[a-c]$", ["a", "b", "c"], not: ["d", "A", "-"]),
        Case("^[^a-c]$", ["d", "\n", "😀"], not: ["a"]),
        Case("^[-a]$", ["-", "a"], not: ["b"]),
        Case("^[a-]$", ["-", "a"], not: ["b"]),
        Case("^[\\w-.]$", ["-", "a", "."], not: ["+"]),
        Case("^[a-z|A-Z|0-9|.|-|_]+$", ["a|Z.9_"], not: ["-", "+"]),
        Case("^[]$", [], not: ["", "a"]),
        Case("^[^]$", ["a", "\n"], not: [""]),
        Case("^[\\]\\\\\\^]$", ["]", "\\", "^"], not: ["a"]),
        Case("^[\\b]$", ["\u{8}"], not: ["b"]),
        Case("^[é-ü😀]$", ["é", "ö", "😀"], not: ["e", "😁"]),
        Case("^\\d\\D\\w\\W\\s\\S$", ["1a_- x"], not: ["aa_- x", "1a_a x"]),
        Case("^[\\d\\s]+$", ["1 2"], not: ["a"]),
        Case("^[^\\W]$", ["a"], not: ["-"]),
        Case("^\\s$", [" ", "\u{A0}", "\u{FEFF}", "\u{2029}", "\u{3000}"], not: ["\u{200B}", "\u{180E}"]),
        Case("^\\t\\n\\v\\f\\r\\0$", ["\t\n\u{B}\u{C}\r\0"], not: ["tnvfr0"]),
        Case("^\\x41\\u0042\\u{43}\\u{1F600}\\uD83D\\uDE00$", ["ABC😀😀"], not: ["ABC"]),
        Case("^\\cJ\\cj$", ["\n\n"], not: ["JJ"]),
        Case("^\\/\\.\\-\\ \\#$", ["/.- #"], not: ["\\/"]),
        Case("^a{,2}x{y}{$", ["a{,2}x{y}{"], not: ["aax"]),
        Case("\\bword\\b", ["a word.", "word"], not: ["sword", "words", "_word"]),
        Case("\\Bx\\B", ["axa"], not: ["x", "ax"]),
        Case("^\\p{L}+$", ["aÉß漢"], not: ["1", ""]),
        Case("^\\p{Lu}\\P{Lu}$", ["Éé"], not: ["éÉ"]),
        Case("^[\\p{Lu}\\d]$", ["É", "5"], not: ["é"]),
        Case("^[^\\p{Lu}\\d]$", ["é", "😀"], not: ["É", "5"]),
        Case("^\\p{General_Category=Decimal_Number}\\p{gc=Nd}\\p{Nd}\\p{digit}$", ["1৪2৪"], not: ["Ⅷ111"]),
        Case("^\\p{ASCII}\\p{Any}\\p{Alphabetic}$", ["a😀é"], not: ["éaa"]),
        Case("^(?=.*\\d)(?=.*[a-z]).{4,}$", ["abc1", "1abc"], not: ["abcd", "1234", "a1"]),
        Case("^(?!.*xx).*$", ["xyx", ""], not: ["xx", "axxa"]),
        Case("a(?=b)", ["cab"], not: ["a", "ac"]),
        Case("(?<=a)b", ["ab"], not: ["b", "cb"]),
        Case("(?<!a)b$", ["b", "cb"], not: ["ab"]),
        Case("(?<=é😀+)b", ["é😀😀b"], not: ["éb"]),
        Case("^(?=a(?!b))", ["ac", "a"], not: ["ab"]),
        Case("(?:^|,)(?=[^,]*$)x", ["a,x", "x"], not: ["x,a"]),
        Case("^(?<year>\\d{4})$", ["2026"], not: ["26"]),
        Case(
            "^([0-9]{4})(-?)(0[1-9]|1[0-2])\\2([0-2]\\d)$",
            ["20260121", "2026-01-21"],
            not: ["2026-0121", "202601-21"]
        ),
        Case("^(?<q>['\"])x\\k<q>$", ["'x'", "\"x\""], not: ["'x\"", "x"]),
        Case("^(ab|c)(d?)\\2\\1$", ["abab", "abddab", "cc"], not: ["abc", "abdab"]),
    ]

    @Test("an expression matches what it should, anywhere in the text", arguments: cases)
    func match(expected: Case) throws {
        for text in expected.matching { #expect(try Self.matches(expected.pattern, text), "\(text)") }
        for text in expected.others { #expect(!(try Self.matches(expected.pattern, text)), "\(text)") }
    }

    @Test(
        "a malformed expression is refused",
        arguments: [
            "(", ")", "(?", "(?:a", "[a", "[b-a]", "*", "a**", "+", "?a", "a{2,1}", "^*", "\\", "\\a", "\\q", "\\8x",
            "\\x4",
            "\\u004", "\\u{110000}", "\\u{}", "\\c1", "\\p", "\\p{L", "(?<>a)", "(?<a>x)(?<a>y)", "\\k", "\\k<a>",
            "\\01",
            "(?P<a>x)", "(?#x)", "(?i)a", "{2}", "\\1", "[\\d-\\", "(?<a", "(?<1\u{7}>x)",
        ]
    )
    func malformed(pattern: String) {
        let error = #expect(throws: JSONError.self) { try Self.matches(pattern, "") }
        #expect(error?.code == .invalidSchema)
    }

    @Test(
        "what cannot be matched in linear time, or not by us, is refused and not passed over",
        arguments: [
            "(.*)\\1", "(a+)\\1", "\\p{Script=Greek}", "\\p{Odd}", "(a)?\\1", "((a)|b)\\2", "\\1(a)", "(?i:a)",
            "(?:(a)b)*\\1",
            "(?=(a))\\1",
        ]
    )
    func unsupported(pattern: String) {
        let error = #expect(throws: JSONError.self) { try Self.matches(pattern, "") }
        #expect(error?.code == .unsupportedPattern)
    }

    @Test(
        "an expression that would grow too large is refused",
        arguments: [
            "a{100000}", "(a{1000}){1000}", "((a{100}){100}){100}", "(?:(?=a{100}b){100}){100}",
            "a{999999999999999999999}",
            String(repeating: "(", count: 1_000) + String(repeating: ")", count: 1_000),
            String(repeating: "a", count: 70_000), "(?:a?){60000}",
            "([ab])([ab])([ab])([ab])([ab])\\1\\2\\3\\4\\5", "[" + String(repeating: "\\p{L}", count: 100) + "]",
        ]
    )
    func tooLarge(pattern: String) {
        let error = #expect(throws: JSONError.self) { try Self.matches(pattern, "") }
        #expect(error?.code == .sizeLimit)
    }

    @Test("all expressions of a schema together have one limit")
    func together() throws {
        func schema(count: Int) throws(JSONError) -> JSONSchema {
            let patterns = (0..<count).map { ("a{2000}\($0)", JSON.bool(true)) }
            return try JSONSchema(["patternProperties": .object(JSONObject(members: patterns))])
        }
        #expect(throws: Never.self) { try schema(count: 30) }
        #expect(#expect(throws: JSONError.self) { try schema(count: 40) }?.code == .sizeLimit)
    }

    @Test(
        "no text makes an expression slow",
        arguments: [
            "(a*)*b", "(a+)+b", "(a|a)*b", "(a|aa)+$b", "^(a?){20}a{20}b", "(.*)*y", "(?=(a+)+b)c", "([a-z]+)*\\d",
            "^(([a-z])+.)+[A-Z]([a-z])+$", "(?<!(a|a)*b)c", "(x+x+)+y", "(a*)*\\Bb",
        ]
    )
    func linear(pattern: String) throws {
        let text = JSON.string(String(repeating: "a", count: 20_000) + String(repeating: "x", count: 2_000))
        let schema = try JSONSchema(["pattern": .string(pattern)])
        // A verdict within the budget, where an engine that goes back would take longer than the world is old.
        #expect(schema.violations(in: text).map(\.code) == [.violation])
    }

    @Test("an expression of thousands of steps on a long text runs into the limit")
    func limit() throws {
        let schema = try JSONSchema(["pattern": "(a|aa|b?){500}c"], limits: JSONSchema.Limits(work: 100_000))
        #expect(schema.violations(in: .string(String(repeating: "a", count: 100_000))).map(\.code) == [.workLimit])
        #expect(schema.isValid("aac"))
        let names = try JSONSchema(
            ["patternProperties": ["(a|aa|b?){500}c": true]],
            limits: JSONSchema.Limits(work: 100_000)
        )
        #expect(names.violations(in: [String(repeating: "a", count: 100_000): 1]).map(\.code) == [.workLimit])
        let formed = try JSONSchema(["pattern": "(?=(a|aa|b?){500}c)d"], limits: JSONSchema.Limits(work: 100_000))
        #expect(formed.violations(in: .string(String(repeating: "ac", count: 50_000))).map(\.code) == [.workLimit])
    }
}
