/// What can be wrong with a status list. Source: Bitstring Status List 1.0 §3.5.
extension OpenBadgesError.Code {
    /// An index lies outside of the list, or a value outside of its entry.
    public static let range = Self(rawValue: "RANGE_ERROR")
}

/// What a verification can say about a status. Source of the names: Bitstring Status List 1.0 §3.5.
extension ProblemDetails.Code {
    static let suspended = Self("SUSPENDED", "Suspended by its issuer")
    static let statusVerification = Self("STATUS_VERIFICATION_ERROR", "A status list that cannot be relied on")
    static let statusListLength = Self("STATUS_LIST_LENGTH_ERROR", "A status list that is too short")
    static let statusRange = Self("RANGE_ERROR", "An index outside of its status list")
    static let statusMessage = Self("STATUS_MESSAGE", "Its issuer says something about it")
    static let statusRefresh = Self("STATUS_REFRESH", "There is a newer version")
}
