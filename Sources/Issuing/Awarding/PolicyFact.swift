extension AwardPolicy {
    /// A stream of records that requirements are held against: all records of one kind about one thing.
    public struct Fact: Sendable, Hashable {
        /// Its name in the policy.
        public var name: String
        /// Of what kind its records are.
        public var kind: ExamResult.Kind
        /// Which records belong to it.
        public var match: Match
        /// Whether whoever judged or recommended must be somebody else than the candidate.
        public var isDistinctFromSubject = false
        /// Whether the record is made here, as soon as what comes before it is met: an invitation.
        public var isProducedByEngine = false
    }

    /// Which records belong to a stream: each list that is not empty must have the record's own.
    public struct Match: Sendable, Hashable {
        /// Ids of the exam, activity, survey or work that the record is about. Without any, a record may be about
        /// nothing, or about what the policy names anywhere.
        public var subjects: [String] = []
        /// Forms of the exam.
        public var forms: [String] = []
        /// The item that the record has to have.
        public var item: String?
        /// Roles of who judged, recommended or saw.
        public var roles: [String] = []
        /// Panels that they speak for.
        public var panels: [String] = []
    }
}
