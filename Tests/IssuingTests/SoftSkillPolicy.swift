import Issuing
import OpenBadges

/// The eight-step credential, as a policy, and facts for it.
enum SoftSkillPolicy {
    static let text = """
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

    static func policy() throws -> AwardPolicy { try AwardPolicy(parsing: text.utf8, file: "policy.yaml") }

    private static func record(
        _ id: String,
        _ kind: ExamResult.Kind,
        _ about: String,
        _ at: String?
    ) throws -> ExamResult {
        var record = ExamResult(
            resultID: id,
            exam: .init(id: about),
            candidate: .init(email: "ada@example.org", given: "Ada", family: "Byron")
        )
        record.kind = kind
        record.endedAt = try at.map { try .init(parsing: $0) }
        return record
    }

    static func module(_ at: String = "2026-02-01T10:00:00Z", _ status: ExamResult.Status = .completed) throws
        -> ExamResult
    {
        var record = try record("m1", .completion, "CT-module", at)
        record.status = status
        return record
    }

    static func quiz(_ id: String = "q1", _ percent: String, _ at: String = "2026-02-02T10:00:00Z") throws -> ExamResult
    {
        var record = try record(id, .score, "CT-equiz", at)
        record.score = .init(percent: ExactDecimal(percent))
        return record
    }

    static func survey() throws -> ExamResult {
        var record = try record("s1", .survey, "CT-esurvey", "2026-02-03T10:00:00Z")
        record.status = .completed
        return record
    }

    static func recommendation(_ by: String? = "grace@example.org", _ decision: String? = "recommend") throws
        -> ExamResult
    {
        var record = try record("w1", .recommendation, "", "2026-02-04T10:00:00Z")
        record.by = .init(email: by, role: "mentor")
        record.decision = decision
        return record
    }

    static func invitation(_ at: String = "2026-02-10T10:00:00Z") throws -> ExamResult {
        try record("i1", .invitation, "CT-cpe", at)
    }

    static func exam(
        _ id: String = "x1",
        _ raw: String = "37",
        start: String? = "2026-02-12T09:00:00Z",
        _ end: String = "2026-02-12T10:00:00Z",
        attempt: Int? = 1,
        form: String? = "A",
        sessions: Int? = 1
    ) throws -> ExamResult {
        var record = try record(id, .score, "CT-cpe", end)
        record.exam.form = form
        record.startedAt = try start.map { try .init(parsing: $0) }
        record.score = .init(raw: ExactDecimal(raw), max: ExactDecimal(40))
        record.attempt = attempt
        record.delivery = sessions.map { .init(proctored: true, sessions: $0) }
        return record
    }

    static func board(
        _ level: String? = "satisfactory",
        _ at: String = "2026-02-20T10:00:00Z",
        attempt: Int? = 1,
        id: String = "b1"
    ) throws -> ExamResult {
        var record = try record(id, .review, "CT-cpe", at)
        record.by = .init(panel: "board-of-review")
        record.items = [.init(id: "41", level: level)]
        record.attempt = attempt
        return record
    }

    static func exception(_ at: String = "2026-02-15T10:00:00Z") throws -> ExamResult {
        var record = try record("e1", .review, "CT-cpe", at)
        record.by = .init(panel: "board-of-review")
        record.decision = "exception"
        return record
    }

    /// All that leads to the exam.
    static func before() throws -> [ExamResult] {
        [try module(), try quiz("q1", "85"), try survey(), try recommendation(), try invitation()]
    }

    static func all() throws -> [ExamResult] { try before() + [try exam(), try board()] }
}
