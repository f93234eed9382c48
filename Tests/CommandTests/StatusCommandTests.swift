import JSONCore
import Testing

/// `badge revoke`, `suspend` and `reinstate`: all forms of a badge together, and for all the world to see.
@Suite("The status of badges")
struct StatusCommandTests {
    /// A workspace with two badges, under a configuration of statuses.
    private func workspace(_ status: String = "[revocation]") async throws -> Workspace {
        let workspace = try await Workspace.signingFast()
        try workspace.edit("issuer.yaml") { $0 + "\nstatus: \(status)\n" }
        let rows = """
            resultId,exam.id,candidate.email,score.raw,score.max,endedAt
            R-1,ALG-1,ada@example.org,37,40,2026-03-01T13:25:00Z
            R-2,ALG-1,bo@example.org,38,40,2026-03-01T13:25:00Z

            """
        try workspace.write(rows, to: "results/two.csv")
        try await workspace.succeed("issue", "results/two.csv")
        try await workspace.succeed("publish")
        return workspace
    }

    /// The verdict and the answer to `current` of every form of a candidate's badge.
    private func answers(_ workspace: Workspace, _ email: String) async throws -> [String: String] {
        let badges = try Ledger(workspace).badges()
        let outcome = try await workspace.badge("verify", "public/credentials", "--json")
        let explain = try await workspace.succeed("explain", email, "--json")
        let id = try #require(try explain.json.compactMap { $0["badge"]?.string }.last)
        #expect(badges.count == 2)
        var answers: [String: String] = [:]
        for report in try outcome.json {
            guard let input = report["input"]?.string, input.contains(id) else { continue }
            let name = input.split(separator: "/").last.map { String($0) } ?? ""
            answers[name] = report["answers"]?["current"]?.string ?? ""
        }
        return answers
    }

