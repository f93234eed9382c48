import OpenBadges

/// A policy in numbers: names looked up once, so that a decision compares and counts and looks nothing up.
///
/// Facts and requirements are known by their place in the policy. What a reader has let pass refers to something, and
/// in no circle.
final class EvaluationPlan: Sendable {
    let facts: [FactPlan]
    let requirements: [RequirementPlan]
    /// The requirements in an order in which each comes behind all that it refers to.
    let order: [Int]
    /// The requirements that no other one puts together: all of them must be met.
    let roots: [Int]
    /// The facts of which one record is chosen, for all requirements alike.
    let chosen: [Int]
    /// What the badge is dated by.
    let dated: Anchor
    /// The fact whose records can each earn the badge, where it is one record that dates it.
    let datingFact: Int?

    /// Something that has a date.
    enum Anchor: Sendable, Hashable {
        case fact(Int)
        case requirement(Int)
    }

    init(
        policy: String,
        _ achievement: String,
        _ facts: [AwardPolicy.Fact],
        _ requirements: [AwardPolicy.Requirement],
        _ award: AwardPolicy.Award
    ) {
        let names = Dictionary(facts.enumerated().map { ($1.name, $0) }) { first, _ in first }
        let ids = Dictionary(requirements.enumerated().map { ($1.id, $0) }) { first, _ in first }
        func anchor(_ name: String) -> Anchor {
            names[name].map(Anchor.fact) ?? .requirement(ids[name] ?? 0)
        }
        let denied = Self.denied(requirements)
        let named = Set(facts.flatMap(\.match.subjects) + [policy, achievement])
        let rules = requirements.map(\.factRule)
        self.facts = facts.enumerated().map { index, fact in
            let own = rules.compactMap { $0?.needs == fact.name ? $0 : nil }
            return FactPlan(fact, named: named, rules: own, exam: Self.exam(of: index, in: facts))
        }
        self.requirements = requirements.map { requirement in
            RequirementPlan(
                id: requirement.id,
                rule: requirement.factRule.map { RulePlan($0, names, facts, anchor) },
                group: requirement.members.compactMap { ids[$0] },
                isAny: { if case .any = requirement.rule { true } else { false } }(),
                isNot: { if case .not = requirement.rule { true } else { false } }(),
                isDenied: denied.contains(requirement.id),
                after: requirement.after.compactMap { ids[$0] },
                then: requirement.then
            )
        }
        order = Self.order(self.requirements)
        let grouped = Set(self.requirements.flatMap(\.group))
        roots = requirements.indices.filter { !grouped.contains($0) }
        let single = Set(self.requirements.compactMap { $0.rule?.isCounting == false ? $0.rule?.fact : nil })
        dated = anchor(award.dated)
        var chosen = single
        if case .fact(let fact) = dated { chosen.insert(fact) }
        self.chosen = chosen.sorted()
        datingFact =
            switch dated {
            case .fact(let fact): fact
            case .requirement(let index): self.requirements[index].rule.flatMap { $0.isCounting ? nil : $0.fact }
            }
    }

    /// The exam that a demonstration belongs to: its marks and the demonstration have to be of one attempt.
    private static func exam(of index: Int, in facts: [AwardPolicy.Fact]) -> Int? {
        let fact = facts[index]
        guard fact.kind == .performance else { return nil }
        return facts.indices.first { other in
            facts[other].kind == .score && !Set(facts[other].match.subjects).isDisjoint(with: fact.match.subjects)
        }
    }

    /// The requirements that stand under a `not`, by their ids.
    private static func denied(_ requirements: [AwardPolicy.Requirement]) -> Set<String> {
        let byID = Dictionary(requirements.map { ($0.id, $0) }) { first, _ in first }
        var denied: Set<String> = []
        func add(_ id: String) {
            guard denied.insert(id).inserted else { return }
            for member in byID[id]?.members ?? [] { add(member) }
        }
        for case .not(let id) in requirements.map(\.rule) { add(id) }
        return denied
    }

