import OpenBadges

/// What is to be answered about one candidate: the policies' decisions, held against what the ledger has answered.
///
/// Plain values in and out; what it leads to is signed and recorded by ``IssueRun``.
struct CandidatePlan: Sendable {
    /// A new answer, to be recorded.
    struct Answer: Sendable {
        /// The number of the policy among the run's.
        let policy: Int
        let decision: AwardDecision
        /// The record by which the ledger knows the answer.
        let result: String
        let revision: Int
        /// The digest of the facts that it rests on.
        let facts: String
        /// The badge that it revokes.
        let supersedes: String?
        /// What the badge is made of; `nil` where there is none.
        let award: AwardedFacts?
    }

    /// What was asked, and its answer.
    enum Entry: Sendable {
        /// The number of a new answer.
        case new(Int)
        case known(IssueRun.Outcome)
    }

    /// The candidate, under the spelling that the ledger knows them by.
    let candidate: String
    private(set) var answers: [Answer] = []
    private(set) var entries: [Entry] = []
    /// Letters and invitations that the decisions ask for, with the number of their policy.
    private(set) var effects: [(policy: Int, effect: AwardDecision.Effect)] = []

    private let facts: [StoredFact]
    private let records: [ExamResult]
    private let touched: Set<String>
    private let history: CandidateHistory
    /// A type of id that somebody else has, too.
    private let sharedIdentifier: String?

    /// - Parameter touched: the ids of the records that the run is about.
    init(
        candidate: String,
        facts: [StoredFact],
        touched: Set<String>,
        history: CandidateHistory,
        sharedIdentifier: String?
    ) {
        self.candidate = candidate
        self.facts = facts
        records = facts.map(\.record)
        self.touched = touched
        self.history = history
        self.sharedIdentifier = sharedIdentifier
    }

    /// More records that could each date a badge than are answered one by one.
    private static let maximumAttempts = 512

    /// One of the candidate's records.
    func record(_ id: String) -> ExamResult? { records.first { $0.resultID == id } }

    /// How often a record was corrected.
    func version(_ id: String) -> Int { facts.first { $0.record.resultID == id }?.version ?? 0 }

    /// Decides by a policy.
    mutating func decide(by policy: AwardPolicy, number: Int, asOf: Timestamp) {
        let matching = records.filter { policy.matches($0) }
        guard !matching.isEmpty, touched.isEmpty || matching.contains(where: { touched.contains($0.resultID) }) else {
            return
        }
        let main = policy.decide(matching, asOf: asOf)
        effects += main.effects.map { (number, $0) }
        // Each record that could date a badge has its own answer; other facts have that of the whole.
        // Nobody has honestly taken one exam so often; the answer on the whole says so.
        let candidates = policy.datingRecords(among: matching, asOf: asOf)
        let dating = candidates.count > Self.maximumAttempts ? [] : candidates
        var asked = dating.filter { touched.contains($0) && $0 != main.record }
        if main.decision == .award || asked.isEmpty || main.record.map(touched.contains) ?? true {
            asked.insert(main.record ?? matching[matching.count - 1].resultID, at: 0)
        }
        let revision = history.revision(policy.id)
        if let award = history.award(policy.id) {
            decide(by: policy, number, after: award, main, asked, matching, asOf)
            return
        }
        var isAwarded = false
        for result in asked {
            var decision =
                result == main.record ?? asked[0] ? main : policy.decide(matching, asOf: asOf, datedBy: result)
            if decision.decision == .award {
                if isAwarded { decision = decision.alreadyAwarded } else { isAwarded = true }
            }
            answer(decision, number, result, revision)
        }
    }

