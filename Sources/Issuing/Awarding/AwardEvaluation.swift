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
struct AwardEvaluation {
    let policy: AwardPolicy
    let plan: EvaluationPlan
    /// The records that count, by time.
    let records: [ExamResult]
    /// For each fact the places of its records.
    let streams: [[Int]]
    /// Whether the policy asks for any of the records, those of a later date included.
    let isAsked: Bool
    /// All addresses and ids by which the candidate is known.
    let addresses: Set<String>

    /// More ways to choose records than any honest candidate's lead to.
    static let maximumChoices = 4096

    init(_ policy: AwardPolicy, _ facts: [ExamResult], _ asOf: Timestamp?) {
        self.policy = policy
        plan = policy.plan
        var addresses: Set<String> = []
        for record in facts {
            addresses.insert(record.candidate.emailKey)
            for id in record.candidate.ids { addresses.insert(id.value.lowercased()) }
        }
        self.addresses = addresses
        let plan = plan
        let asked = facts.indices.filter { index in plan.facts.contains { $0.matches(facts[index]) } }
        isAsked = !asked.isEmpty
        var places = asked.filter { index in
            guard let asOf, let at = facts[index].at else { return true }
            return at.instant <= asOf
        }
        if places.count > 1 {
            places.sort { Self.isEarlier(facts[$0], facts[$1]) }
        }
        let records = places.map { facts[$0] }
        self.records = records
        streams = plan.facts.map { fact in records.indices.filter { fact.matches(records[$0]) } }
    }

    private static func isEarlier(_ left: ExamResult, _ right: ExamResult) -> Bool {
        switch (left.at?.instant, right.at?.instant) {
        case (let first?, let second?) where first != second: first < second
        case (.some, nil): true
        case (nil, .some): false
        default: left.resultID < right.resultID
        }
    }

    func decision(datedBy record: String?) -> AwardDecision {
        guard isAsked else {
            let explanation = "the result is of no exam that this policy is about"
            return answer(.unmatched, .unmatched, nil, explanation, Trial(), [])
        }
        var options = plan.chosen.map { fact in
            let stream = streams[fact]
            if fact == plan.datingFact, let record { return stream.filter { records[$0].resultID == record } }
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
            return index < 0 ? (nil, nil) : (records[index].resultID, records[index].at?.instant)
        case .requirement(let index):
            let verdict = trial.verdicts[index]
            return (verdict.last(in: records).map { records[$0].resultID }, verdict.instant)
        }
    }

    private func effects(of trial: Trial) -> [AwardDecision.Effect] {
        var effects: [AwardDecision.Effect] = []
        for (requirement, verdict) in zip(plan.requirements, trial.verdicts) {
            if let rule = requirement.rule, plan.facts[rule.fact].isProducedByEngine, streams[rule.fact].isEmpty {
                let fact = plan.facts[rule.fact]
                let isDue = requirement.after.allSatisfy { trial.verdicts[$0].state == .met }
                // Nobody is invited to what they have taken already.
                let isTaken = records.contains { $0.kind == .score && fact.match.subjects.contains($0.exam.id) }
                if isDue, !isTaken, let exam = fact.match.subjects.first {
                    effects.append(.invitation(fact: fact.name, exam: exam, form: fact.match.forms.first))
                }
            }
            guard !requirement.then.isEmpty, verdict.state == .met, let last = verdict.last(in: records) else {
                continue
            }
            for action in requirement.then {
                effects.append(.letter(action, requirement: requirement.id, about: records[last].resultID))
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
        var isUsed = [Bool](repeating: false, count: records.count)
        for verdict in trial.verdicts { for place in verdict.places { isUsed[place] = true } }
        let used = records.indices.filter { isUsed[$0] }
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
                    facts: verdict.places.map { records[$0].resultID }
                )
            },
            facts: used.map { records[$0].resultID },
            record: record ?? datingRecord(of: trial)
                ?? (used.last ?? records.indices.last).map { records[$0].resultID },
            dated: dated,
            validUntil: validUntil,
            effects: effects
        )
    }

    private func datingRecord(of trial: Trial) -> String? {
        guard let fact = plan.datingFact, !trial.choice.isEmpty, trial.choice[fact] >= 0 else { return nil }
        return records[trial.choice[fact]].resultID
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
        guard first >= 0, second >= 0, let left = records[first].score, let right = records[second].score else {
            return 0
        }
        if let left = left.percent, let right = right.percent { return left < right ? -1 : (left > right ? 1 : 0) }
        guard left.max == right.max, let left = left.raw, let right = right.raw else { return 0 }
        return left < right ? -1 : (left > right ? 1 : 0)
    }
}