    private static func order(_ requirements: [RequirementPlan]) -> [Int] {
        var order: [Int] = []
        var isSeen = [Bool](repeating: false, count: requirements.count)
        func visit(_ index: Int) {
            guard !isSeen[index] else { return }
            isSeen[index] = true
            for other in requirements[index].references { visit(other) }
            order.append(index)
        }
        for index in requirements.indices { visit(index) }
        return order
    }
}

/// A fact, as the evaluator sees it.
final class FactPlan: Sendable {
    let name: String
    let kind: ExamResult.Kind
    let match: AwardPolicy.Match
    let isDistinctFromSubject: Bool
    let isProducedByEngine: Bool
    let choice: AwardPolicy.Choice
    /// The sentences of a record that is there, and of one that is not.
    let isFound: String
    let isMissing: String
    /// How many items the exam has, where a requirement says so.
    let itemCount: Int?
    /// The fact of the exam that a demonstration belongs to.
    let exam: Int?
    private let subject: String?
    private let hasSubjects: Bool
    private let isPlain: Bool
    /// All that the policy names: what a record may be about where the fact does not say.
    private let named: Set<String>

    init(_ fact: AwardPolicy.Fact, named: Set<String>, rules: [AwardPolicy.FactRule], exam: Int?) {
        (name, kind, match) = (fact.name, fact.kind, fact.match)
        (subject, hasSubjects) = (
            fact.match.subjects.count == 1 ? fact.match.subjects[0] : nil, !fact.match.subjects.isEmpty
        )
        isPlain = fact.match.forms.isEmpty && fact.match.roles.isEmpty && fact.match.panels.isEmpty
        isDistinctFromSubject = fact.isDistinctFromSubject
        isProducedByEngine = fact.isProducedByEngine
        isFound = "there is such a \(fact.kind.noun)"
        isMissing = "there is no \(fact.kind.noun) for \"\(fact.name)\""
        choice = rules.map(\.choose).first { $0 != .any } ?? .any
        itemCount = rules.lazy.compactMap(\.itemCount).first
        self.exam = exam
        self.named = named
    }

    /// Whether a record belongs to this stream.
    ///
    /// Records are handed around as places in their array: they are large, and a decision looks at most of them often.
    func matches(_ records: [ExamResult], _ row: Int) -> Bool {
        guard isKind(records, row) else { return false }
        if let subject {
            guard records[row].exam.id == subject else { return false }
        } else if hasSubjects {
            guard match.subjects.contains(records[row].exam.id) else { return false }
        } else {
            guard records[row].exam.id.isEmpty || named.contains(records[row].exam.id) else { return false }
        }
        return isPlain || hasOrigin(records, row)
    }

    private func isKind(_ records: [ExamResult], _ row: Int) -> Bool {
        // An item's level may come with the exam's own record, by itself, or as a panel's word.
        guard kind == .performance, let item = match.item else { return records[row].kind == kind }
        switch records[row].kind {
        case .score, .performance, .review: return records[row].items.contains { $0.id == item }
        default: return false
        }
    }

    private func hasOrigin(_ records: [ExamResult], _ row: Int) -> Bool {
        if !match.forms.isEmpty {
            guard let form = records[row].exam.form, match.forms.contains(form) else { return false }
        }
        if !match.roles.isEmpty {
            guard let role = records[row].by?.role, match.roles.contains(role) else { return false }
        }
        if !match.panels.isEmpty {
            guard let panel = records[row].by?.panel, match.panels.contains(panel) else { return false }
        }
        return true
    }

    /// The level of a rubric that a record states.
    func level(_ records: [ExamResult], _ row: Int) -> String? {
        guard let item = match.item else { return records[row].level }
        return records[row].items.first { $0.id == item }?.level
    }
}

