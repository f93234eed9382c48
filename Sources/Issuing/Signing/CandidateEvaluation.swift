public import OpenBadges

/// Where a candidate stands under a policy at a date, worked out anew from the records that the ledger has: nothing is
/// recorded, and what was answered before does not count.
public struct CandidateEvaluation: Sendable {
    /// The answer, with what each requirement came to.
    public let decision: AwardDecision
    /// The id that the badge would have in Open Badges 3.0, where it would be awarded: what an endorsement is about.
    public let credential: String?
}

extension Workspace {
    /// Evaluates a candidate by policies.
    ///
    /// - Parameters:
    ///   - name: the candidate's e-mail address.
    ///   - time: facts of a later date are passed over.
    /// - Returns: an evaluation for each policy that takes one of the candidate's records.
    /// - Throws: ``IssuingError`` `NOT_FOUND` where there are no records of such a candidate.
    public func evaluations(
        of name: String,
        by policies: [AwardPolicy],
        asOf time: Timestamp
    ) throws(IssuingError) -> [CandidateEvaluation] {
        let aliases = try aliases()
        let candidate = aliases.name(of: CandidateKey.normalized(name))
        let identity = try identity()
        let (facts, history) = try openLedger(readOnly: true).read { database in
            let keys = aliases.keys(of: candidate)
            return (try Ledger.facts(of: keys, in: database), try CandidateHistory(of: keys, in: database))
        }
        guard !facts.isEmpty else {
            throw IssuingError(.notFound, "the ledger has no records of a candidate of that name")
        }
        let records = facts.map(\.record)
        return policies.compactMap { policy in
            let own = records.filter { policy.matches($0) }
            guard !own.isEmpty else { return nil }
            let decision = policy.decide(own, asOf: time)
            let template = BadgeTemplate(policy: policy, configuration: configuration, identity: identity)
            let award = AwardedFacts(decision, candidate: candidate, records: own)
            let id = award.map { facts in
                template.badgeID(template.subject(facts, revision: history.revision(policy.id)))
            }
            return CandidateEvaluation(decision: decision, credential: id.map(template.credentialID))
        }
    }
}
