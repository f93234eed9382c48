public import JSONCore
public import OpenBadges

/// What a policy says of a result, and why, requirement by requirement.
///
/// Code and sentences name no person and show no score: they may be logged. The same policy and the same result give
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
        /// The result is of no exam that the policy is about.
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

        /// All requirements are met.
        public static let awarded = Code(rawValue: "AWARDED")
        /// The result is of an exam that the policy is not about.
        public static let unmatched = Code(rawValue: "UNMATCHED")
        /// The pass mark is reached.
        public static let markReached = Code(rawValue: "MARK_REACHED")
        /// The pass mark is not reached.
        public static let markNotReached = Code(rawValue: "MARK_NOT_REACHED")
        /// The candidate did not come.
        public static let noShow = Code(rawValue: "NO_SHOW")
        /// The result was annulled.
        public static let void = Code(rawValue: "VOID")
        /// The result is not marked to the end.
        public static let partial = Code(rawValue: "PARTIAL")
        /// There is no result for the fact that the requirement needs.
        public static let factMissing = Code(rawValue: "FACT_MISSING")
        /// There is no score, or not the one that the mark is counted in.
        public static let scoreMissing = Code(rawValue: "SCORE_MISSING")
        /// The percentage and the points say different things.
        public static let scoreDisagrees = Code(rawValue: "SCORE_DISAGREES")
        /// The score is negative or above its maximum.
        public static let scoreImpossible = Code(rawValue: "SCORE_IMPOSSIBLE")
        /// The source says passed and the mark says not, or the other way round.
        public static let passedDisagrees = Code(rawValue: "PASSED_DISAGREES")
        /// The source says that nobody came, and gives points.
        public static let statusDisagrees = Code(rawValue: "STATUS_DISAGREES")
        /// The badge would have no date.
        public static let dateMissing = Code(rawValue: "DATE_MISSING")
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
        /// The ids of the results that it was held against.
        public let facts: [String]
    }

    /// The answer.
    public let decision: Answer
    /// The policy's id.
    public let policy: String
    /// The reason: of an award `AWARDED`, else that of the first requirement that decided.
    public let code: Code
    /// The reason, in a sentence.
    public let explanation: String
    /// What was found of each requirement, in the policy's order.
    public let requirements: [Finding]
    /// The ids of the results that were used.
    public let facts: [String]
    /// The badge's date (`validFrom`), in whole seconds; only of an award.
    public let dated: Timestamp?
    /// Until when it is valid; only of an award that expires.
    public let validUntil: Timestamp?

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
}
