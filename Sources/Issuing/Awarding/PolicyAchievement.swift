extension AwardPolicy {
    /// What is achieved: what becomes the OB 3.0 Achievement and the OB 2.0 BadgeClass.
    public struct Achievement: Sendable, Hashable {
        /// Its id.
        public var id: String
        /// Its name.
        public var name: String
        /// What it is; `nil` leaves it to the name.
        public var description: String?
        /// What it takes, for people; where the policy does not say, its requirements do.
        public var criteria: Criteria?
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
}
