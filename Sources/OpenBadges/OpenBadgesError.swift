public import JSONCore

/// Work with a badge that could not be done: what, and where in its JSON.
///
/// A verdict is never an error: what a verifier finds wrong with a badge is a ``ProblemDetails`` in its report.
public struct OpenBadgesError: Error, Sendable, Hashable, CustomStringConvertible {
    /// A stable name for the kind of failure, for programs to switch on.
    public struct Code: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
        public let rawValue: String
        public init(rawValue: String) { self.rawValue = rawValue }
        public var description: String { rawValue }

        /// The text is not what it was said to be.
        public static let parsing = Code(rawValue: "PARSING_ERROR")
        /// A property that the class requires is not there.
        public static let required = Code(rawValue: "REQUIRED_PROPERTY_MISSING")
        /// A property has a value outside its range.
        public static let malformedValue = Code(rawValue: "MALFORMED_VALUE_ERROR")
        /// A property stands more often than its class allows.
        public static let cardinality = Code(rawValue: "CARDINALITY_VIOLATION")
        /// An object is not of the class that stands there.
        public static let classMismatch = Code(rawValue: "CLASS_MISMATCH")
        /// A `type` that names neither a class of the context nor an IRI.
        public static let invalidType = Code(rawValue: "INVALID_TYPE")
        /// A VC-JWT or a signed badge cannot carry this credential.
        public static let notSignable = Code(rawValue: "NOT_SIGNABLE")
        /// A document that is needed cannot be had.
        public static let unreachable = Code(rawValue: "DOCUMENT_UNREACHABLE")
        /// A trust file is not of the form that it should be.
        public static let trustFile = Code(rawValue: "TRUST_FILE_INVALID")
    }

    public let code: Code
    /// One sentence for people, without personal data.
    public let detail: String
    /// Where in the JSON, if it is about one place.
    public let path: JSONPointer

    public init(_ code: Code, _ detail: String, at path: JSONPointer = JSONPointer()) {
        self.code = code
        self.detail = detail
        self.path = path
    }

    public var description: String {
        path.tokens.isEmpty ? "\(code): \(detail)" : "\(code) at \(path): \(detail)"
    }
}
