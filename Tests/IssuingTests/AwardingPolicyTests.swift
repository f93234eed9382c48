import Issuing
import JSONCore
import OpenBadges
import Testing

@Suite struct PolicyTests {
    static let full = """
        policy: award-policy/1
        id: https://x.example/policies/algebra/1
        achievement:
          id: algebra-1
          name: Algebra I
          description: First-year algebra.
          criteria: {id: "https://x.example/criteria", narrative: Scored 80 % or more.}
          image: algebra.svg
          type: MicroCredential
          tags: [algebra, mathematics]
          alignment:
            - {targetName: N, targetUrl: "https://x.example/t", targetType: "ceasn:Competency", targetCode: 007}
          humanCode: ALG
          inLanguage: en
        subject: {key: email, publish: hashed}
        facts:
          exam: {kind: score, match: {exam: [ALG-1, "007"]}}
        requirements:
          - id: r1-mark
            needs: exam
            score: {min_percent: 79.960}   # exact
        on_unknown: hold
        award: {dated: r1-mark.at, expires: P2Y}
        """

    static let least = """
        policy: award-policy/1
        id: p1
        achievement: {id: a, name: A, description: D, criteria: C, image: a.svg}
        facts: {exam: {kind: score, match: {exam: ALG-1}}}
        requirements: [{id: r1, needs: exam, score: {min_raw: 32}}]
        award: {dated: exam.at}
        """

    static func policy(_ text: String) throws -> AwardPolicy {
        try AwardPolicy(parsing: text.utf8, file: "policy.yaml")
    }

    @Test("a policy says what it says") func full() throws {
        let policy = try Self.policy(Self.full)
        #expect(policy.id == "https://x.example/policies/algebra/1")
        #expect(policy.achievement.name == "Algebra I")
        #expect(policy.achievement.criteria?.narrative == "Scored 80 % or more.")
        #expect(policy.achievement.tags == ["algebra", "mathematics"])
        #expect(policy.achievement.alignment.first?.targetCode == "007")
        #expect(policy.publish == .hashed)
        #expect(policy.facts.first?.match.subjects == ["ALG-1", "007"])
        #expect(policy.requirements.first?.factRule?.score?.minimumPercent == ExactDecimal("79.96"))
        #expect(policy.onUnknown == .hold)
        #expect(policy.award.dated == "exam")
        #expect(policy.award.validity == CalendarPeriod("P2Y"))
    }

    @Test("what may be left out has its default, and unknown holds") func least() throws {
        let policy = try Self.policy(Self.least)
        #expect(policy.onUnknown == .hold)
        #expect(policy.publish == nil)
        #expect(policy.award.validity == nil)
        #expect(policy.achievement.criteria?.narrative == "C")
        #expect(policy.requirements.first?.factRule?.score?.minimumRaw == ExactDecimal(32))
    }

