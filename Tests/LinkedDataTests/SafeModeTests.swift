import JSONCore
import LinkedData
import Testing

/// Safe mode: nothing of a document may be lost silently, and the error names the place.
@Suite("Safe mode")
struct SafeModeTests {
    /// A document that loses data, the code of the error, and where it stands.
    struct Loss: Sendable, CustomTestStringConvertible {
        let document: JSON
        let code: LinkedDataError.Code
        let path: String
        var testDescription: String { "\(code.rawValue) at \(path)" }

        init(_ document: JSON, _ code: LinkedDataError.Code, _ path: String) {
            self.document = document
            self.code = code
            self.path = path
        }
    }

    static let context: JSON = [
        "id": "@id", "type": "@type",
        "name": "https://schema.example/name",
        "knows": ["@id": "https://schema.example/knows", "@type": "@id"],
        "kind": ["@id": "https://schema.example/kind", "@type": "@vocab"],
        "born": ["@id": "https://schema.example/born", "@type": "https://schema.example/date"],
        "blank": "_:property",
        "nothing": nil,
        "Person": "https://schema.example/Person",
        "byID": ["@id": "https://schema.example/by", "@container": "@id"],
        "list": ["@id": "https://schema.example/list", "@container": "@list"],
    ]

    static func document(_ members: JSON) -> JSON {
        var document = members
        document["@context"] = context
        if document["id"] == nil { document["id"] = "https://example.org/1" }
        return document
    }

    static let losses: [Loss] = [
        Loss(document(["nickname": "x"]), .undefinedTerm, "/nickname"),
        Loss(document(["knows": ["name": "x", "age": 3]]), .undefinedTerm, "/knows/age"),
        Loss(document(["knows": [["name": "x"], ["a/b": 3]]]), .undefinedTerm, "/knows/1/a~1b"),
        Loss(document(["nothing": "x"]), .undefinedTerm, "/nothing"),
        Loss(document(["type": "Human"]), .undefinedTerm, "/type"),
        Loss(document(["type": ["Person", "Human"]]), .undefinedTerm, "/type/1"),
        Loss(document(["id": "1", "name": "x"]), .relativeIRI, "/id"),
        Loss(document(["knows": "someone"]), .relativeIRI, "/knows"),
        Loss(document(["knows": ["https://example.org/2", "someone"]]), .relativeIRI, "/knows/1"),
        Loss(document(["kind": "good"]), .relativeIRI, "/kind"),
        Loss(document(["byID": ["x": ["name": "y"]]]), .relativeIRI, "/byID/x"),
        Loss(document(["list": [["id": "x", "name": "y"]]]), .relativeIRI, "/list/0/id"),
        Loss(document(["knows": "https://example.org/a b"]), .invalidIRI, "/knows"),
        Loss(document(["knows": "https://example.org/#a#b"]), .invalidIRI, "/knows"),
        Loss(document(["name": ["@value": "x", "@type": "https://example.org/<>"]]), .invalidIRI, "/name/@type"),
        Loss(document(["blank": "x"]), .blankNodePredicate, "/blank"),
        Loss(document(["name": ["@value": "x", "@language": "no tag"]]), .invalidLanguageTag, "/name/@language"),
        Loss(document(["name": ["@value": "x", "@direction": "rtl"]]), .droppedValue, "/name"),
        Loss(document(["name": ["@value": nil]]), .droppedValue, "/name"),
        Loss(document(["name": ["@language": "en"]]), .droppedValue, "/name"),
        Loss(document(["knows": ["@language": "en", "name": "x"]]), .droppedValue, "/knows"),
        Loss(document(["@future": "x"]), .reservedTerm, "/@future"),
        Loss(document(["type": "@future"]), .reservedTerm, "/type"),
        Loss(document(["knows": "@future"]), .reservedTerm, "/knows"),
        Loss(document(["@base": "https://example.org/"]), .droppedValue, "/@base"),
        Loss([document(["name": "x"]), "free"], .droppedValue, "/1"),
        Loss([document(["name": "x"]), ["@list": ["x"]]], .droppedValue, "/1/@list"),
        Loss([document(["name": "x"]), ["@id": "https://example.org/2"]], .droppedValue, "/1"),
        Loss([document(["name": "x"]), [:]], .droppedValue, "/1"),
        Loss(document(["@graph": ["free"]]), .droppedValue, "/@graph/0"),
        Loss(["@context": ["@vocab": ""], "@id": "https://example.org/1"], .invalidVocabMapping, "/@context"),
    ]

    @Test("what would be lost is an error with its place, in expansion and in conversion", arguments: losses)
    func loss(_ loss: Loss) throws {
        let expansion = Expansion(store: ContextStore([:]))
        let expanded = #expect(throws: LinkedDataError.self) { try expansion.expanded(loss.document) }
        #expect(expanded?.code == loss.code)
        #expect(expanded?.path.description == loss.path)
        let converted = #expect(throws: LinkedDataError.self) { try expansion.dataset(of: loss.document) }
        #expect(converted == expanded)
    }

    @Test("codes of safe mode are under the umbrella of data loss, others are not")
    func umbrella() {
        #expect(LinkedDataError(.undefinedTerm, "").isDataLoss)
        #expect(LinkedDataError(.droppedValue, "").isDataLoss)
        #expect(!LinkedDataError(.protectedTermRedefinition, "").isDataLoss)
        #expect(LinkedDataError.dataLossCode == "DATA_LOSS_DETECTION_ERROR")
    }

    @Test("without safe mode the same documents are processed, and what is lost is left out")
    func unsafe() throws {
        let expansion = Expansion(store: ContextStore([:]), options: JSONLDOptions(safe: false))
        // A datatype that is no IRI is an error of JSON-LD itself.
        for loss in Self.losses where LinkedDataError(loss.code, "").isDataLoss && loss.path != "/name/@type" {
            _ = try expansion.expanded(loss.document)
            _ = try expansion.dataset(of: loss.document)
        }
        let kept = try expansion.dataset(of: Self.document(["name": "x", "nickname": "y", "knows": "someone"]))
        #expect(kept.count == 1)
    }

    @Test("a whole document passes, a member that is null says nothing, and a base makes relative IRIs absolute")
    func whole() throws {
        let store = ContextStore([:])
        let members: JSON = ["type": "Person", "name": "x", "knows": nil, "born": "2001-01-01"]
        #expect(try Expansion(store: store).dataset(of: Self.document(members)).count == 3)
        let options = JSONLDOptions(base: "https://example.org/people/")
        let dataset = try Expansion(store: store, options: options).dataset(of: Self.document(["knows": "../2"]))
        #expect(dataset.quads.first?.object.nquads == "<https://example.org/2>")
    }

    @Test("the error text says nothing of the document's values")
    func discretion() throws {
        let expansion = Expansion(store: ContextStore([:]))
        let error = #expect(throws: LinkedDataError.self) {
            try expansion.expanded(Self.document(["knows": "ada@example.org"]))
        }
        #expect(error?.description.contains("ada") == false)
    }
}
