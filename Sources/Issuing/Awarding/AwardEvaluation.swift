public import OpenBadges

extension AwardPolicy {
    /// Says whether a candidate's facts earn the badge.
    ///
    /// A pure function of policy, facts and date. What is not known is never taken for met: it holds, or denies where
    /// ``onUnknown`` says so; under `not` it stays unknown. An unmet requirement denies, whatever else is unknown. The
    /// order of the records does not matter: they are taken by time, and those of one time by their ids.
    ///
    /// - Parameters:
    ///   - facts: all records of one candidate; those that the policy does not ask for are passed over.
    ///   - asOf: records of a later date are passed over; `nil` takes all.
    ///   - record: the id of the only record that may date the badge; `nil` lets the best one.
    public func decide(_ facts: [ExamResult], asOf: Timestamp? = nil, datedBy record: String? = nil) -> AwardDecision {
        AwardEvaluation(self, facts, asOf).decision(datedBy: record)
    }

    /// Says whether a single result earns the badge.
    public func decide(_ result: ExamResult) -> AwardDecision { decide([result]) }
}

/// One policy and the records of one candidate.
final class AwardEvaluation {
    let policy: AwardPolicy
    let plan: EvaluationPlan
    /// All records of the candidate, as they came.
    let facts: [ExamResult]
    /// Where the records that count stand among these, by time.
    let rows: [Int]
    /// For each fact the places of its records.
    let streams: [[Int]]
    /// Whether the policy asks for any of the records, those of a later date included.
    let isAsked: Bool
    /// More ways to choose records than any honest candidate's lead to.
    static let maximumChoices = 4096

    init(_ policy: AwardPolicy, _ facts: [ExamResult], _ asOf: Timestamp?) {
        self.policy = policy
        self.facts = facts
        let plan = policy.plan
        self.plan = plan
        var rows: [Int] = []
        rows.reserveCapacity(facts.count)
        var isAsked = false
        for row in facts.indices where plan.facts.contains(where: { $0.matches(facts, row) }) {
            isAsked = true
            if let asOf, let at = Self.instant(facts, row), at > asOf { continue }
            rows.append(row)
        }
        self.isAsked = isAsked
        if !zip(rows, rows.dropFirst()).allSatisfy({ Self.isEarlier(facts, $0, $1) }) {
            rows.sort { Self.isEarlier(facts, $0, $1) }
        }
        self.rows = rows
        streams = plan.facts.map { fact in
            var stream: [Int] = []
            for place in rows.indices where fact.matches(facts, rows[place]) { stream.append(place) }
            return stream
        }
    }

    private static func instant(_ facts: [ExamResult], _ row: Int) -> Timestamp? {
        facts[row].endedAt?.instant ?? facts[row].startedAt?.instant
    }

    private static func isEarlier(_ facts: [ExamResult], _ left: Int, _ right: Int) -> Bool {
        switch (instant(facts, left), instant(facts, right)) {
        case (let first?, let second?) where first != second: first < second
        case (.some, nil): true
        case (nil, .some): false
        default: facts[left].resultID < facts[right].resultID
        }
    }

    /// The id of the record at a place.
    func id(_ place: Int) -> String { facts[rows[place]].resultID }

    /// When the record at a place came about.
    func instant(_ place: Int) -> Timestamp? { Self.instant(facts, rows[place]) }

    /// Whether an address or an id is one of the candidate's own; it has to be in lower case.
    func isOwn(_ id: String) -> Bool {
        let name = id.hasPrefix("mailto:") ? String(id.dropFirst(7)) : id
        return facts.indices.contains { row in
            facts[row].candidate.emailKey == name || facts[row].candidate.ids.contains { $0.value.lowercased() == name }
        }
    }

