import Issuing
import Testing

@Suite("Policies looked over") struct PolicyCheckTests {
    private func findings(_ text: String) throws -> [PolicyCheck.Finding] {
        try PolicyCheck.findings(parsing: text.utf8, file: "policy.yaml")
    }

    @Test("the policies of the examples have nothing wrong") func good() throws {
        for text in [PolicyTests.full, PolicyTests.least, SoftSkillPolicy.text] { #expect(try findings(text).isEmpty) }
    }

    @Test(
        "what no candidate can meet is told with its place",
        arguments: [
            ("score: {min_raw: 32}", "score: {min_raw: 32, max_raw: 31}", "POLICY_CONTRADICTION", 5),
            ("score: {min_raw: 32}", "score: {min_raw: 41, of: items}, items: {count: 40}", "POLICY_CONTRADICTION", 5),
            ("score: {min_raw: 32}", "count: {min: 3, max: 2}", "POLICY_CONTRADICTION", 5),
            ("score: {min_raw: 32}", "status: void", "POLICY_CONTRADICTION", 5),
            ("score: {min_raw: 32}", "within: {period: P7D, of: exam.at}", "POLICY_CONTRADICTION", 5),
            (
                "score: {min_raw: 32}}]",
                "decision: yes}, {id: r2, needs: exam, decision: no}]",
                "POLICY_CONTRADICTION", 5
            ),
            (
                "score: {min_raw: 32}}]",
                "score: {min_raw: 32}}, {id: r2, needs: exam, score: {max_raw: 30}}]",
                "POLICY_CONTRADICTION", 5
            ),
            (
                "score: {min_raw: 32}}]",
                "score: {min_raw: 32}}, {id: n, not: r1}, {id: both, all_of: [r1, n]}]",
                "POLICY_CONTRADICTION", 5
            ),
            ("score: {min_raw: 32}", "score: {min_raw: 0}", "POLICY_ODD", 5),
            ("score: {min_raw: 32}", "score: {min_raw: 32}, decided_by: Exam", "POLICY_ODD", 5),
            (
                "match: {exam: ALG-1}}}", "match: {exam: ALG-1}}, quiz: {kind: survey, match: {survey: Q}}}",
                "POLICY_UNUSED", 4
            ),
        ]
    ) func wrong(part: String, change: String, code: String, line: Int) throws {
        let text = PolicyTests.least.replacing(part, with: change)
        #expect(text != PolicyTests.least)
        let findings = try findings(text)
        #expect(findings.map(\.error.code.rawValue) == [code])
        #expect(findings.map(\.error.line) == [line])
        #expect(findings.first?.severity == (code == "POLICY_CONTRADICTION" ? .error : .warning))
    }
}
