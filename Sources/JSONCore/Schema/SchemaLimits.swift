extension JSONSchema {
    /// How much a schema may ask for before it is refused.
    ///
    /// A badge names the schemas that it is to be checked against, so a schema is as hostile as the badge.
    public struct Limits: Sendable, Hashable {
        /// Subschemas that are compiled, over all documents. 20,000: the official schemas of Open Badges and CLR have
        /// about 1,100; each takes about 200 bytes.
        public var schemas: Int

        /// Values that are looked through for `$id` and `$anchor`, over all documents. One million, as in
        /// ``JSONLimits/nodes``.
        public var nodes: Int

        /// Units of work for one instance: a keyword checked, or eight steps of a regular expression, or 64 bytes
        /// compared. Eight millions: the official example credentials take from 350 to 5,100, so a document of a
        /// thousand goes through, and a hostile one takes a second.
        public var work: Int

        /// Schemas applied inside one another: what nests in the instance, times the references between. 768: the most
        /// that an official example takes is 21. Values above ``maximumDepth`` are read as that.
        public var depth: Int

        /// Bytes and instructions of all regular expressions of a schema, repetitions written out. 65,536: the official
        /// schemas take at most 500, and `.{0,1000}` takes 2,000; an instruction takes about 100 bytes.
        public var patternSize: Int

        /// The deepest nesting that any limit can allow: what a thread's stack of 8 MiB bears also in a debug build.
        public static let maximumDepth = 768

        /// What verification uses unless told otherwise.
        public static let standard = Limits()

        /// Limits that differ from the standard in what is given.
        public init(
            schemas: Int = 20_000,
            nodes: Int = 1_000_000,
            work: Int = 8_000_000,
            depth: Int = 768,
            patternSize: Int = 65_536
        ) {
            self.schemas = schemas
            self.nodes = nodes
            self.work = work
            self.depth = depth
            self.patternSize = patternSize
        }
    }
}