    @Test("a revoked badge is revoked in each of its forms, and the other is not") func revoke() async throws {
        let workspace = try await workspace()
        let outcome = try await workspace.badge("revoke", "ada@example.org", "--reason", "cheating", "--json")
        #expect(outcome.code == 0, "\(outcome.lastWords)")
        #expect(try outcome.json.count == 1)
        try await workspace.succeed("publish")
        let ada = try await answers(workspace, "ada@example.org")
        #expect(ada.count == 5)
        #expect(ada.values.allSatisfy { $0 == "no" }, "\(ada)")
        let bo = try await answers(workspace, "bo@example.org")
        #expect(bo.values.allSatisfy { $0 == "yes" }, "\(bo)")
        let again = try await workspace.succeed("revoke", "ada@example.org".uppercased(), "--json")
        #expect(try again.json.isEmpty)
        let back = try await workspace.badge("reinstate", try #require(try outcome.json.first?["badge"]?.string))
        #expect(back.code == 1)
        #expect(back.speech.contains("STATUS_NOT_POSSIBLE"))
        #expect(try Ledger(workspace).complaints() == [])
    }

    @Test(
        "a badge is named by its id, its URL or any of its files",
        arguments: [
            "id", "credential.json", "credential.jwt", "assertion.json", "assertion.jws", "badge.svg", "url",
        ]
    )
    func names(kind: String) async throws {
        let workspace = try await workspace()
        let file = try #require(try workspace.badges("credential.json").first)
        let folder = file.split(separator: "/").dropLast().joined(separator: "/")
        let id = folder.split(separator: "/").last.map { String($0) } ?? ""
        let name =
            kind == "id" ? id : kind == "url" ? try workspace.json(file)["id"]?.string ?? "" : "\(folder)/\(kind)"
        let outcome = try await workspace.badge("revoke", name, "--json")
        #expect(outcome.code == 0, "\(outcome.lastWords)")
        #expect(try outcome.json.map { $0["badge"]?.string } == [id])
    }

    @Test("a suspension ends, and Open Badges 2.0 has it meanwhile as a revocation") func suspend() async throws {
        let workspace = try await workspace("[revocation, suspension]")
        let badge = try workspace.json(try #require(try workspace.badges("credential.json").first))
        #expect(badge["credentialStatus"]?.array?.count == 2)
        try await workspace.succeed("suspend", "bo@example.org", "--reason", "under review")
        try await workspace.succeed("publish")
        let suspended = try await answers(workspace, "bo@example.org")
        #expect(suspended.values.allSatisfy { $0 == "no" }, "\(suspended)")
        try await workspace.succeed("reinstate", "bo@example.org")
        try await workspace.succeed("publish")
        let reinstated = try await answers(workspace, "bo@example.org")
        #expect(reinstated.values.allSatisfy { $0 == "yes" }, "\(reinstated)")
    }

    @Test("a badge without a place for it cannot be suspended, and nothing is changed") func noPlace() async throws {
        let workspace = try await workspace()
        let outcome = try await workspace.badge("suspend", "ada@example.org", "bo@example.org")
        #expect(outcome.code == 1)
        #expect(outcome.speech.contains("STATUS_NOT_POSSIBLE"))
        #expect(outcome.speech.contains("status: [revocation, suspension]"))
        let unknown = try await workspace.badge("revoke", "nobody@example.org")
        #expect(unknown.code == 1)
        #expect(unknown.speech.contains("NOT_FOUND"))
        #expect(!unknown.speech.contains("nobody@"))
    }

    @Test("a candidate is meant by each of their addresses") func aliases() async throws {
        let workspace = try await workspace()
        try workspace.write("candidates:\n  - [ada@example.org, ada@work.example]\n", to: "candidates.yaml")
        #expect(try await workspace.succeed("explain", "ada@work.example").text.contains("awarded"))
        let outcome = try await workspace.succeed("revoke", "ada@work.example", "--json")
        #expect(try outcome.json.count == 1)
    }

    @Test("by policy all badges go, and 1EdTech's own list names them") func policy() async throws {
        let workspace = try await workspace("[revocation, 1edtech]")
        let file = try #require(try workspace.badges("credential.json").first)
        let types = try workspace.json(file)["credentialStatus"]?.array?.compactMap { $0["type"]?.string }
        #expect(types == ["BitstringStatusListEntry", "1EdTechRevocationList"])
        let policy = try #require(try await workspace.succeed("explain", "ada@example.org", "--json").json.first)
        try await workspace.succeed(
            "revoke",
            "--policy",
            try #require(policy["policy"]?.string),
            "--reason",
            "withdrawn"
        )
        try await workspace.succeed("publish")
        let list = try workspace.json("public/status/1edtech.json")
        #expect(list["revokedCredential"]?.array?.count == 2)
        let ids = list["revokedCredential"]?.array?.compactMap { $0["id"]?.string } ?? []
        #expect(try ids.contains(workspace.json(file)["id"]?.string ?? ""))
        #expect(list["issuer"]?.string == Workspace.issuerID)
        let answers = try await answers(workspace, "ada@example.org")
        #expect(answers.count == 5 && answers.values.allSatisfy { $0 == "no" }, "\(answers)")
    }

    @Test("status lists end, and publishing signs them anew when half of their time is over") func renewal()
        async throws
    {
        let workspace = try await Workspace.signingFast()
        try workspace.edit("issuer.yaml") { $0 + "\nstatus_validity: P30D\n" }
        try await workspace.succeed("issue", "results/sample.csv", "--at", "2026-04-01T12:00:00Z")
        func end() throws -> String? { try workspace.json("public/status/revocation/1.json")["validUntil"]?.string }
        try await workspace.succeed("publish", "--at", "2026-04-10T12:00:00Z")
        #expect(try end() == "2026-05-01T12:00:00Z")
        try await workspace.succeed("publish", "--at", "2026-04-20T12:00:00Z")
        #expect(try end() == "2026-05-20T12:00:00Z")
        let bytes = try FileTree.contents(of: workspace.file("public"))
        try await workspace.succeed("publish", "--at", "2026-04-21T12:00:00Z")
        #expect(try FileTree.contents(of: workspace.file("public")) == bytes)
        let late = try await workspace.badge(
            "verify",
            try #require(try workspace.badges("credential.json").first),
            "--json",
            "--at",
            "2026-06-21T12:00:00Z"
        )
        // A list from before its end says nothing of what came after.
        #expect(try late.json.first?["answers"]?["current"]?.string == "unknown")
    }

    @Test("a list that was published in a form that is signed no more is never left behind in silence")
    func droppedForm()
        async throws
    {
        let workspace = try await workspace()
        try workspace.edit("issuer.yaml") {
            $0.replacing("formats: [ob3-jwt, ob3-proof,", with: "formats: [ob3-jwt,")
        }
        #expect(try workspace.text("issuer.yaml").contains("formats: [ob3-jwt, ob2-signed"))
        let outcome = try await workspace.badge("revoke", "ada@example.org")
        #expect(outcome.code == 1)
        #expect(outcome.speech.contains("KEY_MISSING"), "\(outcome.lastWords)")
        try workspace.edit("issuer.yaml") {
            $0.replacing("formats: [ob3-jwt,", with: "formats: [ob3-jwt, ob3-proof,")
        }
        try await workspace.succeed("revoke", "ada@example.org")
    }
}
