import OpenBadges

/// What was found of one requirement, for one way to choose records.
struct Verdict {
    var state: AwardDecision.State
    var code: AwardDecision.Code
    var explanation: String
    /// The places of the records that it was held against.
    var places: [Int] = []
    /// When it was met, or would have been.
    var instant: Timestamp?

    init(_ state: AwardDecision.State, _ code: AwardDecision.Code, _ explanation: String) {
        (self.state, self.code, self.explanation) = (state, code, explanation)
    }

    static func met(_ code: AwardDecision.Code, _ explanation: String) -> Verdict { Verdict(.met, code, explanation) }
    static func unmet(_ code: AwardDecision.Code, _ explanation: String) -> Verdict {
        Verdict(.unmet, code, explanation)
    }
    static func unknown(_ code: AwardDecision.Code, _ explanation: String) -> Verdict {
        Verdict(.unknown, code, explanation)
    }

    /// The latest of the records that it was held against.
    func last(in evaluation: AwardEvaluation) -> Int? {
        guard let instant else { return places.max() }
        return places.last { evaluation.instant($0) == instant } ?? places.max()
    }
}

/// Holds the records that were chosen, one for each fact, against all requirements.
struct RequirementEvaluation {
    let evaluation: AwardEvaluation
    /// For each fact the place of the chosen record; -1 where there is none.
    let choice: [Int]
    private(set) var verdicts: [Verdict]

    init(_ evaluation: AwardEvaluation, _ choice: [Int]) {
        self.evaluation = evaluation
        self.choice = choice
        let plan = evaluation.plan
        verdicts = [Verdict](
            repeating: .unknown(.groupUnknown, "it refers to itself"),
            count: plan.requirements.count
        )
        for index in plan.order {
            let requirement = plan.requirements[index]
            verdicts[index] = requirement.rule.map { verdict($0, requirement) } ?? group(requirement)
        }
        holdDisagreement()
    }

    // Groups: met, unmet and unknown as Kleene's logic has it.

    private func group(_ requirement: RequirementPlan) -> Verdict {
        var verdict: Verdict
        let members = requirement.group
        func first(_ state: AwardDecision.State) -> String? {
            members.first { verdicts[$0].state == state }.map { evaluation.plan.requirements[$0].id }
        }
        if requirement.isNot {
            let id = members.first.map { evaluation.plan.requirements[$0].id } ?? ""
            verdict =
                switch members.first.map({ verdicts[$0].state }) {
                case .met: .unmet(.excluded, "\(id) is met, and must not be")
                case .unmet: .met(.groupMet, "\(id) is not met, as it should be")
                default: .unknown(.groupUnknown, "whether \(id) is met cannot be told")
                }
        } else if requirement.isAny {
            if let id = first(.met) {
                verdict = .met(.groupMet, "\(id) is met")
            } else if let id = first(.unknown) {
                verdict = .unknown(.groupUnknown, "whether \(id) is met cannot be told")
            } else {
                verdict = .unmet(.groupNotMet, "none of what it puts together is met")
            }
        } else if let id = first(.unmet) {
            verdict = .unmet(.groupNotMet, "\(id) is not met")
        } else if let id = first(.unknown) {
            verdict = .unknown(.groupUnknown, "whether \(id) is met cannot be told")
        } else {
            verdict = .met(.groupMet, "all that it puts together is met")
        }
        // Where one way is enough, only those that were gone count.
        for member in members where !requirement.isAny || verdict.state != .met || verdicts[member].state == .met {
            for place in verdicts[member].places where !verdict.places.contains(place) { verdict.places.append(place) }
        }
        let instants = members.lazy.filter { verdicts[$0].state == .met }.compactMap { verdicts[$0].instant }
        if !requirement.isNot { verdict.instant = requirement.isAny ? instants.min() : instants.max() }
        return inOrder(verdict, requirement, verdict.instant)
    }

    // Facts.

    private func verdict(_ rule: RulePlan, _ requirement: RequirementPlan) -> Verdict {
        let fact = evaluation.plan.facts[rule.fact]
        if let count = rule.source.count { return counted(count, rule, fact, requirement) }
        if requirement.isDenied { return anyOf(rule, fact, requirement) }
        guard choice[rule.fact] >= 0 else {
            return .unknown(.factMissing, fact.isMissing)
        }
        return verdict(on: choice[rule.fact], rule, fact, requirement)
    }

