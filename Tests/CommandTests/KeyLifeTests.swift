import JSONCore
import Testing

/// `badge key rotate`, `retire` and `compromised`: old badges live on, and stolen keys do not.
@Suite("The life of keys")
struct KeyLifeTests {
    private func issue(_ workspace: Workspace, _ number: Int, at time: String) async throws {
        let rows = """
            resultId,exam.id,candidate.email,score.raw,score.max,endedAt
            K-\(number),ALG-1,k\(number)@example.org,39,40,\(time)

            """
        try workspace.write(rows, to: "results/k\(number).csv")
        try await workspace.succeed("issue", "results/k\(number).csv", "--at", time)
    }

    /// Every published form by its verdict.
    private func reports(_ workspace: Workspace) async throws -> [JSON] {
        try await workspace.badge("verify", "public/credentials", "--json", "--offline").json
    }

    @Test("after ten rotations a badge of every key verifies") func tenRotations() async throws {
        let workspace = try await Workspace.signingFast()
        var kids: Set<String> = []
        for number in 0..<10 {
            try await issue(workspace, number, at: "2026-03-\(number + 10)T12:00:00Z")
            let rotated = try await workspace.succeed("key", "rotate", "--ob2", "--json").json
            #expect(rotated.compactMap { $0["name"]?.string } == ["ob3-jwt", "ob3-proof", "ob2"])
            kids.formUnion(rotated.compactMap { $0["new"]?.string })
        }
        #expect(kids.count == 30)
        try await issue(workspace, 10, at: "2026-03-21T12:00:00Z")
        try await workspace.succeed("publish")
        let reports = try await reports(workspace)
        #expect(reports.count == 11 * 5)
        let bad = reports.filter { $0["verdict"]?.string != "verified" }
        #expect(bad.isEmpty, "\(bad.first?.text ?? "")")
        let methods = try workspace.json("public/.well-known/did.json")["verificationMethod"]?.array ?? []
        #expect(methods.count >= 22)
        #expect(methods.allSatisfy { $0["expires"] == nil && $0["revoked"] == nil })
    }

