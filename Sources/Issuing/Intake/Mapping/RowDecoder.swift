import JSONCore
import OpenBadges

/// Makes results of the records of one source, by the rules that its header or a mapping gives.
struct RowDecoder {
    private let binding: ColumnBinding
    private let hasDecimalComma: Bool
    private let dates: LocalDate?
    private var cells: CellReader

    /// Whether each row is several results.
    var isMelting: Bool { binding.melted != nil }

    init(_ binding: ColumnBinding, mapping: ResultMapping?, limits: IntakeLimits) {
        self.binding = binding
        hasDecimalComma = mapping?.hasDecimalComma ?? false
        dates = mapping?.dates
        cells = CellReader(binding, blanks: mapping?.blanks ?? [], limits: limits)
    }

    /// Whether a row is no result, by the mapping's word; the row of maxima is noted.
    mutating func skips(_ row: some RecordRow) -> Bool {
        if let (cell, rule) = binding.maxima, rule.applies(to: cells.text(cell, row)) {
            cells.note(maxima: row)
            return true
        }
        return binding.skips.contains { $0.rule.applies(to: cells.text($0.cell, row)) }
            || !binding.keeps.allSatisfy { $0.rule.applies(to: cells.text($0.cell, row)) }
    }

    /// The result of a record; an error has line and column, and names the column.
    func decode(_ row: some RecordRow) throws(IssuingError) -> ExamResult {
        try decode(row, nil)
    }

    /// The results of a record whose mapping melts columns: one for each cell that says something. Of those that cannot
    /// be read the first is the record's problem.
    func decodeAll(_ row: some RecordRow) -> (results: [ExamResult], problem: IssuingError?) {
        var (results, problem): ([ExamResult], IssuingError?) = ([], nil)
        for column in binding.melted ?? [] {
            let cell = row.text(column.column)
            guard !cells.isBlank(cell) else { continue }
            do throws(IssuingError) {
                results.append(try decode(row, column))
            } catch {
                problem = problem ?? error
            }
        }
        return (results, problem)
    }

    /// - Parameter melted: which of the row's melted columns is read.
    private func decode(_ row: some RecordRow, _ melted: ColumnBinding.MeltedColumn?) throws(IssuingError) -> ExamResult
    {
        var result = ExamResult(resultID: "", exam: .init(id: ""), candidate: .init(email: ""))
        var score = ExamResult.Score()
        for step in binding.steps {
            do throws(IssuingError) {
                let value = try cells.value(step, row, melted)
                if !value.isEmpty { try set(value, step.rule, &result, &score) }
            } catch {
                throw placed(error, row, melted)
            }
        }
        if !score.isEmpty { result.score = score }
        do throws(IssuingError) {
            try result.validate()
        } catch {
            throw placed(error, row, melted)
        }
        return result
    }

