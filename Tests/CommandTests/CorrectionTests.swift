import JSONCore
import Testing

/// What a source says of a candidate in more than one piece, and says anew.
@Suite("Facts that come one after the other, and corrections")
struct CorrectionTests {
    private static let policy = """
        policy: award-policy/1
        id: https://badges.example.org/policies/algebra-2/1
        achievement: {id: algebra-2, name: Algebra II, image: algebra-1.svg}
        facts:
          module: {kind: completion, match: {activity: ALG-M}}
          exam: {kind: score, match: {exam: ALG-1}}
          fraud: {kind: review, match: {role: proctor}}
        requirements:
          - {id: module, needs: module, status: completed}
          - {id: mark, needs: exam, score: {min_percent: 60}, after: module}
          - {id: honest, not: {id: fraud, needs: fraud, decision: fraud}}
        award: {dated: exam.at}
        publish:
          module: {as: result, value: status}
          mark: {as: result+evidence, value: percent}

        """

    private static func record(_ id: String, _ rest: String, email: String = "ada@example.org") -> String {
        #"{"resultId":"\#(id)","candidate":{"email":"\#(email)"},\#(rest)}"# + "\n"
    }

    private static let module = record(
        "M-1",
        #""kind":"completion","activity":{"id":"ALG-M"},"status":"completed","endedAt":"2026-02-01T10:00:00Z""#
    )
    private static let exam = record(
        "X-1",
        #""exam":{"id":"ALG-1","name":"Algebra"},"score":{"raw":37,"max":40},"endedAt":"2026-03-01T13:25:00Z""#
    )
    private static let clean = record(
        "P-1",
        #""kind":"review","exam":{"id":"ALG-1"},"by":{"role":"proctor"},"decision":"clean","endedAt":"2026-03-02T10:00:00Z""#
    )

    private static func workspace(_ policy: String = policy) async throws -> Workspace {
        let workspace = try await Workspace.signingFast()
        try workspace.write(policy, to: "policies/algebra-1.yaml")
        return workspace
    }

    private func summary(_ outcome: ChildProcess.Outcome, _ name: String) throws -> Int {
        try #require(try outcome.json.last?["summary"]?[name]?.int)
    }

