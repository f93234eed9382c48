/// For whom a badge is looked over: what others ask of a badge beyond what the specification does.
///
/// A badge that lacks nothing is *ready* for them. Whether it is certified, they say themselves.
public enum LintProfile: String, Sendable, Hashable, CaseIterable {
    /// A TrustEd Microcredential of 1EdTech for knowledge: a validated assessment, with its result in the badge.
    case trustedKnowledge = "trusted-knowledge"
    /// A TrustEd Microcredential of 1EdTech for application: what was shown, how it was judged, and the work itself.
    case trustedApplication = "trusted-application"
    /// 1EdTech's public validator, with its own limits.
    case edt
    /// A profile on LinkedIn.
    case linkedin

    /// What it is, for people.
    public var title: String {
        switch self {
        case .trustedKnowledge: "TrustEd Microcredential, Knowledge"
        case .trustedApplication: "TrustEd Microcredential, Application"
        case .edt: "1EdTech's public validator"
        case .linkedin: "LinkedIn's licenses and certifications"
        }
    }
}
