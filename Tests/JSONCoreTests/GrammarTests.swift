import JSONCore
import Testing

/// RFC 8259's grammar, at each of its corners: what is JSON, and what only looks like it.
@Suite("The grammar of JSON")
struct GrammarTests {
    @Test(
        "a JSON text is read, and written again as it was",
        arguments: [
            "null", "true", "false", "0", "-0", "-1", "12", "0.0", "0.50", "-0.1", "1e5", "1E5", "1e+05", "1E-05",
            "1.0e0",
            "1e400", "-1e400", "123456789012345678901234567890", "0.000000000000000000000000000001",
            #""""#, #""a""#, #""é""#, #""日本""#, #""😀""#, #""\"\\\b\f\n\r\t""#, #""\u0000\u001f""#, "\"\u{7f}\u{2028}\"",
            "[]", "[1]", "[1,2,[3,[]]]", "{}", #"{"a":1}"#, #"{"":{"":{}}}"#, #"{"a":[{"b":null}],"c":false}"#,
            // Two names: Swift's == takes them for one, JSON does not.
            "{\"\u{e9}\":1,\"e\u{301}\":2}",
            #"{"a":1,"A":2,"a ":3}"#,
        ]
    )
    func accepts(text: String) throws {
        #expect(try JSON(parsing: text).text == text)
    }

