import JSONCore
import Testing

/// RFC 8785, beyond what its official vectors hold.
@Suite("Canonicalization")
struct CanonicalizationTests {
    @Test(
        "a value has one canonical text",
        arguments: [
            (#"{ "b" : 1, "a" : [ 3, 2, null ] }"#, #"{"a":[3,2,null],"b":1}"#),
            (#"{"b":{"z":1,"y":2},"":0,"B":0,"aa":0,"a":0}"#, #"{"":0,"B":0,"a":0,"aa":0,"b":{"y":2,"z":1}}"#),
            (
                "[1.0, 1e2, -0, 0.10, 1E-7, 1e21, 100000000000000000000]",
                "[1,100,0,0.1,1e-7,1e+21,100000000000000000000]"
            ),
            // Integers beyond 2^53 are doubles, too.
            ("[9007199254740993, 333333333.33333329, 4.50, 2e-3]", "[9007199254740992,333333333.3333333,4.5,0.002]"),
            ("[1e-400, -1e-400]", "[0,0]"),
            (#""\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/""#, "\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\""),
        ]
    )
    func canonical(text: String, expected: String) throws {
        let canonical = try JSON(parsing: text).canonicalized()
        #expect(String(decoding: canonical, as: UTF8.self) == expected)
        #expect(try JSON(parsing: canonical).canonicalized() == canonical)
    }

    @Test("names are sorted by UTF-16 code units, as the standard library counts them")
    func order() throws {
        let letters = [
            "", "a", "\u{7f}", "\u{80}", "\u{7ff}", "\u{d7ff}", "\u{e000}", "\u{fb33}", "\u{ffff}", "\u{10000}",
            "\u{10ffff}",
        ]
        let names = Set(letters.flatMap { first in letters.map { Array((first + $0).utf16) } })
        let object = JSONObject(members: names.map { (String(decoding: $0, as: UTF16.self), 0) })
        let sorted = try #require(try JSON(parsing: try JSON.object(object).canonicalized()).object)
        let expected = names.sorted { $0.lexicographicallyPrecedes($1) }
        #expect(sorted.keys.map { Array($0.utf16) } == expected)
    }

    @Test(
        "a number too large for a double has no canonical form",
        arguments: ["1e400", "-1e309", "1.7976931348623159e308"]
    )
    func range(literal: String) throws {
        let value = try JSON(parsing: #"{"a":["# + literal + "]}")
        let error = try #require(throws: JSONError.self) { try value.canonicalized() }
        #expect(error.code == .numberRange)
        #expect(error.path.description == "/a/0")
        #expect(error.line == nil)
        #expect(error.description == "NUMBER_RANGE (/a/0): the number is too large for an IEEE 754 double")
    }
}