    @Test("of a compromised key later badges are rejected, earlier ones unknown until they are signed again")
    func compromised() async throws {
        let workspace = try await Workspace.signingFast()
        let old = try workspace.signingKey().kid
        let proofKey =
            try #require(
                try workspace.text("issuer.yaml").split(separator: "\n").first { $0.contains("ob3-proof: ed") }
            )
            .split(separator: " ").last.map { String($0) } ?? ""
        let own = try #require(
            try await workspace.succeed("key", "list", "--json").json.first {
                $0["signs"]?.array?.contains("ob3-jwt") ?? false
            }?["kid"]?.string
        )
        #expect(own != old)
        try await issue(workspace, 1, at: "2026-03-10T12:00:00Z")
        try await issue(workspace, 2, at: "2026-05-10T12:00:00Z")
        try await workspace.succeed("key", "rotate", "--ob2")
        for kid in [own, proofKey] {
            let outcome = try await workspace.badge("key", "compromised", kid, "--since", "2026-04-01T00:00:00Z")
            #expect(outcome.code == 0, "\(outcome.lastWords)")
        }
        try await workspace.succeed("publish")
        let explain = try await workspace.succeed("explain", "k1@example.org", "--json").json
        let early = try #require(explain.first?["badge"]?.string)
        for report in try await reports(workspace) {
            let isEarly = report["input"]?.string?.contains(early) ?? false
            if report["format"]?.string == "ob2-hosted" { continue }
            #expect(report["verdict"]?.string == (isEarly ? "undetermined" : "rejected"), "\(report.text)")
            #expect(report["answers"]?["authentic"]?.string == (isEarly ? "unknown" : "no"), "\(report.text)")
        }
        for kid in [own, proofKey] {
            try await workspace.succeed("key", "compromised", kid, "--since", "2026-04-01T00:00:00Z", "--sign-again")
        }
        try await workspace.succeed("publish")
        for report in try await reports(workspace) where report["input"]?.string?.contains(early) ?? false {
            #expect(report["verdict"]?.string == "verified", "\(report.text)")
        }
        #expect(try await workspace.badge("ledger", "check").code == 0)
        #expect(try Ledger(workspace).complaints() == [])
    }

    @Test("status lists that a compromised key has signed are signed anew by publish, so that new badges verify")
    func listsOfCompromisedKey() async throws {
        let workspace = try await Workspace.signingFast()
        try await issue(workspace, 1, at: "2026-03-10T12:00:00Z")
        let keys = try await workspace.succeed("key", "list", "--json").json.compactMap { $0["kid"]?.string }
        // As long as no other key is in its place, publish tells the world, and signs nothing.
        try await workspace.succeed("key", "compromised", keys[0], "--since", "2026-04-01T00:00:00Z")
        try await workspace.succeed("publish")
        try await workspace.succeed("key", "rotate", "--ob2")
        for kid in keys { try await workspace.succeed("key", "compromised", kid, "--since", "2026-04-01T00:00:00Z") }
        try await issue(workspace, 2, at: "2026-05-10T12:00:00Z")
        try await workspace.succeed("publish")
        let explain = try await workspace.succeed("explain", "k2@example.org", "--json").json
        let new = try #require(explain.first?["badge"]?.string)
        let reports = try await reports(workspace).filter { $0["input"]?.string?.contains(new) ?? false }
        #expect(reports.count == 5)
        for report in reports { #expect(report["verdict"]?.string == "verified", "\(report.text)") }
        try await workspace.succeed("publish")
        #expect(try await workspace.badge("ledger", "check").code == 0)
    }

    @Test("a key that still signs is not retired, and one that is retired signs no more") func retire() async throws {
        let workspace = try await Workspace.signingFast()
        let own = try #require(
            try await workspace.succeed("key", "list", "--json").json.first {
                $0["signs"]?.array?.contains("ob3-proof") ?? false
            }?["kid"]?.string
        )
        try await issue(workspace, 1, at: "2026-03-10T12:00:00Z")
        let used = try await workspace.badge("key", "retire", own)
        #expect(used.code == 1)
        #expect(used.speech.contains("KEY_IN_USE"))
        let yaml = try workspace.text("issuer.yaml")
        try await workspace.succeed("key", "rotate", "--name", "ob3-proof")
        #expect(try workspace.text("issuer.yaml") != yaml)
        try await workspace.succeed("key", "retire", own)
        try await workspace.succeed("publish")
        #expect(try await reports(workspace).allSatisfy { $0["verdict"]?.string == "verified" })
        // Somebody puts it back.
        try workspace.write(yaml, to: "issuer.yaml")
        let again = try await workspace.badge("issue", "results/sample.csv")
        #expect(again.code == 1)
        #expect(again.speech.contains("KEY_RETIRED"))
        #expect(try await workspace.badge("key", "retire", "nobody").speech.contains("KEY_MISSING"))
    }

    @Test("a compromised key's bare JWK goes, however the directory was named before it was there") func bareKey()
        async throws
    {
        let workspace = try await Workspace.fresh()
        let old = try workspace.signingKey().kid
        try await workspace.succeed("issue", "results/sample.csv")
        try await workspace.succeed("publish", "--to", "./site/")
        #expect(FileTree.exists(workspace.file("site/keys/\(old).jwk")))
        let early = try await workspace.badge(
            "key",
            "compromised",
            old,
            "--since",
            "2026-04-01T00:00:00Z",
            "--sign-again"
        )
        #expect(early.code == 1)
        #expect(early.speech.contains("badge key rotate --name ob3-jwt --name ob2"))
        try await workspace.succeed("key", "rotate", "--name", "ob3-jwt", "--name", "ob2")
        try await workspace.succeed("key", "compromised", old, "--since", "2026-04-01T00:00:00Z", "--sign-again")
        try await workspace.succeed("publish", "--to", "site")
        #expect(!FileTree.exists(workspace.file("site/keys/\(old).jwk")))
    }

    @Test("what was encrypted is not rotated into the clear") func encrypted() async throws {
        let workspace = try await Workspace.signingFast()
        try workspace.write("swordfish\n", to: "secret")
        let kid = try await workspace.succeed(
            "key",
            "generate",
            "--algorithm",
            "ed25519",
            "--passphrase-file",
            "secret"
        )
        .text.replacing("\n", with: "")
        let own = try #require(
            try workspace.text("issuer.yaml").split(separator: "\n").first { $0.contains("ob3-proof: ed") }
        )
        try workspace.edit("issuer.yaml") { $0.replacing(own, with: "  ob3-proof: \(kid)") }
        let refused = try await workspace.badge("key", "rotate", "--name", "ob3-proof")
        #expect(refused.code == 1)
        #expect(refused.speech.contains("PASSPHRASE_REQUIRED"))
        let rotated =
            try await workspace.succeed(
                "key",
                "rotate",
                "--name",
                "ob3-proof",
                "--passphrase-file",
                "secret",
                "--json"
            ).json.first?["new"]?.string ?? ""
        #expect(try workspace.text("Keys/\(rotated).private.pem").contains("ENCRYPTED"))
    }

    @Test("a rotation changes nothing else in issuer.yaml") func untouched() async throws {
        let workspace = try await Workspace.fresh()
        try workspace.edit("issuer.yaml") { "# our own words\n" + $0 + "# and more\n" }
        let before = try workspace.text("issuer.yaml").split(separator: "\n")
        try await workspace.succeed("key", "rotate", "--name", "ob3-proof")
        let after = try workspace.text("issuer.yaml").split(separator: "\n")
        let changed = zip(before, after).filter { $0 != $1 }
        #expect(before.count == after.count)
        #expect(changed.count == 1)
        #expect(changed.first?.1.contains("ob3-proof: ed25519-") == true)
    }
}
