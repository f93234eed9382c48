import Issuing
import JSONCore
import OpenBadges
import Testing

private typealias Facts = SoftSkillPolicy

@Suite("Several facts under one policy") struct FactsTests {
    private func expect(
        _ facts: [ExamResult],
        _ answer: AwardDecision.Answer,
        _ code: AwardDecision.Code,
        _ requirement: String? = nil,
        asOf: String? = nil,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let decision = try Facts.policy().decide(facts, asOf: asOf.flatMap { Timestamp($0) })
        #expect(decision.decision == answer, "\(decision.explanation)", sourceLocation: sourceLocation)
        #expect(decision.code == code, sourceLocation: sourceLocation)
        #expect(decision.requirement == requirement, sourceLocation: sourceLocation)
    }

    @Test("all that is asked for earns the badge, dated by the Board's word") func award() throws {
        let decision = try Facts.policy().decide(try Facts.all())
        #expect(decision.decision == .award)
        #expect(decision.dated?.description == "2026-02-20T10:00:00Z")
        #expect(decision.record == "b1")
        #expect(decision.facts == ["m1", "q1", "s1", "w1", "i1", "x1", "b1"])
        #expect(decision.requirements.allSatisfy { $0.state == .met })
    }

    @Test("what is not there holds, and says which") func missing() throws {
        let all = try Facts.all()
        let requirements = [
            "m1": "r1-module", "q1": "r2-equiz", "s1": "r3-survey", "w1": "r4-mentor", "i1": "r5-invite",
            "x1": "r6-exam", "b1": "r7b-item41",
        ]
        for (id, requirement) in requirements {
            try expect(all.filter { $0.resultID != id }, .hold, .factMissing, requirement)
        }
        #expect(try Facts.policy().decide([]).decision == .unmatched)
    }

    @Test("the exam has to be within the week, to the second") func week() throws {
        let before = try Facts.before()
        let last = try Facts.exam(start: "2026-02-17T09:00:00Z", "2026-02-17T10:00:00Z")
        try expect(before + [last, try Facts.board()], .award, .awarded)
        let late = try Facts.exam(start: "2026-02-17T09:00:00Z", "2026-02-17T10:00:01Z")
        try expect(before + [late, try Facts.board()], .deny, .afterPeriod, "r6-exam")
        let eighth = try Facts.exam(start: "2026-02-18T09:00:00Z", "2026-02-18T10:00:00Z")
        try expect(before + [eighth, try Facts.board()], .deny, .afterPeriod, "r6-exam")
        let early = try Facts.exam(start: "2026-02-10T09:59:59Z", "2026-02-10T10:30:00Z")
        try expect(before + [early, try Facts.board()], .deny, .beforePeriod, "r6-exam")
    }

    @Test("one sitting is one sitting, of three hours, and unknown where the source cannot tell") func sittings() throws
    {
        let before = try Facts.before()
        try expect(before + [try Facts.exam(sessions: 2), try Facts.board()], .deny, .sittingsExceeded, "r6-exam")
        try expect(before + [try Facts.exam(sessions: nil), try Facts.board()], .hold, .sittingsUnknown, "r6-exam")
        let long = try Facts.exam(start: "2026-02-12T06:59:59Z")
        try expect(before + [long, try Facts.board()], .deny, .durationExceeded, "r6-exam")
        try expect(before + [try Facts.exam(start: nil), try Facts.board()], .hold, .durationUnknown, "r6-exam")
    }

