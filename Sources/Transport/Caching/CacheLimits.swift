extension HTTPCache {
    /// The budgets of a cache, each with its reason.
    public struct Limits: Sendable, Hashable {
        public static let standard = Limits()

        /// For all files together. An issuer's documents take some 50 KB: these are a thousand issuers'.
        public var diskBytes = 64 << 20
        /// For all answers in memory: a batch's issuers and status lists, while its own credentials pass through.
        public var memoryBytes = 32 << 20
        /// The longest lifetime that is believed. A revocation should be seen the next day, even where the server once
        /// said "a year".
        public var longestLifetime: Duration = .seconds(86_400)
        /// For how long an answer serves all who ask within this process, whatever the server says of its lifetime, if
        /// only it may be kept at all (`no-store`): a run over ten thousand badges is one act, and asks each server once.
        /// Zero for none of this.
        public var sharingTime: Duration = .seconds(60)
        /// The same for refusals (404, 410, 500 and so on) and for servers that cannot be reached; also the longest
        /// lifetime of a refusal. Long enough to wait for a dead server once and not for each badge, short enough for a
        /// fault to be mended.
        public var negativeTime: Duration = .seconds(30)

        private init() {}
    }
}
