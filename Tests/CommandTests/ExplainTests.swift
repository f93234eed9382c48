import JSONCore
import Testing

@Suite("Deciding and explaining")
struct ExplainTests {
    @Test("every answer can be asked for by address, by result and by badge")
    func answers() async throws {
        let workspace = try await Workspace.fresh()
        let header = Results.header + ",passedExplicit,status"
        let rows = [
            Results.row(1) + ",,", Results.row(2, raw: "12") + ",,", Results.row(3) + ",false,",
            Results.row(4, raw: "") + ",,", Results.row(5, raw: "", max: "") + ",,no_show",
            Results.row(6, raw: "79.96", max: "100") + ",,", Results.row(7, raw: "59.999", max: "100") + ",true,",
        ]
        try workspace.write(([header] + rows).joined(separator: "\n") + "\n", to: "results/july.csv")
        let issued = try await workspace.badge("issue", "results/july.csv", "--json")
        #expect(issued.code == 0, "denied and held are answers: \(issued.speech)")
        let answers = Dictionary(
            try issued.json.compactMap { line in line["result"]?.string.map { ($0, line["decision"]?.string ?? "") } }
        ) { $1 }
        #expect(
            answers == [
                "R-1": "award", "R-2": "deny", "R-3": "hold", "R-4": "hold", "R-5": "deny", "R-6": "award",
                "R-7": "hold",
            ]
        )
        let expected = [
            ("candidate1@example.org", "awarded", "AWARDED"), ("R-2", "denied", "MARK_NOT_REACHED"),
            (" Candidate3@Example.org ", "held", "PASSED_DISAGREES"), ("R-4", "held", "SCORE_MISSING"),
        ]
        for (name, answer, code) in expected {
            let text = try await workspace.badge("explain", name)
            #expect(text.code == 0)
            #expect(text.text.contains(answer) && text.text.contains(code), "\(text.text)")
            let json = try await workspace.badge("explain", name, "--json")
            let decision = try #require(try json.json.first)
            #expect(decision["receipt"]?["code"]?.string == code)
            #expect(decision["answer"]?.string == ["awarded": "award", "denied": "deny", "held": "hold"][answer])
            #expect(decision["badge"]?.isNull == (answer != "awarded"))
        }
        let badge = try #require(try Ledger(workspace).ids().sorted().first)
        let byBadge = try await workspace.badge("explain", badge)
        #expect(byBadge.code == 0)
        #expect(byBadge.text.contains("badge \(badge)"))

