/// What a verification is asked beside the badge itself.
public struct VerificationOptions: Sendable {
    /// An answer that a verdict of `verified` has to have.
    public enum Requirement: Sendable, Hashable {
        /// The issuer is in the trust policy.
        case issuerTrusted
        /// The issuer's key was found under its own domain, or it is trusted.
        case issuerDomain
        /// The badge is about the recipient asked for.
        case subjectMatch
    }

    /// The time at which the badge has to hold.
    public var at: Timestamp
    /// Whose badge it should be.
    public var recipient: Recipient?
    public var trust: TrustPolicy?
    public var requirements: Set<Requirement>

    /// A recipient implies the requirement `subjectMatch`, a trust policy `issuerTrusted`; `reportOnly` lifts them all.
    public init(
        at: Timestamp,
        recipient: Recipient? = nil,
        trust: TrustPolicy? = nil,
        requirements: Set<Requirement> = [],
        reportOnly: Bool = false
    ) {
        self.at = at
        self.recipient = recipient
        self.trust = trust
        var all = requirements
        if recipient != nil { all.insert(.subjectMatch) }
        if trust != nil { all.insert(.issuerTrusted) }
        self.requirements = reportOnly ? [] : all
    }
}
