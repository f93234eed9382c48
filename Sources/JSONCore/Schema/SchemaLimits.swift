extension JSONSchema {
    /// How much a schema may ask for before it is refused.
    ///
    /// A badge names the schemas that it is to be checked against, so a schema is as hostile as the badge.
    public struct Limits: Sendable, Hashable {
        /// Subschemas that are compiled, over all documents. 20,000: the schema of AchievementCredential has about
        /// 700, the largest in use some thousands; each takes about 200 bytes.
        public var schemas: Int

        /// Values that are looked through for `$id` and `$anchor`, over all documents. One million, as in
        /// ``JSONLimits/nodes``.
        public var nodes: Int

        /// Units of work for one instance: a keyword checked, or some eight steps of a regular expression, or 64 bytes
        /// compared. Four millions: a credential takes some thousands, and the work of this limit less than a second.
        public var work: Int

        /// Schemas applied inside one another: what nests in the instance, times the references between. 768: official
        /// schemas take 6 for each level of a badge, and badges nest 10 deep. Values above ``maximumDepth`` are read as
        /// that.
        public var depth: Int

        /// Bytes of one regular expression. 4,096: the longest in official schemas has 200.
        public var patternLength: Int

        /// Instructions of one compiled regular expression, its repetitions written out. 16,384: enough for
        /// `.{0,8000}`; matching takes at most that many steps for each character.
        public var patternSize: Int

        /// The deepest nesting that any limit can allow: what a thread's stack of 8 MiB bears also in a debug build.
        public static let maximumDepth = 768

        /// What verification uses unless told otherwise.
        public static let standard = Limits()

        /// Limits that differ from the standard in what is given.
        public init(
            schemas: Int = 20_000,
            nodes: Int = 1_000_000,
            work: Int = 4_000_000,
            depth: Int = 768,
            patternLength: Int = 4_096,
            patternSize: Int = 16_384
        ) {
            self.schemas = schemas
            self.nodes = nodes
            self.work = work
            self.depth = depth
            self.patternLength = patternLength
            self.patternSize = patternSize
        }
    }
}
