import JSONCore
import LinkedData
import Testing

/// JSON-LD into RDF: the forms of literals and lists.
@Suite("Conversion to RDF")
struct RDFConversionTests {
    private func objects(_ value: JSON, options: JSONLDOptions = JSONLDOptions()) throws -> [String] {
        let document: JSON = ["@id": "https://example.org/1", "https://schema.example/p": value]
        return try Expansion(store: ContextStore([:]), options: options).dataset(of: document).quads
            .map(\.object.nquads)
    }

    static let numbers: [(literal: String, text: String, type: String)] = [
        ("1", "1", "integer"), ("-0", "0", "integer"), ("1.0", "1", "integer"), ("1e2", "100", "integer"),
        ("9007199254740993", "9007199254740992", "integer"),
        ("123456789012345678901", "123456789012345683968", "integer"),
        ("0.1", "1.0E-1", "double"), ("1e21", "1.0E21", "double"), ("50.941278", "5.0941278E1", "double"),
        ("-1.5e-7", "-1.5E-7", "double"), ("5.3", "5.3E0", "double"), ("1e-300", "1.0E-300", "double"),
    ]

    @Test("a number has the form and the type of the recommendation", arguments: numbers)
    func number(literal: String, text: String, type: String) throws {
        let number = try #require(JSONNumber(literal: literal))
        #expect(try objects(.number(number)) == ["\"\(text)\"^^<http://www.w3.org/2001/XMLSchema#\(type)>"])
    }

    @Test("an integer that is said to be a double is written as one")
    func double() throws {
        let type = "http://www.w3.org/2001/XMLSchema#double"
        #expect(try objects(["@value": 5, "@type": .string(type)]) == ["\"5.0E0\"^^<\(type)>"])
    }

    @Test("strings, truth values, languages and JSON are literals")
    func literals() throws {
        #expect(try objects("x") == ["\"x\""])
        #expect(try objects(true) == ["\"true\"^^<http://www.w3.org/2001/XMLSchema#boolean>"])
        #expect(try objects(["@value": "x", "@language": "en-GB"]) == ["\"x\"@en-GB"])
        #expect(
            try objects(["@value": ["b": 1.0, "a": nil], "@type": "@json"]) == [
                "\"{\\\"a\\\":null,\\\"b\\\":1}\"^^<http://www.w3.org/1999/02/22-rdf-syntax-ns#JSON>"
            ]
        )
        #expect(try objects(["@value": "x", "@type": "http://www.w3.org/2001/XMLSchema#string"]) == ["\"x\""])
    }

    @Test("a direction is kept in the way that is asked for")
    func direction() throws {
        let value: JSON = ["@value": "x", "@language": "ar-EG", "@direction": "rtl"]
        #expect(
            try objects(value, options: JSONLDOptions(rdfDirection: .i18nDatatype)) == [
                "\"x\"^^<https://www.w3.org/ns/i18n#ar-eg_rtl>"
            ]
        )
        #expect(try objects([value, value], options: JSONLDOptions(rdfDirection: .compoundLiteral)).count == 4)
    }

    @Test("a list is a chain of blank nodes, an empty one is rdf:nil, and equal lists stay two")
    func lists() throws {
        #expect(try objects(["@list": []]) == ["<http://www.w3.org/1999/02/22-rdf-syntax-ns#nil>"])
        #expect(try objects(["@list": ["x", ["@list": ["y"]]]]).count == 7)
        #expect(try objects([["@list": ["x"]], ["@list": ["x"]]]).count == 6)
    }

    @Test("two indexes of one node conflict")
    func indexes() throws {
        let node: (JSON) -> JSON = { ["@id": "https://example.org/1", "@index": $0, "https://schema.example/p": 1] }
        let expansion = Expansion(store: ContextStore([:]))
        let error = #expect(throws: LinkedDataError.self) { try expansion.dataset(of: [node("a"), node("b")]) }
        #expect(error?.code == .conflictingIndexes)
        #expect(try expansion.dataset(of: [node("a"), node("a")]).count == 1)
    }

    @Test("texts that differ only in how characters are composed are two literals")
    func exactTexts() throws {
        #expect(try objects(["\u{E9}", "e\u{301}"]).count == 2)
    }
}