    @Test("a second attempt needs an exception that was approved before, and another form") func attempts() throws {
        let first = try Facts.before() + [try Facts.exam("x1", "20")]
        func again(_ form: String?, attempt: Int? = 2) throws -> ExamResult {
            try Facts.exam(
                "x2",
                "36",
                start: "2026-02-16T09:00:00Z",
                "2026-02-16T10:00:00Z",
                attempt: attempt,
                form: form
            )
        }
        let board = try Facts.board(attempt: 2)
        try expect(first + [try again("A"), board], .deny, .attemptsExceeded, "r6-exam")
        try expect(first + [try again("B"), board], .deny, .attemptsExceeded, "r6-exam")
        try expect(first + [try again("A"), board, try Facts.exception()], .deny, .formRepeated, "r6-exam")
        try expect(first + [try again("B"), board, try Facts.exception()], .award, .awarded)
        try expect(first + [try again(nil), board, try Facts.exception()], .hold, .formUnknown, "r6-exam")
        let late = try Facts.exception("2026-02-16T09:00:01Z")
        try expect(first + [try again("B"), board, late], .deny, .attemptsExceeded, "r6-exam")
        // The Board's word on an item is none on the exam.
        var word = try Facts.exception()
        word.items = [.init(id: "12")]
        try expect(first + [try again("B"), board, word], .deny, .attemptsExceeded, "r6-exam")
        // Who did not come has made no attempt.
        var noShow = try Facts.exam("x0", "0", start: nil, "2026-02-11T10:00:00Z", attempt: nil)
        (noShow.status, noShow.score) = (.noShow, nil)
        try expect(try Facts.all() + [noShow], .award, .awarded)
        try expect(
            try Facts.before() + [try Facts.exam(attempt: nil), try Facts.board()],
            .hold,
            .attemptUnknown,
            "r6-exam"
        )
    }

    @Test("80 % is 32 of 40, and the demonstration counts by itself") func mark() throws {
        let before = try Facts.before()
        try expect(before + [try Facts.exam("x1", "32"), try Facts.board()], .award, .awarded)
        try expect(before + [try Facts.exam("x1", "31"), try Facts.board()], .deny, .markNotReached, "r7a-mark")
        try expect(before + [try Facts.exam("x1", "31.984"), try Facts.board()], .deny, .markNotReached, "r7a-mark")
        let poor = try Facts.board("unsatisfactory")
        try expect(before + [try Facts.exam("x1", "32"), poor], .deny, .levelNotReached, "r7b-item41")
        try expect(before + [try Facts.exam("x1", "32"), try Facts.board(nil)], .hold, .levelMissing, "r7b-item41")
        try expect(before + [try Facts.exam("x1", "32"), try Facts.board("good")], .hold, .levelUnknown, "r7b-item41")
    }

    @Test("only the Board's word on the demonstration counts, and only on that attempt") func boardOnly() throws {
        var other = try Facts.board()
        other.by = .init(email: "grader@example.org", role: "grader")
        try expect(try Facts.before() + [try Facts.exam(), other], .hold, .deciderOther, "r7b-item41")
        other.by = nil
        try expect(try Facts.before() + [try Facts.exam(), other], .hold, .deciderMissing, "r7b-item41")
        try expect(
            try Facts.before() + [try Facts.exam(), try Facts.board(attempt: 2)],
            .deny,
            .attemptOther,
            "r7b-item41"
        )
    }

    @Test("a mentor is somebody else, and says so") func mentor() throws {
        let rest = try Facts.all().filter { $0.resultID != "w1" }
        try expect(rest + [try Facts.recommendation("ADA@example.org")], .deny, .deciderIsSubject, "r4-mentor")
        try expect(rest + [try Facts.recommendation(nil)], .hold, .deciderUnknown, "r4-mentor")
        try expect(rest + [try Facts.recommendation("g@example.org", nil)], .hold, .decisionMissing, "r4-mentor")
        try expect(rest + [try Facts.recommendation("g@example.org", "refuse")], .deny, .decisionOther, "r4-mentor")
        var colleague = try Facts.recommendation()
        colleague.by?.role = "colleague"
        try expect(rest + [colleague], .hold, .factMissing, "r4-mentor")
        var named = try Facts.recommendation(nil)
        named.by?.name = "Ada Byron"
        try expect(rest + [named], .hold, .deciderUnknown, "r4-mentor")
        named.by?.name = "Grace Hopper"
        try expect(rest + [named], .award, .awarded)
    }

