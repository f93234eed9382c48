public import JSONCore
public import OpenBadges

/// What a policy says of a candidate's facts, and why, requirement by requirement.
///
/// Codes and sentences name no person and show no score: they may be logged. The same policy and the same facts give
/// the same decision, whenever and wherever it is made.
public struct AwardDecision: Sendable, Hashable {
    /// The answer.
    public enum Answer: String, Sendable, Hashable, CaseIterable {
        /// All requirements are met.
        case award
        /// A requirement is not met.
        case deny
        /// Whether a requirement is met cannot be told.
        case hold
        /// There is no fact that the policy is about.
        case unmatched
    }

    /// What is known of a requirement.
    public enum State: String, Sendable, Hashable, CaseIterable {
        /// It is met.
        case met
        /// It is not met.
        case unmet
        /// It cannot be told.
        case unknown
    }

    /// A stable name for a reason.
    public struct Code: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
        /// The name as reports show it, in upper snake case.
        public let rawValue: String
        /// A code of that name.
        public init(rawValue: String) { self.rawValue = rawValue }
        /// The name.
        public var description: String { rawValue }
    }

    /// What was found of one requirement.
    public struct Finding: Sendable, Hashable {
        /// The requirement's id.
        public let requirement: String
        /// What is known of it.
        public internal(set) var state: State
        /// Why.
        public internal(set) var code: Code
        /// Why, in a sentence.
        public internal(set) var explanation: String
        /// The ids of the records that it was held against.
        public let facts: [String]
    }

    /// Something to be done because of a decision: the evaluator asks for it, and does nothing itself.
    public enum Effect: Sendable, Hashable {
        /// A record to be made: the candidate is invited to an exam.
        case invitation(fact: String, exam: String, form: String?)
        /// A letter to be sent, once for each record that it is about.
        case letter(AwardPolicy.Action, requirement: String, about: String)
    }

    /// The answer.
    public let decision: Answer
    /// The policy's id.
    public let policy: String
    /// The reason: of an award `AWARDED`, else that of the first requirement that decided.
    public let code: Code
    /// The requirement that decided; `nil` of an award.
    public let requirement: String?
    /// The reason, in a sentence.
    public let explanation: String
    /// What was found of each requirement, in the policy's order.
    public let requirements: [Finding]
    /// The ids of the records that were used.
    public let facts: [String]
    /// The record whose date is the badge's; of an answer that is no award, the last that was used.
    public let record: String?
    /// The badge's date (`validFrom`), in whole seconds; only of an award.
    public let dated: Timestamp?
    /// Until when it is valid; only of an award that expires.
    public let validUntil: Timestamp?
    /// What is to be done.
    public let effects: [Effect]

    /// The decision as JSON: what `badge explain` prints, and the receipt that the ledger keeps.
    ///
    /// Digests are those of ``AwardPolicy/digestSource`` and ``ExamResult/digestSource``, in the caller's form.
    public func json(policyDigest: String? = nil, factsDigest: String? = nil) -> JSON {
        .members([
            ("decision", .string(decision.rawValue)),
            ("policy", .string(policy)),
            ("policyDigest", policyDigest.map(JSON.string)),
            ("code", .string(code.rawValue)),
            ("explanation", .string(explanation)),
            (
                "requirements",
                .array(
                    requirements.map { finding in
                        .members([
                            ("id", .string(finding.requirement)), ("state", .string(finding.state.rawValue)),
                            ("code", .string(finding.code.rawValue)), ("explanation", .string(finding.explanation)),
                            ("facts", .array(finding.facts.map(JSON.string))),
                        ])
                    }
                )
            ),
            ("facts", .array(facts.map(JSON.string))),
            ("factsDigest", factsDigest.map(JSON.string)),
            ("dated", dated.map { .string($0.description) }),
            ("validUntil", validUntil.map { .string($0.description) }),
        ])
    }

    /// The same findings, and another answer.
    func replacing(_ answer: Answer, _ code: Code, _ explanation: String) -> AwardDecision {
        AwardDecision(
            decision: answer,
            policy: policy,
            code: code,
            requirement: requirement,
            explanation: explanation,
            requirements: requirements,
            facts: facts,
            record: record,
            dated: answer == .award ? dated : nil,
            validUntil: answer == .award ? validUntil : nil,
            effects: effects
        )
    }
}
