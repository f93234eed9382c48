import OpenBadges

/// What of the facts behind an award becomes public: results, and evidence.
///
/// Only what the policy publishes does; of a policy that does not say, the scores that it asks for.
struct BadgeContent: Sendable {
    private let policy: AwardPolicy
    private let descriptions: ResultDescriptions

    init(_ policy: AwardPolicy, _ descriptions: ResultDescriptions) {
        self.policy = policy
        self.descriptions = descriptions
    }

    /// The results of Open Badges 3.0.
    func results(_ facts: AwardedFacts) -> [OpenBadges.Result] {
        descriptions.entries.compactMap { entry in
            guard facts.isMet(entry.requirement.id), let record = facts.records(of: entry.requirement.id).last else {
                return nil
            }
            switch entry.publication.value {
            case .percent, .raw:
                guard let value = Self.value(of: entry, in: record) else { return nil }
                return Result(resultDescription: entry.id, value: value)
            case .level:
                guard let level = Self.level(of: entry, in: record) else { return nil }
                var result = Result(resultDescription: entry.id, value: level)
                result.achievedLevel = entry.levelID(level)
                return result
            case .status, .none:
                var result = Result(resultDescription: entry.id, value: "Completed")
                result.status = "Completed"
                return result
            }
        }
    }

    /// Evidence of either generation: what a policy publishes as such, and what Open Badges 2.0 has no other place for.
    struct Proof: Sendable {
        var url: String?
        var name: String
        var narrative: String?
        var genre: String?
    }

    /// The evidence of Open Badges 3.0.
    ///
    /// - Parameter endorsed: the requirements whose endorsement stands in the badge, signed.
    func evidence(_ facts: AwardedFacts, endorsed: Set<String> = []) -> [Evidence] {
        proofs(facts, endorsed).map { proof in
            var evidence = Evidence(id: proof.url, name: proof.name, narrative: proof.narrative)
            evidence.genre = proof.genre
            return evidence
        }
    }

    /// The evidence of Open Badges 2.0, which has no property for a result: scores are told as evidence.
    func ob2Evidence(_ facts: AwardedFacts) -> [OB2.Evidence] {
        guard policy.publications != nil else {
            let sentences = descriptions.entries.compactMap { entry in
                facts.records(of: entry.requirement.id).last.flatMap { Self.sentence(about: entry, in: $0) }
            }
            guard !sentences.isEmpty else { return [] }
            let narrative = sentences.joined(separator: " ")
            return [OB2.Evidence(name: "Exam result", narrative: narrative, genre: "score report")]
        }
        var evidence = proofs(facts, []).map { proof in
            OB2.Evidence(id: proof.url, name: proof.name, narrative: proof.narrative, genre: proof.genre)
        }
        let told = Set(policy.publications?.filter(\.form.hasEvidence).map(\.requirement) ?? [])
        for entry in descriptions.entries
        where !told.contains(entry.requirement.id) && facts.isMet(entry.requirement.id) {
            guard let record = facts.records(of: entry.requirement.id).last,
                let sentence = Self.sentence(about: entry, in: record)
            else { continue }
            evidence.append(OB2.Evidence(name: "Exam result", narrative: sentence, genre: "score report"))
        }
        return evidence
    }

    /// The requirements whose publication is an endorsement that somebody has signed: whoever the record names, where it
    /// names somebody by an id.
    func endorsed(_ facts: AwardedFacts, by endorsers: [String]) -> Set<String> {
        guard !endorsers.isEmpty else { return [] }
        let published = (policy.publications ?? []).filter { $0.form == .endorsement }.map(\.requirement)
        return Set(
            published.filter { requirement in
                guard let record = facts.records(of: requirement).last else { return false }
                return record.by?.id.map(endorsers.contains) ?? true
            }
        )
    }

    private func proofs(_ facts: AwardedFacts, _ endorsed: Set<String>) -> [Proof] {
        (policy.publications ?? []).flatMap { publication -> [Proof] in
            let id = publication.requirement
            let isFallback = publication.form == .endorsement && !endorsed.contains(id)
            guard publication.form.hasEvidence || isFallback, facts.isMet(id) else { return [] }
            return facts.records(of: id).map { Self.proof($0, publication) }
        }
    }

