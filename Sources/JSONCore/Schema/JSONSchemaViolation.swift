/// One thing in an instance that its schema does not allow, or why that could not be found out.
///
/// The text never quotes the instance's values: badges carry personal data. It quotes member names and the schema.
///
/// *For example:* `SCHEMA_VIOLATION at /proof (required, …#/properties/proof): the member "type" is missing`
public struct JSONSchemaViolation: Sendable, Hashable, CustomStringConvertible {
    /// What kind of answer it is; the raw value is what reports show.
    public enum Code: String, Sendable, Hashable, CaseIterable {
        /// The instance is not what the schema asks for.
        case violation = "SCHEMA_VIOLATION"
        /// Checking takes more work than ``JSONSchema/Limits/work``.
        case workLimit = "WORK_LIMIT"
        /// Schemas apply one another deeper than ``JSONSchema/Limits/depth``, or without end.
        case depthLimit = "DEPTH_LIMIT"
        /// The schema refers to a document that it was compiled without, one of ``JSONSchema/references``, or its own
        /// dialect is not known.
        case unresolvedReference = "UNRESOLVED_REFERENCE"
        /// Something applies to the instance that is not a schema.
        case invalidSchema = "INVALID_SCHEMA"

        /// Whether the instance was found to be invalid. Otherwise nothing is known: it is neither valid nor invalid.
        public var isVerdict: Bool { self == .violation }
    }

    /// What kind of answer it is.
    public let code: Code
    /// Where in the instance; it ends before the first name that is absurdly long (256 bytes).
    public let path: JSONPointer
    /// The keyword that does not hold; empty where the schema is `false`.
    public let keyword: String
    /// Where in the schema: the URI of its document and a JSON Pointer to the keyword, `https://…/schema.json#/type`.
    public let location: String
    /// One sentence for a person.
    public let detail: String

    /// A violation.
    public init(code: Code, path: JSONPointer, keyword: String, location: String, detail: String) {
        self.code = code
        self.path = path
        self.keyword = keyword
        self.location = location
        self.detail = detail
    }

    /// Everything in one line.
    public var description: String {
        "\(code.rawValue)\(path.isRoot ? "" : " at \(path)") (\(keyword), \(location)): \(detail)"
    }
}
