/// When a badge is awarded: what is achieved, the facts it takes, and what each of them must meet.
///
/// The subset of `award-policy/1` that judges one exam by its score. A policy's id never changes its meaning: whoever
/// changes a policy gives it a new id, and ``digestSource`` shows if somebody did not.
///
/// *For example:*
/// ```yaml
/// policy: award-policy/1
/// id: https://exams.example.org/policies/algebra-1/1
/// achievement:
///   id: https://exams.example.org/achievements/algebra-1
///   name: Algebra I
///   description: First-year algebra.
///   criteria: Scored 80 % or more in the final exam.
///   image: algebra.svg
/// facts:
///   exam: {kind: score, match: {exam: ALG-1}}
/// requirements:
///   - {id: r1-mark, needs: exam, score: {min_percent: 80}}
/// on_unknown: hold
/// award: {dated: exam.at}
/// ```
public struct AwardPolicy: Sendable, Hashable {
    /// The name of this format, as it stands in `policy`.
    public static let format = "award-policy/1"

    /// The policy's id, which carries its version.
    public let id: String
    /// What is achieved.
    public let achievement: Achievement
    /// How the recipient is named in the badge; `nil` leaves it to the issuer's settings.
    public let publish: Publish?
    /// The facts, in the order of the file.
    public let facts: [Fact]
    /// What must be met, all of it, in the order of the file; at least one.
    public let requirements: [Requirement]
    /// What becomes of a candidate of whom something is not known.
    public let onUnknown: OnUnknown
    /// What the badge says beside the achievement.
    public let award: Award

    /// What is achieved: what becomes the OB 3.0 Achievement and the OB 2.0 BadgeClass.
    public struct Achievement: Sendable, Hashable {
        /// Its id.
        public var id: String
        /// Its name.
        public var name: String
        /// What it is.
        public var description: String
        /// What it takes, for people.
        public var criteria: Criteria
        /// The image's file, from the workspace's `images/`.
        public var image: String?
        /// OB 3.0's `achievementType`.
        public var type: String?
        /// Words to find it by.
        public var tags: [String]
        /// What it corresponds to in frameworks.
        public var alignment: [Alignment]
        /// A code for people.
        public var humanCode: String?
        /// The field of study.
        public var fieldOfStudy: String?
        /// What it specialises in.
        public var specialization: String?
        /// The language, as of BCP 47.
        public var inLanguage: String?
        /// Its version.
        public var version: String?
    }

    /// What an achievement takes.
    public struct Criteria: Sendable, Hashable {
        /// A page that says it.
        public var id: String?
        /// A text (Markdown) that says it.
        public var narrative: String?
    }

    /// A node of a framework that an achievement corresponds to (OB 3.0 Alignment).
    public struct Alignment: Sendable, Hashable {
        /// The node's name.
        public var targetName: String
        /// The node's address.
        public var targetURL: String
        /// What kind of node it is: `CFItem`, `ceasn:Competency`.
        public var targetType: String?
        /// The node's code in its framework.
        public var targetCode: String?
        /// What the node says.
        public var targetDescription: String?
        /// The framework's name.
        public var targetFramework: String?
    }

    /// How the recipient is named in the badge.
    public enum Publish: String, Sendable, Hashable, CaseIterable {
        /// A salted hash of the e-mail address.
        case hashed
        /// The e-mail address itself.
        case plain
        /// The recipient's DID.
        case did
    }

    /// A stream of records that requirements are held against.
    public struct Fact: Sendable, Hashable {
        /// Its name in the policy.
        public let name: String
        /// The ids of the exams that it is about.
        public let exams: [String]
    }

    /// Something that must be met.
    public struct Requirement: Sendable, Hashable {
        /// Its id in the policy.
        public let id: String
        /// The name of the fact that it is held against.
        public let needs: String
        /// The pass mark.
        public let mark: Mark
    }

    /// A pass mark, exactly as the policy spells it.
    public enum Mark: Sendable, Hashable, CustomStringConvertible {
        /// So many percent at least, of the maximum: the raw points count where they are known.
        case percent(ExactDecimal)
        /// So many raw points at least.
        case raw(ExactDecimal)

        /// `80 %` or `32 points`
        public var description: String {
            switch self {
            case .percent(let mark): "\(mark) %"
            case .raw(let mark): "\(mark) points"
            }
        }
    }

    /// What becomes of a candidate of whom something is not known. It never awards.
    public enum OnUnknown: String, Sendable, Hashable, CaseIterable {
        /// Wait, and ask somebody.
        case hold
        /// Treat as not met.
        case deny
    }

    /// What a badge says beside the achievement.
    public struct Award: Sendable, Hashable {
        /// The name of the fact whose date is the badge's.
        public let datedByFact: String
        /// How long it is valid; `nil` for ever.
        public let validity: CalendarPeriod?
    }

    /// Whether a result is of an exam that this policy is about.
    public func matches(_ result: ExamResult) -> Bool {
        facts.contains { $0.exams.contains(result.exam.id) }
    }
}
