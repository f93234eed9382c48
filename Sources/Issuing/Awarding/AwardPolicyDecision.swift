import OpenBadges

extension AwardPolicy {
    /// Says whether a result earns the badge.
    ///
    /// A pure function of policy and result. What is not known is never taken for met: it holds, or denies where
    /// ``onUnknown`` says so. An unmet requirement denies, whatever else is unknown.
    public func decide(_ result: ExamResult) -> AwardDecision {
        guard matches(result) else {
            return decision(.unmatched, .unmatched, "the result is of no exam that this policy is about", [], [])
        }
        var findings = requirements.map { requirement in
            let isAbout = facts.contains { $0.name == requirement.needs && $0.exams.contains(result.exam.id) }
            return isAbout
                ? RequirementCheck(requirement, result).finding
                : AwardDecision.Finding(
                    requirement: requirement.id,
                    state: .unknown,
                    code: .factMissing,
                    explanation: "there is no result for \"\(requirement.needs)\"",
                    facts: []
                )
        }
        holdDisagreement(&findings, result)
        let used = [result.resultID]
        if let unmet = findings.first(where: { $0.state == .unmet }) {
            return decision(.deny, unmet.code, "\(unmet.requirement) is not met: \(unmet.explanation)", findings, used)
        }
        if let unknown = findings.first(where: { $0.state == .unknown }) {
            let sentence = "\(unknown.requirement) cannot be told: \(unknown.explanation)"
            return decision(onUnknown == .deny ? .deny : .hold, unknown.code, sentence, findings, used)
        }
        let isDated = facts.contains { $0.name == award.datedByFact && $0.exams.contains(result.exam.id) }
        guard isDated, let date = result.endedAt?.instant.wholeSeconds else {
            return decision(.hold, .dateMissing, "the result has no date for the badge", findings, used)
        }
        let validUntil = award.validity?.end(from: date)
        if award.validity != nil, validUntil == nil {
            return decision(.hold, .dateMissing, "the badge would expire after the year 9999", findings, used)
        }
        return decision(.award, .awarded, "all requirements are met", findings, used, date, validUntil)
    }

    /// Where the source's own verdict is not the one that the marks give, somebody must look.
    ///
    /// Only results that were judged by their score are compared: of others nothing was computed.
    private func holdDisagreement(_ findings: inout [AwardDecision.Finding], _ result: ExamResult) {
        guard let passed = result.passedExplicit else { return }
        let judged = findings.indices.filter { [.markReached, .markNotReached].contains(findings[$0].code) }
        let unmet = judged.filter { findings[$0].state == .unmet }
        guard !judged.isEmpty, passed != unmet.isEmpty else { return }
        for index in unmet.isEmpty ? judged : unmet {
            findings[index].state = .unknown
            findings[index].code = .passedDisagrees
            findings[index].explanation =
                passed
                ? "the source says passed, and the score is below the mark"
                : "the source says not passed, and the score reaches the mark"
        }
    }

    private func decision(
        _ answer: AwardDecision.Answer,
        _ code: AwardDecision.Code,
        _ explanation: String,
        _ findings: [AwardDecision.Finding],
        _ facts: [String],
        _ dated: Timestamp? = nil,
        _ validUntil: Timestamp? = nil
    ) -> AwardDecision {
        AwardDecision(
            decision: answer,
            policy: id,
            code: code,
            explanation: explanation,
            requirements: findings,
            facts: facts,
            dated: dated,
            validUntil: validUntil
        )
    }
}

/// Holds one result against one mark.
private struct RequirementCheck {
    let finding: AwardDecision.Finding

    init(_ requirement: AwardPolicy.Requirement, _ result: ExamResult) {
        let (state, code, explanation) = Self.check(requirement.mark, result)
        finding = AwardDecision.Finding(
            requirement: requirement.id,
            state: state,
            code: code,
            explanation: explanation,
            facts: [result.resultID]
        )
    }

    private typealias Outcome = (AwardDecision.State, AwardDecision.Code, String)

    private static func check(_ mark: AwardPolicy.Mark, _ result: ExamResult) -> Outcome {
        switch result.status {
        case .void:
            return (.unmet, .void, "the result was annulled")
        case .partial:
            return (.unknown, .partial, "the result is not marked to the end")
        case .noShow:
            let points = [result.score?.raw, result.score?.percent].compactMap { $0 }
            guard points.allSatisfy(\.isZero), result.passedExplicit != true else {
                return (.unknown, .statusDisagrees, "the source says that nobody came, and yet gives a result")
            }
            return (.unmet, .noShow, "the candidate did not come")
        case .graded:
            break
        }
        guard let score = result.score, score.raw != nil || score.percent != nil else {
            return (.unknown, .scoreMissing, "there is no score")
        }
        // Readers refuse these; whoever makes results otherwise must not get a badge by them.
        guard (try? score.validate()) != nil else {
            return (.unknown, .scoreImpossible, "the score is negative, or above its maximum")
        }
        switch mark {
        case .percent(let percent): return check(percent: percent, mark, score)
        case .raw(let points):
            guard let raw = score.raw else {
                return (.unknown, .scoreMissing, "the mark is in points, and the result has none")
            }
            if let ratio = score.ratio, let shown = score.percent, !ratio.isShown(as: shown) { return disagreement }
            return answer(raw >= points, mark)
        }
    }

    private static func check(percent: ExactDecimal, _ mark: AwardPolicy.Mark, _ score: ExamResult.Score) -> Outcome {
        guard let ratio = score.ratio else {
            guard let shown = score.percent else {
                return (.unknown, .scoreMissing, "the mark is a percentage, and the points have no maximum to be of")
            }
            return answer(shown >= percent, mark)
        }
        let reaches = ratio.reaches(percent: percent)
        if let shown = score.percent {
            // A rounded percentage may stand beside the points, but not where the rounding decides.
            guard ratio.isShown(as: shown), (shown >= percent) == reaches else { return disagreement }
        }
        return answer(reaches, mark)
    }

    private static var disagreement: Outcome {
        (.unknown, .scoreDisagrees, "the percentage and the points say different things")
    }

    private static func answer(_ isReached: Bool, _ mark: AwardPolicy.Mark) -> Outcome {
        isReached
            ? (.met, .markReached, "the score reaches the mark of \(mark)")
            : (.unmet, .markNotReached, "the score is below the mark of \(mark)")
    }
}
