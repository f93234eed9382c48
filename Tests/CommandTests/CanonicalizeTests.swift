import JSONCore
import Testing

@Suite("Canonical forms, to debug interoperability")
struct CanonicalizeTests {
    /// A document with two nodes that have no name, whose labels depend on the hash.
    private static let document = """
        {"@context":{"name":"https://schema.example/name","knows":"https://schema.example/knows"},
         "knows":[{"name":"Carl"},{"name":"Bob"}],"@id":"https://e.example/1","name":"Ada"}
        """

    /// Its RDF, where the first of the two is labelled so.
    private static func quads(_ first: String, _ second: String) -> String {
        """
        <https://e.example/1> <https://schema.example/knows> _:c14n0 .
        <https://e.example/1> <https://schema.example/knows> _:c14n1 .
        <https://e.example/1> <https://schema.example/name> "Ada" .
        _:c14n0 <https://schema.example/name> "\(first)" .
        _:c14n1 <https://schema.example/name> "\(second)" .

        """
    }

    private func run(_ arguments: String..., input: String) async throws -> ChildProcess.Outcome {
        let folder = try TemporaryFolder.make("canonicalize")
        return try await BadgeCommand.run(["canonicalize"] + arguments, in: folder, input: Array(input.utf8))
    }

    @Test("--jcs prints canonical JSON, and not a byte more")
    func jcs() async throws {
        let outcome = try await run("--jcs", "-", input: "{ \"b\": [1.0, 1e21, \"\\u20ac\"], \"a\": null }\n")
        #expect(outcome.code == 0)
        #expect(outcome.text == #"{"a":null,"b":[1,1e+21,"€"]}"#)
        #expect(outcome.errors.isEmpty)
    }

    @Test("--rdfc prints canonical N-Quads, with the labels that the hash gives")
    func rdfc() async throws {
        let plain = try await run("--rdfc", "-", input: Self.document)
        #expect(plain.code == 0)
        #expect(plain.text == Self.quads("Bob", "Carl"))
        let longer = try await run("--rdfc", "--sha384", "-", input: Self.document)
        #expect(longer.code == 0)
        #expect(longer.text == Self.quads("Carl", "Bob"))
    }

    @Test("--rdfc --nquads reads N-Quads, and its own output comes out again")
    func nquads() async throws {
        let canonical = Self.quads("Bob", "Carl")
        let shuffled = canonical.split(separator: "\n").reversed().joined(separator: "\n").replacing("_:c14n", "_:x")
        for input in [canonical, shuffled] {
            let outcome = try await run("--rdfc", "--nquads", "-", input: input)
            #expect(outcome.code == 0)
            #expect(outcome.text == canonical)
        }
    }

    @Test("a relative IRI is resolved against --base, and without it an error")
    func base() async throws {
        let document = #"{"@id":"badge","https://schema.example/name":"Ada"}"#
        let outcome = try await run("--rdfc", "--base", "https://e.example/a/", "-", input: document)
        #expect(outcome.code == 0)
        #expect(outcome.text == "<https://e.example/a/badge> <https://schema.example/name> \"Ada\" .\n")
        let relative = try await run("--rdfc", "-", input: document)
        #expect(relative.code == 1)
        #expect(relative.speech.contains("RELATIVE_IRI"))
        #expect(relative.output.isEmpty)
    }

    @Test(
        "an error ends in 1, with its code and its place, and nothing on standard output",
        arguments: [
            (
                "--rdfc", #"{"@context":{"a":"https://e.example/a"},"a":{"flavour":"x"}}"#, "UNDEFINED_TERM",
                "/a/flavour"
            ),
            (
                "--rdfc", #"{"@context":"https://e.example/context","a":1}"#, "loading remote context failed",
                "/@context"
            ),
            ("--rdfc", "{", "PARSING_ERROR", "line 1"),
            ("--rdfc", "", "PARSING_ERROR", ""),
            ("--jcs", #"{"a":{"b":1,"b":2}}"#, "DUPLICATE_MEMBER", "/a/b"),
            ("--jcs", #"{"a":[1e999]}"#, "NUMBER_RANGE", "/a/0"),
            ("--jcs", #"{"a":"\ud800"}"#, "LONE_SURROGATE", "/a"),
        ]
    )
    func errors(_ flag: String, _ input: String, _ code: String, _ place: String) async throws {
        let outcome = try await run(flag, "-", input: input)
        #expect(outcome.code == 1)
        #expect(outcome.output.isEmpty)
        #expect(outcome.speech.hasPrefix("badge: error: "), "\(outcome.speech)")
        #expect(outcome.speech.contains(code), "\(outcome.speech)")
        #expect(outcome.speech.contains(place), "\(outcome.speech)")
    }

    @Test("N-Quads that are none are an error with their line")
    func badQuads() async throws {
        let input = "<https://e.example/1> <https://e.example/2> \"x\" .\n<https://e.example/1> nonsense .\n"
        let outcome = try await run("--rdfc", "--nquads", "-", input: input)
        #expect(outcome.code == 1)
        #expect(outcome.output.isEmpty)
        #expect(outcome.speech.contains("2"), "\(outcome.speech)")
    }

    @Test("a poison graph ends in 1 in bounded time")
    func poison() async throws {
        var quads = ""
        for from in 0..<12 {
            for to in 0..<12 where from != to { quads += "_:n\(from) <https://e.example/p> _:n\(to) .\n" }
        }
        let outcome = try await run("--rdfc", "--nquads", "-", input: quads)
        #expect(outcome.code == 1)
        #expect(outcome.speech.contains("WORK_LIMIT"))
    }

    @Test(
        "wrong usage ends in 64",
        arguments: [
            ["-"], ["--jcs", "--rdfc", "-"], ["--jcs"], ["--jcs", "--nquads", "-"], ["--jcs", "--sha384", "-"],
            ["--jcs", "--base", "https://e.example/", "-"], ["--rdfc", "--nosuch", "-"],
            ["--jcs", "https://e.example/badge.json"],
        ]
    )
    func usage(_ arguments: [String]) async throws {
        let folder = try TemporaryFolder.make("canonicalize")
        let outcome = try await BadgeCommand.run(["canonicalize"] + arguments, in: folder)
        #expect(outcome.code == 64)
        #expect(outcome.output.isEmpty)
        #expect(outcome.speech.hasPrefix("badge: error: "), "\(outcome.speech)")
    }

    @Test("a file that is not there, and a folder of contexts that is none, end in 1 and are named")
    func missing() async throws {
        let outcome = try await run("--jcs", "missing.json", input: "")
        #expect(outcome.code == 1)
        #expect(outcome.speech.contains("missing.json"))
        let contexts = try await run("--rdfc", "--contexts", "nowhere", "-", input: "{}")
        #expect(contexts.code == 1)
        #expect(contexts.speech.hasPrefix("badge: error: "), "\(contexts.speech)")
    }
}
