extension AwardPolicy {
    /// Something that must be met.
    public struct Requirement: Sendable, Hashable {
        /// Its id in the policy.
        public var id: String
        /// What it asks for.
        public var rule: Rule
        /// What has to be met before it, by their ids.
        public var after: [String] = []
        /// What is done as soon as it is met.
        public var then: [Action] = []

        /// What a requirement asks for.
        public enum Rule: Sendable, Hashable {
            /// A fact that meets conditions.
            case fact(FactRule)
            /// All of these requirements.
            case all([String])
            /// One of these at least.
            case any([String])
            /// That this one is not met.
            case not(String)
        }

        /// The requirement as far as it is about a fact.
        public var factRule: FactRule? {
            if case .fact(let rule) = rule { rule } else { nil }
        }

        /// The requirements that it puts together.
        var members: [String] {
            switch rule {
            case .fact: []
            case .all(let ids), .any(let ids): ids
            case .not(let id): [id]
            }
        }
    }

    /// A fact, and what its record has to meet: all of the conditions that are there.
    public struct FactRule: Sendable, Hashable {
        /// The name of the fact that it is held against.
        public var needs: String
        /// How far the record has to have got.
        public var status: ExamResult.Status?
        /// A pass mark.
        public var score: ScoreRule?
        /// Words that a decision may have.
        public var decisions: [String] = []
        /// A level to reach.
        public var rubric: Rubric?
        /// Who has to have judged.
        public var decidedBy: Decider?
        /// How long after another fact.
        public var within: Window?
        /// Whether somebody has to have watched.
        public var isProctored = false
        /// In how many sittings.
        public var sittings: Sittings?
        /// At which attempt.
        public var attempts: Attempts?
        /// How many items the exam has to have.
        public var itemCount: Int?
        /// How many words a work has to have.
        public var minimumWords: Int?
        /// How many records have to meet the conditions; `nil` where one is chosen.
        public var count: Count?
        /// Which record counts where there are several.
        public var choose = Choice.any

        /// A rule about a fact without conditions: that there is one.
        public init(needs: String) { self.needs = needs }
    }

    /// Which record of a stream counts.
    public enum Choice: String, Sendable, Hashable, CaseIterable {
        /// Any that serves the candidate; the earliest of these.
        case any
        /// Any that serves the candidate; the one with the best score of these.
        case best
        /// The earliest.
        case first
        /// The latest.
        case last
    }

    /// A pass mark: bounds of a score, and what it is counted in.
    public struct ScoreRule: Sendable, Hashable {
        /// So many percent at least.
        public var minimumPercent: ExactDecimal?
        /// So many percent at most.
        public var maximumPercent: ExactDecimal?
        /// So many points at least.
        public var minimumRaw: ExactDecimal?
        /// So many points at most.
        public var maximumRaw: ExactDecimal?
        /// What the percentage is of; `nil` for points, or what the source shows.
        public var base: Base?
        /// Items that do not count, by their ids.
        public var without: [String] = []
        /// How the score is rounded before it is compared.
        public var rounding = Rounding.none
        /// Whether it is spelt as `points:` in the policy.
        var isPoints = false

        /// What a percentage is of.
        public enum Base: String, Sendable, Hashable, CaseIterable {
            /// The items that were answered correctly, of all.
            case items
            /// The points that were reached, of all.
            case points
        }

        /// Whether it is counted in percent, and not in points.
        var isPercent: Bool { minimumPercent != nil || maximumPercent != nil }
        var minimum: ExactDecimal? { minimumPercent ?? minimumRaw }
        var maximum: ExactDecimal? { maximumPercent ?? maximumRaw }
    }

    /// Levels of a rubric, from the lowest, and the one to reach.
    public struct Rubric: Sendable, Hashable {
        /// The levels, from the lowest; empty where only ``minimum`` is known.
        public var levels: [String] = []
        /// The level to reach.
        public var minimum: String
    }

    /// Who has to have judged.
    public struct Decider: Sendable, Hashable {
        /// A fact whose roles and panels are meant.
        public var fact: String?
        /// Roles, one of which they must have.
        public var roles: [String] = []
        /// Panels, for one of which they must speak.
        public var panels: [String] = []
        /// From whom they must be told apart.
        public var distinct = Distinction.subject
    }

    /// From whom those who judge must be told apart.
    public enum Distinction: String, Sendable, Hashable, CaseIterable {
        /// From nobody.
        case none
        /// From the candidate.
        case subject
        /// From the candidate, and each from the others.
        case each
    }

    /// A length of time that begins with another fact.
    public struct Window: Sendable, Hashable {
        /// How long it is.
        public var period: CalendarPeriod
        /// The fact or the requirement that it begins with.
        public var anchor: String
    }

    /// In how many sittings an exam is to be taken.
    public struct Sittings: Sendable, Hashable {
        /// At most so many.
        public var maximum: Int?
        /// The longest time from its beginning to its end.
        public var maximumDuration: CalendarPeriod?
    }

    /// At which attempt an exam counts.
    public struct Attempts: Sendable, Hashable {
        /// At most so many.
        public var maximum: Int
        /// How one more is allowed.
        public var exception: Exception?
        /// Whether the number of records is the number of attempts, where the source does not count them.
        public var areRecords = false

        /// How one attempt more is allowed.
        public struct Exception: Sendable, Hashable {
            /// The fact in which it is approved.
            public var approvedBy: String
            /// Words that approve it.
            public var decisions: [String] = Self.words
            /// Whether it must be another form of the exam than all before.
            public var isOtherForm = false

            static let words = ["exception", "approve"]
        }
    }

    /// How many records have to meet the conditions, and over what time.
    public struct Count: Sendable, Hashable {
        /// At least so many.
        public var minimum: Int?
        /// At most so many.
        public var maximum: Int?
        /// From the first to the last at least so long.
        public var minimumSpan: CalendarPeriod?
        /// From the first to the last at most so long.
        public var maximumSpan: CalendarPeriod?
    }

    /// What is done as soon as a requirement is met: a letter.
    public struct Action: Sendable, Hashable {
        /// The letter's template: `exam-url`, `score-report`.
        public var mail: String
        /// What a score report tells: `correct`, `percent`, `points`.
        public var fields: [String] = []
        /// The address that the letter names.
        public var url: String?
    }
}