    /// Decides where a badge was awarded before.
    private mutating func decide(
        by policy: AwardPolicy,
        _ number: Int,
        after award: CandidateHistory.Decision,
        _ main: AwardDecision,
        _ asked: [String],
        _ matching: [ExamResult],
        _ asOf: Timestamp
    ) {
        if award.isOutdated, !award.isRevoked {
            switch policy.onCorrection {
            case .hold:
                let decision = main.replacing(
                    .hold,
                    .resultChanged,
                    "a badge was issued for this result, and the result says something else now"
                )
                answer(decision, number, award.result, award.revision)
            case .supersede:
                answer(main, number, main.record ?? award.result, award.revision + 1, supersedes: award.badge)
            }
            return
        }
        for result in asked {
            if result == award.result {
                entries.append(
                    .known(.init(result: result, decision: main.standing(as: .award), badge: award.badge, isNew: false))
                )
                continue
            }
            let decision = policy.decide(matching, asOf: asOf, datedBy: result)
            // What is asked may be no record that dates a badge: then the badge that there is answers it.
            guard decision.record == result else {
                entries.append(
                    .known(
                        .init(
                            result: award.result,
                            decision: main.standing(as: .award),
                            badge: award.badge,
                            isNew: false
                        )
                    )
                )
                continue
            }
            answer(
                decision.decision == .award ? decision.alreadyAwarded : decision,
                number,
                result,
                award.revision
            )
        }
    }

    private mutating func answer(
        _ decision: AwardDecision,
        _ number: Int,
        _ result: String,
        _ revision: Int,
        supersedes: String? = nil
    ) {
        var decision = decision
        var digest = FactsDigest.of(
            decision.facts.compactMap { id in facts.first { $0.record.resultID == id }.map { (id, $0.digest) } }
        )
        if let sharedIdentifier, decision.decision == .award {
            decision = decision.replacing(
                .hold,
                .candidateTwice,
                "the same \(sharedIdentifier) is known under another address"
            )
            // When it is settled who they are, the same facts are judged anew.
            digest = FactsDigest.of([(decision.code.rawValue, digest), (result, digest)])
        }
        if supersedes == nil, let known = history.answer(decision.policy, result, revision, digest) {
            // The same facts have been judged before; the ledger's answer stands, whatever has come since.
            if known.answer != decision.decision { decision = decision.standing(as: known.answer) }
            entries.append(.known(.init(result: result, decision: decision, badge: known.badge, isNew: false)))
            return
        }
        entries.append(.new(answers.count))
        answers.append(
            Answer(
                policy: number,
                decision: decision,
                result: result,
                revision: revision,
                facts: digest,
                supersedes: supersedes,
                award: AwardedFacts(decision, candidate: candidate, records: records)
            )
        )
    }
}

extension AwardPolicy {
    /// The ids of the records that could date a badge, by time; none where a count of them or a group does.
    fileprivate func datingRecords(among records: [ExamResult], asOf: Timestamp) -> [String] {
        guard let fact = plan.datingFact else { return [] }
        let evaluation = AwardEvaluation(self, records, asOf)
        return evaluation.streams[fact].map { evaluation.id($0) }
    }
}

extension AwardDecision.Code {
    /// A badge was issued for the result, which says something else now.
    public static let resultChanged = Self(rawValue: "RESULT_CHANGED")
    /// The candidate has the badge already.
    public static let alreadyAwarded = Self(rawValue: "ALREADY_AWARDED")
    /// The ledger has another answer to the same facts.
    public static let recorded = Self(rawValue: "RECORDED")
    /// The candidate is known under two addresses, most likely.
    public static let candidateTwice = Self(rawValue: "CANDIDATE_TWICE")
}

extension AwardDecision {
    /// A hold, as there is a badge from another record.
    fileprivate var alreadyAwarded: AwardDecision {
        replacing(.hold, .alreadyAwarded, "the candidate has this badge from another result")
    }

    /// The ledger's answer to the same facts, where that is another than the policy's by itself.
    fileprivate func standing(as answer: Answer) -> AwardDecision {
        decision == answer ? self : replacing(answer, .recorded, "the ledger's answer to these facts stands")
    }
}