    private func set(
        _ value: String,
        _ rule: ColumnRule,
        _ result: inout ExamResult,
        _ score: inout ExamResult.Score
    ) throws(IssuingError) {
        let value = rule.path.isScore && hasDecimalComma ? try pointed(value, rule) : value
        switch rule.path {
        case .resultID: result.resultID = value
        case .kind: result.kind = try word(value, rule)
        case .examID: result.exam.id = value
        case .examForm: result.exam.form = value
        case .email: result.candidate.email = value
        case .candidateID(let type): result.candidate.ids.append(.init(type: type, value: value))
        case .attempt: result.attempt = try integer(value, rule)
        case .given, .family, .examName, .deciderName:
            try name(value, rule)
            switch rule.path {
            case .given: result.candidate.given = value
            case .family: result.candidate.family = value
            case .examName: result.exam.name = value
            default: result.withDecider { $0.name = value }
            }
        case .startedAt: result.startedAt = try moment(value, rule, &result.tzAssumed)
        case .endedAt: result.endedAt = try moment(value, rule, &result.tzAssumed)
        case .tzAssumed: result.tzAssumed = try truth(value, rule)
        case .raw, .percent: try ScoreCell(value, rule).set(&score)
        case .min: score.min = try ScoreCell.number(value, rule)
        case .max: score.max = try ScoreCell.number(value, rule)
        case .cut: try ScoreCell(value, rule).setCut(&score)
        case .cutUnit: score.cutUnit = try word(value, rule)
        case .correct: score.correct = try ScoreCell.number(value, rule)
        case .items: score.items = try ScoreCell.number(value, rule)
        case .passedExplicit: result.passedExplicit = try truth(value, rule)
        case .status: result.status = try word(value, rule)
        case .itemScore(let id):
            let points = try ScoreCell.number(value, rule)
            result.withItem(id) { $0.score = points }
        case .itemMax(let id):
            let points = try ScoreCell.number(value, rule)
            result.withItem(id) { $0.max = points }
        case .itemLevel(let id): result.withItem(id) { $0.level = value }
        case .level: result.level = value
        case .decision: result.decision = value
        case .comment: result.comment = value
        case .deciderID: result.withDecider { $0.id = value }
        case .deciderEmail: result.withDecider { $0.email = value }
        case .deciderRole: result.withDecider { $0.role = value }
        case .deciderPanel: result.withDecider { $0.panel = value }
        case .artifactURL: result.withArtifact { $0.url = value }
        case .artifactWords:
            let words = try integer(value, rule)
            result.withArtifact { $0.words = words }
        case .artifactDigest: result.withArtifact { $0.sha256 = value }
        case .proctored:
            result.delivery = result.delivery ?? .init()
            result.delivery?.proctored = try truth(value, rule)
        case .sessions:
            result.delivery = result.delivery ?? .init()
            result.delivery?.sessions = try integer(value, rule)
        }
    }

    /// A name that spreadsheets would take for a formula is none: it would be carried into letters and exports.
    private func name(_ value: String, _ rule: ColumnRule) throws(IssuingError) {
        guard let first = value.utf8.first,
            first == UInt8(ascii: "@") || first == UInt8(ascii: "+") || first == UInt8(ascii: "-")
        else { return }
        throw error(
            .formulaCell,
            rule,
            "a name does not begin with @, + or -: a spreadsheet would take it for a formula"
        )
    }

    private func integer(_ value: String, _ rule: ColumnRule) throws(IssuingError) -> Int {
        guard let number = ExactDecimal(value)?.int else {
            throw error(.valueMalformed, rule, "expected a whole number")
        }
        return number
    }

    private func truth(_ value: String, _ rule: ColumnRule) throws(IssuingError) -> Bool {
        switch value.lowercased() {
        case "true": return true
        case "false": return false
        default:
            throw error(
                .valueMalformed,
                rule,
                "expected true or false",
                hint: "translate other words in a mapping: values: {pass: true, fail: false}"
            )
        }
    }

    private func word<Word: RawRepresentable<String> & CaseIterable>(
        _ value: String,
        _ rule: ColumnRule
    ) throws(IssuingError) -> Word {
        guard let word = Word(rawValue: value) else {
            let words = Word.allCases.map(\.rawValue).joined(separator: ", ")
            throw error(.valueMalformed, rule, "expected one of \(words)")
        }
        return word
    }

    /// A number with a point for its comma; one with both, or with a point, could mean two things.
    private func pointed(_ value: String, _ rule: ColumnRule) throws(IssuingError) -> String {
        guard !value.utf8.contains(UInt8(ascii: ".")) else {
            throw error(
                .scoreNotANumber,
                rule,
                "the mapping says that numbers have a comma, and this one has a point",
                hint: "thousands are not grouped; a file with points needs no decimal: comma"
            )
        }
        return value.replacing(",", with: ".")
    }

    private func moment(
        _ value: String,
        _ rule: ColumnRule,
        _ tzAssumed: inout Bool?
    ) throws(IssuingError) -> ExamResult.Moment {
        do {
            return try ExamResult.Moment(parsing: value)
        } catch {
            guard let dates, error != .outOfRange else { throw error.issuing(rule.path.pointer) }
            let moment = try local(value, dates, rule)
            tzAssumed = true
            return moment
        }
    }

