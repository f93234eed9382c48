/// What can be wrong with a policy's file; YAML and its keys have codes of their own, made from these families.
extension IssuingError.Code {
    /// The file is no YAML.
    public static let policySyntax = Self(rawValue: "POLICY_SYNTAX")
    /// The file is larger than a policy can be.
    public static let policyTooLarge = Self(rawValue: "POLICY_TOO_LARGE")
    /// A key is not known here: misspelt, most likely.
    public static let policyUnknownKey = Self(rawValue: "POLICY_UNKNOWN_KEY")
    /// A key stands twice in one mapping.
    public static let policyDuplicateKey = Self(rawValue: "POLICY_DUPLICATE_KEY")
    /// A key that must be there is not.
    public static let policyKeyMissing = Self(rawValue: "POLICY_KEY_MISSING")
    /// A value is not of its type, or out of its range.
    public static let policyType = Self(rawValue: "POLICY_TYPE")
    /// A key of `award-policy/1` that this version does not judge by; ignoring it would award too much.
    public static let policyUnsupported = Self(rawValue: "POLICY_UNSUPPORTED")
    /// The file says that it is of another format.
    public static let policyFormat = Self(rawValue: "POLICY_FORMAT")
    /// A name refers to nothing.
    public static let policyReference = Self(rawValue: "POLICY_REFERENCE")
    /// Something that no candidate can meet.
    public static let policyContradiction = Self(rawValue: "POLICY_CONTRADICTION")
    /// Something that does less than it seems to.
    public static let policyOdd = Self(rawValue: "POLICY_ODD")
    /// A fact that no requirement needs.
    public static let policyUnused = Self(rawValue: "POLICY_UNUSED")
    /// Two requirements have one id.
    public static let policyDuplicateID = Self(rawValue: "POLICY_DUPLICATE_ID")
}
