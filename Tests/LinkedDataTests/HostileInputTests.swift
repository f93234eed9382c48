import JSONCore
import LinkedData
import Testing

/// Documents that are built to cost much: each is refused with a code, in bounded time.
@Suite("Hostile documents")
struct HostileInputTests {
    private let expansion = Expansion(store: ContextStore([:]))

    /// A value within so many objects, each the value of a member of the other.
    private static func nested(_ depth: Int, _ key: String, _ value: JSON) -> JSON {
        (0..<depth).reduce(value) { inner, _ in [key: inner] }
    }

    @Test("a document of 1,000 levels is refused", arguments: ["a", "@graph", "@nest", "@set", "@list", "@reverse"])
    func depth(key: String) throws {
        var document = Self.nested(1_000, key, ["@id": "https://example.org/1"])
        document["@context"] = ["a": "https://schema.example/a"]
        let error = #expect(throws: LinkedDataError.self) { try expansion.expanded(document) }
        let codes: [LinkedDataError.Code] = [
            .depthLimit, .droppedValue, .invalidReversePropertyMap, .invalidSetOrListObject,
        ]
        #expect(error.map { codes.contains($0.code) } == true)
    }

    @Test("arrays of 1,000 levels are refused")
    func arrays() throws {
        let array = (0..<1_000).reduce(JSON("x")) { inner, _ in [inner] }
        let document: JSON = ["@context": ["a": "https://schema.example/a"], "a": array]
        let error = #expect(throws: LinkedDataError.self) { try expansion.expanded(document) }
        #expect(error?.code == .depthLimit)
    }

    @Test("scoped contexts of 1,000 levels are refused")
    func scopedContexts() throws {
        let context = (0..<1_000).reduce(["a": "https://schema.example/a"] as JSON) { inner, _ in
            ["a": ["@id": "https://schema.example/a", "@context": inner]]
        }
        let error = #expect(throws: LinkedDataError.self) { try expansion.expanded(["@context": context]) }
        #expect(error?.code == .contextOverflow)
    }

    @Test("a chain of 1,000 terms that need one another is refused")
    func chain() throws {
        var context: JSON = ["t1000": "https://schema.example/"]
        for index in 0..<1_000 { context["t\(index)"] = .string("t\(index + 1):x") }
        let error = #expect(throws: LinkedDataError.self) { try expansion.expanded(["@context": context]) }
        #expect(error?.code == .contextOverflow)
    }

    @Test("a long vocabulary before many short terms is refused before it fills the memory")
    func longVocabulary() throws {
        var document: JSON = [
            "@context": ["@vocab": .string("https://schema.example/" + String(repeating: "v", count: 100_000))]
        ]
        for index in 0..<5_000 { document["t\(index)"] = 1 }
        let error = #expect(throws: LinkedDataError.self) { try expansion.expanded(document) }
        #expect(error?.code == .contextOverflow)
    }

    @Test("contexts in every one of many nodes are refused when they take too much work")
    func manyContexts() throws {
        var context: JSON = [:]
        for index in 0..<1_000 { context["t\(index)"] = .string("https://schema.example/\(index)") }
        let node: JSON = ["@context": context, "t0": "x"]
        let document: JSON = ["@graph": .array(Array(repeating: node, count: 2_000))]
        let options = JSONLDOptions(limits: JSONLDLimits(contextWork: 100_000))
        let expansion = Expansion(store: ContextStore([:]), options: options)
        let error = #expect(throws: LinkedDataError.self) { try expansion.expanded(document) }
        #expect(error?.code == .contextOverflow)
    }

    @Test("a number beyond a double is refused")
    func largeNumber() throws {
        let number = try #require(JSONNumber(literal: "1e999"))
        let document: JSON = ["https://schema.example/n": .number(number)]
        #expect(throws: LinkedDataError.self) { try expansion.dataset(of: document) }
    }

    @Test("no mutation of a document or its context crashes the processor")
    func mutations() throws {
        let text = """
            {"@context":{"@version":1.1,"id":"@id","type":"@type","ex":"https://e.example/","a":{"@id":"ex:a",\
            "@type":"@id","@container":["@graph","@id"]},"b":{"@id":"ex:b","@container":"@language"},"n":"@nest",\
            "l":{"@id":"ex:l","@container":"@list"},"T":{"@id":"ex:T","@context":{"c":"ex:c"}},"r":{"@reverse":"ex:r"},\
            "i":{"@id":"ex:i","@container":"@index","@index":"ex:p"},"j":{"@id":"ex:j","@type":"@json"}},\
            "id":"https://e.example/1","type":"T","c":1.5,"a":{"https://e.example/2":{"b":{"en":"x"}}},"l":[1,[2],true],\
            "n":{"b":{"de":"y"}},"r":{"id":"https://e.example/3"},"i":{"k":{"b":"z"}},"j":{"x":[null]},\
            "@included":[{"id":"_:x","b":"w"}]}
            """
        let original = Array(text.utf8)
        _ = try Expansion(store: ContextStore([:]), options: JSONLDOptions(safe: false)).dataset(
            of: JSON(parsing: text)
        )
        var generator = SystemRandomNumberGenerator()
        var processed = 0
        for _ in 0..<4_000 {
            var bytes = original
            for _ in 0..<Int.random(in: 1...3, using: &generator) {
                let index = Int.random(in: bytes.indices, using: &generator)
                switch Int.random(in: 0..<3, using: &generator) {
                case 0: bytes[index] = bytes[Int.random(in: bytes.indices, using: &generator)]
                case 1: bytes.remove(at: index)
                default: bytes.insert(bytes[Int.random(in: bytes.indices, using: &generator)], at: index)
                }
            }
            guard let document = try? JSON(parsing: bytes) else { continue }
            for safe in [true, false] {
                let options = JSONLDOptions(produceGeneralizedRDF: true, safe: safe)
                let dataset = try? Expansion(store: ContextStore([:]), options: options).dataset(of: document)
                if let dataset { _ = try? RDFC10.canonicalize(dataset) }
                processed += 1
            }
        }
        #expect(processed > 0)
    }
}
