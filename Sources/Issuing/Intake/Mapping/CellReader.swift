import Cryptography
import OpenBadges

/// Reads the cells that rules are bound to: of a row, of its melted column, of a joined table, of the row of maxima.
struct CellReader {
    private let binding: ColumnBinding
    private let limits: IntakeLimits
    /// Cells that say nothing.
    private let blanks: Set<String>
    /// The row of maxima, once it was seen.
    private var maxima: [String]?

    init(_ binding: ColumnBinding, blanks: Set<String>, limits: IntakeLimits) {
        (self.binding, self.blanks, self.limits) = (binding, blanks, limits)
    }

    /// Notes the row that has the columns' maxima.
    mutating func note(maxima row: some RecordRow) {
        maxima = (0..<row.count).map { row.text($0) }
    }

    /// Whether a cell says nothing.
    func isBlank(_ text: String) -> Bool { text.isEmpty || blanks.contains(text) }

    /// What a step's rule gives for a row; empty where the row says nothing.
    func value(
        _ step: ColumnBinding.Step,
        _ row: some RecordRow,
        _ melted: ColumnBinding.MeltedColumn?
    ) throws(IssuingError) -> String {
        var value = ""
        switch step.origin {
        case .cell(.constant(let constant)): return constant
        case .cell(let cell): value = try text(cell, row, melted, step.rule)
        case .first(let cells):
            for cell in cells where value.isEmpty { value = try text(cell, row, melted, step.rule, canBeAbsent: true) }
        case .joined(let cells):
            return try parts(cells, row, melted, step.rule)?.joined(separator: ":") ?? ""
        case .digest(let cells):
            guard let parts = try parts(cells, row, melted, step.rule) else { return "" }
            return String(
                Hexadecimal.encode(DigestAlgorithm.sha256.digest(Array(parts.joined(separator: ":").utf8))).prefix(32)
            )
        }
        guard !value.isEmpty else { return value }
        if let matcher = step.matcher {
            guard let match = matcher(value) else {
                throw error(.valueMalformed, step.rule, "the value has not the mapping's pattern")
            }
            value = match.value
        }
        guard let values = step.rule.values, !value.isEmpty else { return value }
        guard let translated = values[value] ?? step.loweredValues?[value.lowercased()] else {
            throw error(.valueMalformed, step.rule, "the value is not among the mapping's values")
        }
        return translated
    }

    /// The cells that make an id, each escaped; `nil` where one is empty, as two results could meet in the id then.
    private func parts(
        _ cells: [ColumnBinding.Cell],
        _ row: some RecordRow,
        _ melted: ColumnBinding.MeltedColumn?,
        _ rule: ColumnRule
    ) throws(IssuingError) -> [String]? {
        var parts: [String] = []
        for cell in cells {
            let part = try text(cell, row, melted, rule)
            guard !part.isEmpty else { return nil }
            parts.append(part.escapedForJoining)
        }
        return parts
    }

    /// A cell for the rules that pick out rows: what cannot be had is empty.
    func text(_ cell: ColumnBinding.Cell, _ row: some RecordRow) -> String {
        (try? text(cell, row, nil, nil, canBeAbsent: true)) ?? ""
    }

    private func text(
        _ cell: ColumnBinding.Cell,
        _ row: some RecordRow,
        _ melted: ColumnBinding.MeltedColumn?,
        _ rule: ColumnRule?,
        canBeAbsent: Bool = false
    ) throws(IssuingError) -> String {
        let text: String
        switch cell {
        case .column(let column): text = try cellText(column, row, rule)
        case .constant(let value): return value
        case .melted(.cell):
            text = try melted.map { melt throws(IssuingError) in try cellText(melt.column, row, rule) } ?? ""
        case .melted(.header): return melted?.header ?? ""
        case .melted(.group(let name)): return melted?.groups[name] ?? ""
        case .melted(.maximum):
            guard binding.maxima != nil else { return melted?.groups["max"] ?? "" }
            text = try maximum(melted?.column ?? -1, rule)
        case .maximum(let column): text = try maximum(column, rule)
        case .table(let number, let column):
            let lookup = binding.lookups[number]
            let key = try self.text(lookup.key, row, melted, rule, canBeAbsent: canBeAbsent)
            switch lookup.table.row(key) {
            case .found(let cells): text = cells[column]
            case .absent:
                guard !canBeAbsent, !(rule?.isOptional ?? true) else { return "" }
                throw error(.tableRowMissing, rule, "the table \"\(lookup.table.rule.name)\" has no row for this one")
            case .ambiguous:
                throw error(
                    .tableRowAmbiguous,
                    rule,
                    "the table \"\(lookup.table.rule.name)\" has several rows for this one, and they differ"
                )
            }
        }
        return blanks.contains(text) ? "" : text
    }

    private func maximum(_ column: Int, _ rule: ColumnRule?) throws(IssuingError) -> String {
        guard let maxima else {
            throw error(.maximaMissing, rule, "the row of maxima does not stand before this one")
        }
        return maxima.indices.contains(column) ? maxima[column] : ""
    }

    /// A cell of the row itself, without what spreadsheets put around it.
    private func cellText(_ column: Int, _ row: some RecordRow, _ rule: ColumnRule?) throws(IssuingError) -> String {
        guard row.byteCount(column) <= limits.valueBytes else {
            throw error(.valueTooLong, rule, "the value is longer than \(limits.valueBytes) bytes")
        }
        let text = row.text(column)
        guard text.utf8.first == UInt8(ascii: "=") else { return text }
        // ="0017" keeps a spreadsheet from taking the zeros away.
        if text.hasPrefix("=\""), text.hasSuffix("\""), text.utf8.count >= 3 {
            return String(text.dropFirst(2).dropLast())
        }
        throw error(
            rule?.path.isScore ?? false ? .scoreNotANumber : .formulaCell,
            rule,
            "the cell is a spreadsheet's formula, not what it comes to",
            hint: "export the values; a formula is never worked out here"
        )
    }

    private func error(
        _ code: IssuingError.Code,
        _ rule: ColumnRule?,
        _ detail: String,
        hint: String? = nil
    ) -> IssuingError {
        IssuingError(code, detail, path: rule?.path.pointer, hint: hint)
    }
}

extension String {
    /// With `%` and `:` escaped as in a URL, so that parts joined by colons can be told apart again.
    fileprivate var escapedForJoining: String {
        guard utf8.contains(where: { $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: "%") }) else { return self }
        var bytes: [UInt8] = []
        for byte in utf8 {
            switch byte {
            case UInt8(ascii: ":"): bytes += Array("%3A".utf8)
            case UInt8(ascii: "%"): bytes += Array("%25".utf8)
            default: bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
