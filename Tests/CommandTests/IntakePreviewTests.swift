import Foundation
import JSONCore
import Testing

@Suite("badge intake") struct IntakePreviewTests {
    private static let quiz = """
        Last name,First name,Email address,State,Started on,Completed,Grade/10.00
        Byron,Ada,ada@example.org,Finished,1 March 2026 2:25 PM,1 March 2026 3:20 PM,9.50
        Ng,Cy,cy-at-example.org,Finished,1 March 2026 2:25 PM,1 March 2026 3:20 PM,8.00
        Overall average,,,,,,8.75

        """

    private func preview(_ workspace: Workspace, _ more: String...) async throws -> ChildProcess.Outcome {
        let arguments = [
            "intake", "preview", "quiz.csv", "--map", "moodle-quiz", "--set", "exam.id=ALG-1", "--timezone",
            "Europe/Berlin", "--policy", "strict.yaml",
        ]
        return try await BadgeCommand.run(arguments + more, in: workspace.path)
    }

    @Test("preview shows the first results, what is wrong, and what the policy would miss; nothing is written")
    func preview() async throws {
        let workspace = try await Workspace.fresh()
        try workspace.write(Self.quiz, to: "quiz.csv")
        try workspace.write(
            """
            policy: award-policy/1
            id: https://badges.example.org/policies/algebra-2/1
            achievement: {id: algebra-2, name: Algebra II, description: More., criteria: Pass.}
            facts: {exam: {kind: score, match: {exam: ALG-1}}, module: {kind: completion, match: {activity: M}}}
            requirements:
              - {id: mark, needs: exam, score: {min_percent: 60}}
              - {id: once, needs: exam, attempts: {max: 1}}
              - {id: module, needs: module, status: completed}
            award: {dated: exam.at}
            """,
            to: "strict.yaml"
        )
        let before = try FileTree.names(in: workspace.path)
        let text = try await preview(workspace)
        #expect(text.code == 2)
        #expect(text.text.contains("score.max"))
        #expect(text.text.contains(#""endedAt":"2026-03-01T14:20:00Z""#))
        #expect(
            text.text.contains("1 results, 1 rows that would be set aside, 0 duplicates, 1 rows that are no results")
        )
        #expect(text.text.contains("once needs attempt"))
        #expect(text.text.contains("no record here is about module"))
        #expect(!text.text.contains("mark needs"))
        #expect(text.speech.contains("CANDIDATE_EMAIL_MALFORMED"))
        let lines = try await preview(workspace, "--json").json
        #expect(lines.last?["skipped"]?.int == 1)
        #expect(lines.last?["policies"]?[0]?["missing"]?[0]?["place"]?.string == "attempt")
        #expect(try FileTree.names(in: workspace.path) == before)
    }

    @Test("presets are listed and printed, and a copy of one is a mapping") func presets() async throws {
        let workspace = try await Workspace.fresh()
        let list = try await workspace.badge("intake", "presets")
        #expect(list.text.split(separator: "\n").contains("moodle-quiz"))
        let preset = try await workspace.badge("intake", "presets", "moodle-quiz")
        try workspace.write(preset.text, to: "mappings/own.yaml")
        try workspace.write(Self.quiz, to: "quiz.csv")
        let issue = try await workspace.badge(
            "issue",
            "quiz.csv",
            "--map",
            "own",
            "--set",
            "exam.id=ALG-1",
            "--timezone",
            "Europe/Berlin"
        )
        #expect(issue.code == 2)
        #expect(issue.text.contains("awarded: 1"))
        #expect(issue.speech.contains("--map own"))
        let unknown = try await workspace.badge("issue", "quiz.csv", "--map", "noodle")
        #expect(unknown.code == 1)
        #expect(unknown.speech.contains("MAPPING_UNKNOWN"))
        let nameless = try await workspace.badge("issue", "quiz.csv", "--map", "moodle-quiz")
        #expect(nameless.speech.contains("--set exam.id="))
    }
}
