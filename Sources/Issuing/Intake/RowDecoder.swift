import JSONCore
import OpenBadges

/// Makes results of the records of one CSV file, by the rules that its header or a mapping gives.
struct RowDecoder {
    /// A rule with its columns by number. A class, as a million rows would copy its parts a million times.
    private final class Step: Sendable {
        let rule: ColumnRule
        let origin: ColumnRule.Origin<Int>

        init(rule: ColumnRule, origin: ColumnRule.Origin<Int>) {
            (self.rule, self.origin) = (rule, origin)
        }
    }

    private let steps: [Step]
    private let limits: IntakeLimits
    private let hasDecimalComma: Bool
    private let dates: LocalDate?
    private let skips: [(column: Int, rule: SkipRule)]

    /// Every column that a rule names must be in `columns`, which the header has checked: see ``CSVHeader``.
    init(_ rules: [ColumnRule], columns: [String: Int], mapping: ResultMapping?, limits: IntakeLimits) {
        self.limits = limits
        hasDecimalComma = mapping?.hasDecimalComma ?? false
        dates = mapping?.dates
        skips = (mapping?.skips ?? []).map { (columns[$0.column] ?? -1, $0) }
        steps = rules.map { rule in
            switch rule.origin {
            case .column(let name): Step(rule: rule, origin: .column(columns[name] ?? -1))
            case .joined(let names): Step(rule: rule, origin: .joined(names.map { columns[$0] ?? -1 }))
            case .constant(let value): Step(rule: rule, origin: .constant(value))
            }
        }
    }

    /// Whether a row is no result, by the mapping's word.
    func skips(_ row: CSVReader) -> Bool {
        skips.contains { $0.column >= 0 && $0.column < row.count && $0.rule.applies(to: row.text($0.column)) }
    }

    /// The result of the reader's record; an error has line and column, and names the column.
    func decode(_ row: CSVReader) throws(IssuingError) -> ExamResult {
        var result = ExamResult(resultID: "", exam: .init(id: ""), candidate: .init(email: ""))
        var score = ExamResult.Score()
        for step in steps {
            do throws(IssuingError) {
                let value = try value(step, row)
                if !value.isEmpty { try set(value, step.rule, &result, &score) }
            } catch {
                throw placed(error, row)
            }
        }
        if !score.isEmpty { result.score = score }
        do {
            try result.validate()
        } catch {
            throw placed(error, row)
        }
        return result
    }

    private func value(_ step: Step, _ row: CSVReader) throws(IssuingError) -> String {
        switch step.origin {
        case .constant(let value): return value
        case .joined(let columns):
            var parts: [String] = []
            for column in columns {
                let part = row.text(column)
                // A part that is missing would let two results meet in one id.
                guard !part.isEmpty else { return "" }
                parts.append(part.escapedForJoining)
            }
            return parts.joined(separator: ":")
        case .column(let column):
            guard row.byteCount(column) <= limits.valueBytes else {
                throw error(.valueTooLong, step.rule, "the value is longer than \(limits.valueBytes) bytes")
            }
            let value = row.text(column)
            guard let values = step.rule.values, !value.isEmpty else { return value }
            guard let translated = values[value] else {
                throw error(.valueMalformed, step.rule, "the value is not among the mapping's values")
            }
            return translated
        }
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
        case .examName: result.exam.name = value
        case .email: result.candidate.email = value
        case .given: result.candidate.given = value
        case .family: result.candidate.family = value
        case .candidateID(let type): result.candidate.ids.append(.init(type: type, value: value))
        case .attempt: result.attempt = try integer(value, rule)
        case .startedAt: result.startedAt = try moment(value, rule, &result.tzAssumed)
        case .endedAt: result.endedAt = try moment(value, rule, &result.tzAssumed)
        case .tzAssumed: result.tzAssumed = try truth(value, rule)
        case .raw, .percent: try ScoreCell(value, rule).set(&score)
        case .min: score.min = try ScoreCell.number(value, rule)
        case .max: score.max = try ScoreCell.number(value, rule)
        case .cut: score.cut = try ScoreCell.number(value, rule)
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
        case .deciderName: result.withDecider { $0.name = value }
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
        _ rule: ColumnRule,
        _ detail: String,
        hint: String? = nil
    ) -> IssuingError {
        IssuingError(code, detail, path: rule.path.pointer, hint: hint)
    }

    /// Adds line, column and the column's name to an error that knows its place in the record.
    private func placed(_ error: IssuingError, _ row: CSVReader) -> IssuingError {
        var placed = error
        placed.line = row.line
        placed.column = 1
        // A ratio stands in one column and fills two places.
        let step = steps.first { $0.rule.path.pointer == error.path } ?? steps.first { $0.rule.unit == .ratio }
        guard let path = error.path, let step, path.tokens.first == step.rule.path.pointer.tokens.first else {
            return placed
        }
        switch step.origin {
        case .column(let column):
            (placed.line, placed.column) = row.position(ofField: column)
        case .joined(let columns):
            (placed.line, placed.column) = row.position(ofField: columns.first ?? 0)
        case .constant:
            break
        }
        guard let name = step.rule.columns.first else { return placed }
        return IssuingError(
            error.code,
            "column \"\(name)\": \(error.detail)",
            line: placed.line,
            column: placed.column,
            path: path,
            hint: error.hint
        )
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