    func decision(datedBy record: String?) -> AwardDecision {
        guard isAsked else {
            let explanation = "the result is of no exam that this policy is about"
            return answer(.unmatched, .unmatched, nil, explanation, Trial(), [])
        }
        var options = plan.chosen.map { fact in
            let stream = streams[fact]
            if fact == plan.datingFact, let record { return stream.filter { id($0) == record } }
            switch plan.facts[fact].choice {
            case .first: return Array(stream.prefix(1))
            case .last: return Array(stream.suffix(1))
            case .any, .best: return stream
            }
        }
        for index in options.indices where options[index].isEmpty { options[index] = [-1] }
        var count = 1
        for option in options where count <= Self.maximumChoices { count *= option.count }
        guard count <= Self.maximumChoices else {
            let explanation = "there are too many records to tell which of them to take"
            return answer(.hold, .tooManyRecords, nil, explanation, Trial(), [])
        }
        var best: Trial?
        var choice = [Int](repeating: -1, count: plan.facts.count)
        func search(_ depth: Int) {
            guard depth < options.count else {
                let trial = Trial(RequirementEvaluation(self, choice).verdicts, choice, self)
                if best.map({ trial.isBetter(than: $0, self) }) ?? true { best = trial }
                return
            }
            for option in options[depth] {
                choice[plan.chosen[depth]] = option
                search(depth + 1)
            }
        }
        search(0)
        return conclusion(best ?? Trial())
    }

    /// What follows from the verdicts on all requirements.
    private func conclusion(_ trial: Trial) -> AwardDecision {
        let effects = effects(of: trial)
        if let unmet = responsible(.unmet, in: trial) {
            let requirement = plan.requirements[unmet].id
            let verdict = trial.verdicts[unmet]
            let explanation = "\(requirement) is not met: \(verdict.explanation)"
            return answer(.deny, verdict.code, requirement, explanation, trial, effects)
        }
        if let unknown = responsible(.unknown, in: trial) {
            let requirement = plan.requirements[unknown].id
            let verdict = trial.verdicts[unknown]
            let explanation = "\(requirement) cannot be told: \(verdict.explanation)"
            let decision: AwardDecision.Answer = policy.onUnknown == .deny ? .deny : .hold
            return answer(decision, verdict.code, requirement, explanation, trial, effects)
        }
        let (record, instant) = date(of: trial)
        guard let date = instant?.wholeSeconds else {
            let explanation = "the result has no date for the badge"
            return answer(.hold, .dateMissing, nil, explanation, trial, effects)
        }
        let validUntil = policy.award.validity?.end(from: date)
        if policy.award.validity != nil, validUntil == nil {
            let explanation = "the badge would expire after the year 9999"
            return answer(.hold, .dateMissing, nil, explanation, trial, effects)
        }
        return answer(
            .award,
            .awarded,
            nil,
            "all requirements are met",
            trial,
            effects,
            record: record,
            dated: date,
            validUntil: validUntil
        )
    }

    /// The first requirement of a state that counts, within what a group puts together the one that decides for it.
    private func responsible(_ state: AwardDecision.State, in trial: Trial) -> Int? {
        func descend(_ index: Int) -> Int {
            let requirement = plan.requirements[index]
            guard !requirement.group.isEmpty, !requirement.isNot else { return index }
            // Of several ways none of which was gone, no single one is to blame.
            guard !requirement.isAny || requirement.group.count == 1 else { return index }
            return requirement.group.first { trial.verdicts[$0].state == state }.map(descend) ?? index
        }
        return plan.roots.filter { trial.verdicts[$0].state == state }.map(descend).min()
    }

    private func date(of trial: Trial) -> (record: String?, instant: Timestamp?) {
        switch plan.dated {
        case .fact(let fact):
            let index = trial.choice[fact]
            return index < 0 ? (nil, nil) : (id(index), instant(index))
        case .requirement(let index):
            let verdict = trial.verdicts[index]
            return (verdict.last(in: self).map { id($0) }, verdict.instant)
        }
    }

    private func effects(of trial: Trial) -> [AwardDecision.Effect] {
        var effects: [AwardDecision.Effect] = []
        for (requirement, verdict) in zip(plan.requirements, trial.verdicts) {
            if let rule = requirement.rule, plan.facts[rule.fact].isProducedByEngine, streams[rule.fact].isEmpty {
                let fact = plan.facts[rule.fact]
                let isDue = requirement.after.allSatisfy { trial.verdicts[$0].state == .met }
                // Nobody is invited to what they have taken already.
                let isTaken = rows.contains {
                    facts[$0].kind == .score && fact.match.subjects.contains(facts[$0].exam.id)
                }
                if isDue, !isTaken, let exam = fact.match.subjects.first {
                    effects.append(.invitation(fact: fact.name, exam: exam, form: fact.match.forms.first))
                }
            }
            guard !requirement.then.isEmpty, verdict.state == .met, let last = verdict.last(in: self) else {
                continue
            }
            for action in requirement.then {
                effects.append(.letter(action, requirement: requirement.id, about: id(last)))
            }
        }
        return effects
    }

