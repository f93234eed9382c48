import JSONCore
import Testing

/// An error must lead a person to the place, and must not carry the document into a log.
@Suite("Errors of the parser")
struct ErrorTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let text: String
        let code: JSONError.Code
        let line: Int
        let column: Int
        let offset: Int
        let path: String

        init(_ text: String, _ code: JSONError.Code, _ line: Int, _ column: Int, _ offset: Int, _ path: String = "") {
            (self.text, self.code, self.line, self.column, self.offset, self.path) = (
                text, code, line, column, offset, path
            )
        }

        var testDescription: String { text }
    }

    @Test(
        "an error tells its code, line, column, offset and path",
        arguments: [
            Case("", .parsingError, 1, 1, 0),
            Case("[1,\n2", .parsingError, 2, 2, 5),
            Case("[1,\r\n 2,\r\n x]", .parsingError, 3, 2, 11, "/2"),
            Case("[1,\r2,\rx]", .parsingError, 3, 1, 7, "/2"),
            Case("{\n  \"a\": {\n    \"b\": [true, 01]\n  }\n}", .parsingError, 3, 18, 28, "/a/b/1"),
            Case(#"{"a":1,"b" 2}"#, .parsingError, 1, 12, 11, "/b"),
            Case(#"{"a":1,"a":2}"#, .duplicateMember, 1, 8, 7, "/a"),
            Case(#"{"a":1,"\u0061":2}"#, .duplicateMember, 1, 8, 7, "/a"),
            Case(#"{"x/y":[{"m~n":0,"m~n":0}]}"#, .duplicateMember, 1, 18, 17, "/x~1y/0/m~0n"),
            Case(#"{"é":"é😀", "b":+1}"#, .parsingError, 1, 16, 20, "/b"),
            Case(#"{"a":["x\ud800"]}"#, .loneSurrogate, 1, 9, 8, "/a/0"),
            Case(#"["é\q"]"#, .parsingError, 1, 4, 4, "/0"),
            Case("[1,2,]", .parsingError, 1, 5, 4),
            Case("{\"a\":1,\n}", .parsingError, 1, 7, 6),
            Case("{} {}", .parsingError, 1, 4, 3),
            Case("\"a\nb\"", .parsingError, 1, 3, 2),
            Case("[1.]", .parsingError, 1, 4, 3, "/0"),
            Case("[trUe]", .parsingError, 1, 2, 1, "/0"),
        ]
    )
    func position(expected: Case) throws {
        let error = try #require(throws: JSONError.self) { try JSON(parsing: expected.text) }
        #expect(error.code == expected.code)
        #expect(error.line == expected.line)
        #expect(error.column == expected.column)
        #expect(error.offset == expected.offset)
        #expect(error.path.description == expected.path)
    }

    @Test("an error's text has its code, place and reason in one line")
    func description() throws {
        let error = try #require(throws: JSONError.self) { try JSON(parsing: "{\n\"a\":[1 2]}") }
        #expect(
            error.description
                == "PARSING_ERROR at line 2, column 8 (/a): after an element comes a comma or the closing bracket"
        )
    }

    @Test("a path ends before a name that would flood a log")
    func longNames() throws {
        let long = String(repeating: "x", count: 1_000_000)
        let error = try #require(throws: JSONError.self) { try JSON(parsing: #"{"a":[{""# + long + #"":{"b":?}}]}"#) }
        #expect(error.path.description == "/a/0")
        #expect(error.offset == 1_000_015)
    }

    @Test(
        "an error never quotes the document's values",
        arguments: [
            #"{"email":"ada@example.org" "x""#, #"{"email":"ada@example.org"#, #"["ada@example.org\x"]"#,
            "ada@example.org",
            #"{"ada@example.org"}"#, #"[ada@example.org]"#, "\"ada@example.org\" ada@example.org", "[0ada@example.org]",
        ]
    )
    func quotesNothing(text: String) throws {
        let error = try #require(throws: JSONError.self) { try JSON(parsing: text) }
        #expect(!error.detail.contains("ada"))
    }
}
