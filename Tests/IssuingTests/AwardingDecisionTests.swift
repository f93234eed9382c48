import Issuing
import JSONCore
import OpenBadges
import Testing

@Suite struct DecisionTests {
    /// A result of so many of a maximum, or percent.
    private func result(
        _ raw: String? = nil,
        of maximum: String? = nil,
        percent: String? = nil,
        exam: String = "ALG-1"
    ) throws -> ExamResult {
        var result = ExamResult(
            resultID: "r1",
            exam: .init(id: exam),
            candidate: .init(email: "ada@example.org", given: "Ada"),
            endedAt: try .init(parsing: "2026-03-01T14:25:00.75+01:00")
        )
        let score = ExamResult.Score(
            raw: raw.flatMap { ExactDecimal($0) },
            max: maximum.flatMap { ExactDecimal($0) },
            percent: percent.flatMap { ExactDecimal($0) }
        )
        if raw != nil || maximum != nil || percent != nil { result.score = score }
        return result
    }

    private func policy(_ mark: String, _ changes: (String, String)...) throws -> AwardPolicy {
        let text = changes.reduce(PolicyTests.least.replacing("min_raw: 32", with: mark)) {
            $0.replacing($1.0, with: $1.1)
        }
        return try PolicyTests.policy(text)
    }

    @Test(
        "a mark in percent is judged exactly",
        arguments: [
            ("32", "40", nil, "award", "AWARDED"), ("31.984", "40", nil, "deny", "MARK_NOT_REACHED"),
            ("31", "40", nil, "deny", "MARK_NOT_REACHED"), (nil, nil, "80", "award", "AWARDED"),
            (nil, nil, "79.96", "deny", "MARK_NOT_REACHED"), (nil, nil, "79.999999999", "deny", "MARK_NOT_REACHED"),
            ("37", "40", "92.5", "award", "AWARDED"), ("2", "3", "66.67", "deny", "MARK_NOT_REACHED"),
            ("5", "6", "83.33", "award", "AWARDED"), ("5", "6", "83.3", "award", "AWARDED"),
            // Here rounding decides, or the two are simply not one score.
            ("79.96", "100", "80", "hold", "SCORE_DISAGREES"), ("32", "40", "79", "hold", "SCORE_DISAGREES"),
            ("31", "40", "80", "hold", "SCORE_DISAGREES"), ("32", "40", "0.80", "hold", "SCORE_DISAGREES"),
            ("40", "40", "99.9", "hold", "SCORE_DISAGREES"), ("32", nil, nil, "hold", "SCORE_MISSING"),
            (nil, "40", nil, "hold", "SCORE_MISSING"), (nil, nil, nil, "hold", "SCORE_MISSING"),
            ("41", "40", nil, "hold", "SCORE_IMPOSSIBLE"), ("-1", "40", nil, "hold", "SCORE_IMPOSSIBLE"),
            ("1", "0", nil, "hold", "SCORE_IMPOSSIBLE"), (nil, nil, "101", "hold", "SCORE_IMPOSSIBLE"),
            ("-1", nil, "90", "hold", "SCORE_IMPOSSIBLE"),
        ] as [(String?, String?, String?, String, String)]
    ) func percent(raw: String?, maximum: String?, percent: String?, answer: String, code: String) throws {
        let decision = try policy("min_percent: 80").decide(result(raw, of: maximum, percent: percent))
        #expect(decision.decision.rawValue == answer)
        #expect(decision.code.rawValue == code)
        let states = ["award": "met", "deny": "unmet", "hold": "unknown"]
        #expect(decision.requirements.map(\.state.rawValue) == [states[answer]])
        #expect(decision.facts == ["r1"])
    }

    @Test(
        "a mark in points takes points",
        arguments: [
            ("32", nil, nil, "award"), ("31.999", "40", nil, "deny"), ("32", "40", "80", "award"),
            ("32", "40", "92.5", "hold"), (nil, nil, "80", "hold"), (nil, "40", "80", "hold"),
        ] as [(String?, String?, String?, String)]
    ) func points(raw: String?, maximum: String?, percent: String?, answer: String) throws {
        let decision = try policy("min_raw: 32").decide(result(raw, of: maximum, percent: percent))
        #expect(decision.decision.rawValue == answer)
    }

    @Test("points of another minimum are no percentage") func otherMinimum() throws {
        var result = try result("32", of: "40")
        result.score?.min = ExactDecimal(10)
        #expect(try policy("min_percent: 80").decide(result).code == .scoreMissing)
        result.score?.percent = ExactDecimal(81)
        #expect(try policy("min_percent: 80").decide(result).decision == .award)
    }

    @Test(
        "the source's own verdict, where it differs, holds",
        arguments: [
            ("32", true, "award", "AWARDED"), ("31", false, "deny", "MARK_NOT_REACHED"),
            ("32", false, "hold", "PASSED_DISAGREES"), ("31", true, "hold", "PASSED_DISAGREES"),
        ]
    ) func passed(raw: String, passed: Bool, answer: String, code: String) throws {
        var result = try result(raw, of: "40")
        result.passedExplicit = passed
        let decision = try policy("min_percent: 80").decide(result)
        #expect(decision.decision.rawValue == answer)
        #expect(decision.code.rawValue == code)
    }

