/// What is wrong with a policy that can be read, or odd enough to be a slip: what no candidate can meet, what nothing
/// refers to.
public enum PolicyCheck {
    /// How bad a finding is.
    public enum Severity: String, Sendable, Hashable {
        /// Nobody can earn the badge.
        case error
        /// It does less than it seems to.
        case warning
    }

    /// Something that was found, with its place in the file.
    public struct Finding: Sendable, Hashable {
        /// How bad it is.
        public let severity: Severity
        /// Code, place and sentence.
        public let error: IssuingError
    }

    /// Reads a policy's file and looks it over.
    ///
    /// - Throws: what ``AwardPolicy/init(parsing:file:limits:)`` throws where it is no policy at all.
    public static func findings(
        parsing text: some Sequence<UInt8>,
        file: String,
        limits: IntakeLimits = .standard
    ) throws(IssuingError) -> [Finding] {
        let top = try YAMLSection(parsing: text, file: file, family: .policy, limit: limits.documentBytes)
        let policy = try AwardPolicy(top)
        var findings: [Finding] = []
        let sections = try top.sections("requirements") ?? []
        /// Notes something about a requirement; what stands inside of another is told at the outermost.
        func note(_ severity: Severity, _ name: String, _ detail: String, _ id: String, key: String) {
            let section =
                sections.first { (try? $0.text("id")) == id }
                ?? sections.first { (try? $0.text("id")).flatMap { $0 }.map { id.hasPrefix($0 + ".") } ?? false } ?? top
            let place = section.has(key) ? key : "id"
            findings.append(.init(severity: severity, error: section.error(name, "\(id): \(detail)", at: place)))
        }
        let checks = PolicyChecks(policy)
        for contradiction in checks.contradictions {
            note(.error, "CONTRADICTION", contradiction.detail, contradiction.requirement, key: contradiction.key)
        }
        for oddity in checks.oddities {
            note(.warning, "ODD", oddity.detail, oddity.requirement, key: oddity.key)
        }
        let facts = try top.section("facts")
        for name in checks.unusedFacts {
            guard let facts else { continue }
            findings.append(
                .init(
                    severity: .warning,
                    error: facts.error("UNUSED", "no requirement needs the fact \(name)", at: name)
                )
            )
        }
        return findings
    }
}

/// The checks, on the policy alone.
private struct PolicyChecks {
    struct Note {
        let requirement: String
        let key: String
        let detail: String
    }

    private let policy: AwardPolicy

    init(_ policy: AwardPolicy) { self.policy = policy }

    /// What no candidate can meet.
    var contradictions: [Note] {
        var notes: [Note] = []
        for requirement in policy.requirements {
            notes += own(requirement)
            if case .all(let ids) = requirement.rule { notes += opposites(ids, in: requirement) }
        }
        notes += between()
        return notes
    }

    private func own(_ requirement: AwardPolicy.Requirement) -> [Note] {
        guard let rule = requirement.factRule else { return [] }
        var notes: [Note] = []
        func note(_ key: String, _ detail: String) {
            notes.append(Note(requirement: requirement.id, key: key, detail: detail))
        }
        if let score = rule.score, let low = score.minimum, let high = score.maximum, high < low {
            note(score.isPoints ? "points" : "score", "the least is above the most")
        }
        if let score = rule.score, !score.isPercent, score.base == .items, let items = itemCount(rule.needs),
            let low = score.minimumRaw, low > ExactDecimal(items)
        {
            note("score", "the exam has only \(items) items")
        }
        if let count = rule.count {
            if let low = count.minimum, let high = count.maximum, high < low {
                note("count", "the least is above the most")
            }
            if count.minimumSpan != nil, count.maximum == 1 { note("span", "one record has no span") }
        }
        if rule.status == .void { note("status", "what is annulled never counts") }
        if let within = rule.within, within.anchor == rule.needs || within.anchor == requirement.id {
            note("within", "its period begins with itself")
        }
        return notes
    }

