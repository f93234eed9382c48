/// What can be wrong, or unknown, about who an issuer is.
extension ProblemDetails.Code {
    static let issuerDenied = Self("ISSUER_DENIED", "An issuer that is denied")
    static let issuerNotInRegistry = Self("ISSUER_NOT_IN_REGISTRY", "An issuer that no registry lists")
    static let issuerLookalike = Self("ISSUER_LOOKALIKE", "A domain that looks like another")
    static let issuerNameLookalike = Self("ISSUER_NAME_LOOKALIKE", "Another issuer's name")
    static let registryUnreachable = Self("REGISTRY_UNREACHABLE", "A trust registry cannot be fetched")
    static let registryDigest = Self("REGISTRY_DIGEST_MISMATCH", "A trust registry is another than the one pinned")
    static let registryStale = Self("REGISTRY_STALE", "A trust registry's copy is too old")
    static let registryInvalid = Self("REGISTRY_INVALID", "A trust registry cannot be read")
    static let registryUnsupported = Self("REGISTRY_UNSUPPORTED", "A kind of trust registry that is not read")
}
