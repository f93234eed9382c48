import JSONCore
import OpenBadges

/// Puts into words' place what a letter is about: the values that its template is filled with.
///
/// They stand in the ledger, beside the records that they come from, and nowhere else.
struct LetterWriter: Sendable {
    /// A letter before it is in the outbox.
    struct Draft: Sendable {
        let template: String
        /// The record or the badge that it is about: about each there is one.
        let about: String
        let values: JSON
    }

    private let configuration: IssuerConfiguration
    private let policies: [AwardPolicy]

    /// - Throws: ``IssuingError`` `CONFIGURATION_INVALID` where a letter has to name a URL that nobody has said.
    init(configuration: IssuerConfiguration, policies: [AwardPolicy]) throws(IssuingError) {
        self.configuration = configuration
        self.policies = policies
        for policy in policies {
            for requirement in policy.requirements {
                for action in requirement.then where action.mail == Self.examURL {
                    let exam = policy.facts.first { $0.name == requirement.factRule?.needs }?.match.subjects.first ?? ""
                    guard action.url == nil, configuration.examURLs[exam] == nil else { continue }
                    throw IssuingError(
                        .configurationInvalid,
                        "the policy \(policy.id) sends the URL of the exam \(exam), and nobody says which that is",
                        hint:
                            "say it in issuer.yaml, exams: {\(exam): https://…}, or in the policy, then: {mail: exam-url, url: …}"
                    )
                }
            }
        }
    }

    static let examURL = "exam-url"
    static let awardTemplate = "award"

    /// The letter that a decision asks for; `nil` where there is nothing to say so far.
    func letter(_ effect: AwardDecision.Effect, policy number: Int, to plan: CandidatePlan) -> Draft? {
        guard case .letter(let action, _, let id) = effect, let record = plan.record(id) else { return nil }
        var values = common(record.candidate, policies[number])
        values["exam"] = .members([
            ("id", .string(record.exam.id)), ("name", .string(record.exam.name ?? record.exam.id)),
        ])
        values["date"] = record.at.map { .string($0.instant.description) }
        if let url = action.url ?? configuration.examURLs[record.exam.id], action.mail == Self.examURL {
            values["url"] = .string(Self.address(url, invitation: record.resultID))
            values["until"] = plan.deadline(policies[number], after: record).map { .string($0.description) }
        }
        if !action.fields.isEmpty || action.mail == "score-report" {
            guard let report = Self.report(record, action.fields) else { return nil }
            values["report"] = report
        }
        let version = plan.version(id)
        return Draft(
            template: action.mail,
            about: version == 0 ? id : "\(id)#\(version)",
            values: .object(values)
        )
    }

    /// The letter with a badge.
    func award(_ badge: String, _ award: AwardedFacts, policy number: Int) -> Draft {
        var values = common(award.record.candidate, policies[number])
        values["badge"] = .string(badge)
        values["date"] = .string(award.dated.description)
        values["validUntil"] = award.validUntil.map { .string($0.description) }
        return Draft(template: Self.awardTemplate, about: badge, values: .object(values))
    }

    private func common(_ candidate: ExamResult.Candidate, _ policy: AwardPolicy) -> JSONObject {
        var values = JSONObject()
        values["given"] = candidate.given.map(JSON.string)
        values["family"] = candidate.family.map(JSON.string)
        values["achievement"] = .string(policy.achievement.name)
        return values
    }

    /// An exam's URL for one candidate: with the number of the invitation where the URL has a place for it, and never
    /// with an e-mail address.
    private static func address(_ url: String, invitation: String) -> String {
        url.replacing("{invitation}", with: invitation.split(separator: ":").last.map { String($0) } ?? "")
    }

    /// The number and the percentage of correct items, as far as the record has them.
    private static func report(_ record: ExamResult, _ fields: [String]) -> JSON? {
        guard let score = record.score, record.status == .graded || record.status == .completed else { return nil }
        let wanted = fields.isEmpty ? ["correct", "percent"] : fields
        var report = JSONObject()
        let correct = score.correct ?? (score.max == nil ? nil : score.raw)
        let items = score.items ?? score.max
        if wanted.contains("correct"), let correct, let items {
            report["correct"] = .string(correct.description)
            report["items"] = .string(items.description)
        }
        if wanted.contains("points"), let points = score.pointsText { report["points"] = .string(points) }
        if wanted.contains("percent") {
            let ratio = score.correct.flatMap { part in score.items.flatMap { ExactRatio(part, of: $0) } }
            if let percent = ratio?.percentText() ?? score.percentText { report["percent"] = .string(percent) }
        }
        return report.isEmpty ? nil : .object(report)
    }
}

extension CandidatePlan {
    /// Until when an exam to which a record invites has to be taken, where a requirement says so.
    fileprivate func deadline(_ policy: AwardPolicy, after record: ExamResult) -> Timestamp? {
        for rule in policy.requirements.compactMap(\.factRule) {
            guard let within = rule.within, let fact = policy.facts.first(where: { $0.name == within.anchor }),
                fact.kind == .invitation, let at = record.at?.instant
            else { continue }
            return within.period.end(from: at)
        }
        return nil
    }
}
