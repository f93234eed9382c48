import LinkedData
import Testing

/// N-Quads, read and written.
@Suite("N-Quads")
struct NQuadsTests {
    private func canonical(_ text: String) throws -> String {
        String(decoding: NQuads.serialize(try NQuads.parse(Array(text.utf8))), as: UTF8.self)
    }

    @Test("all forms of terms are read, and written in canonical form")
    func forms() throws {
        let text = """
            # a comment
            <a:s> <a:p> <a:o>.
            <a:s>\t<a:p>\t"x"^^<http://www.w3.org/2001/XMLSchema#string>   <a:g> . # another

            _:b.1 <a:p> _:_2 _:g .\r
            <a:\\u0073> <a:p> "\\u0041\\U0001F600\\t\\b\\n\\r\\f\\"\\'\\\\\\u0001\\u007F\\uFFFF\\u00E9"@en-GB .
            <a:s> <a:p> <a:o> .
            """
        #expect(
            try canonical(text) == """
                <a:s> <a:p> <a:o> .
                <a:s> <a:p> "x" <a:g> .
                _:b.1 <a:p> _:_2 _:g .
                <a:s> <a:p> "A😀\\t\\b\\n\\r\\f\\"'\\\\\\u0001\\u007F\\uFFFF\u{E9}"@en-GB .

                """
        )
    }

    static let refused = [
        "<a:s> <a:p> <a:o>", "<s> <a:p> <a:o> .", "<a:s> _:p <a:o> .", "\"s\" <a:p> <a:o> .", "<a:s> \"p\" <a:o> .",
        "<a:s> <a:p> \"o .", "<a:s> <a:p> \"o\"@ .", "<a:s> <a:p> \"o\"@1 .", "<a:s> <a:p> \"o\"@en- .",
        "<a:s> <a:p> \"o\"^^<t> .", "<a:s> <a:p> \"o\"^^\"t\" .", "<a:s> <a:p> \"\\x\" .", "<a:s> <a:p> \"\\uD800\" .",
        "<a:s> <a:p> \"\\u12\" .", "<a:s> <a:p> \"a\nb\" .", "<a:s b> <a:p> <a:o> .", "<a:s\\n> <a:p> <a:o> .",
        "<a:s> <a:p> <a:o> <a:g> <a:h> .", "<a:s> <a:p> <a:o> \"g\" .", "<a:s> <a:p> <a:o> . <a:s>", "_: <a:p> <a:o> .",
        "_:-a <a:p> <a:o> .", "<a:s> <a:p> .", "<a:s", "_", "^", "<a:s> <a:p> \"o\"^^<http://www.w3.org/2001/XMLSchema",
    ]

    @Test("what is no N-Quads is refused with its line", arguments: refused)
    func refusal(text: String) throws {
        let error = #expect(throws: LinkedDataError.self) {
            try NQuads.parse(Array(("<a:s> <a:p> <a:o> .\n" + text).utf8))
        }
        #expect(error?.code == .parsingError)
        #expect(error?.detail.hasPrefix("line 2") == true)
    }

    @Test("bytes that are no UTF-8 are refused, and too many bytes")
    func bytes() throws {
        #expect(throws: LinkedDataError.self) { try NQuads.parse(Array("<a:s> <a:p> \"".utf8) + [0xFF, 0x22, 0x2E]) }
        let limited = #expect(throws: LinkedDataError.self) {
            try NQuads.parse(Array("<a:s> <a:p> <a:o> .".utf8), limits: NQuadsLimits(bytes: 10))
        }
        #expect(limited?.code == .sizeLimit)
    }

    @Test("blank nodes may be predicates where that is asked for, but not be canonicalized")
    func generalized() throws {
        let text = Array("<a:s> _:p <a:o> .".utf8)
        let dataset = try NQuads.parse(text, limits: NQuadsLimits(allowsBlankNodePredicates: true))
        let error = #expect(throws: LinkedDataError.self) { try RDFC10.canonicalize(dataset) }
        #expect(error?.code == .blankNodePredicate)
    }

    @Test("no mutation of a document crashes the parser, and what is accepted survives being written and read")
    func mutations() throws {
        let text =
            "_:a <https://e.example/p> \"é\\n\\u00e9\"@en-GB <https://e.example/g> .\n"
            + "<https://e.example/s> <https://e.example/p> \"1\"^^<https://e.example/t> .\n_:a <a:p> _:b .\n"
        let original = Array(text.utf8)
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<20_000 {
            var bytes = original
            let index = Int.random(in: bytes.indices, using: &generator)
            switch Int.random(in: 0..<3, using: &generator) {
            case 0: bytes[index] = UInt8.random(in: 0...255, using: &generator)
            case 1: bytes.remove(at: index)
            default: bytes = Array(bytes[..<index])
            }
            guard let dataset = try? NQuads.parse(bytes) else { continue }
            let written = NQuads.serialize(dataset)
            #expect(NQuads.serialize(try NQuads.parse(written)) == written)
        }
    }
}