    @Test("the digest's source changes with the meaning, and with nothing else") func digestSource() throws {
        let policy = try Self.policy(Self.least)
        let same = [
            Self.least + "\n# a comment\n", Self.least.replacing("32", with: "32.0"),
            Self.least + "\non_unknown: hold", Self.least.replacing("C,", with: "{narrative: C},"),
        ]
        for text in same { #expect(try Self.policy(text).digestSource == policy.digestSource) }
        let other = [
            Self.least.replacing("32", with: "31"), Self.least + "\non_unknown: deny",
            Self.least.replacing("ALG-1", with: "ALG-2"), Self.least.replacing("name: A", with: "name: B"),
        ]
        for text in other { #expect(try Self.policy(text).digestSource != policy.digestSource) }
    }

    @Test("a policy's JSON is a policy again") func jsonIsYAML() throws {
        let policy = try Self.policy(Self.full)
        #expect(try Self.policy(policy.json.text) == policy)
    }

    /// A change to ``least``, the code that it gives, and the line.
    static let wrong: [(String, String, String, Int)] = [
        ("policy: award-policy/1", "policy: award-policy/2", "POLICY_FORMAT", 1),
        ("policy: award-policy/1", "x: 1", "POLICY_KEY_MISSING", 1),
        ("id: p1", "ID: p1", "POLICY_UNKNOWN_KEY", 2), ("id: p1", "id:", "POLICY_KEY_MISSING", 1),
        ("id: p1", "id: p 1", "POLICY_TYPE", 2), ("id: p1", "id: [p1]", "POLICY_TYPE", 2),
        ("id: p1", "id: p1\nid: p2", "POLICY_DUPLICATE_KEY", 2), ("id: p1", "id: \"p1", "POLICY_SYNTAX", 6),
        ("id: p1", "id: p1\npublish: {r2: {as: result}}", "POLICY_REFERENCE", 3),
        ("id: p1", "id: p1\npublish: {r1: {}}", "POLICY_KEY_MISSING", 3), ("name: A,", "", "POLICY_KEY_MISSING", 3),
        ("id: p1", "id: p1\nsubject: {key: name}", "POLICY_UNSUPPORTED", 3),
        ("criteria: C", "criteria: {}", "POLICY_KEY_MISSING", 3), ("criteria: C", "criteria: [C]", "POLICY_TYPE", 3),
        ("image: a.svg", "imag: a.svg", "POLICY_UNKNOWN_KEY", 3),
        ("image: a.svg", "alignment: [{targetName: N}]", "POLICY_KEY_MISSING", 3),
        ("kind: score", "kind: survey, distinct_from: board", "POLICY_TYPE", 4),
        ("kind: score,", "", "POLICY_KEY_MISSING", 4), ("exam: ALG-1", "exam: A, activity: B", "POLICY_TYPE", 4),
        ("exam: ALG-1", "exam: A, item: \"41\"", "POLICY_TYPE", 4),
        ("kind: score, match: {exam: ALG-1}", "kind: survey", "POLICY_KEY_MISSING", 4),
        ("kind: score", "kind: scores", "POLICY_TYPE", 4),
        ("exam: ALG-1", "exams: ALG-1", "POLICY_UNKNOWN_KEY", 4), ("exam: ALG-1", "exam: []", "POLICY_KEY_MISSING", 4),
        ("exam: ALG-1", "exam: [{}]", "POLICY_TYPE", 4),
        ("match:", "produced_by: engine, match:", "POLICY_TYPE", 4),
        ("{exam: {kind: score, match: {exam: ALG-1}}}", "{}", "POLICY_TYPE", 4),
        ("needs: exam", "needs: exma", "POLICY_REFERENCE", 5), ("needs: exam,", "", "POLICY_KEY_MISSING", 5),
        ("min_raw: 32", "min_percents: 32", "POLICY_UNKNOWN_KEY", 5),
        ("min_raw: 32", "min_raw: \"32\"", "POLICY_TYPE", 5), ("min_raw: 32", "min_raw: -1", "POLICY_TYPE", 5),
        ("min_raw: 32", "min_raw: .nan", "POLICY_TYPE", 5), ("min_raw: 32", "min_percent: 100.1", "POLICY_TYPE", 5),
        ("min_raw: 32", "min_percent: 80 %", "POLICY_TYPE", 5), ("min_raw: 32", "", "POLICY_KEY_MISSING", 5),
        ("min_raw: 32", "min_raw: 1, min_percent: 2", "POLICY_TYPE", 5),
        ("min_raw: 32", "min_percent: 80, of: pages", "POLICY_TYPE", 5),
        ("min_raw: 32", "min_percent: 80, rounding: up, places: 10", "POLICY_TYPE", 5),
        ("min_raw: 32", "min_percent: 80, places: 1", "POLICY_TYPE", 5),
        ("needs: exam", "needs: exam, attempts: {max: 0}", "POLICY_TYPE", 5),
        ("needs: exam", "needs: exam, attempts: {max: 1.5}", "POLICY_TYPE", 5),
        ("needs: exam", "needs: exam, attempts: {}", "POLICY_KEY_MISSING", 5),
        ("needs: exam", "needs: exam, attempts: {max: 1, exception: {approved_by: b}}", "POLICY_REFERENCE", 5),
        ("needs: exam", "needs: exam, within: {period: 7 days, of: exam.at}", "POLICY_TYPE", 5),
        ("needs: exam", "needs: exam, within: {period: P7D, of: invite.at}", "POLICY_REFERENCE", 5),
        ("needs: exam", "needs: exam, after: r0", "POLICY_REFERENCE", 5),
        ("needs: exam", "needs: exam, after: r1", "POLICY_REFERENCE", 5),
        ("needs: exam", "needs: exam, sittings: {}", "POLICY_KEY_MISSING", 5),
        ("needs: exam", "needs: exam, rubric: {levels: [a, b], min: c}", "POLICY_REFERENCE", 5),
        ("needs: exam", "needs: exam, rubric: {levels: [a, a], min: a}", "POLICY_TYPE", 5),
        ("needs: exam", "needs: exam, decided_by: {role: a, distinct: perhaps}", "POLICY_TYPE", 5),
        ("needs: exam", "needs: exam, decided_by: {fact: board}", "POLICY_REFERENCE", 5),
        ("needs: exam", "needs: exam, points: {min: 1}", "POLICY_TYPE", 5),
        ("needs: exam", "needs: exam, count: {min: 2}, choose: best", "POLICY_TYPE", 5),
        ("needs: exam", "needs: exam, then: {mail: Exam URL}", "POLICY_TYPE", 5),
        ("needs: exam", "needs: exam, then: {mail: report, fields: [grade]}", "POLICY_TYPE", 5),
        ("needs: exam", "all_of: [r2], needs: exam", "POLICY_TYPE", 5),
        ("needs: exam, score: {min_raw: 32}", "all_of: [r2]", "POLICY_REFERENCE", 5),
        ("needs: exam, score: {min_raw: 32}", "all_of: []", "POLICY_TYPE", 5),
        ("needs: exam, score: {min_raw: 32}", "not: [r1, r1]", "POLICY_TYPE", 5),
        ("needs: exam, score: {min_raw: 32}", "any_of: [r1]", "POLICY_REFERENCE", 5),
        ("needs: exam, score: {min_raw: 32}", "any_of: [{needs: exma}]", "POLICY_REFERENCE", 5),
        ("[{id: r1, needs: exam, score: {min_raw: 32}}]", "[]", "POLICY_TYPE", 5),
        ("[{id: r1, needs: exam, score: {min_raw: 32}}]", "{}", "POLICY_TYPE", 5),
        (
            "score: {min_raw: 32}}]", "score: {min_raw: 32}}, {id: r1, needs: exam, score: {min_raw: 1}}]",
            "POLICY_DUPLICATE_ID", 5
        ),
        ("exam.at", "exam", "POLICY_REFERENCE", 6), ("exam.at", "exma.at", "POLICY_REFERENCE", 6),
        ("exam.at", "exam.at, expires: 2 years", "POLICY_TYPE", 6),
        ("exam.at", "exam.at, formats: [ob4]", "POLICY_TYPE", 6),
        ("exam.at", "exam.at, expires: PT3H", "POLICY_TYPE", 6), ("exam.at", "exam.at, notify: yes", "POLICY_TYPE", 6),
        ("award: {dated: exam.at}", "award: exam.at", "POLICY_TYPE", 6),
        ("award: {dated: exam.at}", "on_unknown: award", "POLICY_TYPE", 6),
        ("award: {dated: exam.at}", "award: {dated: exam.at}\n---\n{}", "POLICY_SYNTAX", 7),
    ]

    @Test("a wrong policy is refused with file, line and code", arguments: wrong)
    func refuses(part: String, change: String, code: String, line: Int) throws {
        let text = Self.least.replacing(part, with: change)
        #expect(text != Self.least)
        let thrown = #expect(throws: IssuingError.self) { try Self.policy(text) }
        let error = try #require(thrown)
        #expect(error.code.rawValue == code)
        #expect(error.file == "policy.yaml")
        #expect(error.line == line)
        #expect((error.column ?? 0) >= 1)
    }

    @Test("a misspelt key is told at its very place, with what is known") func place() throws {
        let text = Self.full.replacing("min_percent", with: "min_procent")
        let thrown = #expect(throws: IssuingError.self) { try Self.policy(text) }
        let error = try #require(thrown)
        #expect(error.description == "policy.yaml:21:13: POLICY_UNKNOWN_KEY: there is no key \"min_procent\" here")
        #expect(error.hint == "known here: max_percent, max_raw, min_percent, min_raw, of, places, rounding, without")
        #expect(error.path?.description == "/requirements/0/score/min_procent")
    }

    @Test("a policy that is no UTF-8, or too large, is refused") func bytes() throws {
        let latin = #expect(throws: IssuingError.self) { try AwardPolicy(parsing: [0x61, 0xFF], file: "p") }
        #expect(latin?.code == .policySyntax)
        let large = #expect(throws: IssuingError.self) {
            try AwardPolicy(parsing: [UInt8](repeating: 0x20, count: 1 << 20), file: "p")
        }
        #expect(large?.code == .policyTooLarge)
    }

    @Test(
        "periods are counted by the calendar",
        arguments: [
            ("P2Y", "2026-02-28T23:00:00Z"), ("P18M", "2025-08-29T23:00:00Z"), ("P1Y6M", "2025-08-29T23:00:00Z"),
            ("P90D", "2024-05-29T23:00:00Z"), ("PT3H", "2024-03-01T02:00:00Z"), ("P1DT30M", "2024-03-01T23:30:00Z"),
            ("P2W", "2024-03-14T23:00:00Z"), ("P1Y1D", "2025-03-01T23:00:00Z"),
        ]
    ) func periods(text: String, end: String) throws {
        let start = try Timestamp(parsing: "2024-02-29T23:00:00Z")
        #expect(try #require(CalendarPeriod(text)).end(from: start)?.description == end)
    }

    @Test(
        "what is no period is refused",
        arguments: ["", "P", "2Y", "P0Y", "PT", "P1H", "PT1H1H", "P1DT", "P1M1Y", "P1Y1Y", "P1", "P99999D", "P-1Y"]
    )
    func noPeriod(text: String) {
        #expect(CalendarPeriod(text) == nil)
    }
}