    @Test(
        "white space and escapes are read, and not written again where they need not be",
        arguments: [
            (" \t\r\n[ 1 , 2 ]\n", "[1,2]"),
            ("{ \"a\" : { } , \"b\":[ ] }", #"{"a":{},"b":[]}"#),
            (#""\/""#, #""/""#),
            (#""\u0041\u00e9\u65E5""#, #""Aé日""#),
            (#""\ud83d\uDE00""#, #""😀""#),
            (#""\u0008\u000C\u000a\u000D\u0009\u0022\u005C""#, #""\b\f\n\r\t\"\\""#),
            (#""\u001F\u007f""#, "\"\\u001f\u{7f}\""),
            (#""plain \u0041 é \n end""#, #""plain A é \n end""#),
            (#"{"\u0061":1}"#, #"{"a":1}"#),
        ]
    )
    func normalizes(text: String, written: String) throws {
        #expect(try JSON(parsing: text).text == written)
    }

    @Test(
        "what is not JSON is refused",
        arguments: [
            "", " ", "\n", "nul", "nulll", "NULL", "True", "undefined", "NaN", "Infinity", "-Infinity", "-NaN", "'a'",
            "a", "\\",
            "+1", "01", "-01", "00", "1.", ".5", "-", "-.5", "1.e1", "1e", "1e+", "1e-", "0x10", "1_000", "1,5", "1 2",
            "--1",
            "[", "]", "[1", "[1,", "[1,]", "[,1]", "[,]", "[1 2]", "[1;2]", "[1}", "[1,,2]", "[[]", "[]]",
            "{", "}", #"{"a""#, #"{"a":"#, #"{"a":1"#, #"{"a":1,"#, #"{"a":1,}"#, "{,}", #"{"a" 1}"#, #"{"a":}"#,
            #"{"a"}"#,
            "{a:1}", "{1:1}", "{null:1}", "{'a':1}", #"{"a":1 "b":2}"#, #"{"a":1]"#, #"{"a"::1}"#, #"{"a":1}}"#,
            #"{"a","b"}"#,
            #"""#, #""a"#, #""\""#, #""\"#, #""\x""#, #""\'""#, #""\U0041""#, #""\u""#, #""\u12"#, #""\u12g4""#,
            #""\u+123""#,
            "\"\n\"", "\"\t\"", "\"\u{0}\"", "\"a\u{1f}\"", "/* */1", "1 // one", "# 1", "[1]\u{0}", "[1]\u{a0}",
            "\u{c}1",
        ]
    )
    func refuses(text: String) {
        #expect(code(text) == .parsingError)
    }

    @Test("a byte order mark is refused, and named", arguments: ["{}", "", "1"])
    func refusesByteOrderMark(text: String) throws {
        let error = #expect(throws: JSONError.self) { try JSON(parsing: [0xEF, 0xBB, 0xBF] + Array(text.utf8)) }
        #expect(error?.code == .parsingError)
        #expect(error?.detail.contains("byte order mark") == true)
    }

    @Test(
        "UTF-16 and UTF-32 are refused, and named",
        arguments: [
            [0xFE, 0xFF, 0, 0x31], [0xFF, 0xFE, 0x31, 0], [0, 0x31], [0x31, 0], [0, 0, 0, 0x31], [0x31, 0, 0, 0],
        ] as [[UInt8]]
    )
    func refusesForeignEncodings(bytes: [UInt8]) throws {
        let error = #expect(throws: JSONError.self) { try JSON(parsing: bytes) }
        #expect(error?.code == .invalidUTF8)
        #expect(error?.detail.contains("UTF-16") == true)
    }

    @Test(
        "half a surrogate pair is refused",
        arguments: [
            #""\ud800""#, #""\udc00""#, #""\ud800x""#, #""\ud800\n""#, #""\ud800\u0041""#, #""\ud800\ud800""#,
            #""\udc00\ud800""#, #"{"\uDFFF":1}"#, #"["\uD83D"]"#,
        ]
    )
    func refusesLoneSurrogates(text: String) {
        #expect(code(text) == .loneSurrogate)
    }

    @Test(
        "bytes that are not UTF-8 are refused, with their offset",
        arguments: [
            ([0x80], 0), ([0xFF], 0), ([0xC0, 0xAF], 0), ([0xC1, 0xBF], 0), ([0xE0, 0x80, 0xAF], 0),
            ([0xF0, 0x80, 0x80, 0xAF], 0),
            ([0xED, 0xA0, 0x80], 0), ([0xED, 0xBF, 0xBF], 0), ([0xF4, 0x90, 0x80, 0x80], 0),
            ([0xF5, 0x80, 0x80, 0x80], 0),
            ([0xC3], 0), ([0xE2, 0x82], 0), ([0xF0, 0x9F, 0x98], 0), ([0x61, 0x62, 0xC3, 0x28], 2),
            ([0xC3, 0xA9, 0x61, 0xE2, 0x28, 0xA1], 3), (Array("0123456789abcdef".utf8) + [0xFE], 16),
        ] as [([UInt8], Int)]
    )
    func refusesInvalidUTF8(bytes: [UInt8], offset: Int) {
        let quote = UInt8(ascii: "\"")
        let value = #expect(throws: JSONError.self) { try JSON(parsing: [quote] + bytes + [quote]) }
        #expect(value?.code == .invalidUTF8)
        #expect(value?.offset == 1 + offset)
        // The same behind an escape, in a name, and in a string that never ends.
        let escaped = #expect(throws: JSONError.self) { try JSON(parsing: Array(#""\n"#.utf8) + bytes + [quote]) }
        #expect(escaped?.code == .invalidUTF8)
        #expect(escaped?.offset == 3 + offset)
        let name = #expect(throws: JSONError.self) {
            try JSON(parsing: Array(#"{""#.utf8) + bytes + Array(#"":1}"#.utf8))
        }
        #expect(name?.code == .invalidUTF8)
        let open = #expect(throws: JSONError.self) { try JSON(parsing: [quote] + bytes) }
        #expect(open?.code == .invalidUTF8)
    }

    @Test("all Unicode scalars pass through a string, raw and escaped")
    func everyScalar() throws {
        for start in stride(from: UInt32(0x20), to: 0x11_0000, by: 997) {
            guard let scalar = Unicode.Scalar(start), scalar != "\"", scalar != "\\" else { continue }
            let text = String(Character(scalar))
            #expect(try JSON(parsing: "\"\(text)\"").string == text)
            let escapes = text.utf16.map { unit in
                let digits = String(unit, radix: 16)
                return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            }
            #expect(try JSON(parsing: "\"\(escapes.joined())\"").string == text)
        }
    }

    @Test("any collection of bytes can be read, contiguous or not")
    func collections() throws {
        let text = #"{"a":[1,"é"]}"#
        let expected: JSON = ["a": [1, "é"]]
        #expect(try JSON(parsing: text) == expected)
        #expect(try JSON(parsing: Array(text.utf8)) == expected)
        #expect(try JSON(parsing: text.utf8) == expected)
        #expect(try JSON(parsing: Array(text.utf8)[...]) == expected)
        #expect(try JSON(parsing: Array(text.utf8.reversed()).reversed()) == expected)
    }

    private func code(_ text: String) -> JSONError.Code? {
        #expect(throws: JSONError.self) { try JSON(parsing: text) }?.code
    }
}
