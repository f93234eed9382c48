/// How much one verification may do: whatever comes in drives it, so each loop has its end.
public struct VerificationLimits: Sendable {
    /// An honest badge names four: its class, its issuer, its key, its status. A learner record holds dozens of badges.
    public var documents = 256
    /// All documents of one badge together. The largest honest one is a status list of a million entries: 170 KB.
    public var documentBytes = 64 << 20
    /// A chain of documents, each naming the next: class, issuer, key, and the same again for a status list.
    public var passes = 12
    /// A status list of an endorsement of a badge in a learner record.
    public var depth = 4
    /// Endorsements of one badge.
    public var endorsements = 64
    /// Badges in one learner record: more than anybody earns.
    public var credentials = 1024
    /// After this, no further document is asked for: somebody waits for the answer. How long one may take is its
    /// loader's to say.
    public var time: Duration = .seconds(300)

    public static let standard = VerificationLimits()
    public init() {}
}
