import JSONCore
import Testing

/// `badge archive` and `badge audit`: what outlives the issuer's site, and what must not stand on it.
@Suite("Archive and audit")
struct ArchiveAndAuditTests {
    @Test("an archived badge verifies without the issuer's site, in each form") func archive() async throws {
        let workspace = try await Workspace.signingFast()
        try await workspace.succeed("issue", "results/sample.csv")
        let early = try await workspace.badge("archive", "--all", "archive")
        #expect(early.code == 1)
        #expect(early.speech.contains("NOT_FOUND"))
        try await workspace.succeed("publish")
        let outcome = try await workspace.succeed("archive", "--all", "archive", "--json")
        let count = try #require(try outcome.json.first?["files"]?.int)
        // Elsewhere, and without a network: the workspace cannot help.
        let elsewhere = try TemporaryFolder.make("elsewhere")
        let verify = try await BadgeCommand.run(
            [
                "verify", workspace.file("archive/badges"), "--documents", workspace.file("archive"), "--offline",
                "--json",
            ],
            in: elsewhere
        )
        #expect(verify.code == 0, "\(verify.text.prefix(2000))")
        #expect(try verify.json.count == count)
        let one = try await workspace.succeed("archive", "ada@example.org", "one", "--json")
        #expect(try one.json.first?["badges"]?.int == 1)
        #expect(try await workspace.badge("archive", "--all").code == 64)
    }

    @Test("nothing of a recipient stands in clear in what is published by default") func clean() async throws {
        let workspace = try await Workspace.signingFast()
        try await workspace.succeed("issue", "results/sample.csv")
        try await workspace.succeed("revoke", "ada@example.org", "--reason", "a mistake")
        try await workspace.succeed("publish")
        let audit = try await workspace.badge("audit")
        #expect(audit.code == 0, "\(audit.text)")
    }

    @Test("an address in clear is found in JSON, in JWTs and in images, and is not shown") func plain() async throws {
        let workspace = try await Workspace.signingFast()
        try workspace.edit("issuer.yaml") { $0.replacing("recipient: hashed", with: "recipient: plain") }
        try await workspace.succeed("issue", "results/sample.csv")
        try await workspace.succeed("publish")
        let audit = try await workspace.badge("audit", "--json")
        #expect(audit.code == 2)
        let names = Set(try audit.json.compactMap { $0["path"]?.string?.split(separator: "/").last.map { String($0) } })
        #expect(names == ["credential.json", "credential.jwt", "assertion.json", "assertion.jws", "badge.svg"])
        #expect(try audit.json.allSatisfy { $0["kind"]?.string == "email" })
        #expect(!audit.text.contains("ada@"))
    }

    @Test("an address in a reason, a file name in a URL, and a name are found") func slips() async throws {
        let workspace = try await Workspace.signingFast()
        try await workspace.succeed("issue", "results/sample.csv")
        try await workspace.succeed("revoke", "ada@example.org", "--reason", "asked for by Ada@example.org, twice")
        try await workspace.succeed("publish")
        try workspace.write(
            #"{"note":"Ada Byron","link":"https://x.example/?to=ada%40example.org"}"#,
            to: "public/extra.json"
        )
        let audit = try await workspace.badge("audit", "--json")
        #expect(audit.code == 2)
        let found = try audit.json.map { "\($0["path"]?.string ?? "") \($0["kind"]?.string ?? "")" }
        #expect(found.contains("ob2/revocations.json email"))
        #expect(found.contains("extra.json name"))
        #expect(found.contains("extra.json email"))
        try workspace.write("<p>Write to ada@example.org.</p>", to: "public/page.html")
        try workspace.write(#"{"note":"%40 and @ home"}"#, to: "public/harmless.json")
        let more = try await workspace.badge("audit", "--json").json.compactMap { $0["path"]?.string }
        #expect(more.contains("page.html"))
        #expect(!more.contains("harmless.json"))
        #expect(try await workspace.badge("audit", "nowhere").speech.contains("NOT_FOUND"))
    }
}
