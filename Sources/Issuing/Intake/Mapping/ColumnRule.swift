/// How one place of a result is filled from a row.
struct ColumnRule: Sendable, Hashable {
    /// Where a value comes from, by the columns' names.
    ///
    /// Beside the columns of the source, a name may be `melt.…` (a part of the melted column), `maxima.COLUMN` (that
    /// column in the row of maxima) or `TABLE.COLUMN` (a table that is joined).
    enum Origin: Sendable, Hashable {
        /// The cell of a column.
        case column(String)
        /// The cell of the one column whose header has the pattern; its named groups fill other places.
        case matching(TextPattern, captures: [String: ResultPath])
        /// The first of several cells that is not empty.
        case first([String])
        /// The cells of several columns, joined by colons, each escaped so that no two rows can meet.
        case joined([String])
        /// A digest of several cells: an id that shows none of them.
        case digest([String])
        /// The same for every row.
        case constant(String)
    }

    /// What a score is counted in. A mapping says it; it is never guessed.
    enum Unit: String, Sendable, Hashable, CaseIterable {
        /// `80` or `80 %`: of 100.
        case percent
        /// `0.80`: of 1.
        case fraction
        /// `32/40`: points of the maximum, which fills both.
        case ratio
        /// `32`: points.
        case raw
    }

    /// The place that is filled.
    var path: ResultPath
    /// Where from.
    var origin: Origin
    /// What a score is counted in; `nil` where the mapping does not say.
    var unit: Unit?
    /// The source's words for this format's: `pass` for `true`. A word that is not listed is a row error.
    var values: [String: String]?
    /// Whether `Pass` and `PASS` are `pass`.
    var ignoresCase = false
    /// The part of the cell that is meant: the first group, or all that has the pattern.
    var pattern: TextPattern?
    /// Whether the source may lack the columns.
    var isOptional = false

    init(_ path: ResultPath, _ origin: Origin, unit: Unit? = nil, values: [String: String]? = nil) {
        (self.path, self.origin, self.unit, self.values) = (path, origin, unit, values)
    }

    /// The names of the columns that it reads.
    var columns: [String] {
        switch origin {
        case .column(let name): [name]
        case .first(let names), .joined(let names), .digest(let names): names
        case .matching, .constant: []
        }
    }
}