    /// Requirements that a group puts together, and one of which says that another must not be met.
    private func opposites(_ ids: [String], in group: AwardPolicy.Requirement) -> [Note] {
        let denied = policy.requirements.compactMap { requirement -> String? in
            guard ids.contains(requirement.id), case .not(let id) = requirement.rule else { return nil }
            return id
        }
        return denied.filter(ids.contains).map {
            Note(requirement: group.id, key: "all_of", detail: "\($0) is to be met, and is not to be")
        }
    }

    /// Pairs that must both be met of one record, and cannot be.
    private func between() -> [Note] {
        let grouped = Set(
            policy.requirements.flatMap { requirement in
                if case .all = requirement.rule { [String]() } else { requirement.members }
            }
        )
        let needed = policy.requirements.filter { !grouped.contains($0.id) && $0.factRule?.count == nil }
        var notes: [Note] = []
        for (index, first) in needed.enumerated() {
            for second in needed[(index + 1)...] {
                guard let one = first.factRule, let other = second.factRule, one.needs == other.needs else { continue }
                if let wanted = one.status, let status = other.status, wanted != status,
                    Set([wanted, status]) != [.completed, .graded]
                {
                    notes.append(
                        .init(requirement: second.id, key: "status", detail: "\(first.id) asks for another status")
                    )
                }
                if !one.decisions.isEmpty, !other.decisions.isEmpty,
                    Set(one.decisions).isDisjoint(with: other.decisions)
                {
                    notes.append(
                        .init(requirement: second.id, key: "decision", detail: "\(first.id) asks for another word")
                    )
                }
                if let items = one.itemCount, let count = other.itemCount, items != count {
                    notes.append(
                        .init(
                            requirement: second.id,
                            key: "items",
                            detail: "\(first.id) asks for another number of items"
                        )
                    )
                }
                if let low = one.score, let high = other.score, low.isPercent == high.isPercent, low.base == high.base {
                    let least = [low.minimum, high.minimum].compactMap { $0 }.max()
                    let most = [low.maximum, high.maximum].compactMap { $0 }.min()
                    if let least, let most, most < least {
                        notes.append(
                            .init(requirement: second.id, key: "score", detail: "\(first.id) leaves no such score")
                        )
                    }
                }
            }
        }
        return notes
    }

    /// What does less than it seems to.
    var oddities: [Note] {
        policy.requirements.flatMap { requirement -> [Note] in
            guard let rule = requirement.factRule, let fact = policy.facts.first(where: { $0.name == rule.needs })
            else {
                return []
            }
            var notes: [Note] = []
            if let decider = rule.decidedBy, decider.fact == nil, let role = decider.roles.first,
                let near = policy.facts.first(where: { $0.name.lowercased() == role.lowercased() })
            {
                notes.append(
                    .init(
                        requirement: requirement.id,
                        key: "decided_by",
                        detail: "\(role) is a role, and no fact: \(near.name)?"
                    )
                )
            }
            if fact.isProducedByEngine, requirement.after.isEmpty {
                notes.append(
                    .init(
                        requirement: requirement.id,
                        key: "needs",
                        detail: "everybody is invited: it comes after nothing"
                    )
                )
            }
            if let minimum = rule.score?.minimum, minimum.isZero, rule.score?.maximum == nil {
                notes.append(.init(requirement: requirement.id, key: "score", detail: "every score reaches zero"))
            }
            return notes
        }
    }

    /// Facts that nothing asks for.
    var unusedFacts: [String] {
        let used = Set(
            policy.requirements.compactMap(\.factRule).flatMap { rule in
                [rule.needs, rule.decidedBy?.fact, rule.within?.anchor, rule.attempts?.exception?.approvedBy].compactMap
                { $0 }
            } + [policy.award.dated]
        )
        return policy.facts.map(\.name).filter { !used.contains($0) }
    }

    private func itemCount(_ fact: String) -> Int? {
        policy.requirements.lazy.compactMap { $0.factRule?.needs == fact ? $0.factRule?.itemCount : nil }.first
    }
}
