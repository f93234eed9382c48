/// Where in a results file.
public struct SourcePosition: Sendable, Hashable, CustomStringConvertible {
    /// The file, as the user named it.
    public let file: String
    /// The line, from 1: the first of a record that has several.
    public let line: Int

    /// `july.csv:17`
    public var description: String { "\(file):\(line)" }
}

/// What one row of a results file came to.
public enum RowOutcome: Sendable {
    /// A result.
    case result(ExamResult, SourcePosition)
    /// A row that cannot be read as one. The others go through.
    case setAside(RowProblem)
    /// A row that says the same as an earlier one: it changes nothing, and is no error.
    case duplicate(SourcePosition)
}

/// A row that could not be read, why, and its bytes, so that it can be mended and read again.
public struct RowProblem: Sendable, CustomStringConvertible {
    /// Code, detail, file, line and column, without anything from the row.
    public let error: IssuingError
    /// The row's bytes with its line end; empty where it was too large to hold: see ``range``.
    public let raw: [UInt8]
    /// The bytes of the file that are this row.
    public let range: Range<Int>

    /// The error's code.
    public var code: IssuingError.Code { error.code }
    /// The error's sentence.
    public var detail: String { error.detail }
    /// The line, from 1.
    public var line: Int { error.line ?? 0 }
    /// The column, from 1, in characters.
    public var column: Int { error.column ?? 1 }
    /// Whether ``raw`` has the whole row.
    public var isHeld: Bool { raw.count == range.count }
    /// The error's description.
    public var description: String { error.description }
}
