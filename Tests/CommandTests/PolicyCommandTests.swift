import JSONCore
import Testing

@Suite("badge policy check")
struct PolicyCommandTests {
    @Test("a good policy is good; a contradiction, and a file that is none, end in 2 with line and column")
    func check() async throws {
        let workspace = try await Workspace.fresh()
        let good = try await workspace.badge("policy", "check", "policies/algebra-1.yaml")
        #expect(good.code == 0)
        #expect(good.text == "✓ policies/algebra-1.yaml\n")
        try workspace.edit("policies/algebra-1.yaml") {
            $0.replacing("min_percent: 60", with: "min_percent: 60, max_percent: 50")
        }
        let bad = try await workspace.badge("policy", "check", "policies/algebra-1.yaml")
        #expect(bad.code == 2)
        #expect(bad.text.contains("policies/algebra-1.yaml:13:"))
        #expect(bad.text.contains("POLICY_CONTRADICTION: mark: the least is above the most"))
        try workspace.edit("policies/algebra-1.yaml") { $0.replacing("min_percent", with: "min_procent") }
        let wrong = try await workspace.badge("policy", "check", "policies/algebra-1.yaml", "--json")
        #expect(wrong.code == 2)
        let finding = try #require(try wrong.json.first?["findings"]?.array?.first)
        #expect(finding["code"]?.string == "POLICY_UNKNOWN_KEY")
        #expect(finding["line"]?.int == 13)
        #expect(try await workspace.badge("policy", "check", "policies/none.yaml").code == 1)
    }
}
