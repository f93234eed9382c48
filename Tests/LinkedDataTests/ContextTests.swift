import JSONCore
import LinkedData
import Testing

/// Contexts: what they may say, where they come from, and that hostile ones are refused in bounded time.
@Suite("Contexts")
struct ContextTests {
    /// A context that is refused, and the code of the error.
    struct Refusal: Sendable, CustomTestStringConvertible {
        let context: JSON
        let code: LinkedDataError.Code
        var testDescription: String { code.rawValue }

        init(_ context: JSON, _ code: LinkedDataError.Code) {
            self.context = context
            self.code = code
        }
    }

    static let pinned: [String: JSON] = [
        "https://pinned.example/base": [
            "@context": [
                "@protected": true, "id": "@id", "type": "@type",
                "name": "https://schema.example/name",
                "Person": [
                    "@id": "https://schema.example/Person",
                    "@context": ["@protected": true, "knows": "https://schema.example/knows"],
                ],
            ]
        ],
        "https://pinned.example/again": ["@context": ["name": "https://schema.example/name"]],
        "https://pinned.example/other": ["@context": ["name": "https://schema.example/title"]],
        "https://pinned.example/loop": ["@context": "https://pinned.example/loop"],
        "https://pinned.example/ping": ["@context": ["https://pinned.example/pong"]],
        "https://pinned.example/pong": ["@context": ["https://pinned.example/ping"]],
        "https://pinned.example/none": ["context": [:]],
    ]

    static let refusals: [Refusal] = [
        Refusal(["https://pinned.example/base", "https://pinned.example/other"], .protectedTermRedefinition),
        Refusal(["https://pinned.example/base", ["name": "https://schema.example/x"]], .protectedTermRedefinition),
        Refusal(["https://pinned.example/base", nil], .invalidContextNullification),
        Refusal("https://unknown.example/context", .loadingRemoteContextFailed),
        Refusal("context.json", .loadingDocumentFailed),
        Refusal("https://pinned.example/none", .invalidRemoteContext),
        Refusal("https://pinned.example/loop", .contextOverflow),
        Refusal("https://pinned.example/ping", .contextOverflow),
        Refusal(3, .invalidLocalContext),
        Refusal(true, .invalidLocalContext),
        Refusal([["https://pinned.example/base"]], .invalidLocalContext),
        Refusal(["a": "b:c", "b": "a:c"], .cyclicIRIMapping),
        Refusal(["": "https://schema.example/"], .invalidTermDefinition),
        Refusal(["a": 3], .invalidTermDefinition),
        Refusal(["a": ["@id": "https://schema.example/a", "colour": 1]], .invalidTermDefinition),
        Refusal(["a": "no-iri"], .invalidIRIMapping),
        Refusal(["a": ["@id": "https://schema.example/a", "@type": "no-iri"]], .invalidTypeMapping),
        Refusal(["a": ["@id": "https://schema.example/a", "@container": "@shelf"]], .invalidContainerMapping),
        Refusal(["a": ["@id": "https://schema.example/a", "@protected": 1]], .invalidProtectedValue),
        Refusal(["a": "@context"], .invalidKeywordAlias),
        Refusal(["@version": 1.0], .invalidVersionValue),
        Refusal(["@language": 3], .invalidDefaultLanguage),
        Refusal(["@id": "https://schema.example/a"], .keywordRedefinition),
        Refusal(["a": ["@id": "https://schema.example/a", "@context": ["b": 3]]], .invalidScopedContext),
    ]

    @Test("a context that may not be is refused with its code", arguments: refusals)
    func refusal(_ refusal: Refusal) throws {
        let expansion = Expansion(store: ContextStore(Self.pinned))
        let document: JSON = ["@context": refusal.context, "@id": "https://example.org/1"]
        let error = #expect(throws: LinkedDataError.self) { try expansion.expanded(document) }
        #expect(error?.code == refusal.code)
        #expect(error?.path.tokens.first == "@context")
        // What was kept of the first time is no reason to accept it the second time.
        #expect(throws: LinkedDataError.self) { try expansion.expanded(document) }
    }

