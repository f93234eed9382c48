import OpenBadges

/// An award and the records that it rests on: what a badge is made of.
struct AwardedFacts: Sendable {
    /// Whose badge it is, under the address that the ledger knows them by.
    let candidate: String
    /// The record that dates it, by whose id the badge is known.
    let record: ExamResult
    /// The badge's date, in whole seconds.
    let dated: Timestamp
    /// Until when it is valid.
    let validUntil: Timestamp?
    private let findings: [AwardDecision.Finding]
    private let records: [ExamResult]

    /// `nil` of a decision that is no award.
    init?(_ decision: AwardDecision, candidate: String, records: [ExamResult]) {
        guard decision.decision == .award, let dated = decision.dated,
            let record = records.first(where: { $0.resultID == decision.record })
        else { return nil }
        (self.candidate, self.dated, validUntil) = (candidate, dated, decision.validUntil)
        (self.record, self.records, findings) = (record, records, decision.requirements)
    }

    /// The records that a requirement was held against; the last of them is the one that met it.
    func records(of requirement: String) -> [ExamResult] {
        guard let finding = findings.first(where: { $0.requirement == requirement }) else { return [] }
        return finding.facts.compactMap { id in records.first { $0.resultID == id } }
    }

    /// Whether a requirement is met: of a choice, not all need be.
    func isMet(_ requirement: String) -> Bool {
        findings.first { $0.requirement == requirement }?.state == .met
    }

    /// When the exam that it rests on began and ended, as far as that is known.
    func period(of facts: [AwardPolicy.Fact], _ requirements: [AwardPolicy.Requirement]) -> (Timestamp?, Timestamp?) {
        let exams = requirements.filter { requirement in
            facts.contains { $0.name == requirement.factRule?.needs && $0.kind == .score }
        }
        // The last exam is the one that the others lead to.
        guard
            let exam = exams.compactMap({ records(of: $0.id).last }).max(by: { first, second in
                (first.at?.instant.seconds ?? 0) < (second.at?.instant.seconds ?? 0)
            })
        else { return (nil, nil) }
        return (exam.startedAt?.instant.wholeSeconds, exam.endedAt?.instant.wholeSeconds)
    }

    /// The name of the recipient, where a record says it.
    var displayName: String? {
        record.candidate.displayName ?? records.lazy.compactMap(\.candidate.displayName).first
    }

    /// The DID among the recipient's identifiers, if a record names one.
    var did: String? {
        records.lazy.flatMap(\.candidate.ids).first { $0.value.hasPrefix("did:") }?.value
    }
}