    /// One record against all conditions: the first that is not met decides, or else the first that cannot be told.
    private func verdict(
        on place: Int,
        _ rule: RulePlan,
        _ fact: FactPlan,
        _ requirement: RequirementPlan
    ) -> Verdict {
        let check = RecordEvaluation(evaluation, place, rule, fact)
        var answer = Verdict.met(.factFound, fact.isFound)
        var unknown: Verdict?
        /// Returns whether a verdict decides.
        func takes(_ verdict: Verdict?) -> Bool {
            guard let verdict else { return false }
            switch verdict.state {
            case .unmet:
                answer = verdict
                return true
            case .unknown: unknown = unknown ?? verdict
            case .met: answer = verdict
            }
            return false
        }
        let source = rule.source
        decide: do {
            if takes(check.standing) { break decide }
            if fact.isDistinctFromSubject || rule.decider != nil, takes(check.decider) { break decide }
            if source.itemCount != nil, takes(check.itemCount) { break decide }
            if source.minimumWords != nil, takes(check.words) { break decide }
            if !source.decisions.isEmpty, takes(check.decision) { break decide }
            if source.rubric != nil, takes(check.level) { break decide }
            if source.score != nil, takes(check.score) { break decide }
            if let exam = fact.exam, choice[exam] >= 0, takes(check.attempt(of: choice[exam], exam)) { break decide }
            if source.attempts != nil, takes(check.attempts) { break decide }
            if source.isProctored, takes(check.proctoring) { break decide }
            if source.sittings != nil, takes(check.sittings) { break decide }
            if let window = rule.window, takes(within(window, place, rule.isWithin)) { break decide }
        }
        if answer.state != .unmet, let unknown { answer = unknown }
        answer.places = source.attempts == nil ? [place] : check.attemptPlaces
        answer.instant = evaluation.instant(place)
        return inOrder(answer, requirement, answer.instant)
    }

    /// All records, where none of them may meet the conditions: no other one makes up for one that does.
    private func anyOf(_ rule: RulePlan, _ fact: FactPlan, _ requirement: RequirementPlan) -> Verdict {
        var answer = Verdict.unknown(.factMissing, fact.isMissing)
        for (number, place) in evaluation.streams[rule.fact].enumerated() {
            let verdict = verdict(on: place, rule, fact, requirement)
            if verdict.state == .met { return verdict }
            if number == 0 || verdict.state == .unknown { answer = verdict }
        }
        return answer
    }

    /// Several records: those that meet the conditions are counted, in their order, until there are enough.
    private func counted(
        _ count: AwardPolicy.Count,
        _ rule: RulePlan,
        _ fact: FactPlan,
        _ requirement: RequirementPlan
    ) -> Verdict {
        let stream = evaluation.streams[rule.fact]
        guard !stream.isEmpty else {
            return .unknown(.factMissing, fact.isMissing)
        }
        var met: [Int] = []
        var enough: Int?
        var unclear: Verdict?
        var unclearCount = 0
        var deciders: Set<String> = []
        let minimum = count.minimum ?? 1
        for place in stream {
            let verdict = verdict(on: place, rule, fact, requirement)
            if verdict.state == .unknown {
                unclear = unclear ?? verdict
                unclearCount += 1
            }
            guard verdict.state == .met else { continue }
            if rule.decider?.distinct == .each {
                guard let key = evaluation.facts[evaluation.rows[place]].by?.key, deciders.insert(key).inserted else {
                    continue
                }
            }
            met.append(place)
            if enough == nil, met.count >= minimum, spans(met, count.minimumSpan) { enough = met.count }
        }
        var verdict: Verdict
        if let maximum = count.maximum, met.count > maximum {
            verdict = .unmet(.countExceeded, "\(met.count) records meet the conditions, and \(maximum) may")
            verdict.places = met
        } else if let unclear, let maximum = count.maximum, met.count + unclearCount > maximum {
            // What cannot be told of a record may make it one too many.
            verdict = unclear
            verdict.places = stream
        } else if let enough {
            // Any of them in a row will do, and not only the first.
            let rows = (0...(met.count - enough)).map { Array(met[$0..<($0 + enough)]) }
                .filter { spans($0, count.minimumSpan) }
            var used = rows.first ?? []
            verdict = .met(.countReached, "\(minimum) such records are there")
            if let span = count.maximumSpan {
                let within = rows.map { isWithin(span, $0) }
                if let place = within.firstIndex(of: true) {
                    used = rows[place]
                } else if within.contains(nil) {
                    verdict = .unknown(.dateMissing, "when they were is not known")
                } else {
                    verdict = .unmet(.spanTooLong, "more than \(span.words) lie between the first and the last")
                }
            }
            verdict.places = used
            verdict.instant = used.last.flatMap { evaluation.instant($0) }
        } else if met.count < minimum {
            verdict =
                unclear
                ?? .unknown(.countNotReached, "\(met.count) of \(minimum) such records are there")
            verdict.places = stream
        } else {
            let words = count.minimumSpan?.words ?? ""
            verdict = .unknown(.spanTooShort, "less than \(words) lie between the first and the last")
            verdict.places = met
        }
        return verdict
    }

