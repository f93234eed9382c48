import JSONCore
import LinkedData
import Testing

/// The W3C test suite of JSON-LD 1.1: expansion and deserialization to RDF.
@Suite("JSON-LD 1.1, official tests", .enabled(if: OfficialData.isThere, "\(OfficialData.reason)"))
struct JSONLDTests {
    static let expandTests = JSONLDTest.all(in: "expand")
    static let toRDFTests = JSONLDTest.all(in: "toRdf")

    @Test("the manifests are whole, and every exception names a test")
    func complete() {
        #expect(Self.expandTests.count == 316)
        #expect(Self.toRDFTests.count == 384)
        #expect(KnownExceptions.isReadable)
        #expect(
            KnownExceptions.names(in: "json-ld/expand").allSatisfy { id in Self.expandTests.contains { $0.id == id } }
        )
        #expect(
            KnownExceptions.names(in: "json-ld/toRdf").allSatisfy { id in Self.toRDFTests.contains { $0.id == id } }
        )
    }

    @Test("a document expands as the official test says", arguments: expandTests)
    func expand(test: JSONLDTest) throws {
        try KnownExceptions.check("json-ld/expand", test.id) {
            let expansion = Expansion(store: JSONLDTest.store, options: try test.options())
            return try test.outcome {
                let result = try expansion.expanded(try test.input())
                guard let expected = try test.expected() else { return nil }
                let isSame = try JSON(parsing: expected).unordered == result.unordered
                return isSame ? nil : "expanded to \(result.text)"
            }
        }
    }

    @Test("a document has the RDF dataset that the official test says", arguments: toRDFTests)
    func toRDF(test: JSONLDTest) throws {
        try KnownExceptions.check("json-ld/toRdf", test.id) {
            let expansion = Expansion(store: JSONLDTest.store, options: try test.options())
            return try test.outcome {
                let dataset = try expansion.dataset(of: try test.input())
                guard let expected = try test.expected() else { return nil }
                let limits = NQuadsLimits(allowsBlankNodePredicates: true)
                let isSame = try dataset.isIsomorphic(to: try NQuads.parse(expected, limits: limits))
                return isSame ? nil : "became " + String(decoding: NQuads.serialize(dataset), as: UTF8.self)
            }
        }
    }
}

/// One test of the JSON-LD test suite.
struct JSONLDTest: Sendable, CustomTestStringConvertible {
    let id: String
    private let entry: JSON

    private static let base = "https://w3c.github.io/json-ld-api/tests/"

    var testDescription: String { "\(id) \(entry["name"]?.string ?? "")" }

    /// The tests of a manifest that a processor of JSON-LD 1.1 is to pass.
    static func all(in manifest: String) -> [JSONLDTest] {
        let entries = (try? OfficialData.json("json-ld/\(manifest)-manifest.jsonld"))?["sequence"]?.array ?? []
        return entries.filter { $0["option"]?["specVersion"]?.string != "json-ld-1.0" }
            .map { JSONLDTest(id: $0["@id"]?.string ?? "", entry: $0) }
    }

    /// All files of the suite, by their URLs.
    static let store: ContextStore = {
        var documents: [String: JSON] = [:]
        for folder in ["expand", "expand/c031", "toRdf", "toRdf/c031"] {
            for file in OfficialData.files(in: "json-ld/\(folder)") where file.hasSuffix(".jsonld") {
                documents["\(base)\(folder)/\(file)"] = try? OfficialData.json("json-ld/\(folder)/\(file)")
            }
        }
        return ContextStore(documents)
    }()

    /// The options of the test; nothing here is signed, so what has no place in RDF may be dropped.
    func options() throws -> JSONLDOptions {
        let option = entry["option"] ?? [:]
        var options = JSONLDOptions(safe: false)
        options.documentURL = Self.base + (entry["input"]?.string ?? "")
        options.base = option["base"]?.string ?? options.documentURL
        if let mode = option["processingMode"]?.string {
            options.processingMode = JSONLDOptions.ProcessingMode(rawValue: mode) ?? .jsonLD11
        }
        if let direction = option["rdfDirection"]?.string {
            options.rdfDirection = JSONLDOptions.RDFDirection(rawValue: direction)
        }
        options.produceGeneralizedRDF = option["produceGeneralizedRdf"]?.bool ?? false
        if let path = option["expandContext"]?.string {
            options.expandContext = try OfficialData.json("json-ld/" + path)
        }
        return options
    }

    func input() throws -> JSON {
        try OfficialData.json("json-ld/" + (entry["input"]?.string ?? ""))
    }

    func expected() throws -> [UInt8]? {
        try entry["expect"]?.string.map { try OfficialData.bytes("json-ld/" + $0) }
    }

    /// What is wrong with a test, or `nil`: by its result where one is expected, else by its error code.
    func outcome(_ result: () throws -> String?) throws -> String? {
        let code = entry["expectErrorCode"]?.string
        do {
            let difference = try result()
            return code.map { "should fail with \($0)" } ?? difference
        } catch let error as LinkedDataError {
            guard let code else { return "failed: \(error)" }
            return error.code.rawValue == code ? nil : "should fail with \(code), failed: \(error)"
        }
    }
}

extension JSON {
    /// The same with all arrays sorted but those of lists: what an expanded document says.
    fileprivate var unordered: JSON { unordered(isList: false) }

    private func unordered(isList: Bool) -> JSON {
        switch self {
        case .array(let elements):
            let inner = elements.map { $0.unordered(isList: false) }
            return .array(isList ? inner : inner.sorted { $0.sortText < $1.sortText })
        case .object(let members):
            var object = JSONObject()
            for (key, value) in members {
                object[key] = key == "@value" ? value : value.unordered(isList: key == "@list")
            }
            return .object(object)
        default: return self
        }
    }

    private var sortText: String {
        (try? canonicalized()).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }
}

extension RDFDataset {
    /// Whether both are the same but for the names of blank nodes.
    fileprivate func isIsomorphic(to other: RDFDataset) throws -> Bool {
        do {
            return try RDFC10.canonicalize(self).nquads == RDFC10.canonicalize(other).nquads
        } catch  where error.code == .blankNodePredicate {
            // RDFC-1.0 has no blank nodes as predicates: the few small datasets that do are compared by trying.
            return matches(other, by: [:], labels, other.labels)
        }
    }

    private var labels: [RDFTerm] {
        Array(
            Set(quads.flatMap { [$0.subject, $0.predicate, $0.object, $0.graph].compactMap { $0 } })
                .filter(\.isBlankNode)
        )
    }

    private func matches(
        _ other: RDFDataset,
        by names: [RDFTerm: RDFTerm],
        _ left: [RDFTerm],
        _ right: [RDFTerm]
    ) -> Bool {
        guard let first = left.first else {
            let renamed = quads.map { quad in
                Quad(
                    subject: names[quad.subject] ?? quad.subject,
                    predicate: names[quad.predicate] ?? quad.predicate,
                    object: names[quad.object] ?? quad.object,
                    graph: quad.graph.map { names[$0] ?? $0 }
                )
            }
            return Set(renamed) == Set(other.quads)
        }
        return right.contains { candidate in
            var names = names
            names[first] = candidate
            return matches(other, by: names, Array(left.dropFirst()), right.filter { $0 != candidate })
        }
    }
}