    @Test("one unmet mark of two disagrees with passed; not with failed") func twoMarks() throws {
        let second = (
            "score: {min_percent: 80}}]", "score: {min_percent: 80}}, {id: r2, needs: exam, score: {min_raw: 35}}]"
        )
        let policy = try policy("min_percent: 80", second)
        var result = try result("33", of: "40")
        result.passedExplicit = false
        #expect(policy.decide(result).decision == .deny)
        result.passedExplicit = true
        let decision = policy.decide(result)
        #expect(decision.decision == .hold)
        #expect(decision.requirements.map(\.state) == [.met, .unknown])
    }

    @Test(
        "the status decides before the score",
        arguments: [
            ("no_show", nil, nil, "deny", "NO_SHOW"), ("no_show", "0", nil, "deny", "NO_SHOW"),
            ("no_show", "40", nil, "hold", "STATUS_DISAGREES"), ("no_show", nil, true, "hold", "STATUS_DISAGREES"),
            ("no_show", nil, false, "deny", "NO_SHOW"), ("void", "40", true, "deny", "VOID"),
            ("partial", "40", true, "hold", "PARTIAL"),
        ] as [(String, String?, Bool?, String, String)]
    ) func status(status: String, raw: String?, passed: Bool?, answer: String, code: String) throws {
        var result = try result(raw, of: raw == nil ? nil : "40")
        result.status = try #require(ExamResult.Status(rawValue: status))
        result.passedExplicit = passed
        let decision = try policy("min_percent: 80").decide(result)
        #expect(decision.decision.rawValue == answer)
        #expect(decision.code.rawValue == code)
    }

    @Test("what is unknown may deny where the policy says so, and never awards") func onUnknown() throws {
        let deny = try policy("min_percent: 80", ("award:", "on_unknown: deny\naward:"))
        let hold = try policy("min_percent: 80")
        var disagreeing = try result("32", of: "40")
        disagreeing.passedExplicit = false
        for result in [try result(), try result("32", of: "40", percent: "50"), disagreeing] {
            #expect(deny.decide(result).decision == .deny)
            #expect(hold.decide(result).decision == .hold)
            #expect(deny.decide(result).code == hold.decide(result).code)
        }
    }

    @Test("a result of another exam matches no policy") func unmatched() throws {
        let decision = try policy("min_percent: 80").decide(result("40", of: "40", exam: "alg-1"))
        #expect(decision.decision == .unmatched)
        #expect(decision.requirements.isEmpty && decision.facts.isEmpty)
    }

    @Test("a fact that is not there is unknown; one unmet requirement denies all the same") func otherFact() throws {
        let quiz = ("ALG-1}}", "ALG-1}}, quiz: {kind: score, match: {exam: QUIZ}}")
        let needs = ("requirements: [", "requirements: [{id: r0, needs: quiz, score: {min_raw: 1}}, ")
        let policy = try policy("min_percent: 80", quiz, needs)
        #expect(policy.decide(try result("40", of: "40")).code == .factMissing)
        #expect(policy.decide(try result("40", of: "40")).decision == .hold)
        #expect(policy.decide(try result("1", of: "40")).decision == .deny)
    }

    @Test("a badge is dated in whole seconds, and never without a date") func dates() throws {
        let policy = try policy("min_percent: 80", ("exam.at", "r1.at, expires: P2Y"))
        var result = try result("32", of: "40")
        let decision = policy.decide(result)
        #expect(decision.dated?.description == "2026-03-01T13:25:00Z")
        #expect(decision.validUntil?.description == "2028-03-01T13:25:00Z")
        result.endedAt = nil
        #expect(policy.decide(result).decision == .hold)
        #expect(policy.decide(result).code == .dateMissing)
        result.endedAt = try .init(parsing: "9998-12-31T00:00:00Z")
        #expect(policy.decide(result).decision == .hold)
    }

    @Test("a decision is explained without the person or the score") func explanation() throws {
        let decision = try policy("min_percent: 80").decide(result("31.984", of: "40"))
        #expect(decision.explanation == "r1 is not met: the score is below the mark of 80 %")
        let json = decision.json(policyDigest: "sha256:p", factsDigest: "sha256:f")
        #expect(
            json.text == """
                {"decision":"deny","policy":"p1","policyDigest":"sha256:p","code":"MARK_NOT_REACHED",\
                "explanation":"r1 is not met: the score is below the mark of 80 %",\
                "requirements":[{"id":"r1","state":"unmet","code":"MARK_NOT_REACHED",\
                "explanation":"the score is below the mark of 80 %","facts":["r1"]}],\
                "facts":["r1"],"factsDigest":"sha256:f"}
                """
        )
        #expect(!json.text.contains("ada") && !json.text.contains("31.984"))
    }

    @Test("no score below the mark awards, whatever is said beside it") func never() throws {
        let policy = try policy("min_percent: 80")
        for raw in 0..<32 {
            for percent in ["79", "79.99", "80", "100", nil] {
                for passed in [true, false, nil] {
                    var result = try result(String(raw), of: "40", percent: percent)
                    result.passedExplicit = passed
                    #expect(policy.decide(result).decision != .award)
                }
            }
        }
    }
}
