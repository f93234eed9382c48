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
