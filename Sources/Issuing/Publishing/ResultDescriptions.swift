import JSONCore
import OpenBadges

/// How the results of a policy's requirements are described in Open Badges 3.0.
///
/// Exams, demonstrations and works are described with the terms of the Assessment Extension 2.0 as well, where the
/// policy says what becomes public. Source: Open Badges 3.0 §B, ResultDescription.
struct ResultDescriptions: Sendable {
    /// A requirement whose result stands in the badge.
    struct Entry: Sendable {
        let requirement: AwardPolicy.Requirement
        let rule: AwardPolicy.FactRule
        let fact: AwardPolicy.Fact
        let publication: AwardPolicy.Publication
        /// The id of the description.
        let id: String

        /// How a level of the rubric is named in the badge.
        func levelID(_ level: String) -> String? {
            rule.rubric?.levels.firstIndex(of: level).map { "\(id)-level-\($0 + 1)" }
        }
    }

    let entries: [Entry]
    private let isExplicit: Bool

    /// The context that the terms of the Assessment Extension are defined in.
    static let assessmentContext = "https://purl.imsglobal.org/spec/ob-assessment/v2p0/context/"

    /// - Parameter achievement: the achievement's URL, whose fragments the ids are.
    init(_ policy: AwardPolicy, achievement: String) {
        isExplicit = policy.publications != nil
        entries = policy.requirements.compactMap { requirement in
            guard let rule = requirement.factRule, let fact = policy.facts.first(where: { $0.name == rule.needs })
            else {
                return nil
            }
            let publication: AwardPolicy.Publication
            if let publications = policy.publications {
                guard let own = publications.first(where: { $0.requirement == requirement.id }), own.form.hasResult
                else {
                    return nil
                }
                publication = own
            } else {
                // A policy that says nothing shows every score that it asks for.
                guard fact.kind == .score, rule.score != nil else { return nil }
                publication = .init(requirement: requirement.id, form: .result, value: rule.value)
            }
            return Entry(
                requirement: requirement,
                rule: rule,
                fact: fact,
                publication: publication,
                id: "\(achievement)#\(requirement.id)"
            )
        }
    }

    var all: [ResultDescription] { entries.map(description) }

    /// Whether any of them uses the Assessment Extension.
    var needsAssessmentContext: Bool { isExplicit && entries.contains { assessmentType($0) != nil } }

    private func description(_ entry: Entry) -> ResultDescription {
        var description: ResultDescription
        let score = entry.rule.score
        switch entry.publication.value {
        case .percent:
            description = ResultDescription(id: entry.id, name: name("Score", entry), resultType: "Percent")
            description.valueMin = "0"
            description.valueMax = "100"
            description.requiredValue = score?.minimumPercent?.description
        case .raw:
            description = ResultDescription(id: entry.id, name: name("Points", entry), resultType: "RawScore")
            description.valueMin = "0"
            description.requiredValue = score?.minimumRaw?.description
        case .level:
            description = ResultDescription(
                id: entry.id,
                name: name("Level", entry),
                resultType: "RubricCriterionLevel"
            )
            description.rubricCriterionLevels = (entry.rule.rubric?.levels ?? []).enumerated().map { index, level in
                var own = RubricCriterionLevel(id: "\(entry.id)-level-\(index + 1)", name: level)
                own.level = String(index + 1)
                return own
            }
            description.requiredLevel = entry.rule.rubric.flatMap { entry.levelID($0.minimum) }
            if description.requiredLevel == nil { description.requiredValue = entry.rule.rubric?.minimum }
        case .status, .none:
            description = ResultDescription(id: entry.id, name: name("Status", entry), resultType: "Status")
            description.requiredValue = "Completed"
        }
        if isExplicit, let type = assessmentType(entry) {
            description.members["type"] = ["ResultDescription", "AssessmentResultDescription"]
            description.members["assessmentType"] = .string(type)
            description.members["evaluationMethod"] = evaluationMethod(entry).map(JSON.string)
        }
        return description
    }

    private func assessmentType(_ entry: Entry) -> String? {
        switch entry.fact.kind {
        case .score: "Exam"
        case .performance: "Performance"
        case .artifact: "Artifact"
        default: nil
        }
    }

    private func evaluationMethod(_ entry: Entry) -> String? {
        var parts: [String] = []
        if let count = entry.rule.itemCount { parts.append("\(count) items") }
        if entry.rule.score?.base == .items { parts.append("the share of items answered correctly") }
        if let rubric = entry.rule.rubric, !rubric.levels.isEmpty {
            parts.append("levels " + rubric.levels.joined(separator: ", "))
        }
        if let decider = entry.rule.decidedBy, !decider.panels.isEmpty || !decider.roles.isEmpty {
            parts.append("judged by " + (decider.panels + decider.roles).joined(separator: " or "))
        } else if let panel = entry.rule.decidedBy?.fact {
            parts.append("judged by " + panel)
        }
        return parts.isEmpty ? nil : parts.joined(separator: "; ")
    }

    private func name(_ what: String, _ entry: Entry) -> String {
        guard isExplicit else { return what }
        let about = entry.fact.match.subjects.first ?? entry.fact.name
        return entry.fact.match.item.map { "\(what): item \($0) of \(about)" } ?? "\(what): \(about)"
    }
}
