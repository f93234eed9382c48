import Issuing
import OpenBadges
import Testing

@Suite("Groups, counts and rubrics") struct GroupTests {
    private static func policy(_ facts: String, _ requirements: String, _ dated: String = "exam.at") throws
        -> AwardPolicy
    {
        try PolicyTests.policy(
            """
            policy: award-policy/1
            id: p1
            achievement: {id: a, name: A}
            facts: {\(facts)}
            requirements: [\(requirements)]
            award: {dated: \(dated)}
            """
        )
    }

    private static func record(_ id: String, _ kind: ExamResult.Kind, _ about: String, day: Int = 1) throws
        -> ExamResult
    {
        var record = ExamResult(resultID: id, exam: .init(id: about), candidate: .init(email: "ada@example.org"))
        record.kind = kind
        record.endedAt = .init(try #require(Timestamp(seconds: 1_770_000_000 + Int64(day) * 86_400)))
        return record
    }

    private static func exam(_ id: String, _ raw: Int, day: Int = 1) throws -> ExamResult {
        var record = try record(id, .score, "E", day: day)
        record.score = .init(raw: ExactDecimal(raw), max: ExactDecimal(40))
        return record
    }

    @Test("the source's own verdict counts as well where the time was looked at after the mark") func passedWithin()
        throws
    {
        let policy = try Self.policy(
            "exam: {kind: score, match: {exam: E}}, start: {kind: invitation, match: {exam: S}}",
            "{id: s, needs: start}, {id: mark, needs: exam, score: {min_raw: 30}, within: {period: P7D, of: start.at}}"
        )
        let start = try Self.record("s", .invitation, "S")
        var exam = try Self.exam("x", 35, day: 2)
        #expect(policy.decide([start, exam]).decision == .award)
        exam.passedExplicit = false
        let held = policy.decide([start, exam])
        #expect(held.decision == .hold)
        #expect(held.code.rawValue == "PASSED_DISAGREES")
    }

    @Test("items of several points without a maximum are not counted as right") func pointsWithoutMaximum() throws {
        let policy = try Self.policy(
            "exam: {kind: score, match: {exam: E}}",
            "{id: mark, needs: exam, score: {min_percent: 80, of: items}}"
        )
        var exam = try Self.exam("x", 35)
        exam.items = (0..<4).map { ExamResult.Item(id: "\($0)", score: ExactDecimal($0 == 0 ? 2 : 1)) }
        #expect(policy.decide(exam).code.rawValue == "SCORE_MISSING")
        exam.items = (0..<4).map { ExamResult.Item(id: "\($0)", score: ExactDecimal(1)) }
        #expect(policy.decide(exam).decision == .award)
    }

    @Test("records within a span count wherever they are in the row, and undated ones are unknown") func laterSpan()
        throws
    {
        let policy = try Self.policy(
            "exam: {kind: score, match: {exam: E}}, word: {kind: review, match: {role: mentor}}",
            "{id: mark, needs: exam, score: {min_raw: 30}}, "
                + "{id: words, needs: word, decision: good, count: {min: 3}, span: {max: P7D}}"
        )
        func word(_ day: Int) throws -> ExamResult {
            var word = try Self.record("w\(day)", .review, "E", day: day)
            (word.by, word.decision) = (.init(email: "m\(day)@example.org", role: "mentor"), "good")
            return word
        }
        let exam = try Self.exam("x", 35)
        #expect(policy.decide([exam, try word(1), try word(40), try word(80)]).decision == .deny)
        #expect(policy.decide([exam, try word(1), try word(60), try word(62), try word(64)]).decision == .award)
    }

    @Test("what is not known is not known under not, either") func not() throws {
        let policy = try Self.policy(
            "exam: {kind: score, match: {exam: E}}, fraud: {kind: review, match: {role: proctor}}",
            "{id: mark, needs: exam, score: {min_raw: 30}}, {id: honest, not: {needs: fraud, decision: fraud}}"
        )
        let exam = try Self.exam("x", 35)
        let unknown = policy.decide(exam)
        #expect(unknown.decision == .hold)
        #expect(unknown.requirement == "honest")
        var word = try Self.record("f", .review, "E", day: 2)
        (word.by, word.decision) = (.init(role: "proctor"), "fraud")
        let excluded = policy.decide([exam, word])
        #expect(excluded.decision == .deny && excluded.code == .excluded)
        word.decision = "clean"
        #expect(policy.decide([exam, word]).decision == .award)
        word.decision = nil
        #expect(policy.decide([exam, word]).decision == .hold)
    }

    @Test("under not every record counts: a clean word does not make up for the other") func notAll() throws {
        let policy = try Self.policy(
            "exam: {kind: score, match: {exam: E}}, fraud: {kind: review, match: {role: proctor}}",
            "{id: mark, needs: exam, score: {min_raw: 30}}, {id: honest, not: {needs: fraud, decision: fraud}}"
        )
        let words = try ["clean", "fraud", "clean", nil].enumerated().map { number, decision in
            var word = try Self.record("f\(number)", .review, "E", day: 2 + number)
            (word.by, word.decision) = (.init(role: "proctor"), decision)
            return word
        }
        let exam = try Self.exam("x", 35)
        #expect(policy.decide([exam, words[0], words[1], words[2]]).code == .excluded)
        #expect(policy.decide([exam, words[0], words[2]]).decision == .award)
        #expect(policy.decide([exam, words[0], words[3]]).decision == .hold)
    }

    @Test("a maximum is not kept where one more record cannot be told") func maximum() throws {
        let policy = try Self.policy(
            "seen: {kind: observation, match: {activity: A}}",
            "{id: r, needs: seen, count: {min: 1, max: 1}, rubric: {min: poor}}",
            "r.at"
        )
        var first = try Self.record("o1", .observation, "A", day: 1)
        first.level = "poor"
        var second = try Self.record("o2", .observation, "A", day: 2)
        #expect(policy.decide([first]).decision == .award)
        #expect(policy.decide([first, second]).decision == .hold)
        second.level = "poor"
        #expect(policy.decide([first, second]).code == .countExceeded)
    }

    @Test("one way of several is enough, and an unknown one keeps the door open") func any() throws {
        let policy = try Self.policy(
            "exam: {kind: score, match: {exam: E}}, other: {kind: score, match: {exam: F}}",
            """
            {id: either, any_of: [{id: first, needs: exam, score: {min_raw: 30}}, {needs: other, score: {min_raw: 30}}]}
            """,
            "either.at"
        )
        #expect(policy.decide(try Self.exam("x", 35)).decision == .award)
        #expect(policy.decide(try Self.exam("x", 20)).decision == .hold)
        var other = try Self.exam("y", 20)
        other.exam.id = "F"
        let both = policy.decide([try Self.exam("x", 20), other])
        #expect(both.decision == .deny && both.requirement == "either" && both.code == .groupNotMet)
        #expect(both.requirements.map(\.requirement) == ["first", "either.2", "either"])
    }

    @Test("three are three, over thirty days, each by another than the candidate") func counts() throws {
        let policy = try Self.policy(
            "seen: {kind: observation, match: {activity: A}}",
            """
            {id: practice, needs: seen, count: {min: 3}, span: {min: P30D}, \
            decided_by: {role: [manager, peer], distinct: each}, rubric: {min: demonstrated}}
            """,
            "practice.at"
        )
        func seen(_ id: String, _ day: Int, _ by: String, _ level: String? = "demonstrated") throws -> ExamResult {
            var record = try Self.record(id, .observation, "A", day: day)
            record.by = .init(email: by, role: "peer")
            record.level = level
            return record
        }
        let three = [
            try seen("o1", 1, "b@x.org"), try seen("o2", 20, "c@x.org"), try seen("o3", 31, "d@x.org"),
        ]
        let award = policy.decide(three)
        #expect(award.decision == .award && award.record == "o3")
        // A fourth one changes neither the date nor the facts.
        let fourth = policy.decide(three + [try seen("o4", 40, "e@x.org")])
        #expect(fourth.dated == award.dated && fourth.facts == award.facts)
        #expect(policy.decide(Array(three.prefix(2))).code == .countNotReached)
        let short = Array(three.prefix(2)) + [try seen("o3", 30, "d@x.org")]
        #expect(policy.decide(short).code == .spanTooShort)
        let same = Array(three.prefix(2)) + [try seen("o3", 31, "b@x.org")]
        #expect(policy.decide(same).code == .countNotReached)
        let own = Array(three.prefix(2)) + [try seen("o3", 31, "ada@example.org")]
        #expect(policy.decide(own).decision == .hold)
        let unclear = Array(three.prefix(2)) + [try seen("o3", 31, "d@x.org", nil)]
        #expect(policy.decide(unclear).code == .levelMissing)
    }

    @Test("a work is long enough, and judged") func artifact() throws {
        let policy = try Self.policy(
            "essay: {kind: artifact, match: {artifact: W}}",
            """
            {id: r, needs: essay, artifact: {min_words: 300}, rubric: {levels: [absent, emerging, clear], min: emerging}, \
            decided_by: assessor}
            """,
            "essay.at"
        )
        var work = try Self.record("w", .artifact, "W")
        (work.by, work.level, work.artifact) = (.init(email: "t@x.org", role: "assessor"), "clear", .init(words: 300))
        #expect(policy.decide(work).decision == .award)
        work.artifact?.words = 299
        #expect(policy.decide(work).code == .wordsTooFew)
        work.artifact?.words = nil
        #expect(policy.decide(work).code == .wordsUnknown)
        work.artifact?.words = 300
        work.level = "absent"
        #expect(policy.decide(work).code == .levelNotReached)
    }

    @Test(
        "item 41 in or out, items or points, rounded or not",
        arguments: [
            ("min_percent: 80, of: items", 32, 41, "deny"), ("min_percent: 80, of: items", 33, 40, "award"),
            ("min_percent: 80, of: items, without: \"41\"", 32, 41, "award"),
            ("min_percent: 80, rounding: half_up", 318, 400, "award"), ("min_percent: 80", 318, 400, "deny"),
            ("min_percent: 80, rounding: half_up", 3179, 4000, "deny"),
            ("min_percent: 80, rounding: half_even", 795, 1000, "award"),
            ("min_percent: 81, rounding: half_even", 805, 1000, "deny"),
            ("min_percent: 80, rounding: up", 7901, 10000, "award"),
            ("min_percent: 80, rounding: down", 7999, 10000, "deny"),
            ("min_percent: 79.9, rounding: half_up, places: 1", 7985, 10000, "award"),
            ("max_percent: 80", 32, 40, "award"), ("max_percent: 80", 33, 40, "deny"),
            ("max_percent: 80, rounding: half_up", 804, 1000, "award"),
            ("max_percent: 80, rounding: half_up", 805, 1000, "deny"),
        ]
    ) func bases(score: String, part: Int, whole: Int, answer: String) throws {
        let policy = try Self.policy("exam: {kind: score, match: {exam: E}}", "{id: r, needs: exam, score: {\(score)}}")
        var exam = try Self.record("x", .score, "E")
        if score.contains("items") {
            exam.score = .init()
            exam.score?.correct = ExactDecimal(part)
            exam.score?.items = ExactDecimal(whole)
            exam.items = [.init(id: "41", score: ExactDecimal(0))]
        } else {
            exam.score = .init(raw: ExactDecimal(part), max: ExactDecimal(whole))
        }
        #expect(policy.decide(exam).decision.rawValue == answer)
    }

    @Test("items are counted by themselves where the record lists them, and never guessed") func itemLists() throws {
        let policy = try Self.policy(
            "exam: {kind: score, match: {exam: E}}",
            "{id: r, needs: exam, score: {min_percent: 80, of: items}, items: {count: 5}}"
        )
        var exam = try Self.record("x", .score, "E")
        exam.score = .init(percent: ExactDecimal(90))
        #expect(policy.decide(exam).decision == .hold)
        exam.items = (1...5).map { .init(id: String($0), score: ExactDecimal($0 == 3 ? 0 : 2), max: ExactDecimal(2)) }
        #expect(policy.decide(exam).decision == .award)
        exam.items.removeLast()
        #expect(policy.decide(exam).decision == .deny)
    }
}
