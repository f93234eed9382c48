/// What a record says that is more than an exam's score: a policy asks for completed modules, surveys, recommendations,
/// reviews, works and observations as well, and each of these is a record of its own.
extension ExamResult {
    /// What kind of fact a record states.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// An examination or quiz, with its score. What a record is that does not say otherwise.
        case score
        /// A module or course that was completed, or not yet.
        case completion
        /// A survey that was answered.
        case survey
        /// Somebody's word for the candidate.
        case recommendation
        /// The candidate was invited to an exam.
        case invitation
        /// A demonstration, judged by levels: an item of an exam, or a task of its own.
        case performance
        /// A panel's word: on an item, on an attempt, on an exception.
        case review
        /// A work that was handed in.
        case artifact
        /// The candidate was seen to do something.
        case observation

        /// The member in which a record of this kind names what it is about.
        var subjectName: String {
            switch self {
            case .score, .recommendation, .invitation, .performance, .review: "exam"
            case .completion, .observation: "activity"
            case .survey: "survey"
            case .artifact: "artifact"
            }
        }

        /// Whether a record of this kind has to say what it is about.
        var needsSubject: Bool {
            switch self {
            case .recommendation, .review, .observation: false
            default: true
            }
        }
    }

    /// Who judged, recommended or saw. Personal data, as a candidate is.
    public struct Decider: Sendable, Hashable {
        /// A DID, or an id in some register.
        public var id: String?
        /// The e-mail address.
        public var email: String?
        /// The name for people.
        public var name: String?
        /// In what role: `mentor`, `instructor`, `manager`.
        public var role: String?
        /// The panel that they speak for: `board-of-review`.
        public var panel: String?

        /// A decider of what is known.
        public init(
            id: String? = nil,
            email: String? = nil,
            name: String? = nil,
            role: String? = nil,
            panel: String? = nil
        ) {
            (self.id, self.email, self.name, self.role, self.panel) = (id, email, name, role, panel)
        }

        var isEmpty: Bool { self == Decider() }
    }

    /// A work that was handed in.
    public struct Artifact: Sendable, Hashable {
        /// Where it is.
        public var url: String?
        /// How many words it has.
        public var words: Int?
        /// Its SHA-256 in hexadecimal.
        public var sha256: String?

        /// A work of what is known.
        public init(url: String? = nil, words: Int? = nil, sha256: String? = nil) {
            (self.url, self.words, self.sha256) = (url, words, sha256)
        }

        var isEmpty: Bool { self == Artifact() }
    }

    /// When the fact came about: when it ended.
    public var at: Moment? { endedAt ?? startedAt }

    /// The item of that id.
    func item(_ id: String) -> Item? { items.first { $0.id == id } }
}
