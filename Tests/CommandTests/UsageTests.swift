import Glibc
import JSONCore
import Testing

@Suite("How the command is used")
struct UsageTests {
    private static let commands = [
        [], ["init"], ["publish"], ["explain"], ["verify"], ["inspect"], ["checks"], ["bake"], ["unbake"],
        ["key"], ["key", "generate"],
        ["key", "list"], ["key", "show"], ["key", "jwks"], ["key", "did"],
    ]

    @Test(
        "wrong usage ends in 64, on standard error, and does nothing",
        arguments: [
            ["nosuch"], ["verify"], ["verify", "a.jwt", "--nosuch"], ["verify", "a.jwt", "--at", "yesterday"],
            ["verify", "a.jwt", "--at", "2026-03-01T12:00:00"], ["verify", "a.jwt", "--recipient", "ada"],
            ["verify", "a.jwt", "--require", "issuer=nice"], ["verify", "a.jwt", "--color", "blue"], ["issue"],
            ["issue", "a.csv", "--shard", "3/3"], ["issue", "a.csv", "--shard", "0/0"],
            ["issue", "a.csv", "--shard", "-1/3"], ["issue", "a.csv", "--shard", "half"],
            ["issue", "a.csv", "--at", "2026-03-01"], ["init"], ["init", "a", "b"],
            ["key", "generate", "--algorithm", "dsa"],
            ["key", "nosuch"], ["explain"], ["inspect"], ["inspect", "https://badges.example.org/a.jwt"],
            ["checks", "A", "B"], ["checks", "--markdown", "--json"], ["publish", "--at", "yesterday"],
            ["bake", "a.jwt", "a.png"], ["unbake"],
        ]
    )
    func usage(_ arguments: [String]) async throws {
        let folder = try TemporaryFolder.make("usage")
        let outcome = try await BadgeCommand.run(arguments, in: folder)
        #expect(outcome.code == 64)
        #expect(outcome.output.isEmpty)
        #expect(outcome.speech.hasPrefix("badge: error: "))
        #expect(try FileTree.names(in: folder) == [])
    }

    @Test("each command's help has an example that parses as it stands", arguments: commands)
    func help(_ command: [String]) async throws {
        let folder = try TemporaryFolder.make("help")
        let outcome = try await BadgeCommand.run(command + ["--help"], in: folder)
        #expect(outcome.code == 0)
        #expect(outcome.errors.isEmpty)
        let lines = outcome.text.split(separator: "\n", omittingEmptySubsequences: false)
        let start = try #require(lines.firstIndex { $0.hasPrefix("EXAMPLE") }, "there is no example")
        let examples = lines[(start + 1)...].prefix { $0.hasPrefix("  badge ") }
        #expect(!examples.isEmpty)
        for example in examples {
            let words = example.split(separator: " ").prefix { $0 != "&&" }.dropFirst().map(String.init)
            #expect(words.starts(with: command), "\(example)")
            // There is no workspace here, so nothing is done; what matters is that it is understood.
            let run = try await BadgeCommand.run(words, in: folder)
            #expect(run.code == 0 || run.code == 1, "\(example): \(run.speech)")
        }
    }

    @Test("--version says it")
    func version() async throws {
        let outcome = try await BadgeCommand.run(["--version"], in: "/")
        #expect(outcome.code == 0)
        #expect(outcome.text.split(separator: ".").count == 3)
    }

    @Test("init leaves a folder with something in it alone, and makes none where the words are wrong")
    func initialization() async throws {
        let folder = try TemporaryFolder.make("full")
        try FileTree.write("mine", to: "\(folder)/notes.txt")
        let full = try await BadgeCommand.run(["init", "."], in: folder)
        #expect(full.code == 1)
        #expect(full.speech.contains("ALREADY_EXISTS"))
        #expect(try FileTree.contents(of: folder) == ["notes.txt": Array("mine".utf8)])

        for arguments in [["--base-url", "http://a.example"], ["--base-url", "nowhere"], ["--email", "nobody"]] {
            let wrong = try await BadgeCommand.run(["init", "demo"] + arguments, in: folder)
            #expect(wrong.code == 1)
            #expect(!FileTree.exists("\(folder)/demo"))
        }
        let file = try await BadgeCommand.run(["init", "notes.txt"], in: folder)
        #expect(file.code == 1)

        try FileTree.makeFolder("\(folder)/empty")
        #expect(try await BadgeCommand.run(["init", "empty"], in: folder).code == 0)
        let awkward = ["init", "odd", "--name", "O'Neil: \"Exams\" # & Söhne \\ ", "--email", "a@b.example"]
        #expect(try await BadgeCommand.run(awkward, in: folder).code == 0)
        let odd = Workspace(path: "\(folder)/odd")
        try await odd.succeed("issue", "results/sample.csv")
        try await odd.succeed("publish")
        #expect(try odd.json("public/issuer.json")["name"]?.string?.hasPrefix("O'Neil: \"Exams\" # & Söhne \\") == true)
    }

    @Test(
        "outside a workspace the commands that need one say so, and make nothing",
        arguments: [
            ["issue", "a.csv"], ["publish"], ["explain", "ada@example.org"], ["key", "list"], ["key", "generate"],
        ]
    )
    func noWorkspace(_ arguments: [String]) async throws {
        let folder = try TemporaryFolder.make("nowhere")
        let outcome = try await BadgeCommand.run(arguments, in: folder)
        #expect(outcome.code == 1)
        #expect(outcome.speech.contains("WORKSPACE_MISSING"))
        #expect(outcome.speech.contains("badge: hint: "))
        #expect(try FileTree.names(in: folder) == [])
    }

    @Test("a key is never overwritten")
    func keyKept() async throws {
        let workspace = try await Workspace.fresh()
        let first = try await workspace.succeed("key", "generate", "--algorithm", "ed25519", "--kid", "exam-2026")
        #expect(first.text == "exam-2026\n")
        let before = try FileTree.entries(of: workspace.file("Keys"))
        let second = try await workspace.badge("key", "generate", "--algorithm", "ed25519", "--kid", "exam-2026")
        #expect(second.code == 1)
        #expect(second.speech.contains("ALREADY_EXISTS"))
        // Neither half, if only the other is there.
        try #require(rename(workspace.file("Keys/exam-2026.private.pem"), workspace.file("hidden.pem")) == 0)
        let third = try await workspace.badge("key", "generate", "--algorithm", "ed25519", "--kid", "exam-2026")
        #expect(third.code == 1)
        #expect(!FileTree.exists(workspace.file("Keys/exam-2026.private.pem")), "half a key pair is none")
        #expect(rename(workspace.file("hidden.pem"), workspace.file("Keys/exam-2026.private.pem")) == 0)
        #expect(try FileTree.entries(of: workspace.file("Keys")) == before)
    }

    @Test("a kid is a plain name", arguments: ["../key", "a/b", ".hidden", "-x", "a b", ""])
    func kids(_ kid: String) async throws {
        let workspace = try await Workspace.fresh()
        let before = try FileTree.entries(of: workspace.path)
        let outcome = try await workspace.badge("key", "generate", "--algorithm", "ed25519", "--kid=\(kid)")
        #expect(outcome.code == 1 || outcome.code == 64)
        #expect(try FileTree.entries(of: workspace.path) == before)
    }
}
