/// What a policy asks for that records do not have: what would be unknown, before anything is decided.
public struct PolicyNeeds: Sendable, Hashable {
    /// Something that is missing.
    public struct Gap: Sendable, Hashable, CustomStringConvertible {
        /// The policy's fact.
        public let fact: String
        /// The requirement that asks for it; `nil` where no record is about the fact at all.
        public let requirement: String?
        /// The place in `exam-result/1` that is empty, as a mapping spells it; several that would do, with `or`.
        public let place: String?
        /// In how many of the records that are about the fact it is empty.
        public let records: Int

        /// `r6-exam needs attempt, which 3 records of cpe do not have`
        public var description: String {
            guard let requirement, let place else { return "no record here is about \(fact)" }
            return "\(requirement) needs \(place), which \(records) of the records of \(fact) do not have"
        }
    }

    /// What is missing, in the policy's order.
    public let gaps: [Gap]
    /// How many of the records the policy takes.
    public let taken: Int

    /// Holds records against a policy.
    public init(_ policy: AwardPolicy, records: [ExamResult]) {
        var gaps: [Gap] = []
        var taken: Set<Int> = []
        for (index, fact) in policy.facts.enumerated() where !fact.isProducedByEngine {
            let rows = records.indices.filter { policy.plan.facts[index].matches(records, $0) }
            taken.formUnion(rows)
            guard !rows.isEmpty else {
                gaps.append(Gap(fact: fact.name, requirement: nil, place: nil, records: 0))
                continue
            }
            for requirement in policy.requirements {
                guard let rule = requirement.factRule, rule.needs == fact.name else { continue }
                for need in Self.needs(rule) {
                    let empty = rows.count { !need.has(records[$0]) }
                    guard empty > 0 else { continue }
                    gaps.append(
                        Gap(fact: fact.name, requirement: requirement.id, place: need.place, records: empty)
                    )
                }
                if !requirement.after.isEmpty, !rule.isDated {
                    let empty = rows.count { records[$0].at == nil }
                    guard empty > 0 else { continue }
                    gaps.append(
                        Gap(fact: fact.name, requirement: requirement.id, place: "endedAt", records: empty)
                    )
                }
            }
        }
        (self.gaps, self.taken) = (gaps, taken.count)
    }

    private struct Need {
        let place: String
        let has: (ExamResult) -> Bool
    }

    private static func needs(_ rule: AwardPolicy.FactRule) -> [Need] {
        var needs: [Need] = []
        if let score = rule.score {
            if !score.isPercent {
                needs.append(Need(place: "score.raw") { $0.score?.raw != nil })
            } else if score.base == .items {
                needs.append(
                    Need(place: "score.correct and score.items, or items") {
                        ($0.score?.correct != nil && $0.score?.items != nil) || !$0.items.isEmpty
                            || ($0.score?.raw != nil && $0.score?.max != nil)
                    }
                )
            } else {
                needs.append(
                    Need(place: "score.raw and score.max, or score.percent") {
                        ($0.score?.raw != nil && $0.score?.max != nil) || $0.score?.percent != nil
                    }
                )
            }
        }
        if !rule.decisions.isEmpty { needs.append(Need(place: "decision") { $0.decision != nil }) }
        if rule.rubric != nil {
            needs.append(Need(place: "level") { $0.level != nil || $0.items.contains { $0.level != nil } })
        }
        if rule.decidedBy != nil { needs.append(Need(place: "by") { $0.by != nil }) }
        if rule.isDated { needs.append(Need(place: "endedAt") { $0.at != nil }) }
        if rule.isProctored { needs.append(Need(place: "delivery.proctored") { $0.delivery?.proctored != nil }) }
        if let sittings = rule.sittings {
            if sittings.maximum != nil {
                needs.append(Need(place: "delivery.sessions") { $0.delivery?.sessions != nil })
            }
            if sittings.maximumDuration != nil {
                needs.append(Need(place: "startedAt and endedAt") { $0.startedAt != nil && $0.endedAt != nil })
            }
        }
        if let attempts = rule.attempts, !attempts.areRecords {
            needs.append(Need(place: "attempt") { $0.attempt != nil })
        }
        if rule.itemCount != nil {
            needs.append(Need(place: "score.items or items") { $0.score?.items != nil || !$0.items.isEmpty })
        }
        if rule.minimumWords != nil { needs.append(Need(place: "artifact.words") { $0.artifact?.words != nil }) }
        return needs
    }
}

extension AwardPolicy.FactRule {
    /// Whether the rule itself looks at the date.
    fileprivate var isDated: Bool { within != nil || count?.minimumSpan != nil || count?.maximumSpan != nil }
}