    private static func proof(_ record: ExamResult, _ publication: AwardPolicy.Publication) -> Proof {
        let about = record.exam.name ?? record.exam.id
        switch record.kind {
        case .recommendation:
            let who = record.by?.role.map { " of a \($0)" } ?? ""
            return Proof(name: "Recommendation\(who)", narrative: record.comment, genre: "recommendation")
        case .artifact:
            return Proof(
                url: record.artifact?.url,
                name: about.isEmpty ? "Work" : about,
                narrative: record.comment,
                genre: "artifact"
            )
        case .observation:
            let who = record.by?.role.map { " by a \($0)" } ?? ""
            return Proof(name: "Observation\(who)", narrative: record.comment, genre: "observation")
        case .score:
            return Proof(name: "Exam result", narrative: scoreReport(record), genre: "score report")
        case .performance, .review:
            let who = (record.by?.panel ?? record.by?.role).map { ", judged by \($0)" } ?? ""
            return Proof(
                url: record.artifact?.url,
                name: "Demonstration\(who)",
                narrative: record.comment,
                genre: "demonstration"
            )
        default:
            return Proof(
                name: about.isEmpty ? record.kind.noun : about,
                narrative: record.comment,
                genre: record.kind.rawValue
            )
        }
    }

    /// `37 of 40 correct, 92.5 %.`
    static func scoreReport(_ record: ExamResult) -> String? {
        guard let score = record.score else { return nil }
        let points: String?
        if let correct = score.correct, let items = score.items {
            points = "\(correct) of \(items) correct"
        } else {
            points = score.pointsText
        }
        let parts = [points, score.percentText.map { "\($0) %" }].compactMap { $0 }
        return parts.isEmpty ? nil : parts.joined(separator: ", ") + "."
    }

    /// The value that a record has in the unit in which it is published; never rounded up to a mark not reached.
    private static func value(of entry: ResultDescriptions.Entry, in record: ExamResult) -> String? {
        guard let score = record.score else { return nil }
        if entry.publication.value == .raw { return score.raw?.description }
        if entry.rule.score?.base == .items, let correct = score.correct, let items = score.items {
            return ExactRatio(correct, of: items)?.percentText()
        }
        return score.percentText
    }

    private static func level(of entry: ResultDescriptions.Entry, in record: ExamResult) -> String? {
        guard let item = entry.fact.match.item else { return record.level }
        return record.item(item)?.level
    }

    /// A result in a sentence, for formats that have no property for it.
    private static func sentence(about entry: ResultDescriptions.Entry, in record: ExamResult) -> String? {
        let exam = record.exam.name ?? record.exam.id
        switch entry.publication.value {
        case .percent:
            guard let value = value(of: entry, in: record), let mark = entry.rule.score?.minimumPercent else {
                return nil
            }
            return "Scored \(value) % in \(exam); \(mark) % were required."
        case .raw:
            guard let value = value(of: entry, in: record), let mark = entry.rule.score?.minimumRaw else { return nil }
            return "Scored \(value) points in \(exam); \(mark) were required."
        case .level:
            guard let level = level(of: entry, in: record), let minimum = entry.rule.rubric?.minimum else { return nil }
            return "Reached the level \"\(level)\" in \(exam); \"\(minimum)\" was required."
        case .status, .none:
            return exam.isEmpty ? nil : "Completed \(exam)."
        }
    }

    /// The panel that judged, where the policy publishes what it did and the issuer is not it.
    func source(_ facts: AwardedFacts, issuer: String) -> Profile? {
        for entry in descriptions.entries where policy.publications != nil && entry.rule.decidedBy != nil {
            guard let panel = facts.records(of: entry.requirement.id).last?.by?.panel else { continue }
            let fragment = panel.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "#") } ? panel : "panel"
            return Profile(id: "\(issuer)#\(fragment)", name: panel)
        }
        return nil
    }
}
