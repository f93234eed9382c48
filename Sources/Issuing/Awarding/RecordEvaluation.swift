import OpenBadges

/// Holds one record against the conditions of one requirement.
struct RecordEvaluation {
    let evaluation: AwardEvaluation
    let place: Int
    let rule: RulePlan
    let fact: FactPlan
    /// Where the record stands.
    private let row: Int

    init(_ evaluation: AwardEvaluation, _ place: Int, _ rule: RulePlan, _ fact: FactPlan) {
        (self.evaluation, self.place, self.rule, self.fact) = (evaluation, place, rule, fact)
        row = evaluation.rows[place]
    }

    private var facts: [ExamResult] { evaluation.facts }

    /// Whether the record counts at all, by its status.
    var standing: Verdict? {
        let status = facts[row].status
        if status == .void { return .unmet(.void, "the \(fact.kind.noun) was annulled") }
        if let wanted = rule.source.status { return standing(status, as: wanted) }
        switch status {
        case .partial: return .unknown(.partial, "the \(fact.kind.noun) is not marked to the end")
        case .inProgress: return .unknown(.inProgress, "the \(fact.kind.noun) is not done so far")
        case .noShow:
            let score = facts[row].score
            let points = [score?.raw, score?.percent].compactMap { $0 }
            guard points.allSatisfy(\.isZero), facts[row].passedExplicit != true else {
                return .unknown(.statusDisagrees, "the source says that nobody came, and yet gives a result")
            }
            return .unmet(.noShow, "the candidate did not come")
        case .graded, .completed, .void: return nil
        }
    }

    private func standing(_ status: ExamResult.Status, as wanted: ExamResult.Status) -> Verdict {
        // What is marked is done as well; and a source that says nothing of a status reads as marked.
        if status == wanted || (wanted == .completed && status == .graded) {
            return .met(.statusReached, "it is \(wanted.rawValue)")
        }
        switch status {
        case .partial: return .unknown(.partial, "the \(fact.kind.noun) is not marked to the end")
        case .inProgress: return .unknown(.inProgress, "the \(fact.kind.noun) is not done so far")
        case .noShow: return .unmet(.noShow, "the candidate did not come")
        default: return .unmet(.statusOther, "it is \(status.rawValue), and \(wanted.rawValue) is asked for")
        }
    }

    // Who judged.

    /// Whether those who have to judge did, and are somebody else than the candidate.
    var decider: Verdict? {
        guard let by = facts[row].by else {
            return .unknown(.deciderMissing, "the \(fact.kind.noun) does not say whose word it is")
        }
        if let decider = rule.decider, !decider.includes(by) {
            return .unknown(.deciderOther, "\(decider.names) has not judged so far")
        }
        guard fact.isDistinctFromSubject || rule.decider?.distinct != AwardPolicy.Distinction.none else { return nil }
        switch isSubject(by) {
        case true: return .unmet(.deciderIsSubject, "it is the candidate's own word")
        case false: return nil
        default: return .unknown(.deciderUnknown, "whether it is the candidate's own word cannot be told")
        }
    }

    /// Whether it is the candidate; `nil` where it cannot be told.
    private func isSubject(_ by: ExamResult.Decider) -> Bool? {
        let ids = [by.email, by.id].compactMap { $0?.lowercased() }
        if ids.contains(where: evaluation.isOwn) { return true }
        if by.email != nil || by.panel != nil { return false }
        // An identifier says that it is somebody else only where the candidate has one to compare it with.
        if let id = by.id, id.contains("@") || !facts[row].candidate.ids.isEmpty { return false }
        // Two people may have one name, so the same name says nothing; another one does.
        guard let name = by.name?.lowercased(), let own = facts[row].candidate.displayName?.lowercased() else {
            return nil
        }
        return name == own ? nil : false
    }

    /// Whether it was decided as is asked for.
    var decision: Verdict {
        guard let decision = facts[row].decision else {
            return .unknown(.decisionMissing, "the \(fact.kind.noun) says no decision")
        }
        let isGiven = rule.source.decisions.contains { $0.lowercased() == decision.lowercased() }
        let words = rule.source.decisions
        return isGiven
            ? .met(.decisionGiven, rule.hasDecision)
            : .unmet(.decisionOther, "it does not say " + words.joined(separator: " or "))
    }

    /// Whether the level of the rubric is reached.
    var level: Verdict {
        guard let rubric = rule.source.rubric, let level = fact.level(facts, row) else {
            return .unknown(.levelMissing, "the \(fact.kind.noun) says no level")
        }
        if level == rubric.minimum { return .met(.levelReached, rule.hasLevel) }
        guard let own = rubric.levels.firstIndex(of: level), let least = rubric.levels.firstIndex(of: rubric.minimum)
        else { return .unknown(.levelUnknown, "its level is none of the rubric's") }
        return own >= least
            ? .met(.levelReached, rule.hasLevel)
            : .unmet(.levelNotReached, "the level \(rubric.minimum) is not reached")
    }

    /// Whether a work is long enough.
    var words: Verdict {
        let minimum = rule.source.minimumWords ?? 0
        guard let words = facts[row].artifact?.words else {
            return .unknown(.wordsUnknown, "how many words the work has is not known")
        }
        return words >= minimum
            ? .met(.wordsEnough, "it has \(minimum) words or more")
            : .unmet(.wordsTooFew, "it has fewer than \(minimum) words")
    }

    // Marks.

