public import JSONCore

/// Work of the workshop that could not be done: what, and where in which file.
///
/// A decision is never an error, and a bad row is not thrown but handed out as a ``RowProblem``, so that the good
/// ones go through. Texts name columns, keys and places, never what stood in a cell: results are about people.
public struct IssuingError: Error, Sendable, Hashable, CustomStringConvertible {
    /// A stable name for the kind of failure, for programs to switch on.
    public struct Code: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
        /// The name as reports show it, in upper snake case.
        public let rawValue: String
        /// A code of that name.
        public init(rawValue: String) { self.rawValue = rawValue }
        /// The name.
        public var description: String { rawValue }
    }

    /// What kind of failure it is.
    public let code: Code
    /// One sentence for people, without personal data.
    public let detail: String
    /// The file it is about, as the user named it.
    public var file: String?
    /// The line in the file, from 1.
    public var line: Int?
    /// The column in the line, from 1, in Unicode characters (scalars).
    public var column: Int?
    /// Where in the record or document, if it is about one place of it: `/score/percent`.
    public var path: JSONPointer?
    /// What to do about it, where that can be said.
    public var hint: String?

    /// A failure; what is not known of its place stays `nil`.
    public init(
        _ code: Code,
        _ detail: String,
        file: String? = nil,
        line: Int? = nil,
        column: Int? = nil,
        path: JSONPointer? = nil,
        hint: String? = nil
    ) {
        self.code = code
        self.detail = detail
        self.file = file
        self.line = line
        self.column = column
        self.path = path
        self.hint = hint
    }

    /// `july.csv:17:42: SCORE_NEGATIVE: …`, as editors and terminals can follow it; the hint is not in it.
    public var description: String {
        var place = file ?? ""
        if let line { place += (place.isEmpty ? "line " : ":") + String(line) }
        if let line, let column, line > 0 { place += ":" + String(column) }
        return (place.isEmpty ? "" : place + ": ") + "\(code): \(detail)"
    }
}
