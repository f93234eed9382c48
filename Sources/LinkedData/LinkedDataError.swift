public import JSONCore

/// Why a JSON-LD document or an RDF dataset could not be processed, and where.
///
/// The codes are those of the JSON-LD 1.1 API (§9.5, `JsonLdErrorCode`), spelled as there, and codes of our own in
/// capitals for what safe mode and the limits refuse. The detail never quotes values of the document: badges carry
/// personal data, and errors end up in logs. Contexts are public, so their URLs are told.
///
/// *For example:* `UNDEFINED_TERM at /credentialSubject/nickname: no context defines this term`
public struct LinkedDataError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What kind of error it is.
    public let code: Code
    /// One sentence for a person.
    public let detail: String
    /// Where in the document; the whole document where there is no better place.
    public let path: JSONPointer

    /// An error at a place.
    public init(_ code: Code, _ detail: String, path: JSONPointer = JSONPointer()) {
        self.code = code
        self.detail = detail
        self.path = path
    }

    /// Code, place and detail in one line.
    public var description: String {
        path.isRoot ? "\(code.rawValue): \(detail)" : "\(code.rawValue) at \(path): \(detail)"
    }

    /// The same error, seen from one step further out.
    func within(_ key: String) -> LinkedDataError {
        prefixed(JSONPointer().appending(key))
    }

    /// The same error, seen from one step further out.
    func within(_ index: Int) -> LinkedDataError {
        prefixed(JSONPointer().appending(index))
    }

    /// The same error under another code: a scoped context fails as `invalid scoped context`.
    func recoded(_ code: Code) -> LinkedDataError {
        LinkedDataError(code, "\(self.code.rawValue): \(detail)", path: path)
    }

    private func prefixed(_ outer: JSONPointer) -> LinkedDataError {
        LinkedDataError(code, detail, path: JSONPointer(outer.description + path.description) ?? path)
    }
}

extension LinkedDataError {
    /// What kind of error it is; the raw value is what reports show.
    public struct Code: RawRepresentable, Sendable, Hashable {
        /// The code as text.
        public let rawValue: String

        /// A code by its text.
        public init(rawValue: String) {
            self.rawValue = rawValue
        }

        private init(_ text: String) {
            rawValue = text
        }
    }

    /// The umbrella over everything that safe mode refuses, in the words of VC Data Integrity §5.
    public static let dataLossCode = "DATA_LOSS_DETECTION_ERROR"

    /// Whether data would have been lost without this error: ``dataLossCode`` covers it.
    public var isDataLoss: Bool {
        Code.dataLoss.contains(code)
    }
}

extension LinkedDataError.Code {
    // The codes of JSON-LD 1.1 API §9.5 that expansion, context processing and RDF conversion can raise.
    public static let collidingKeywords = Self("colliding keywords")
    public static let conflictingIndexes = Self("conflicting indexes")
    public static let contextOverflow = Self("context overflow")
    public static let cyclicIRIMapping = Self("cyclic IRI mapping")
    public static let invalidIDValue = Self("invalid @id value")
    public static let invalidImportValue = Self("invalid @import value")
    public static let invalidIncludedValue = Self("invalid @included value")
    public static let invalidIndexValue = Self("invalid @index value")
    public static let invalidNestValue = Self("invalid @nest value")
    public static let invalidPrefixValue = Self("invalid @prefix value")
    public static let invalidPropagateValue = Self("invalid @propagate value")
    public static let invalidProtectedValue = Self("invalid @protected value")
    public static let invalidReverseValue = Self("invalid @reverse value")
    public static let invalidVersionValue = Self("invalid @version value")
    public static let invalidBaseDirection = Self("invalid base direction")
    public static let invalidBaseIRI = Self("invalid base IRI")
    public static let invalidContainerMapping = Self("invalid container mapping")
    public static let invalidContextEntry = Self("invalid context entry")
    public static let invalidContextNullification = Self("invalid context nullification")
    public static let invalidDefaultLanguage = Self("invalid default language")
    public static let invalidIRIMapping = Self("invalid IRI mapping")
    public static let invalidJSONLiteral = Self("invalid JSON literal")
    public static let invalidKeywordAlias = Self("invalid keyword alias")
    public static let invalidLanguageMapValue = Self("invalid language map value")
    public static let invalidLanguageMapping = Self("invalid language mapping")
    public static let invalidLanguageTaggedString = Self("invalid language-tagged string")
    public static let invalidLanguageTaggedValue = Self("invalid language-tagged value")
    public static let invalidLocalContext = Self("invalid local context")
    public static let invalidRemoteContext = Self("invalid remote context")
    public static let invalidReverseProperty = Self("invalid reverse property")
    public static let invalidReversePropertyMap = Self("invalid reverse property map")
    public static let invalidReversePropertyValue = Self("invalid reverse property value")
    public static let invalidScopedContext = Self("invalid scoped context")
    public static let invalidSetOrListObject = Self("invalid set or list object")
    public static let invalidTermDefinition = Self("invalid term definition")
    public static let invalidTypeMapping = Self("invalid type mapping")
    public static let invalidTypeValue = Self("invalid type value")
    public static let invalidTypedValue = Self("invalid typed value")
    public static let invalidValueObject = Self("invalid value object")
    public static let invalidValueObjectValue = Self("invalid value object value")
    public static let invalidVocabMapping = Self("invalid vocab mapping")
    public static let keywordRedefinition = Self("keyword redefinition")
    public static let loadingDocumentFailed = Self("loading document failed")
    public static let loadingRemoteContextFailed = Self("loading remote context failed")
    public static let processingModeConflict = Self("processing mode conflict")
    public static let protectedTermRedefinition = Self("protected term redefinition")

    // Safe mode.

    /// No context defines a term or a type that the document uses.
    public static let undefinedTerm = Self("UNDEFINED_TERM")
    /// An identifier, type or property is a relative IRI, or no IRI at all.
    public static let relativeIRI = Self("RELATIVE_IRI")
    /// An IRI holds characters that no IRI may hold.
    public static let invalidIRI = Self("INVALID_IRI")
    /// A language tag is not well-formed by BCP 47.
    public static let invalidLanguageTag = Self("INVALID_LANGUAGE_TAG")
    /// A property is a blank node: RDF has no such triples.
    public static let blankNodePredicate = Self("BLANK_NODE_PREDICATE")
    /// A value or a node would not appear in the RDF dataset.
    public static let droppedValue = Self("DROPPED_VALUE")
    /// A key or value has the form of a keyword, and is reserved.
    public static let reservedTerm = Self("RESERVED_TERM")

    // Limits and texts.

    /// The document is nested too deeply.
    public static let depthLimit = Self("DEPTH_LIMIT")
    /// There are more quads than a dataset may have.
    public static let sizeLimit = Self("SIZE_LIMIT")
    /// Canonicalization would cost too much: the dataset is built, or might be built, to make it so.
    public static let workLimit = Self("WORK_LIMIT")
    /// A text is not N-Quads.
    public static let parsingError = Self("PARSING_ERROR")

    static let dataLoss: Set<Self> = [
        undefinedTerm, relativeIRI, invalidIRI, invalidLanguageTag, blankNodePredicate, droppedValue, reservedTerm,
    ]
}