/// A requirement, as the evaluator sees it.
final class RequirementPlan: Sendable {
    let id: String
    /// What a fact has to meet; `nil` of a group.
    let rule: RulePlan?
    /// The requirements that it puts together.
    let group: [Int]
    let isAny: Bool
    let isNot: Bool
    /// Whether it stands under a `not`: then every record of its fact counts, and none is chosen.
    let isDenied: Bool
    let after: [Int]
    let then: [AwardPolicy.Action]

    init(
        id: String,
        rule: RulePlan?,
        group: [Int],
        isAny: Bool,
        isNot: Bool,
        isDenied: Bool,
        after: [Int],
        then: [AwardPolicy.Action]
    ) {
        (self.id, self.rule, self.group) = (id, rule, group)
        (self.isAny, self.isNot, self.isDenied) = (isAny, isNot, isDenied)
        (self.after, self.then) = (after, then)
    }

    /// All requirements that have to be known before this one.
    var references: [Int] {
        guard case .requirement(let anchor)? = rule?.window?.anchor else { return group + after }
        return group + after + [anchor]
    }
}

/// What a fact has to meet, as the evaluator sees it.
final class RulePlan: Sendable {
    let fact: Int
    let source: AwardPolicy.FactRule
    let decider: DeciderPlan?
    let window: (period: CalendarPeriod, anchor: EvaluationPlan.Anchor)?
    /// The fact in which one attempt more is approved.
    let approval: Int?
    // The sentences of what is met most often, put together once.
    let reached: String
    let missed: String
    let exceeded: String
    let isWithin: String
    let hasItems: String
    let hasDecision: String
    let hasLevel: String

    var isCounting: Bool { source.count != nil }

    init(
        _ rule: AwardPolicy.FactRule,
        _ names: [String: Int],
        _ facts: [AwardPolicy.Fact],
        _ anchor: (String) -> EvaluationPlan.Anchor
    ) {
        source = rule
        fact = names[rule.needs] ?? 0
        decider = rule.decidedBy.map { decider in
            let match = decider.fact.flatMap { names[$0] }.map { facts[$0].match }
            return DeciderPlan(
                roles: match?.roles ?? decider.roles,
                panels: match?.panels ?? decider.panels,
                distinct: decider.distinct
            )
        }
        window = rule.within.map { ($0.period, anchor($0.anchor)) }
        approval = rule.attempts?.exception.flatMap { names[$0.approvedBy] }
        reached = rule.score.map { "the score reaches the mark of \($0.minimumText)" } ?? ""
        missed = rule.score.map { "the score is below the mark of \($0.minimumText)" } ?? ""
        isWithin = rule.within.map { "it was within its period of \($0.period.words)" } ?? ""
        hasItems = rule.itemCount.map { "the exam has \($0) items" } ?? ""
        hasDecision = "it says " + rule.decisions.joined(separator: " or ")
        hasLevel = rule.rubric.map { "the level \($0.minimum) is reached" } ?? ""
        exceeded = rule.score.map { "the score is above the bound of \($0.maximumText)" } ?? ""
    }
}

/// Who has to have judged, with the names of facts looked up.
struct DeciderPlan: Sendable, Hashable {
    let roles: [String]
    let panels: [String]
    let distinct: AwardPolicy.Distinction

    func includes(_ decider: ExamResult.Decider) -> Bool {
        if roles.isEmpty, panels.isEmpty { return true }
        return decider.role.map { roles.contains($0) } ?? false || decider.panel.map { panels.contains($0) } ?? false
    }

    /// For people: `board-of-review`, `manager or peer`.
    var names: String { (panels + roles).joined(separator: " or ") }
}

extension AwardPolicy.ScoreRule {
    var minimumText: String { text(minimum) }
    var maximumText: String { text(maximum) }

    /// `80 %` or `32 points`.
    private func text(_ number: ExactDecimal?) -> String {
        guard let number else { return "none" }
        return isPercent ? "\(number) %" : "\(number) points"
    }
}
