import Cryptography
import OpenBadges

/// What is decided for a chunk of results, each held against what the ledger knows and what the chunk itself awards.
struct ChunkPlan {
    /// A new answer, to be recorded.
    struct Answer: Sendable {
        /// The number of the policy among the run's.
        let policy: Int
        let policyDigest: String
        let result: ExamResult
        let candidate: String
        let revision: Int
        let facts: String
        let decision: AwardDecision
    }

    private enum Entry {
        case new(Int)
        case known(IssueRun.Outcome)
    }

    private let policies: [AwardPolicy]
    private let digests: [String]
    private var entries: [Entry] = []
    private var decided: [Pair: ResultHistory.Decision] = [:]
    private var holders: Set<Pair> = []
    private(set) var answers: [Answer] = []

    /// A policy, and a result or a candidate.
    private struct Pair: Hashable {
        let policy: String
        let name: String
    }

    init(policies: [AwardPolicy], digests: [String]) {
        self.policies = policies
        self.digests = digests
    }

    mutating func add(_ result: ExamResult, history: ResultHistory) {
        let matching = policies.indices.filter { policies[$0].matches(result) }
        if matching.isEmpty, let first = policies.first {
            // Any policy of another exam says the same: this result is not its business.
            let decision = first.decide(result)
            entries.append(.known(.init(result: result.resultID, decision: decision, badge: nil, isNew: true)))
        }
        for index in matching { add(result, under: index, history) }
    }

    private mutating func add(_ result: ExamResult, under index: Int, _ history: ResultHistory) {
        let policy = policies[index]
        let candidate = CandidateKey.normalized(result.candidate.email)
        let facts = Hexadecimal.encode(DigestAlgorithm.sha256.digest(result.digestSource))
        var earlier = history.decisions.filter { $0.policy == policy.id }
        if let own = decided[Pair(policy: policy.id, name: result.resultID)] { earlier.append(own) }

        var decision = policy.decide(result)
        if let same = earlier.last(where: { $0.candidate == candidate && $0.facts == facts }) {
            // The same facts have been judged before; the ledger's answer stands, whatever has come since.
            if same.answer != decision.decision { decision = decision.standing(as: same.answer) }
            entries.append(
                .known(.init(result: result.resultID, decision: decision, badge: same.badge, isNew: false))
            )
            return
        }
        if earlier.contains(where: { $0.answer == .award }) {
            decision = decision.held(
                .resultChanged,
                "a badge was issued for this result, and the result says something else now"
            )
        } else if decision.decision == .award {
            let holder = Pair(policy: policy.id, name: candidate)
            if holders.contains(holder) || history.heldPolicies.contains(policy.id) {
                decision = decision.held(.alreadyAwarded, "the candidate has this badge from another result")
            } else {
                holders.insert(holder)
            }
        }
        decided[Pair(policy: policy.id, name: result.resultID)] = ResultHistory.Decision(
            policy: policy.id,
            candidate: candidate,
            facts: facts,
            answer: decision.decision,
            badge: nil
        )
        entries.append(.new(answers.count))
        answers.append(
            Answer(
                policy: index,
                policyDigest: digests[index],
                result: result,
                candidate: candidate,
                revision: 0,
                facts: facts,
                decision: decision
            )
        )
    }

    /// The outcomes of a run that signs nothing.
    var outcomes: [IssueRun.Outcome] { outcomes(badges: []) }

    /// The outcomes, in the order of the results, with the badges that the new answers led to.
    func outcomes(badges: [BadgeTemplate.Badge?]) -> [IssueRun.Outcome] {
        entries.map { entry in
            switch entry {
            case .known(let outcome): return outcome
            case .new(let index):
                let answer = answers[index]
                let badge = index < badges.count ? badges[index]?.id : nil
                return .init(result: answer.result.resultID, decision: answer.decision, badge: badge, isNew: true)
            }
        }
    }
}

/// What the ledger knows that bears on one result.
struct ResultHistory {
    struct Decision {
        let policy: String
        let candidate: String
        let facts: String
        let answer: AwardDecision.Answer
        let badge: String?
    }

    /// Every answer to this result, oldest first.
    var decisions: [Decision]
    /// The policies of which the candidate has a badge.
    var heldPolicies: Set<String>

    static let empty = ResultHistory(decisions: [], heldPolicies: [])
}

extension AwardDecision.Code {
    /// A badge was issued for the result, which says something else now.
    public static let resultChanged = Self(rawValue: "RESULT_CHANGED")
    /// The candidate has the badge already.
    public static let alreadyAwarded = Self(rawValue: "ALREADY_AWARDED")
    /// The ledger has another answer to the same facts.
    public static let recorded = Self(rawValue: "RECORDED")
}

extension AwardDecision {
    /// The same findings, and yet a hold, for a reason that lies in the ledger.
    func held(_ code: Code, _ explanation: String) -> AwardDecision {
        replacing(.hold, code, explanation)
    }

    /// The ledger's answer to the same facts, where that is another than the policy's by itself.
    func standing(as answer: Answer) -> AwardDecision {
        replacing(answer, .recorded, "the ledger's answer to these facts stands")
    }

    private func replacing(_ answer: Answer, _ code: Code, _ explanation: String) -> AwardDecision {
        AwardDecision(
            decision: answer,
            policy: policy,
            code: code,
            explanation: explanation,
            requirements: requirements,
            facts: facts,
            dated: answer == .award ? dated : nil,
            validUntil: answer == .award ? validUntil : nil
        )
    }
}
