public import JSONCore

/// Something that a badge lacks for somebody.
public struct LintFinding: Sendable, Hashable, CustomStringConvertible {
    /// How much it is missed.
    public enum Severity: String, Sendable, Hashable {
        /// It is not ready without.
        case required
        /// It says more with it.
        case recommended
    }

    public let severity: Severity
    /// A stable name: `RESULT_MISSING`.
    public let code: String
    /// Where in the badge it would stand.
    public let path: JSONPointer
    /// One sentence for people.
    public let detail: String
    /// How an issuer mends it, here: what to write into the policy or `issuer.yaml`.
    public let hint: String?

    public var description: String { "\(code) at \(path): \(detail)" }
}
