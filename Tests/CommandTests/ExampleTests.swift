import JSONCore
import Testing

/// The examples run whole, from nothing: what becomes of each candidate, and why.
@Suite("Examples")
struct ExampleTests {
    private static let root = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3)
        .joined(separator: "/")

    private func run(_ example: String) async throws -> (lines: [JSON], folder: String) {
        let folder = try TemporaryFolder.make("example")
        let process = try ChildProcess(
            ["/bin/bash", "\(Self.root)/Examples/\(example)/run", "\(folder)/all"],
            in: folder,
            environment: ["BADGE": BadgeCommand.path]
        )
        let outcome = try await process.wait(limit: .seconds(120))
        try #require(outcome.code == 0, "\(outcome.speech)")
        return (try outcome.json, "\(folder)/all")
    }

    private func outcomes(_ lines: [JSON], of policy: String) -> [String: String] {
        let own = lines.filter { $0["policy"]?.string?.contains(policy) ?? false }
        return Dictionary(
            own.map { line in
                let words = [line["decision"], line["requirement"], line["reason"]].compactMap { $0?.string }
                let name = line["candidate"]?.string?.replacing("@example.org", with: "") ?? ""
                return (name, words.joined(separator: " "))
            }
        ) { first, _ in first }
    }

    /// What the badges of Open Badges 3.0 in a folder lack for profiles.
    private func lint(_ folder: String, _ profiles: String...) async throws -> [JSON] {
        let files = try FileTree.entries(of: folder).keys.filter { $0.hasSuffix("/credential.json") }
        let arguments =
            ["lint"] + files.map { "\(folder)/\($0)" } + profiles.flatMap { ["--profile", $0] } + ["--json"]
        let outcome = try await BadgeCommand.run(arguments, in: folder)
        try #require(!files.isEmpty)
        return try outcome.json
    }

    private func letters(_ folder: String) throws -> Int {
        try FileTree.names(in: "\(folder)/letters/new").count
    }

    @Test("the eight-step credential, by both of its published lists")
    func softTechnicalSkill() async throws {
        let (lines, folder) = try await run("stsi")
        #expect(
            outcomes(lines, of: "critical-thinking/4") == [
                "on-time": "award AWARDED", "eighth-day": "deny r6-exam AFTER_PERIOD",
                "second-sitting": "deny r6-exam SITTINGS_EXCEEDED", "same-form": "deny r6-exam FORM_REPEATED",
                "other-form": "award AWARDED", "unsatisfactory": "deny r7b-item41 LEVEL_NOT_REACHED",
                "thirty-one": "deny r7a-mark MARK_NOT_REACHED", "own-mentor": "deny r4-mentor DECIDER_IS_SUBJECT",
                "no-mentor": "hold r4-mentor FACT_MISSING", "no-board": "hold r7b-item41 FACT_MISSING",
            ]
        )
        #expect(
            outcomes(lines, of: "critical-thinking-registry") == [
                "on-time": "award AWARDED", "eighth-day": "award AWARDED", "second-sitting": "award AWARDED",
                "same-form": "award AWARDED", "other-form": "award AWARDED", "unsatisfactory": "award AWARDED",
                "thirty-one": "deny c4-exam MARK_NOT_REACHED", "own-mentor": "deny c3-instructor DECIDER_IS_SUBJECT",
                "no-mentor": "hold c3-instructor FACT_MISSING", "no-board": "hold c5-activity FACT_MISSING",
            ]
        )
        // Eight invitations, a report for each who sat the exam, two awards.
        #expect(try letters("\(folder)/eight-steps") == 8 + 8 + 2)
        let verified = try FileTree.read("\(folder)/eight-steps/verified.ndjson")
        let reports = try verified.split(separator: 0x0A).map { try JSON(parsing: Array($0)) }
        #expect(reports.count == 10)
        #expect(reports.allSatisfy { $0["verdict"]?.string == "verified" })
        // The mentor's word, signed with the mentor's own key, stands in each badge of Open Badges 3.0.
        let words = reports.compactMap { $0["endorsements"]?.array?.first?["answers"]?["authentic"]?.string }
        #expect(words == Array(repeating: "yes", count: 6))
        let lint = try await lint(
            "\(folder)/eight-steps/public/credentials",
            "trusted-knowledge",
            "trusted-application",
            "edt",
            "linkedin"
        )
        #expect(lint.allSatisfy { $0["ready"]?.bool == true })
    }

    @Test("a human-skill badge: education, reflection, practice")
    func humanSkill() async throws {
        let (lines, folder) = try await run("human-skills")
        #expect(
            outcomes(lines, of: "active-listening") == [
                "all-three": "award AWARDED", "two-observations": "hold practice COUNT_NOT_REACHED",
                "short-essay": "deny reflection WORDS_TOO_FEW",
                "emerging-essay": "deny reflection LEVEL_NOT_REACHED",
                "own-observer": "hold practice COUNT_NOT_REACHED", "one-week": "hold practice SPAN_TOO_SHORT",
                "no-course": "hold education FACT_MISSING",
            ]
        )
        #expect(try letters("\(folder)/active-listening") == 1)
        let lint = try await lint("\(folder)/active-listening/public/credentials", "trusted-application")
        #expect(lint.allSatisfy { $0["ready"]?.bool == true })
    }
}