    /// Whether the exam has as many items as it should.
    var itemCount: Verdict {
        guard let wanted = rule.source.itemCount else { return .met(.itemCountRight, "") }
        guard let count = facts[row].itemCount(of: wanted) else {
            return .unknown(.itemCountUnknown, "how many items the exam has is not known")
        }
        return count == ExactDecimal(wanted)
            ? .met(.itemCountRight, rule.hasItems)
            : .unmet(.itemCountDiffers, "the exam has not the \(wanted) items that it should")
    }

    /// Whether the score is within its bounds.
    var score: Verdict {
        guard let score = rule.source.score else { return .met(.markReached, rule.reached) }
        return ScoreEvaluation(rule: score, plan: rule, itemCount: fact.itemCount)
            .verdict(on: facts, row)
    }

    // Attempts and sittings.

    /// Whether somebody watched.
    var proctoring: Verdict? {
        switch facts[row].delivery?.proctored {
        case true?: nil
        case false?: .unmet(.notProctored, "nobody watched")
        case nil: .unknown(.proctoringUnknown, "whether somebody watched is not known")
        }
    }

    /// Whether it was taken in as few sittings, and as short a time, as it should.
    var sittings: Verdict? {
        guard let rule = rule.source.sittings else { return nil }
        var unknown: Verdict?
        if let maximum = rule.maximum {
            switch facts[row].delivery?.sessions {
            case let sessions? where sessions > maximum:
                let allowed = maximum == 1 ? "one sitting" : "\(maximum) sittings"
                return .unmet(.sittingsExceeded, "it was taken in more than \(allowed)")
            case let sessions? where sessions > 0: break
            default: unknown = .unknown(.sittingsUnknown, "in how many sittings it was taken is not known")
            }
        }
        if let longest = rule.maximumDuration {
            if let start = facts[row].startedAt?.instant, let end = facts[row].endedAt?.instant {
                guard let latest = longest.end(from: start), end <= latest else {
                    return .unmet(.durationExceeded, "it took longer than \(longest.words)")
                }
            } else {
                unknown = unknown ?? .unknown(.durationUnknown, "how long it took is not known")
            }
        }
        return unknown
    }

    /// The record and those before it that were attempts, too; who did not come has made none.
    var attemptPlaces: [Int] {
        evaluation.streams[rule.fact].filter {
            $0 == place || ($0 < place && facts[evaluation.rows[$0]].status != .noShow)
        }
    }

    /// Whether it is an attempt that is allowed.
    var attempts: Verdict? {
        guard let rule = rule.source.attempts else { return nil }
        let places = attemptPlaces
        guard let own = facts[row].attempt ?? (rule.areRecords ? places.count : nil) else {
            return places.count > rule.maximum
                ? exception(rule, places, number: places.count)
                : .unknown(.attemptUnknown, "the source does not say which attempt it was")
        }
        let number = max(own, places.count)
        return number <= rule.maximum ? nil : exception(rule, places, number: number)
    }

    private func exception(_ rule: AwardPolicy.Attempts, _ places: [Int], number: Int) -> Verdict? {
        let allowed = rule.maximum == 1 ? "one attempt is" : "\(rule.maximum) attempts are"
        guard let exception = rule.exception, let approval = self.rule.approval else {
            return .unmet(.attemptsExceeded, "only \(allowed) allowed")
        }
        let words = exception.decisions.map { $0.lowercased() }
        let start = facts[row].startedAt?.instant ?? facts[row].endedAt?.instant
        let approvals = evaluation.streams[approval].filter { index in
            let word = facts[evaluation.rows[index]]
            // A word on an item is none on the exam.
            guard word.items.isEmpty, word.level == nil, [.graded, .completed].contains(word.status),
                word.exam.id.isEmpty || word.exam.id == facts[row].exam.id,
                let decision = word.decision?.lowercased(), words.contains(decision)
            else { return false }
            guard let approved = word.at?.instant, let start else { return false }
            return approved <= start
        }
        guard rule.maximum + approvals.count >= number else {
            return .unmet(.attemptsExceeded, "only \(allowed) allowed, and no exception was approved before it")
        }
        guard exception.isOtherForm else { return nil }
        let earlier = places.filter { $0 != place }
        guard let form = facts[row].exam.form, !earlier.isEmpty else {
            return .unknown(.formUnknown, "whether it is another form of the exam is not known")
        }
        let forms = earlier.map { facts[evaluation.rows[$0]].exam.form }
        if forms.contains(form) { return .unmet(.formRepeated, "it is a form of the exam that was taken before") }
        return forms.contains(nil) ? .unknown(.formUnknown, "which form was taken before is not known") : nil
    }

    /// Whether a demonstration belongs to the attempt whose marks count.
    func attempt(of other: Int, _ exam: Int) -> Verdict? {
        guard other != place else { return nil }
        let marks = evaluation.rows[other]
        if let form = facts[row].exam.form, let theirs = facts[marks].exam.form, form != theirs {
            return .unmet(.attemptOther, "it belongs to another form of the exam")
        }
        if let attempt = facts[row].attempt, let theirs = facts[marks].attempt {
            return attempt == theirs ? nil : .unmet(.attemptOther, "it belongs to another attempt at the exam")
        }
        guard evaluation.streams[exam].count > 1 else { return nil }
        if facts[row].exam.form != nil, facts[marks].exam.form != nil { return nil }
        return .unknown(.attemptUnknown, "to which attempt at the exam it belongs is not known")
    }
}

extension ExamResult {
    /// How many items an exam has, as far as the record shows.
    fileprivate func itemCount(of wanted: Int) -> ExactDecimal? {
        if let items = score?.items { return items }
        let marked = items.filter { $0.score != nil }.count
        if marked > 0 { return ExactDecimal(marked) }
        // A maximum of as many points may be as many items; another one may be anything.
        return score?.max == ExactDecimal(wanted) ? score?.max : nil
    }
}