    private func local(_ value: String, _ dates: LocalDate, _ rule: ColumnRule) throws(IssuingError)
        -> ExamResult.Moment
    {
        do throws(LocalDate.Failure) {
            return .init(try dates.instant(value))
        } catch .ambiguous {
            throw error(
                .dateAmbiguous,
                rule,
                "the clock showed this time twice, so it is not known which instant it is",
                hint: "say it in the mapping: ambiguous: earlier, or later; or write the date with its zone"
            )
        } catch .withoutZone {
            throw error(
                .dateWithoutZone,
                rule,
                "the date has no zone, so it is not known which instant it is",
                hint: "say where the clock hung: --timezone Europe/Berlin, or timezone: in the mapping"
            )
        } catch .nonexistent {
            throw error(.dateNonexistent, rule, "the clock never showed this time: it was put forward over it")
        } catch {
            throw self.error(
                .dateMalformed,
                rule,
                "the date is not written as the mapping says",
                hint: "expected " + dates.patterns.joined(separator: " or ")
            )
        }
    }

    private func error(
        _ code: IssuingError.Code,
        _ rule: ColumnRule?,
        _ detail: String,
        hint: String? = nil
    ) -> IssuingError {
        IssuingError(code, detail, path: rule?.path.pointer, hint: hint)
    }

    /// Adds line, column and the column's name to an error that knows its place in the record.
    private func placed(_ error: IssuingError, _ row: some RecordRow, _ melted: ColumnBinding.MeltedColumn?)
        -> IssuingError
    {
        var placed = error
        placed.line = row.line
        placed.column = 1
        // A ratio stands in one column and fills two places.
        let step =
            binding.steps.first { $0.rule.path.pointer == error.path }
            ?? binding.steps.first { $0.rule.unit == .ratio }
        guard let path = error.path, let step, path.tokens.first == step.rule.path.pointer.tokens.first else {
            return placed
        }
        let name: String?
        switch step.origin {
        case .cell(let cell): name = place(cell, row, melted, step.rule, &placed)
        case .first(let cells), .joined(let cells), .digest(let cells):
            name = cells.first.flatMap { place($0, row, melted, step.rule, &placed) }
        }
        guard let name else { return placed }
        return IssuingError(
            error.code,
            "column \"\(name)\": \(error.detail)",
            line: placed.line,
            column: placed.column,
            path: path,
            hint: error.hint
        )
    }

    /// Puts an error at its cell, and gives the column's name.
    private func place(
        _ cell: ColumnBinding.Cell,
        _ row: some RecordRow,
        _ melted: ColumnBinding.MeltedColumn?,
        _ rule: ColumnRule,
        _ error: inout IssuingError
    ) -> String? {
        switch cell {
        case .column(let column):
            (error.line, error.column) = row.position(ofField: column)
            return binding.name(of: column)
        case .melted:
            guard let melt = melted else { return nil }
            (error.line, error.column) = row.position(ofField: melt.column)
            return melt.header
        case .table, .maximum: return rule.columns.first
        case .constant: return nil
        }
    }
}

extension ExamResult {
    /// Changes the item of that id, which is added if it is new.
    fileprivate mutating func withItem(_ id: String, _ change: (inout Item) -> Void) {
        if let index = items.firstIndex(where: { $0.id == id }) {
            change(&items[index])
        } else {
            var item = Item(id: id)
            change(&item)
            items.append(item)
        }
    }

    fileprivate mutating func withDecider(_ change: (inout Decider) -> Void) {
        var decider = by ?? Decider()
        change(&decider)
        by = decider
    }

    fileprivate mutating func withArtifact(_ change: (inout Artifact) -> Void) {
        var work = artifact ?? Artifact()
        change(&work)
        artifact = work
    }
}
