/// What a policy asks for, in plain language: the criteria of an achievement whose policy does not put them into words.
///
/// One numbered line for each requirement, in the policy's order, as Markdown. Source: Open Badges 3.0 §B, Criteria.
struct CriteriaNarrative {
    private let policy: AwardPolicy
    private let facts: [String: AwardPolicy.Fact]
    private let requirements: [String: AwardPolicy.Requirement]

    init(_ policy: AwardPolicy) {
        self.policy = policy
        facts = Dictionary(policy.facts.map { ($0.name, $0) }) { first, _ in first }
        requirements = Dictionary(policy.requirements.map { ($0.id, $0) }) { first, _ in first }
    }

    var text: String {
        let lines = steps.compactMap { sentence($0) }
        let numbered = lines.enumerated().map { "\($0 + 1). \($1)" }
        return (["Who earns this badge has:", ""] + numbered).joined(separator: "\n")
    }

    /// The requirements that stand on lines of their own: what must all be met does, what is a choice is one line.
    private var steps: [AwardPolicy.Requirement] {
        let inChoice = Set(
            policy.requirements.flatMap { requirement in
                if case .all = requirement.rule { [String]() } else { requirement.members }
            }
        )
        return policy.requirements.filter { requirement in
            if case .all = requirement.rule { return false }
            return !inChoice.contains(requirement.id)
        }
    }

    private func sentence(_ requirement: AwardPolicy.Requirement) -> String? {
        switch requirement.rule {
        case .fact(let rule):
            // A letter that is sent is no merit of the candidate's.
            guard
                rule != AwardPolicy.FactRule(needs: rule.needs) || requirement.then.isEmpty
                    || facts[rule.needs]?.kind != .score
            else { return nil }
            return sentence(rule)
        case .any(let ids): return phrases(ids).joined(separator: "; or ")
        case .all(let ids): return phrases(ids).joined(separator: "; and ")
        case .not(let id): return phrases([id]).first.map { "not " + $0 }
        }
    }

    private func phrases(_ ids: [String]) -> [String] {
        ids.compactMap { requirements[$0] }.compactMap { sentence($0) }
    }

    private func sentence(_ rule: AwardPolicy.FactRule) -> String? {
        guard let fact = facts[rule.needs] else { return nil }
        var text = begin(fact, rule)
        if let count = rule.count?.minimum, count > 1 { text += ", \(count) times or more" }
        if let span = rule.count?.minimumSpan { text += ", over \(span.words) or more" }
        if let words = rule.minimumWords { text += ", of \(words) words or more" }
        if let level = rule.rubric?.minimum { text += ", at the level \"\(level)\" or above" }
        if let items = rule.itemCount { text += ", of \(items) items" }
        if let within = rule.within {
            text += ", within \(within.period.words) of \(name(of: within.anchor))"
        }
        if rule.isProctored { text += ", while somebody watches" }
        if let sittings = rule.sittings {
            if let maximum = sittings.maximum {
                text += maximum == 1 ? ", at one sitting" : ", in \(maximum) sittings or fewer"
            }
            if let longest = sittings.maximumDuration { text += " of \(longest.words) at most" }
        }
        if let attempts = rule.attempts {
            text +=
                attempts.maximum == 1 ? ", at the first attempt" : ", at one of the first \(attempts.maximum) attempts"
            if let exception = attempts.exception {
                let form = exception.isOtherForm ? " with another form of it" : ""
                text += " (one more\(form) where \(judges(exception.approvedBy)) approves it)"
            }
        }
        if let decider = rule.decidedBy {
            let names = decider.fact.map { judges($0) } ?? (decider.panels + decider.roles).joined(separator: " or ")
            text += ", as judged by \(names)"
        }
        return text
    }

    private func begin(_ fact: AwardPolicy.Fact, _ rule: AwardPolicy.FactRule) -> String {
        let about = fact.match.subjects.joined(separator: " or ")
        let roles = fact.match.roles.joined(separator: " or ")
        switch fact.kind {
        case .completion: return "completed \(about)"
        case .survey: return "answered \(about)" + (rule.score.map { " with \(mark($0))" } ?? "")
        case .invitation: return "been invited to \(about)"
        case .score:
            guard let score = rule.score else { return "taken \(about)" }
            return "scored \(mark(score)) in \(about)"
        case .performance:
            return "shown what is asked for in " + (fact.match.item.map { "item \($0) of " } ?? "") + about
        case .recommendation:
            let other = fact.isDistinctFromSubject ? "somebody else, " : ""
            return "been recommended by \(other)" + (roles.isEmpty ? "a person who knows the work" : "a \(roles)")
        case .review:
            let word = rule.decisions.joined(separator: " or ")
            return
                "the word \"\(word)\" of \(fact.match.panels.isEmpty ? roles : fact.match.panels.joined(separator: " or "))"
        case .artifact: return "handed in " + (about.isEmpty ? "a work" : about)
        case .observation: return "been seen to practise " + (about.isEmpty ? "it" : about)
        }
    }

    /// `80 % or more of the items`
    private func mark(_ score: AwardPolicy.ScoreRule) -> String {
        let unit = score.isPercent ? " %" : " points"
        var text: String
        switch (score.minimum, score.maximum) {
        case (let low?, let high?): text = "\(low) to \(high)\(unit)"
        case (let low?, nil): text = "\(low)\(unit) or more"
        case (nil, let high?): text = "\(high)\(unit) or less"
        case (nil, nil): text = ""
        }
        if score.base == .items { text += " of the items" }
        if !score.without.isEmpty { text += " (without item \(score.without.joined(separator: ", ")))" }
        return text
    }

    private func name(of anchor: String) -> String {
        guard let fact = facts[anchor] ?? requirements[anchor]?.factRule.flatMap({ facts[$0.needs] }) else {
            return anchor
        }
        return "the " + fact.kind.noun
    }

    private func judges(_ fact: String) -> String {
        let match = facts[fact]?.match
        let names = (match?.panels ?? []) + (match?.roles ?? [])
        return names.isEmpty ? fact : names.joined(separator: " or ")
    }
}
