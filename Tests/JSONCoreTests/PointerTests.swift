import JSONCore
import Testing

@Suite("JSON Pointer")
struct PointerTests {
    static let document: JSON = [
        "a": ["zero", ["b": true]], "": "empty", "x/y": 1, "m~n": 2, "~1": 3, "0": "name", " ": 4, "é": 5, "-": 6,
    ]

    @Test(
        "a pointer finds its value",
        arguments: [
            ("/a/0", "zero"), ("/a/1/b", true), ("/", "empty"), ("/x~1y", 1), ("/m~0n", 2), ("/~01", 3), ("/0", "name"),
            ("/ ", 4), ("/é", 5), ("/-", 6),
        ] as [(String, JSON)]
    )
    func finds(text: String, value: JSON) throws {
        let pointer = try #require(JSONPointer(text))
        #expect(Self.document.value(at: pointer) == value)
        #expect(pointer.description == text)
    }

    @Test("the empty pointer is the whole document")
    func root() {
        #expect(Self.document.value(at: JSONPointer()) == Self.document)
        #expect(JSONPointer("") == JSONPointer())
        #expect(JSONPointer().isRoot)
        #expect(JSONPointer().parent == nil)
        #expect(JSONPointer().tokens.isEmpty)
    }

    @Test(
        "a pointer to what is not there finds nothing",
        arguments: [
            "/b", "/a/2", "/a/00", "/a/01", "/a/-", "/a/-1", "/a/+0", "/a/", "/a/0/0", "/x", "/a/99999999999999999999",
        ]
    )
    func findsNothing(text: String) throws {
        #expect(Self.document.value(at: try #require(JSONPointer(text))) == nil)
    }

    @Test("what is not a pointer is refused", arguments: ["a", "a/b", " /a", "#/a", "/~", "/~2", "/a~", "/~~0", "~0"])
    func refuses(text: String) {
        #expect(JSONPointer(text) == nil)
    }

    @Test("names are escaped when they are appended, and unescaped as tokens")
    func appending() {
        let pointer = JSONPointer().appending("a/b").appending("~").appending("~1/").appending("").appending(12)
        #expect(pointer.description == "/a~1b/~0/~01~1//12")
        #expect(pointer.tokens == ["a/b", "~", "~1/", "", "12"])
        #expect(JSONPointer(pointer.description) == pointer)
        #expect(pointer.parent?.description == "/a~1b/~0/~01~1/")
        #expect(pointer.parent?.parent?.parent?.parent?.parent == JSONPointer())
    }
}
