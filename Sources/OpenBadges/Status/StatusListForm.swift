/// The two generations of status lists, which differ in names and in the encoding of the list.
///
/// Source: Bitstring Status List 1.0 (W3C Recommendation, 2025); Status List 2021 (its draft, still in use).
public enum StatusListForm: Sendable, Hashable, CaseIterable {
    /// Bitstring Status List 1.0: what is issued today.
    case bitstring
    /// Status List 2021: read, and never written.
    case statusList2021

    /// What stands as `type` in a credential's `credentialStatus`.
    public var entryType: String {
        switch self {
        case .bitstring: "BitstringStatusListEntry"
        case .statusList2021: "StatusList2021Entry"
        }
    }

    /// What stands in the `type` of the credential that holds the list.
    public var credentialType: String {
        switch self {
        case .bitstring: "BitstringStatusListCredential"
        case .statusList2021: "StatusList2021Credential"
        }
    }

    /// What stands as `type` of that credential's subject.
    public var listType: String {
        switch self {
        case .bitstring: "BitstringStatusList"
        case .statusList2021: "StatusList2021"
        }
    }
}
