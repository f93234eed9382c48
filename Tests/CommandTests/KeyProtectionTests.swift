import Cryptography
import Testing

@Suite("Private keys and passphrases")
struct KeyProtectionTests {
    private static let passphrase = "correct horse battery staple"

    /// A workspace whose badges are signed with an encrypted key.
    private func encrypted() async throws -> Workspace {
        let workspace = try await Workspace.fresh()
        try workspace.write(Self.passphrase + "\nmore lines count for nothing\n", to: "passphrase.txt")
        let kid = try await workspace.succeed(
            "key",
            "generate",
            "--algorithm",
            "p256",
            "--passphrase-file",
            "passphrase.txt"
        ).text.replacing("\n", "")
        #expect(try workspace.text("Keys/\(kid).private.pem").hasPrefix("-----BEGIN ENCRYPTED PRIVATE KEY-----"))
        let rsa = try workspace.signingKey().kid
        try workspace.edit("issuer.yaml") { $0.replacing(rsa, kid) }
        return workspace
    }

    @Test("a wrong passphrase, or none, opens no key, and nothing is issued")
    func passphrases() async throws {
        let workspace = try await encrypted()
        try workspace.write("wrong\n", to: "wrong.txt")
        let before = try FileTree.entries(of: workspace.path)
        let cases: [([String], [String: String], String)] = [
            (["--passphrase-file", "wrong.txt"], [:], "WRONG_PASSPHRASE"),
            (["--passphrase-env", "BADGE_PASSPHRASE"], ["BADGE_PASSPHRASE": "wrong"], "WRONG_PASSPHRASE"),
            (["--passphrase-env", "BADGE_PASSPHRASE"], ["BADGE_PASSPHRASE": ""], "WRONG_PASSPHRASE"),
            (["--passphrase-env", "BADGE_PASSPHRASE"], [:], "PASSPHRASE_REQUIRED"),
            (["--passphrase-file", "none.txt"], [:], "FILE_UNREADABLE"), ([], [:], "PASSPHRASE_REQUIRED"),
        ]
        for (options, environment, code) in cases {
            let outcome = try await BadgeCommand.run(
                ["issue", "results/sample.csv"] + options,
                in: workspace.path,
                environment: environment
            )
            #expect(outcome.code == 1)
            #expect(outcome.speech.contains(code), "\(outcome.speech)")
            #expect(!outcome.speech.contains("wrong\n"))
            #expect(try FileTree.entries(of: workspace.path) == before)
        }
    }

    @Test("the right one opens it, by file and by environment")
    func opened() async throws {
        let workspace = try await encrypted()
        let byFile = try await workspace.badge("issue", "results/sample.csv", "--passphrase-file", "passphrase.txt")
        #expect(byFile.code == 0, "\(byFile.speech)")
        try workspace.write(Results.file([Results.row(1)]), to: "results/more.csv")
        let byName = try await workspace.badge(
            "issue",
            "results/more.csv",
            "--passphrase-env",
            "WORDS",
            environment: ["WORDS": Self.passphrase]
        )
        #expect(byName.code == 0, "\(byName.speech)")
        try await workspace.succeed("publish")
        #expect(try await workspace.badge("verify", "public/credentials", "--offline", "-q").code == 0)
    }

    @Test("a key or secret that others can read is refused, with what to do", arguments: [0o644, 0o640, 0o604, 0o660])
    func exposed(_ mode: UInt32) async throws {
        let workspace = try await Workspace.fresh()
        let kid = try workspace.signingKey().kid
        for file in ["Keys/\(kid).private.pem", "Keys/id.secret"] {
            try FileTree.setMode(mode, of: workspace.file(file))
            let outcome = try await workspace.badge("issue", "results/sample.csv")
            #expect(outcome.code == 1)
            #expect(outcome.speech.contains("badge: error: \(file): KEY_EXPOSED"), "\(outcome.speech)")
            #expect(outcome.speech.contains("badge: hint: "))
            #expect(outcome.speech.contains("chmod 600 '\(file)'"))
            #expect(!FileTree.exists(workspace.file("ledger.sqlite")))
            try FileTree.setMode(0o600, of: workspace.file(file))
        }
        #expect(try await workspace.badge("issue", "results/sample.csv").code == 0)
    }

    @Test("keys that are missing, damaged or of another kind are named")
    func damaged() async throws {
        let workspace = try await Workspace.fresh()
        let kid = try workspace.signingKey().kid
        let file = "Keys/\(kid).private.pem"
        let pem = try workspace.read(file)
        let half = Array(pem.prefix(pem.count / 2))
        for bytes in [[], half, Array("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n".utf8)] {
            try FileTree.write(bytes, to: workspace.file(file))
            let outcome = try await workspace.badge("issue", "results/sample.csv")
            #expect(outcome.code == 1)
            #expect(outcome.speech.contains("\(file): KEY_UN"), "\(outcome.speech)")
        }
        try workspace.edit("issuer.yaml") { $0.replacing(kid, "rsa-none") }
        let missing = try await workspace.badge("issue", "results/sample.csv")
        #expect(missing.code == 1)
        #expect(missing.speech.contains("KEY_MISSING"))
        for secret in ["", "abc\n", String(repeating: "g", count: 64)] {
            try FileTree.write(secret, to: workspace.file("Keys/id.secret"))
            #expect(try await workspace.badge("issue", "results/sample.csv").code == 1)
        }
    }

    @Test("no private key bytes stand in anything that is printed or published")
    func leaks() async throws {
        let workspace = try await Workspace.shared.value
        let (kid, key) = try workspace.signingKey()
        let pem = String(decoding: try key.pem(), as: UTF8.self)
        let lines = pem.split(separator: "\n").filter { $0.count == 64 }
        #expect(lines.count > 10)
        var texts = try FileTree.contents(of: workspace.file("public")).values.map {
            String(decoding: $0, as: UTF8.self)
        }
        for command in [
            ["key", "show", kid], ["key", "show", kid, "--json"], ["key", "list", "--json"], ["key", "jwks"],
        ] {
            let outcome = try await BadgeCommand.run(command, in: workspace.path)
            #expect(outcome.code == 0)
            texts.append(outcome.text)
        }
        // The beginning of a private key's DER is its public half; its end is not.
        for line in lines.suffix(8) { #expect(!texts.contains { $0.contains(line) }) }
    }
}