    @Test("a context that is not pinned is named, with the hint to pin it")
    func hint() throws {
        let expansion = Expansion(store: ContextStore([:]))
        let error = #expect(throws: LinkedDataError.self) {
            try expansion.expanded(["@context": "https://unknown.example/context"])
        }
        #expect(error?.detail.contains("https://unknown.example/context") == true)
        #expect(error?.detail.contains("pin") == true)
        let store = ContextStore([:]).adding(["https://unknown.example/context": ["@context": [:]]])
        #expect(store.document("https://unknown.example/context") != nil)
        let document: JSON = ["@context": "https://unknown.example/context", "https://schema.example/name": "x"]
        #expect(try Expansion(store: store).dataset(of: document).count == 1)
    }

    @Test("the same definition may be given again to a protected term")
    func sameDefinition() throws {
        let expansion = Expansion(store: ContextStore(Self.pinned))
        let document: JSON = [
            "@context": ["https://pinned.example/base", "https://pinned.example/again"],
            "id": "https://example.org/1", "name": "x",
        ]
        #expect(try expansion.dataset(of: document).count == 1)
    }

    @Test("a type-scoped context holds for its node, and not for nodes within")
    func typeScope() throws {
        let expansion = Expansion(store: ContextStore(Self.pinned))
        let document: JSON = [
            "@context": "https://pinned.example/base", "id": "https://example.org/1", "type": "Person",
            "knows": ["id": "https://example.org/2", "name": "x"],
        ]
        #expect(try expansion.dataset(of: document).count == 3)
        var deeper = document
        deeper["knows"] = ["id": "https://example.org/2", "knows": "x"]
        let error = #expect(throws: LinkedDataError.self) { try expansion.dataset(of: deeper) }
        #expect(error?.code == .undefinedTerm)
        #expect(error?.path.description == "/knows/knows")
    }

    @Test("terms are told apart code point by code point")
    func exactTerms() throws {
        let composed = "caf\u{E9}"
        let decomposed = "cafe\u{301}"
        let context: [(String, JSON)] = [
            (composed, "https://schema.example/1"), (decomposed, "https://schema.example/2"),
        ]
        let members: [(String, JSON)] = [
            ("@context", .object(JSONObject(members: context))), (composed, "x"), (decomposed, "x"),
        ]
        let document = JSON.object(JSONObject(members: members))
        #expect(try Expansion(store: ContextStore([:])).dataset(of: document).count == 2)
    }

    @Test("one store serves many threads, and all get the same")
    func threads() async throws {
        let store = ContextStore(Self.pinned)
        let document: JSON = [
            "@context": "https://pinned.example/base", "id": "https://example.org/1", "type": "Person",
            "knows": ["type": "Person", "name": "x", "knows": ["type": "Person", "name": "y"]],
        ]
        let expected = try RDFC10.canonicalNQuads(of: document, store: ContextStore(Self.pinned))
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    try (0..<50).allSatisfy { _ in
                        try RDFC10.canonicalNQuads(of: document, store: store) == expected
                    }
                }
            }
            for try await isSame in group { #expect(isSame) }
        }
    }

    @Test("a store that may keep nothing or little gives the same results", arguments: [0, 1, 2, 3, 5])
    func smallCache(count: Int) throws {
        let limits = ContextStoreLimits(pinnedContexts: count, inlineContexts: count)
        let document: JSON = [
            "@context": ["https://pinned.example/base", ["nick": "https://schema.example/nick"]],
            "id": "https://example.org/1", "type": "Person", "nick": "n", "knows": ["type": "Person", "name": "x"],
        ]
        let kept = try RDFC10.canonicalNQuads(of: document, store: ContextStore(Self.pinned))
        let small = ContextStore(Self.pinned, limits: limits)
        for _ in 0..<5 {
            #expect(try RDFC10.canonicalNQuads(of: document, store: small) == kept)
        }
    }
}