    @Test("the badge comes with the last of the facts, whichever that is, and is the same")
    func anyOrder() async throws {
        var ids: Set<Set<String>> = []
        let time = "2026-04-01T09:00:00Z"
        for order in [[0, 1, 2], [2, 1, 0], [1, 0, 2]] {
            let workspace = try await Self.workspace()
            let files = [Self.module, Self.exam, Self.clean]
            for (step, index) in order.enumerated() {
                try workspace.write(files[index], to: "results/\(index).ndjson")
                let outcome = try await workspace.badge("issue", "results/\(index).ndjson", "--at", time, "--json")
                #expect(outcome.code == 0, "\(outcome.speech)")
                #expect(try summary(outcome, "awarded") == (step == 2 ? 1 : 0))
                #expect(try summary(outcome, "held") == (step == 2 ? 0 : 1))
            }
            ids.insert(try Ledger(workspace).ids())
            let again = try await workspace.badge("issue", "results/0.ndjson", "results/1.ndjson", "--json")
            #expect(try summary(again, "awarded") == 0 && summary(again, "awardedBefore") == 1)
            #expect(try Ledger(workspace).complaints() == [])
        }
        let whole = try await Self.workspace()
        try whole.write(Self.exam + Self.clean + Self.module, to: "results/all.ndjson")
        try await whole.succeed("issue", "results/all.ndjson", "--at", time)
        ids.insert(try Ledger(whole).ids())
        #expect(ids.count == 1)

        try await whole.succeed("publish")
        let report = try await whole.badge("verify", "public/credentials", "--json", "--offline")
        #expect(report.code == 0, "\(report.text)")
        let badge = try whole.json(try #require(try whole.badges("credential.json").first))
        let results = badge["credentialSubject"]?["result"]?.array
        #expect(results?.map { $0["value"]?.string } == ["Completed", "92.5"])
        let descriptions = badge["credentialSubject"]?["achievement"]?["resultDescription"]?.array
        #expect(descriptions?.last?["assessmentType"]?.string == "Exam")
        #expect(badge["evidence"]?.array?.first?["narrative"]?.string == "37 of 40, 92.5 %.")
        #expect(
            badge["credentialSubject"]?["achievement"]?["criteria"]?["narrative"]?.string?.contains(
                "1. completed ALG-M"
            ) == true
        )
        let twin = try whole.json(try #require(try whole.badges("assertion.json").first))
        #expect(twin["related"]?.array?.first?["id"] == badge["id"])
    }

    @Test("a corrected result holds the badge until somebody has looked, and is never silent")
    func held() async throws {
        let workspace = try await Self.workspace()
        let all = Self.module + Self.clean
        try workspace.write(all + Self.exam, to: "results/all.ndjson")
        try await workspace.succeed("issue", "results/all.ndjson")
        let before = try Ledger(workspace).ids()
        try workspace.write(all + Self.exam.replacing("37", with: "38"), to: "results/all.ndjson")
        let outcome = try await workspace.badge("issue", "results/all.ndjson", "--json")
        #expect(try summary(outcome, "held") == 1)
        #expect(try summary(outcome, "corrected") == 1)
        #expect(try outcome.json.first?["code"]?.string == "RESULT_CHANGED")
        #expect(try Ledger(workspace).ids() == before)
        // The first word again is what was judged.
        try workspace.write(all + Self.exam, to: "results/all.ndjson")
        let back = try await workspace.badge("issue", "results/all.ndjson", "--json")
        #expect(try summary(back, "awardedBefore") == 1)
    }

    @Test("where the policy says so, the badge is revoked and issued anew, and revoked for good where it is not earned")
    func superseded() async throws {
        let workspace = try await Self.workspace(
            Self.policy.replacing("award:", with: "on_correction: supersede\naward:")
        )
        let all = Self.module + Self.clean
        try workspace.write(all + Self.exam, to: "results/all.ndjson")
        try await workspace.succeed("issue", "results/all.ndjson")
        let first = try Ledger(workspace).ids()
        for (points, awarded, standing) in [("38", 1, 1), ("20", 0, 0), ("36", 1, 1)] {
            try workspace.write(all + Self.exam.replacing("37", with: points), to: "results/all.ndjson")
            let outcome = try await workspace.badge("issue", "results/all.ndjson", "--json")
            #expect(outcome.code == 0, "\(outcome.speech)")
            #expect(try summary(outcome, "awarded") == awarded)
            try await workspace.succeed("publish")
            let reports = try await workspace.badge("verify", "public/credentials", "--json", "--offline").reports
            #expect(reports.filter { $0.verdict == "verified" }.count == standing * 5)
            for report in reports where report.verdict != "verified" {
                #expect(report.verdict == "rejected")
                #expect(report.current == "no")
                #expect(report.codes.contains("REVOKED"), "\(report.codes)")
            }
            // Nothing new, nothing changes.
            let again = try await workspace.badge("issue", "results/all.ndjson", "--json")
            #expect(try summary(again, "awarded") == 0)
            #expect(try await workspace.succeed("publish").text.contains("nothing had to be written"))
        }
        #expect(try Ledger(workspace).ids().isSuperset(of: first))
        #expect(try Ledger(workspace).ids().count == 3)
    }

    @Test("one id under two addresses holds both, until candidates.yaml says who it is")
    func twoAddresses() async throws {
        let workspace = try await Workspace.signingFast()
        let header = Results.header + ",candidate.ids.systemId\n"
        let rows = [Results.row(1, email: "ada@example.org") + ",7", Results.row(2, email: "ada@example.com") + ",7"]
        try workspace.write(header + rows.joined(separator: "\n") + "\n", to: "results/july.csv")
        let outcome = try await workspace.badge("issue", "results/july.csv")
        #expect(outcome.text.contains("held: 2 (CANDIDATE_TWICE 2)"), "\(outcome.text)")
        #expect(try Ledger(workspace).ids().isEmpty)
        try workspace.write("candidates:\n  - [ada@example.org, Ada@example.com]\n", to: "candidates.yaml")
        let known = try await workspace.badge("issue", "--held")
        #expect(known.text.contains("awarded: 1"), "\(known.text)\(known.speech)")
        #expect(try Ledger(workspace).ids().count == 1)
        #expect(try await workspace.badge("issue", "results/july.csv").text.contains("awarded before: 1"))
    }

    @Test("a dry run decides the same, and leaves nothing behind")
    func dryRun() async throws {
        let workspace = try await Self.workspace()
        try workspace.write(Self.module + Self.exam, to: "results/1.ndjson")
        try workspace.write(Self.clean, to: "results/2.ndjson")
        let alone = try await workspace.badge("issue", "results/1.ndjson", "results/2.ndjson", "--dry-run")
        #expect(alone.text.contains("would award: 1"))
        #expect(!FileTree.exists(workspace.file("ledger.sqlite")))
        try await workspace.succeed("issue", "results/1.ndjson")
        let second = try await workspace.badge("issue", "results/2.ndjson", "--dry-run")
        #expect(second.text.contains("would award: 1"))
        #expect(try Ledger(workspace).ids().isEmpty)
    }

    /// What each migration made, the newest first.
    private static let migrations: [(number: Int, drops: [String])] = [
        (4, ["TABLE timestamp"]),
        (
            3,
            [
                "TABLE link", "TABLE journal", "TABLE keyEvent", "TABLE signature", "TRIGGER issuerIsNoted",
                "TRIGGER policyIsNoted", "TRIGGER deliveryIsNoted",
            ]
        ),
        (
            2,
            ["statusList", "statusChange", "statusEntry", "delivery", "letter", "identifier", "fact"].map {
                "TABLE \($0)"
            }
        ),
    ]

    @Test(
        "a ledger of an older version is brought up to date by whoever opens it, and knows its badges",
        arguments: [1, 2, 3],
        ["issue", "publish", "ledger"]
    )
    func olderLedger(version: Int, command: String) async throws {
        let workspace = try await Workspace.published()
        let ledger = try Ledger(workspace)
        let badges = try ledger.ids()
        for migration in Self.migrations where migration.number > version {
            for drop in migration.drops { try ledger.execute("DROP \(drop)") }
            try ledger.execute("DELETE FROM grdb_migrations WHERE identifier LIKE '\(migration.number)-%'")
        }
        switch command {
        case "publish": try await workspace.succeed("publish")
        case "ledger": try await workspace.succeed("ledger", "check")
        default: break
        }
        let outcome = try await workspace.succeed("issue", "results/sample.csv")
        #expect(outcome.text.contains("awarded: 0\nawarded before: 3"))
        #expect(try Ledger(workspace).ids() == badges)
        try workspace.edit("results/sample.csv") { $0.replacing("37,40", with: "36,40") }
        #expect(try await workspace.succeed("issue", "results/sample.csv").text.contains("RESULT_CHANGED 1"))
        #expect(try await workspace.badge("ledger", "check").code == 0)
    }
}
