/// How one place of a result is filled from a row.
struct ColumnRule: Sendable, Hashable {
    /// Where a value comes from.
    enum Origin<Column: Sendable & Hashable>: Sendable, Hashable {
        /// The cell of a column.
        case column(Column)
        /// The cells of several columns, joined by colons, each escaped so that no two rows can meet.
        case joined([Column])
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
    /// Where from, by the columns' names.
    var origin: Origin<String>
    /// What a score is counted in; `nil` where the mapping does not say.
    var unit: Unit?
    /// The source's words for this format's: `pass` for `true`. A word that is not listed is a row error.
    var values: [String: String]?

    init(_ path: ResultPath, _ origin: Origin<String>, unit: Unit? = nil, values: [String: String]? = nil) {
        (self.path, self.origin, self.unit, self.values) = (path, origin, unit, values)
    }

    /// The names of the columns that it reads.
    var columns: [String] {
        switch origin {
        case .column(let name): [name]
        case .joined(let names): names
        case .constant: []
        }
    }
}
