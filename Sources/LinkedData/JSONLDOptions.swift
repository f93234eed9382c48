public import JSONCore

/// How a JSON-LD document is processed: the options of JSON-LD 1.1 API §9.3 that apply, and safe mode.
///
/// The default is what signing and verifying need: no base, and nothing may be lost silently.
public struct JSONLDOptions: Sendable {
    /// Base IRI against which relative IRIs are resolved; `nil`, as for anything signed, leaves them relative.
    public var base: String?
    /// URL of the document, against which relative context URLs are resolved; `nil` takes ``base``.
    public var documentURL: String?
    /// A context that applies before the document's own.
    public var expandContext: JSON?
    /// Whether members are processed in code point order of their names. Only the order of the expanded form
    /// depends on it.
    public var ordered: Bool
    /// Which version of JSON-LD is spoken.
    public var processingMode: ProcessingMode
    /// How values with a base direction become RDF; `nil` drops the direction, which safe mode refuses.
    public var rdfDirection: RDFDirection?
    /// Whether blank nodes may be predicates.
    public var produceGeneralizedRDF: Bool
    /// Whether every loss of data is an error: see ``LinkedDataError/isDataLoss``.
    public var safe: Bool
    /// How much work a document may cause.
    public var limits: JSONLDLimits

    /// Options that differ from the default in what is given.
    public init(
        base: String? = nil,
        documentURL: String? = nil,
        expandContext: JSON? = nil,
        ordered: Bool = false,
        processingMode: ProcessingMode = .jsonLD11,
        rdfDirection: RDFDirection? = nil,
        produceGeneralizedRDF: Bool = false,
        safe: Bool = true,
        limits: JSONLDLimits = .standard
    ) {
        self.base = base
        self.documentURL = documentURL
        self.expandContext = expandContext
        self.ordered = ordered
        self.processingMode = processingMode
        self.rdfDirection = rdfDirection
        self.produceGeneralizedRDF = produceGeneralizedRDF
        self.safe = safe
        self.limits = limits
    }

    /// The version of JSON-LD that is spoken.
    public enum ProcessingMode: String, Sendable, Hashable {
        /// JSON-LD 1.1
        case jsonLD11 = "json-ld-1.1"
        /// JSON-LD 1.0: what 1.1 added to contexts is refused.
        case jsonLD10 = "json-ld-1.0"
    }

    /// How values with a base direction become RDF (JSON-LD 1.1 API §9.3).
    public enum RDFDirection: String, Sendable, Hashable {
        /// A datatype `https://www.w3.org/ns/i18n#LANGUAGE_DIRECTION`.
        case i18nDatatype = "i18n-datatype"
        /// A blank node with `rdf:value`, `rdf:language` and `rdf:direction`.
        case compoundLiteral = "compound-literal"
    }
}

/// How much work one document may cause before it is refused.
public struct JSONLDLimits: Sendable, Hashable {
    /// Arrays and objects inside one another. 128, as the JSON parser's: real credentials nest 8 to 12 deep.
    public var depth: Int

    /// Contexts that refer to further contexts, and terms whose definition needs the definition of others. 32: real
    /// ones need 3.
    public var contextDepth: Int

    /// Term definitions made, and table entries copied to make them, for one document. 2,000,000: an Open Badges
    /// credential takes 4,400 the first time and nothing after it; at about 50 ns each this bounds a document with
    /// contexts of its own to a tenth of a second.
    public var contextWork: Int

    /// What verification and all commands use unless told otherwise.
    public static let standard = JSONLDLimits()

    /// Limits that differ from the standard in what is given.
    public init(depth: Int = 128, contextDepth: Int = 32, contextWork: Int = 2_000_000) {
        self.depth = depth
        self.contextDepth = contextDepth
        self.contextWork = contextWork
    }
}