    private func answer(
        _ answer: AwardDecision.Answer,
        _ code: AwardDecision.Code,
        _ requirement: String?,
        _ explanation: String,
        _ trial: Trial,
        _ effects: [AwardDecision.Effect],
        record: String? = nil,
        dated: Timestamp? = nil,
        validUntil: Timestamp? = nil
    ) -> AwardDecision {
        var isUsed = [Bool](repeating: false, count: rows.count)
        for verdict in trial.verdicts { for place in verdict.places { isUsed[place] = true } }
        let used = rows.indices.filter { isUsed[$0] }
        return AwardDecision(
            decision: answer,
            policy: policy.id,
            code: code,
            requirement: requirement,
            explanation: explanation,
            requirements: zip(plan.requirements, trial.verdicts).map { requirement, verdict in
                AwardDecision.Finding(
                    requirement: requirement.id,
                    state: verdict.state,
                    code: verdict.code,
                    explanation: verdict.explanation,
                    facts: verdict.places.map { id($0) }
                )
            },
            facts: used.map { id($0) },
            record: record ?? datingRecord(of: trial) ?? (used.last ?? rows.indices.last).map { id($0) },
            dated: dated,
            validUntil: validUntil,
            effects: effects
        )
    }

    private func datingRecord(of trial: Trial) -> String? {
        guard let fact = plan.datingFact, !trial.choice.isEmpty, trial.choice[fact] >= 0 else { return nil }
        return id(trial.choice[fact])
    }
}

/// The verdicts on all requirements, for one way to choose records.
private struct Trial {
    var verdicts: [Verdict] = []
    var choice: [Int] = []
    /// 2, 1 and 0 for award, hold and deny.
    private var rank = 0
    private var unmet = 0
    private var unknown = 0

    init() {}

    init(_ verdicts: [Verdict], _ choice: [Int], _ evaluation: AwardEvaluation) {
        (self.verdicts, self.choice) = (verdicts, choice)
        for verdict in verdicts {
            if verdict.state == .unmet { unmet += 1 }
            if verdict.state == .unknown { unknown += 1 }
        }
        let states = evaluation.plan.roots.lazy.map { verdicts[$0].state }
        rank = states.contains(.unmet) ? 0 : (states.contains(.unknown) ? 1 : 2)
    }

    /// Whether it serves the candidate better; of equals, what came first where all is met, and what came last where
    /// something is amiss: that is what they want to hear about.
    func isBetter(than other: Trial, _ evaluation: AwardEvaluation) -> Bool {
        if rank != other.rank { return rank > other.rank }
        if unmet != other.unmet { return unmet < other.unmet }
        if unknown != other.unknown { return unknown < other.unknown }
        for fact in evaluation.plan.chosen where choice[fact] != other.choice[fact] {
            if rank == 2, evaluation.plan.facts[fact].choice == .best {
                let order = evaluation.order(choice[fact], other.choice[fact])
                if order != 0 { return order > 0 }
            }
        }
        for fact in evaluation.plan.chosen where choice[fact] != other.choice[fact] {
            return rank == 2 ? choice[fact] < other.choice[fact] : choice[fact] > other.choice[fact]
        }
        return false
    }
}

extension AwardEvaluation {
    /// -1, 0 or 1 as the first record's score is worse than the second's, as good, or better.
    fileprivate func order(_ first: Int, _ second: Int) -> Int {
        guard first >= 0, second >= 0, let left = facts[rows[first]].score, let right = facts[rows[second]].score else {
            return 0
        }
        if let left = left.percent, let right = right.percent { return left < right ? -1 : (left > right ? 1 : 0) }
        guard left.max == right.max, let left = left.raw, let right = right.raw else { return 0 }
        return left < right ? -1 : (left > right ? 1 : 0)
    }
}
