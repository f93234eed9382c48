import Cryptography
import LinkedData
import Proofs

/// The codes of the modules below, as reports show them.
extension ProblemDetails.Code {
    static func proof(_ code: ProofError.Code) -> Self { .named(code.rawValue, "") }
    static func linkedData(_ code: LinkedDataError.Code) -> Self { .named(code.rawValue, "") }
    static func cryptography(_ code: CryptographyError.Code) -> Self { .named(code.rawValue, "") }
    static func baking(_ code: BakingWarning.Code) -> Self { .named(code.rawValue, "") }
}

extension CheckCatalog {
    /// What JSON-LD itself refuses: the codes of its API that reading a document can end in.
    static let jsonLDCodes: [ProblemDetails.Code] = [
        .linkedData(.collidingKeywords), .linkedData(.conflictingIndexes), .linkedData(.contextOverflow),
        .linkedData(.cyclicIRIMapping), .linkedData(.invalidIDValue), .linkedData(.invalidImportValue),
        .linkedData(.invalidIncludedValue), .linkedData(.invalidIndexValue), .linkedData(.invalidNestValue),
        .linkedData(.invalidPrefixValue), .linkedData(.invalidPropagateValue), .linkedData(.invalidProtectedValue),
        .linkedData(.invalidReverseValue), .linkedData(.invalidVersionValue), .linkedData(.invalidBaseDirection),
        .linkedData(.invalidBaseIRI), .linkedData(.invalidContainerMapping), .linkedData(.invalidContextEntry),
        .linkedData(.invalidContextNullification), .linkedData(.invalidDefaultLanguage),
        .linkedData(.invalidIRIMapping), .linkedData(.invalidJSONLiteral), .linkedData(.invalidKeywordAlias),
        .linkedData(.invalidLanguageMapValue), .linkedData(.invalidLanguageMapping),
        .linkedData(.invalidLanguageTaggedString), .linkedData(.invalidLanguageTaggedValue),
        .linkedData(.invalidLocalContext), .linkedData(.invalidRemoteContext), .linkedData(.invalidReverseProperty),
        .linkedData(.invalidReversePropertyMap), .linkedData(.invalidReversePropertyValue),
        .linkedData(.invalidScopedContext), .linkedData(.invalidSetOrListObject), .linkedData(.invalidTermDefinition),
        .linkedData(.invalidTypeMapping), .linkedData(.invalidTypeValue), .linkedData(.invalidTypedValue),
        .linkedData(.invalidValueObject), .linkedData(.invalidValueObjectValue), .linkedData(.invalidVocabMapping),
        .linkedData(.keywordRedefinition), .linkedData(.loadingDocumentFailed), .linkedData(.processingModeConflict),
    ]

    /// What JSON-LD would pass over, and safe mode refuses.
    static let dataLossCodes: [ProblemDetails.Code] = [
        .linkedData(.undefinedTerm), .linkedData(.relativeIRI), .linkedData(.invalidIRI),
        .linkedData(.invalidLanguageTag), .linkedData(.blankNodePredicate), .linkedData(.droppedValue),
        .linkedData(.reservedTerm),
    ]

    /// What is not at hand, or costs too much to find out.
    static let openEndCodes: [ProblemDetails.Code] = [
        .linkedData(.loadingRemoteContextFailed), .linkedData(.workLimit), .linkedData(.sizeLimit),
        .linkedData(.depthLimit),
    ]
}