        for name in ["nobody@example.org", "R-99", "' OR 1=1 --", ""] {
            let unknown = try await workspace.badge("explain", name)
            #expect(unknown.code == 1)
            #expect(unknown.speech.contains("NOT_FOUND"))
        }
    }

    @Test("a mark is compared exactly: 79.96 % is not 80 %")
    func exactly() async throws {
        let workspace = try await Workspace.fresh()
        try workspace.edit("policies/algebra-1.yaml") { $0.replacing("min_percent: 60", "min_percent: 80") }
        let scores = [
            ("79.96", "100", "deny"), ("7999999999", "10000000000", "deny"), ("80", "100", "award"),
            ("32", "40", "award"), ("31.999999999999", "40", "deny"), ("2", "2.5", "award"), ("0.8", "1", "award"),
        ]
        let rows = scores.enumerated().map { Results.row($0.offset, raw: $0.element.0, max: $0.element.1) }
        try workspace.write(Results.file(rows), to: "results/july.csv")
        let outcome = try await workspace.badge("issue", "results/july.csv", "--json")
        #expect(outcome.code == 0)
        #expect(try outcome.json.dropLast().map { $0["decision"]?.string ?? "" } == scores.map(\.2))
        // And what is published never claims more than was reached.
        try await workspace.succeed("publish")
        #expect(try await workspace.badge("verify", "public/credentials", "--offline", "-q").code == 0)
    }

    @Test("as of a date, later facts are passed over, and nothing is recorded") func asOf() async throws {
        let workspace = try await Workspace.published()
        let before = try workspace.read("ledger.sqlite")
        let late = try await workspace.succeed(
            "explain",
            "ada@example.org",
            "--as-of",
            "2100-01-01T00:00:00Z",
            "--json"
        )
        let award = try #require(try late.json.first)
        #expect(award["evaluation"]?["decision"]?.string == "award")
        let file = try #require(
            try workspace.badges("credential.json").first { try workspace.json($0)["id"] == award["credential"] }
        )
        #expect(file.hasSuffix("credential.json"))
        let early = try await workspace.succeed("explain", "ada@example.org", "--as-of", "2000-01-01T00:00:00Z")
        #expect(early.text.contains("hold as of 2000-01-01T00:00:00Z"))
        #expect(early.text.contains("FACT_MISSING"))
        let text = try await workspace.succeed("explain", "ada@example.org", "--as-of", "2100-01-01T00:00:00Z").text
        #expect(text.contains("met, "))
        #expect(text.contains("(R-0001)"))
        let nobody = try await workspace.badge("explain", "nobody@example.org", "--as-of", "2100-01-01T00:00:00Z")
        #expect(nobody.code == 1)
        #expect(nobody.speech.contains("NOT_FOUND"))
        #expect(try workspace.read("ledger.sqlite") == before)
    }

    @Test("explaining before anything was issued says so, and makes no ledger")
    func nothingYet() async throws {
        let workspace = try await Workspace.fresh()
        let outcome = try await workspace.badge("explain", "ada@example.org")
        #expect(outcome.code == 1)
        #expect(outcome.speech.contains("NOT_FOUND"))
        #expect(try await workspace.badge("publish").code == 1)
        #expect(!FileTree.exists(workspace.file("ledger.sqlite")))
        #expect(!FileTree.exists(workspace.file("public")))
    }

    @Test("a dry run decides as the real one does, and leaves nothing behind")
    func dryRun() async throws {
        let workspace = try await Workspace.fresh()
        try workspace.write(
            Results.file([Results.row(1), Results.row(2, raw: "12"), Results.row(3, raw: "NaN")]),
            to: "results/july.csv"
        )
        let fresh = try FileTree.entries(of: workspace.path)
        let dry = try await workspace.badge("issue", "results/july.csv", "--dry-run")
        #expect(dry.code == 2, "a row that cannot be read is one in a rehearsal, too")
        #expect(dry.text.contains("would award: 1\ndenied: 1"))
        #expect(try FileTree.entries(of: workspace.path) == fresh)

        try await workspace.succeed("issue", "results/sample.csv")
        let issued = try FileTree.contents(of: workspace.path)
        let second = try await workspace.badge("issue", "results/sample.csv", "results/july.csv", "--dry-run")
        #expect(second.code == 2)
        #expect(second.text.contains("would award: 1\nawarded before: 3"))
        #expect(try FileTree.contents(of: workspace.path) == issued)
    }

    @Test("a result that changed after its badge was issued is held, and the badge stays")
    func changedResult() async throws {
        let workspace = try await Workspace.published()
        let badges = try Ledger(workspace).badges()
        try workspace.edit("results/sample.csv") { $0.replacing("Byron,37", "Byron,38") }
        let outcome = try await workspace.badge("issue", "results/sample.csv")
        #expect(outcome.code == 0)
        #expect(outcome.text.contains("held: 1 (RESULT_CHANGED 1)"))
        #expect(try Ledger(workspace).badges() == badges)
        let again = try await workspace.badge("issue", "results/sample.csv")
        #expect(again.text.contains("held: 1"))
        #expect(try Ledger(workspace).badges() == badges)
    }

    @Test("one person's second result of an exam earns no second badge, in whatever spelling of the address")
    func oncePerPerson() async throws {
        let workspace = try await Workspace.fresh()
        let rows = [
            Results.row(1, email: "ada@example.org"), Results.row(2, email: "ADA@example.org"),
            Results.row(1, email: "ada@example.org"),
        ]
        try workspace.write(Results.file(rows), to: "results/july.csv")
        let outcome = try await workspace.badge("issue", "results/july.csv")
        #expect(outcome.code == 0)
        #expect(outcome.text.contains("awarded: 1\ndenied: 0\nheld: 1 (ALREADY_AWARDED 1)"), "\(outcome.text)")
        #expect(outcome.text.contains("duplicate rows skipped: 1"))
    }

    @Test("shares of a sitting, issued apart, are together the whole", arguments: [1, 3, 7])
    func shards(_ count: Int) async throws {
        let rows = (0..<200).map { Results.row($0, raw: $0 % 3 == 0 ? "11" : "33") }
        let whole = try await Workspace.fresh()
        try whole.write(Results.file(rows), to: "results/july.csv")
        // One workspace for all shares, and one for each: as on one machine or on many.
        let merged = try await Workspace.copy(of: whole)
        // The moment of issuing stands in each embedded proof.
        let time = "2026-04-01T07:00:00Z"
        try await whole.succeed("issue", "results/july.csv", "--at", time)
        let ids = try Ledger(whole).ids()
        var union: [String] = []
        for index in 0..<count {
            let share = "\(index)/\(count)"
            try await merged.succeed("issue", "results/july.csv", "--shard", share, "--at", time)
            let apart = try await Workspace.fresh()
            try apart.write(Results.file(rows), to: "results/july.csv")
            try await apart.succeed("issue", "results/july.csv", "--shard", share)
            union += try Ledger(apart).ids()
        }
        #expect(union.count == ids.count)
        #expect(Set(union) == ids)
        #expect(try Ledger(merged).ids() == ids)
        #expect(try Ledger(merged).badges() == Ledger(whole).badges())
        #expect(try await merged.succeed("issue", "results/july.csv").text.contains("awarded: 0"))
    }
}
