/// When a badge is awarded: what is achieved, the facts it takes, and what each of them must meet.
///
/// The format `award-policy/1`, documented in `docs/award-policy.md`. A policy's id never changes its meaning: whoever
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
    public let publish: RecipientForm?
    /// The streams of facts, in the order of the file.
    public let facts: [Fact]
    /// What must be met, in the order of the file; at least one.
    public let requirements: [Requirement]
    /// What becomes of a candidate of whom something is not known.
    public let onUnknown: OnUnknown
    /// What becomes of a badge when a fact that it rests on is corrected.
    public let onCorrection: OnCorrection
    /// What the badge says beside the achievement.
    public let award: Award
    /// What becomes public, requirement by requirement; `nil` where the policy does not say: then every score does.
    public let publications: [Publication]?

    /// The same in numbers, for the evaluator.
    private let derived: Derived

    /// What follows from the rest, and so tells no two policies apart.
    private struct Derived: Sendable, Hashable {
        let plan: EvaluationPlan

        static func == (left: Derived, right: Derived) -> Bool { true }
        func hash(into hasher: inout Hasher) {}
    }

    var plan: EvaluationPlan { derived.plan }

    init(
        id: String,
        achievement: Achievement,
        publish: RecipientForm?,
        facts: [Fact],
        requirements: [Requirement],
        onUnknown: OnUnknown,
        onCorrection: OnCorrection,
        award: Award,
        publications: [Publication]?
    ) {
        self.id = id
        self.achievement = achievement
        self.publish = publish
        self.facts = facts
        self.requirements = requirements
        self.onUnknown = onUnknown
        self.onCorrection = onCorrection
        self.award = award
        self.publications = publications
        derived = Derived(plan: EvaluationPlan(policy: id, achievement.id, facts, requirements, award))
    }

    /// How the recipient is named in the badge.
    public enum RecipientForm: String, Sendable, Hashable, CaseIterable {
        /// A salted hash of the e-mail address.
        case hashed
        /// The e-mail address itself.
        case plain
        /// The recipient's DID.
        case did
    }

    /// What becomes of a candidate of whom something is not known. It never awards.
    public enum OnUnknown: String, Sendable, Hashable, CaseIterable {
        /// Wait, and ask somebody.
        case hold
        /// Treat as not met.
        case deny
    }

    /// What becomes of a badge when a fact that it rests on is corrected. It is never silent.
    public enum OnCorrection: String, Sendable, Hashable, CaseIterable {
        /// The badge stays as it is until somebody has looked.
        case hold
        /// The badge is revoked, and issued anew under the next revision where it is still earned.
        case supersede
    }

    /// What a badge says beside the achievement.
    public struct Award: Sendable, Hashable {
        /// The fact or the requirement whose date is the badge's.
        public var dated: String
        /// How long it is valid; `nil` for ever.
        public var validity: CalendarPeriod?
        /// Whether the recipient's name stands in the badge.
        public var name = NameForm.none
        /// The generations that the badge is issued in; `nil` for all that the issuer signs.
        public var formats: [Generation]?
        /// Whether a letter tells the recipient.
        public var notify = false
    }

    /// Whether the recipient's name stands in the badge.
    public enum NameForm: String, Sendable, Hashable, CaseIterable {
        /// It does not.
        case none
        /// It does, as the results spell it.
        case display
    }

    /// A generation of the standard.
    public enum Generation: String, Sendable, Hashable, CaseIterable {
        /// Open Badges 2.0.
        case ob2
        /// Open Badges 3.0.
        case ob3
    }

    /// What of a requirement becomes public in a badge.
    public struct Publication: Sendable, Hashable {
        /// The requirement's id.
        public var requirement: String
        /// The form in which it does.
        public var form: Form
        /// How a result is counted there.
        public var value: Value

        /// The form in which a requirement becomes public.
        public enum Form: String, Sendable, Hashable, CaseIterable {
            /// A result.
            case result
            /// A result, and evidence beside it.
            case resultAndEvidence = "result+evidence"
            /// Evidence.
            case evidence
            /// An endorsement that somebody has signed; where there is none, evidence.
            case endorsement
            /// Not at all.
            case none

            var hasResult: Bool { self == .result || self == .resultAndEvidence }
            var hasEvidence: Bool { self == .evidence || self == .resultAndEvidence }
        }

        /// How a result is counted in a badge.
        public enum Value: String, Sendable, Hashable, CaseIterable {
            /// In percent.
            case percent
            /// In points.
            case raw
            /// As the level of a rubric.
            case level
            /// As a word that says only that it was reached.
            case status
            /// Not at all: the status alone is shown.
            case none
        }
    }

    /// Whether a record is one that this policy asks for.
    public func matches(_ record: ExamResult) -> Bool {
        let record = [record]
        return plan.facts.contains { $0.matches(record, 0) }
    }
}
