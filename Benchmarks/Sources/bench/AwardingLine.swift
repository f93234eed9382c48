import Issuing
import OpenBadges

/// How many candidates of the eight-step credential can be decided in a second, each with the seven facts of an award.
struct AwardingLine {
    let measurement: Measurement
    private static let suite = "award-policy/1 eight steps"

    func run() throws {
        guard measurement.wants("decide", Self.suite) else { return }
        let policy = try AwardPolicy(parsing: Self.policy.utf8, file: "policy.yaml")
        let candidates = try (0..<64).map(Self.facts)
        must(candidates.allSatisfy { policy.decide($0).decision == .award }, "a candidate is not awarded")
        must(candidates.allSatisfy { policy.decide(Array($0.dropLast())).decision == .hold }, "a candidate is not held")
        var rates: [Measurement.Rate] = []
        for round in -1..<measurement.rounds {
            let rate = measurement.rate { numbers in
                for number in numbers { must(policy.decide(candidates[number % 64]).decision == .award, "not awarded") }
            }
            if round >= 0 { rates.append(rate) }
        }
        print(measurement.line("ours 0.1", "decide", Self.suite, rates))
        let rate = rates.map(\.cpu).sorted()[rates.count / 2]
        let verdict = rate >= 100_000 ? "reached" : "NOT reached"
        print(
            #"{"op": "decide", "suite": "\#(Self.suite)", "per_s": \#(measurement.number(rate)), "goal": 100000, "#
                + #""verdict": "\#(verdict)"}"#
        )
    }

    private static func facts(_ number: Int) throws -> [ExamResult] {
        func record(_ id: String, _ kind: ExamResult.Kind, _ about: String, _ at: String) throws -> ExamResult {
            var record = ExamResult(
                resultID: "\(id)-\(number)",
                exam: .init(id: about),
                candidate: .init(email: "candidate\(number)@example.org", given: "Ada", family: "Byron")
            )
            record.kind = kind
            record.endedAt = try .init(parsing: at)
            return record
        }
        var module = try record("m", .completion, "CT-module", "2026-02-01T10:00:00Z")
        module.status = .completed
        var quiz = try record("q", .score, "CT-equiz", "2026-02-02T10:00:00Z")
        quiz.score = .init(percent: ExactDecimal(85))
        var survey = try record("s", .survey, "CT-esurvey", "2026-02-03T10:00:00Z")
        survey.status = .completed
        var word = try record("w", .recommendation, "", "2026-02-04T10:00:00Z")
        (word.by, word.decision) = (.init(email: "grace@example.org", role: "mentor"), "recommend")
        let invitation = try record("i", .invitation, "CT-cpe", "2026-02-10T10:00:00Z")
        var exam = try record("x", .score, "CT-cpe", "2026-02-12T10:00:00Z")
        exam.startedAt = try .init(parsing: "2026-02-12T09:00:00Z")
        exam.score = .init(raw: ExactDecimal(37), max: ExactDecimal(40))
        (exam.attempt, exam.delivery) = (1, .init(proctored: true, sessions: 1))
        var board = try record("b", .review, "CT-cpe", "2026-02-20T10:00:00Z")
        (board.by, board.attempt) = (.init(panel: "board-of-review"), 1)
        board.items = [.init(id: "41", level: "satisfactory")]
        return [module, quiz, survey, word, invitation, exam, board]
    }

    private static let policy = """
        policy: award-policy/1
        id: https://stsi.example/policies/critical-thinking/3   # immutable; goes into criteria.id
        achievement:
          id: https://stsi.example/achievements/critical-thinking
          name: Soft Technical Skill - Critical Thinking
          type: MicroCredential            # OB3 achievementType
          image: badge.svg
          alignment: [{targetName: ..., targetUrl: ..., targetType: "ceasn:Competency"}]
        subject: {key: email, publish: hashed}        # hashed | plain | did
        facts:                             # record streams; each names its reader, exam/survey/... ids
          module: {kind: completion, match: {activity: CT-module}}
          equiz:  {kind: score,      match: {exam: CT-equiz}}
          esurvey: {kind: survey,    match: {survey: CT-esurvey}}
          mentor: {kind: recommendation, match: {role: [mentor, instructor]}, distinct_from: subject}
          invite: {kind: invitation, match: {exam: CT-cpe}, produced_by: engine}
          cpe:    {kind: score,      match: {exam: CT-cpe}}
          item41: {kind: performance, match: {exam: CT-cpe, item: "41"}}
          board:  {kind: review,     match: {panel: board-of-review}}
        requirements:                      # ordered; each is met | unmet | unknown
          - {id: r1-module,  needs: module, status: completed}
          - {id: r2-equiz,   needs: equiz, score: {min_percent: 80}, choose: best, after: r1-module}
          - {id: r3-survey,  needs: esurvey, status: completed}          # variant: points: {min: 30}
          - {id: r4-mentor,  needs: mentor, decision: recommend}
          - {id: r5-invite,  needs: invite, after: [r1-module, r2-equiz, r3-survey, r4-mentor], then: {mail: exam-url}}
          - id: r6-exam
            needs: cpe
            within: {period: P7D, of: invite.at}       # one week
            sittings: {max: 1, max_duration: PT3H}     # one sitting; unknown if the source cannot tell
            attempts: {max: 1, exception: {approved_by: board, different: form}}   # exception => other form
            items: {count: 40}
          - {id: r7a-mark,   needs: cpe, score: {min_percent: 80, of: items, rounding: none}}   # 32 of 40
          - {id: r7b-item41, needs: item41, rubric: {levels: [unsatisfactory, satisfactory], min: satisfactory}, decided_by: board}
          - {id: r7c-report, needs: cpe, then: {mail: score-report, fields: [correct, percent]}}
          - {id: r8-award,   all_of: [r6-exam, r7a-mark, r7b-item41]}
        on_unknown: hold                   # hold | deny, never award
        award: {dated: r7b-item41.at, expires: null, name: display, formats: [ob3, ob2], notify: true}
        publish:                           # per requirement: what becomes public
          r7a-mark: {as: result, value: percent}
          r7b-item41: {as: result+evidence}
          r4-mentor: {as: endorsement}
          r3-survey: {as: result, value: none}         # status only, attitude scores stay private
        """
}