    /// Whether the first and the last of some records are so far apart; without a date they are not.
    private func spans(_ places: [Int], _ span: CalendarPeriod?) -> Bool {
        guard let span else { return true }
        guard let first = places.first.flatMap({ evaluation.instant($0) }),
            let last = places.last.flatMap({ evaluation.instant($0) }), let end = span.end(from: first)
        else { return false }
        return last >= end
    }

    /// Whether the first and the last of some records are no further apart; `nil` where a date is missing.
    private func isWithin(_ span: CalendarPeriod, _ places: [Int]) -> Bool? {
        guard let first = places.first.flatMap({ evaluation.instant($0) }),
            let last = places.last.flatMap({ evaluation.instant($0) }), let end = span.end(from: first)
        else { return nil }
        return last <= end
    }

    // Order and time.

    private func instant(_ anchor: EvaluationPlan.Anchor) -> Timestamp? {
        switch anchor {
        case .requirement(let index): return verdicts[index].instant
        case .fact(let fact):
            // A fact of which no record has to be chosen counts from its first.
            let place = choice[fact] >= 0 ? choice[fact] : evaluation.streams[fact].first
            return place.flatMap { evaluation.instant($0) }
        }
    }

    private func within(
        _ window: (period: CalendarPeriod, anchor: EvaluationPlan.Anchor),
        _ place: Int,
        _ sentence: String
    ) -> Verdict {
        let row = evaluation.rows[place]
        let (started, ended) = (evaluation.facts[row].startedAt?.instant, evaluation.facts[row].endedAt?.instant)
        guard let start = instant(window.anchor), let end = window.period.end(from: start) else {
            return .unknown(.periodUnknown, "what its period begins with is not known")
        }
        guard let last = ended ?? started else {
            return .unknown(.periodUnknown, "the record has no date")
        }
        let first = started ?? last
        guard first >= start else {
            return .unmet(.beforePeriod, "it began before its period of \(window.period.words)")
        }
        guard last <= end else { return .unmet(.afterPeriod, "it ended after its period of \(window.period.words)") }
        return .met(.withinPeriod, sentence)
    }

    /// The verdict, unless it came before what it has to come after.
    private func inOrder(_ verdict: Verdict, _ requirement: RequirementPlan, _ instant: Timestamp?) -> Verdict {
        guard verdict.state != .unmet else { return verdict }
        var answer = verdict
        for other in requirement.after {
            let id = evaluation.plan.requirements[other].id
            let before = verdicts[other]
            var change: Verdict?
            if before.state != .met {
                change = .unknown(.orderUnknown, "it comes after \(id), which is not met so far")
            } else if let instant, let earlier = before.instant {
                if instant < earlier { change = .unmet(.outOfOrder, "it came before \(id)") }
            } else {
                change = .unknown(.orderUnknown, "whether it came after \(id) cannot be told without dates")
            }
            guard let change, change.state == .unmet || answer.state == .met else { continue }
            (answer.state, answer.code, answer.explanation) = (change.state, change.code, change.explanation)
            if change.state == .unmet { break }
        }
        return answer
    }

    /// Where the source's own verdict on a record is not the one that the marks give, somebody must look.
    ///
    /// Only what was judged by its score is compared: of others nothing was computed.
    private mutating func holdDisagreement() {
        let plan = evaluation.plan
        for fact in plan.chosen where choice[fact] >= 0 {
            guard let passed = evaluation.facts[evaluation.rows[choice[fact]]].passedExplicit else { continue }
            let judged = plan.requirements.indices.filter { index in
                guard let rule = plan.requirements[index].rule, rule.fact == fact, !rule.isCounting,
                    rule.source.score != nil
                else { return false }
                // What is met has reached its mark, whatever was looked at after that.
                return verdicts[index].state == .met || verdicts[index].code == .markNotReached
            }
            let unmet = judged.filter { verdicts[$0].state == .unmet }
            guard !judged.isEmpty, passed != unmet.isEmpty else { continue }
            for index in unmet.isEmpty ? judged : unmet {
                verdicts[index].state = .unknown
                verdicts[index].code = .passedDisagrees
                verdicts[index].explanation =
                    passed
                    ? "the source says passed, and the score is below the mark"
                    : "the source says not passed, and the score reaches the mark"
            }
            // What is put together of these has to be put together anew.
            for index in plan.order where plan.requirements[index].rule == nil {
                verdicts[index] = group(plan.requirements[index])
            }
        }
    }
}

extension ExamResult.Kind {
    /// What a record of this kind is called in a sentence.
    var noun: String {
        switch self {
        case .score: "result"
        case .completion: "completion"
        case .survey: "survey"
        case .recommendation: "recommendation"
        case .invitation: "invitation"
        case .performance: "demonstration"
        case .review: "review"
        case .artifact: "work"
        case .observation: "observation"
        }
    }
}

extension ExamResult.Decider {
    /// What tells one who judges from another; `nil` where nothing does.
    var key: String? { (id ?? email ?? name ?? panel)?.lowercased() }
}