    @Test("the quiz comes after the module; a later one that does is taken") func order() throws {
        let rest = try Facts.all().filter { $0.resultID != "q1" }
        let early = try Facts.quiz("q1", "90", "2026-01-31T10:00:00Z")
        try expect(rest + [early], .deny, .outOfOrder, "r2-equiz")
        try expect(rest + [early, try Facts.quiz("q2", "81")], .award, .awarded)
        try expect(rest + [try Facts.quiz("q1", "79.96"), try Facts.quiz("q2", "81")], .award, .awarded)
        let module = try Facts.module("2026-02-01T10:00:00Z", .inProgress)
        let held = try Facts.policy().decide(try Facts.all().filter { $0.resultID != "m1" } + [module])
        #expect(held.decision == .hold && held.code == .inProgress)
        #expect(held.requirements[1].code == .orderUnknown)
    }

    @Test("records of a later date are passed over") func asOf() throws {
        try expect(try Facts.all(), .award, .awarded, asOf: "2026-02-20T10:00:00Z")
        try expect(try Facts.all(), .hold, .factMissing, "r7b-item41", asOf: "2026-02-20T09:59:59Z")
        try expect(try Facts.all(), .hold, .factMissing, "r1-module", asOf: "2026-01-01T00:00:00Z")
    }

    @Test("the invitation and the letters are asked for, and not made") func effects() throws {
        let policy = try Facts.policy()
        let early = try Facts.before().dropLast()
        #expect(policy.decide(Array(early)).effects == [.invitation(fact: "invite", exam: "CT-cpe", form: nil)])
        let refused = early.dropLast() + [try Facts.recommendation("ada@example.org")]
        #expect(policy.decide(Array(refused)).effects.isEmpty)
        // Nobody is invited to what they have taken already.
        #expect(policy.decide(early + [try Facts.exam()]).effects.count == 1)
        let letters = policy.decide(try Facts.all()).effects.map { effect in
            if case .letter(let action, _, let about) = effect { "\(action.mail) \(about)" } else { "" }
        }
        #expect(letters == ["exam-url i1", "score-report x1"])
    }

    @Test("the policy's JSON is the policy again, and its criteria are put into words") func json() throws {
        let policy = try Facts.policy()
        #expect(try AwardPolicy(parsing: policy.json.serialized(), file: "ledger") == policy)
    }
}

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

