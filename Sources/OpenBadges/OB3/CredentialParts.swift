/// The parts of a credential whose content other specifications define, and which are only checked for their form here.
///
/// Source: Open Badges 3.0 §B: Proof, CredentialSchema, CredentialStatus, RefreshService, TermsOfUse.
enum CredentialParts {
    // `type` names a class of another specification, so none is required here: only that there is one.
    static let proof = ClassDefinition("Proof", requiresType: false, [PropertyDefinition("type", .anything, .one)])
    static let schema = ClassDefinition(
        "CredentialSchema",
        requiresType: false,
        [PropertyDefinition("id", .iri, .one), PropertyDefinition("type", .anything, .one)]
    )
    static let status = ClassDefinition(
        "CredentialStatus",
        requiresType: false,
        [PropertyDefinition("id", .iri), PropertyDefinition("type", .anything, .one)]
    )
    static let refreshService = ClassDefinition(
        "RefreshService",
        requiresType: false,
        [PropertyDefinition("id", .iri, .one), PropertyDefinition("type", .anything, .one)]
    )
    static let termsOfUse = ClassDefinition(
        "TermsOfUse",
        requiresType: false,
        [PropertyDefinition("id", .iri), PropertyDefinition("type", .anything, .one)]
    )
}
