public import JSONCore

/// What is known about one input after its verification: five answers, every check, and every problem.
///
/// `json` is the form that `badge verify --json` prints.
public struct VerificationReport: Sendable, Hashable {
    /// What the input was recognised as.
    public enum Format: String, Sendable, Hashable {
        case ob3JWT = "ob3-jwt"
        case ob3Proof = "ob3-proof"
        case ob2Signed = "ob2-signed"
        case ob2Hosted = "ob2-hosted"
        case ob1
        case clr
        case endorsement
        case none
    }

    /// What follows from the answers: the one thing that a program must not overlook.
    public enum Verdict: Sendable, Hashable {
        /// Authentic, current, well-formed, and every requirement met. Only here do claims become facts.
        case verified(VerifiedBadge)
        /// At least one answer is *no*.
        case rejected
        /// No answer is *no*, but one that is needed cannot be known.
        case undetermined

        public var name: String {
            switch self {
            case .verified: "verified"
            case .rejected: "rejected"
            case .undetermined: "undetermined"
            }
        }
    }

    /// Five answers, never one Boolean.
    public struct Answers: Sendable, Hashable {
        public enum Certainty: String, Sendable, Hashable { case yes, no, unknown }
        public enum Subject: String, Sendable, Hashable {
            case match, mismatch, unknown
            case notAsked = "not-asked"
        }
        public enum Issuer: String, Sendable, Hashable {
            /// Listed in the caller's trust file.
            case trusted
            /// The key was found under the issuer's own domain.
            case domain
            /// Nobody but the badge, or its issuer's own workspace, says so.
            case selfClaimed = "self-claimed"
            /// There is a trust file, and it does not list the issuer.
            case untrusted
            case unknown
        }
        public enum Content: String, Sendable, Hashable { case conforms, violates, unknown }

        /// Did the issuer that it names make it, and is it unchanged?
        public var authentic: Certainty = .unknown
        /// Does it hold at the time asked for: begun, not expired, not revoked?
        public var current: Certainty = .unknown
        /// Is it about the recipient asked for?
        public var subject: Subject = .notAsked
        /// Who vouches for the issuer?
        public var issuer: Issuer = .unknown
        /// Does it say what the specification asks for, without contradiction?
        public var content: Content = .unknown
    }

    /// The name under which the input was given: a file, a URL, `-`.
    public let input: String
    public let format: Format
    public let verdict: Verdict
    public let answers: Answers
    /// What the badge says of itself. Claims, unless the verdict is `verified`.
    public let claims: BadgeClaims?
    /// What vouches for the issuer, where it is trusted: an entry of the trust policy, or a registry.
    public let trust: TrustMatch?
    public let checks: [CheckOutcome]
    /// Ranked, most specific first.
    public let problems: [ProblemDetails]
    /// A report on each endorsement that the badge holds.
    public let endorsements: [VerificationReport]
    /// A report on each credential in a learner record.
    public let credentials: [VerificationReport]
    /// What the report rests on; `nil` unless it was asked for.
    public internal(set) var evidence: VerificationEvidence?
    /// The answer in plain words.
    public let sentence: String

    /// The report as one JSON object.
    public var json: JSON {
        var members = own
        members["trust"] = trust?.json
        if !endorsements.isEmpty { members["endorsements"] = .array(endorsements.map(\.json)) }
        if !credentials.isEmpty { members["credentials"] = .array(credentials.map(\.json)) }
        return .object(members)
    }

    private var own: JSONObject {
        [
            "input": .string(input),
            "format": .string(format.rawValue),
            "verdict": .string(verdict.name),
            "answers": [
                "authentic": .string(answers.authentic.rawValue),
                "current": .string(answers.current.rawValue),
                "subject": .string(answers.subject.rawValue),
                "issuer": .string(answers.issuer.rawValue),
                "content": .string(answers.content.rawValue),
            ],
            "badge": claims?.json ?? .null,
            "checks": .array(
                checks.map { check in
                    [
                        "check": .string(check.check.rawValue),
                        "outcome": .string(check.outcome.rawValue),
                        "detail": .string(check.detail),
                    ]
                }
            ),
            "problems": .array(
                problems.map { problem in
                    [
                        "code": .string(problem.code.rawValue),
                        "title": .string(problem.code.title),
                        "detail": .string(problem.detail),
                        "check": .string(problem.check.rawValue),
                        "path": problem.path.map { .string($0.description) } ?? .null,
                    ]
                }
            ),
            "sentence": .string(sentence),
        ]
    }
}
