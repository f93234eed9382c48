public import Cryptography

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
    /// What is required beside what the recipient and the trust policy imply.
    public var requirements: Set<Requirement>
    /// Answers everything, and requires nothing.
    public var reportOnly: Bool
    /// Whether what the badge links to is fetched as well, which tells those hosts who is being looked at: the issuer's
    /// page, the evidence, the copy at the badge's own id.
    public var followsLinks = false
    /// Whose timestamps count: they show that a signature is older than the end of its key.
    public var timestampAuthorities: CertificateStore?
    /// Whether the report lists the digests of what it rests on, as a receipt needs.
    public var keepsEvidence = false

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
        self.requirements = requirements
        self.reportOnly = reportOnly
    }

    /// All that has to be answered with yes.
    var effectiveRequirements: Set<Requirement> {
        guard !reportOnly else { return [] }
        var all = requirements
        if recipient != nil { all.insert(.subjectMatch) }
        if let trust, !trust.onlyDenies { all.insert(.issuerTrusted) }
        return all
    }
}
