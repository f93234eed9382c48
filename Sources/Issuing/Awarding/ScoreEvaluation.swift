import OpenBadges

/// Holds a score against the bounds of a policy, exactly.
struct ScoreEvaluation {
    let rule: AwardPolicy.ScoreRule
    let plan: RulePlan
    /// How many items the exam has, where the policy says so.
    let itemCount: Int?

    /// - Parameters:
    ///   - records: all records of the candidate.
    ///   - row: where the one stands that is judged.
    func verdict(on records: [ExamResult], _ row: Int) -> Verdict {
        guard let score = records[row].score, !score.isUnmarked else {
            return .unknown(.scoreMissing, "there is no score")
        }
        // Readers refuse these; whoever makes results otherwise must not get a badge by them.
        guard (try? score.validate()) != nil else {
            return .unknown(.scoreImpossible, "the score is negative, or above its maximum")
        }
        if rule.base == .items { return items(of: records[row].items, score) }
        if !rule.without.isEmpty { return points(of: records[row].items, score) }
        return rule.isPercent ? percent(score) : points(score)
    }

    // As the source gives it.

    private func points(_ score: ExamResult.Score) -> Verdict {
        guard let raw = score.raw else {
            return .unknown(.scoreMissing, "the mark is in points, and the result has none")
        }
        if let ratio = score.ratio, let shown = score.percent, !ratio.isShown(as: shown) { return disagreement }
        return answer { raw.compared(to: $0) }
    }

    private func percent(_ score: ExamResult.Score) -> Verdict {
        guard let ratio = score.ratio else {
            guard let shown = score.percent else {
                return .unknown(.scoreMissing, "the mark is a percentage, and the points have no maximum to be of")
            }
            return answer { shown.compared(to: $0) }
        }
        if let shown = score.percent {
            // A rounded percentage may stand beside the points, but not where the rounding decides.
            guard ratio.isShown(as: shown) else { return disagreement }
            if rule.rounding == .none, let minimum = rule.minimumPercent {
                guard (shown >= minimum) == ratio.reaches(percent: minimum) else { return disagreement }
            }
        }
        return answer { ratio.compared(toPercent: $0) }
    }

    // Counted by items.

    /// The items that were answered correctly, of all that count.
    private func items(of list: [ExamResult.Item], _ score: ExamResult.Score) -> Verdict {
        guard let ratio = itemRatio(of: list, score) else {
            return .unknown(.scoreMissing, "the mark is a share of the items, and the result does not count them")
        }
        return rule.isPercent ? answer { ratio.compared(toPercent: $0) } : answer { ratio.part.compared(to: $0) }
    }

    private func itemRatio(of list: [ExamResult.Item], _ score: ExamResult.Score) -> ExactRatio? {
        if let correct = score.correct, let items = score.items {
            return ratio(
                correct,
                items,
                of: list,
                part: { $0.isCorrect.map { ExactDecimal($0 ? 1 : 0) } },
                whole: { _ in ExactDecimal(1) }
            )
        }
        let marked = list.filter { $0.score != nil && !rule.without.contains($0.id) }
        // More than one point without a maximum: the items are not of one point each, and of how many is not known.
        guard !marked.contains(where: { $0.max == nil && $0.score.map { $0 > ExactDecimal(1) } ?? false }) else {
            return nil
        }
        if !marked.isEmpty {
            let correct = marked.filter { $0.isCorrect == true }.count
            guard itemCount.map({ $0 == marked.count || $0 == marked.count + rule.without.count }) ?? true else {
                return nil
            }
            return ExactRatio(ExactDecimal(correct), of: ExactDecimal(marked.count))
        }
        // As many points as items: each item is a point.
        guard let itemCount, let raw = score.raw, let max = score.max, max == ExactDecimal(itemCount) else {
            return nil
        }
        return ExactRatio(raw, of: max)
    }

    /// Points without those of items that do not count.
    private func points(of list: [ExamResult.Item], _ score: ExamResult.Score) -> Verdict {
        guard let raw = score.raw, let max = score.max,
            let ratio = ratio(raw, max, of: list, part: \.score, whole: { $0.max ?? ExactDecimal(1) })
        else {
            return .unknown(.scoreMissing, "the mark leaves out items whose points the result does not show")
        }
        return rule.isPercent ? answer { ratio.compared(toPercent: $0) } : answer { ratio.part.compared(to: $0) }
    }

    /// A share without that of some items; `nil` where the record does not show what these have to do with it.
    private func ratio(
        _ part: ExactDecimal,
        _ whole: ExactDecimal,
        of list: [ExamResult.Item],
        part share: (ExamResult.Item) -> ExactDecimal?,
        whole full: (ExamResult.Item) -> ExactDecimal
    ) -> ExactRatio? {
        var (part, whole) = (part, whole)
        // The number of items that the policy declares is without those that do not count.
        if let itemCount, whole == ExactDecimal(itemCount) { return ExactRatio(part, of: whole) }
        for id in rule.without {
            guard let item = list.first(where: { $0.id == id }) else { return nil }
            // An item without points, judged by its level, is in no sum of points.
            guard let own = share(item) else { continue }
            guard let less = part.minus(own), let fewer = whole.minus(full(item)) else { return nil }
            (part, whole) = (less, fewer)
        }
        return ExactRatio(part, of: whole)
    }

    private func answer(_ compare: (ExactDecimal) -> Int) -> Verdict {
        if let minimum = rule.minimum, !rule.rounding.reaches(minimum, compare) {
            return .unmet(.markNotReached, plan.missed)
        }
        if let maximum = rule.maximum, !rule.rounding.stays(below: maximum, compare) {
            return .unmet(.markExceeded, plan.exceeded)
        }
        return .met(.markReached, plan.reached)
    }

    private var disagreement: Verdict {
        .unknown(.scoreDisagrees, "the percentage and the points say different things")
    }
}

extension ExamResult.Score {
    /// Whether it says nothing that a mark could be held against.
    fileprivate var isUnmarked: Bool { raw == nil && percent == nil && correct == nil }
}

extension ExamResult.Item {
    /// Whether all of its points were reached; `nil` where it has none.
    fileprivate var isCorrect: Bool? { score.map { $0 >= (max ?? ExactDecimal(1)) } }
}

extension ExactDecimal {
    /// -1, 0 or 1 as this is less than, equal to, or greater than another.
    fileprivate func compared(to other: ExactDecimal) -> Int { self < other ? -1 : (self == other ? 0 : 1) }
}
