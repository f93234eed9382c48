import Foundation

/// How the columns of somebody else's export become `exam-result/1`.
///
/// Without a mapping, the headers are the format's own dotted paths. With one, each path has the column that fills it
/// and the unit that its numbers are in: `80`, `80 %`, `0.80` and `32/40` are told apart by what the mapping says.
///
/// *For example:*
/// ```yaml
/// map:
///   resultId: Registration
///   exam.id: {constant: STSI-CPE-07}
///   candidate.email: {column: E-mail}
///   score.percent: {column: Grade, unit: percent}
///   passedExplicit: {column: Result, values: {pass: true, fail: false}}
///   endedAt: Finished
/// ```
/// All that may stand in it: `docs/results.md`. Mappings for usual exports are built in: ``presetNames``.
public struct ResultMapping: Sendable, Hashable {
    var rules: [ColumnRule]
    /// The columns that are items.
    var items: [ItemRule] = []
    /// In what form the source is; `nil` for CSV.
    var format: ResultFormat?
    /// In which bytes its text is written.
    var encoding = TextEncoding.utf8
    /// The delimiter, where the mapping says it; else the header shows it.
    public internal(set) var delimiter: Delimiter?
    /// Whether numbers are written as `79,5`.
    var hasDecimalComma = false
    /// How dates are written that have no zone; `nil` where none may lack it.
    var dates: LocalDate?
    /// The rows that are passed over.
    var skips: [SkipRule] = []
    /// The rows that are read, where not all are: those that every one of these applies to.
    var keeps: [SkipRule] = []
    /// The row that has the columns' maxima.
    var maxima: SkipRule?
    /// The headers whose columns are results of their own, as in a gradebook.
    var melt: TextPattern?
    /// What stands in cells that say nothing, such as `-`.
    var blanks: Set<String> = []
    /// The tables that are joined.
    var tables: [TableRule] = []

    init(rules: [ColumnRule]) {
        self.rules = rules
    }

    /// The columns that a header must have.
    var columns: [String] {
        rules.filter { !$0.isOptional }.flatMap(\.columns) + (skips + keeps).map(\.column)
    }

    /// The columns of a joined table that the rules read.
    func columns(ofTable name: String) -> [String] {
        let names = rules.flatMap(\.columns) + (skips + keeps).map(\.column) + tables.map(\.column)
        return names.filter { $0.hasPrefix(name + ".") }.map { String($0.dropFirst(name.count + 1)) }
    }

    /// Whether a table's rows are more than a second way to fill a place.
    func needs(_ table: String) -> Bool {
        func reads(_ names: [String]) -> Bool { names.contains { $0.hasPrefix(table + ".") } }
        return rules.contains { rule in
            switch rule.origin {
            case .first(let names): names.allSatisfy { $0.hasPrefix(table + ".") }
            default: !rule.isOptional && reads(rule.columns)
            }
        } || reads((skips + keeps).map(\.column))
    }
}