@Suite("What holds of every policy") struct DecisionPropertyTests {
    /// A sequence that looks random and is the same each time (SplitMix64).
    struct Dice: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var value = state
            value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
            value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
            return value ^ (value >> 31)
        }
    }

    private static func facts(_ dice: inout Dice) throws -> [ExamResult] {
        var facts: [ExamResult] = []
        for number in 0..<Int.random(in: 1...9, using: &dice) {
            var record: ExamResult
            let day = Int.random(in: 1...20, using: &dice)
            let at = "2026-02-\(day < 10 ? "0" : "")\(day)T10:00:00Z"
            switch Int.random(in: 0..<7, using: &dice) {
            case 0: record = try SoftSkillPolicy.module(at, Bool.random(using: &dice) ? .completed : .inProgress)
            case 1: record = try SoftSkillPolicy.quiz("q", String(Int.random(in: 70...90, using: &dice)), at)
            case 2: record = try SoftSkillPolicy.survey()
            case 3:
                record = try SoftSkillPolicy.recommendation(Bool.random(using: &dice) ? "ada@example.org" : "g@x.org")
            case 4: record = try SoftSkillPolicy.invitation(at)
            case 5:
                record = try SoftSkillPolicy.exam("x", String(Int.random(in: 28...40, using: &dice)), start: nil, at)
            default:
                record = try SoftSkillPolicy.board(Bool.random(using: &dice) ? "satisfactory" : "unsatisfactory", at)
            }
            record.resultID = "f\(number)"
            facts.append(record)
        }
        return facts
    }

    private static let simple = """
        policy: award-policy/1
        id: p1
        achievement: {id: a, name: A}
        facts:
          module: {kind: completion, match: {activity: CT-module}}
          equiz: {kind: score, match: {exam: CT-equiz}}
          mentor: {kind: recommendation, match: {role: mentor}, distinct_from: subject}
          cpe: {kind: score, match: {exam: CT-cpe}}
          item41: {kind: performance, match: {exam: CT-cpe, item: "41"}}
        requirements:
          - {id: r1, needs: module, status: completed}
          - {id: r2, needs: equiz, score: {min_percent: 80}, after: r1}
          - {id: r3, needs: mentor, decision: recommend}
          - {id: r4, any_of: [{needs: cpe, score: {min_percent: 80}}, {needs: item41, rubric: {min: satisfactory}}]}
        award: {dated: r2.at}
        """

    @Test("the order of the facts never matters", arguments: 0..<4) func order(round: UInt64) throws {
        var dice = Dice(state: round)
        for policy in [try SoftSkillPolicy.policy(), try PolicyTests.policy(Self.simple)] {
            for _ in 0..<200 {
                let facts = try Self.facts(&dice)
                #expect(policy.decide(facts) == policy.decide(facts.shuffled(using: &dice)))
            }
        }
    }

    @Test("without not, attempts, sittings and maxima, one more fact never takes an award away", arguments: 0..<4)
    func monotone(round: UInt64) throws {
        var dice = Dice(state: 1000 + round)
        let policy = try PolicyTests.policy(Self.simple)
        var awards = 0
        for _ in 0..<1500 {
            let facts =
                try Self.facts(&dice)
                + Self.facts(&dice).map { fact in
                    var fact = fact
                    fact.resultID += "'"
                    return fact
                }
            guard facts.count > 1, policy.decide(Array(facts.dropLast())).decision == .award else { continue }
            awards += 1
            #expect(policy.decide(facts).decision != .deny)
        }
        #expect(awards > 10)
    }

    @Test("a date before a fact ignores it", arguments: 0..<2) func asOf(round: UInt64) throws {
        var dice = Dice(state: 2000 + round)
        let policy = try SoftSkillPolicy.policy()
        for _ in 0..<200 {
            let facts = try Self.facts(&dice)
            let cut = try #require(Timestamp("2026-02-10T12:00:00Z"))
            let before = facts.filter { ($0.at?.instant ?? cut) <= cut }
            let decision = policy.decide(facts, asOf: cut)
            #expect(decision.requirements == policy.decide(before).requirements || before.isEmpty)
        }
    }

    @Test("records of one time are taken by their ids") func ties() throws {
        let policy = try PolicyTests.policy(PolicyTests.least.replacing("min_raw: 32", with: "min_percent: 80"))
        let twins = ["b", "a", "c"].map { id in
            var result = ExamResult(resultID: id, exam: .init(id: "ALG-1"), candidate: .init(email: "ada@example.org"))
            result.score = .init(percent: ExactDecimal(90))
            result.endedAt = try? .init(parsing: "2026-03-01T13:25:00Z")
            return result
        }
        #expect(policy.decide(twins).record == "a")
        #expect(policy.decide(twins, datedBy: "c").record == "c")
    }

    @Test("more records than can be tried hold") func tooMany() throws {
        let policy = try PolicyTests.policy(Self.simple)
        var facts: [ExamResult] = []
        for number in 0..<20 {
            facts.append(try SoftSkillPolicy.module())
            facts.append(try SoftSkillPolicy.quiz("q", "85"))
            facts.append(try SoftSkillPolicy.recommendation())
            facts.append(try SoftSkillPolicy.exam())
            for index in facts.indices.suffix(4) { facts[index].resultID += "-\(number)" }
        }
        let decision = policy.decide(facts)
        #expect(decision.decision == .hold && decision.code == .tooManyRecords)
    }
}
