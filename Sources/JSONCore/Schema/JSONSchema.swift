/// A JSON Schema, compiled once and used for any number of instances.
///
/// It knows drafts 4, 6, 7, 2019-09 and 2020-12, each by its `$schema`. It fetches nothing: what a schema refers to
/// comes with it in `documents`, and what is missing stands in ``references``.
///
/// *For example:*
/// ```swift
/// var schema = try JSONSchema(text, baseURI: "https://example.org/schema.json")
/// // schema.references == ["https://example.org/other.json"]: fetch it, and
/// schema = try JSONSchema(text, baseURI: "https://example.org/schema.json", documents: fetched)
/// for violation in schema.violations(in: credential) { print(violation.path, violation.detail) }
/// ```
public struct JSONSchema: Sendable {
    /// What `format` does.
    public enum FormatAssertion: Sendable, Hashable {
        /// Nothing, as 2019-09 and 2020-12 have it unless a metaschema says otherwise.
        case annotation
        /// It must hold, where the format is one that we know.
        case assertion
    }

    private let program: SchemaProgram
    private let limits: Limits

    /// The absolute URIs of the documents that the schema refers to and that were not given, metaschemas among them.
    ///
    /// While there are any, an instance that needs one is answered with `UNRESOLVED_REFERENCE`. What they refer to in
    /// turn shows when they are given: fetch and compile until this is empty.
    public var references: [String] { program.references }

    /// Compiles a schema.
    ///
    /// - Parameters:
    ///   - schema: an object, or `true` or `false`.
    ///   - baseURI: where the schema was found; its `$id` goes before it.
    ///   - documents: other schemas by their absolute URIs without fragment. The metaschemas of the known dialects need
    ///     not be among them.
    ///   - dialect: what the schema is read as where it has no `$schema`.
    ///   - formats: whether `format` is checked.
    ///   - limits: how much a schema may ask for.
    /// - Throws: `INVALID_SCHEMA`, `UNSUPPORTED_PATTERN`, `UNSUPPORTED_VOCABULARY`, `SIZE_LIMIT`, with the path in the
    ///   schema's document.
    public init(
        _ schema: JSON,
        baseURI: String? = nil,
        documents: [String: JSON] = [:],
        dialect: Dialect = .draft2019,
        formats: FormatAssertion = .annotation,
        limits: Limits = .standard
    ) throws(JSONError) {
        let registry = SchemaRegistry(documents: documents, dialect: dialect, limits: limits)
        var compiler = SchemaCompiler(registry: registry, formats: formats, limits: limits)
        program = try compiler.compile(schema, baseURI: baseURI ?? "")
        self.limits = limits
    }

    /// What in an instance the schema does not allow; empty where it is valid.
    ///
    /// Where there is no answer, there is one element, and its code is no verdict
    /// (``JSONSchemaViolation/Code/isVerdict``).
    ///
    /// - Parameters:
    ///   - instance: the document to check.
    ///   - limit: how many violations are wanted at most; at least one is given.
    public func violations(in instance: JSON, limit: Int = 64) -> [JSONSchemaViolation] {
        var evaluation = SchemaEvaluation(program, limits: limits)
        return evaluation.violations(in: instance, limit: max(limit, 1))
    }

    /// Whether an instance is known to be valid: stops at the first violation.
    public func isValid(_ instance: JSON) -> Bool {
        var evaluation = SchemaEvaluation(program, limits: limits)
        return evaluation.isValid(instance)
    }
}
