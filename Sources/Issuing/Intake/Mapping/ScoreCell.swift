/// What a score's cell says, by the unit that the mapping gives: a number alone is never taken for more than it is.
///
/// Without a unit, `score.percent` is a plain number of 100. A `%`, a `/`, and a number above 0 and up to 1 (which may
/// be a fraction: `0.80`, or full marks: `1`) are refused there as ambiguous, and a mapping settles it.
struct ScoreCell {
    private var raw: ExactDecimal?
    private var max: ExactDecimal?
    private var percent: ExactDecimal?

    /// Reads the cell of ``ResultPath/raw`` or ``ResultPath/percent``.
    init(_ text: String, _ rule: ColumnRule) throws(IssuingError) {
        switch rule.unit {
        case .ratio:
            let parts = text.split(separator: "/", omittingEmptySubsequences: false)
            guard parts.count == 2 else {
                throw Self.error(.scoreUnitMismatch, rule, "expected points and maximum, as in 32/40")
            }
            raw = try Self.number(String(parts[0]).trimmed, rule)
            max = try Self.number(String(parts[1]).trimmed, rule)
        case .fraction:
            let fraction = try Self.plainNumber(text, rule)
            guard fraction <= ExactDecimal(1) else {
                throw Self.error(.scoreAboveMaximum, rule, "a fraction is not above 1")
            }
            guard let percent = fraction.timesHundred else { throw Self.tooPrecise(rule) }
            self.percent = percent
        case .percent:
            var number = text
            if number.utf8.last == UInt8(ascii: "%") { number.removeLast() }
            percent = try Self.plainNumber(number.trimmed, rule)
        case .raw, nil:
            if rule.path != .percent {
                raw = try Self.plainNumber(text, rule)
                return
            }
            guard !Self.hasUnit(text) else { throw Self.ambiguous(rule, "has a unit of its own") }
            let number = try Self.number(text, rule)
            guard number <= ExactDecimal(0) || number > ExactDecimal(1) else {
                throw Self.ambiguous(rule, "may be a percentage or a fraction")
            }
            percent = number
        }
    }

    /// Fills in what the cell said of the source's own pass mark.
    func setCut(_ score: inout ExamResult.Score) {
        score.cut = percent ?? raw
        if percent != nil { score.cutUnit = .percent }
    }

    /// Fills in what the cell said.
    func set(_ score: inout ExamResult.Score) {
        if let raw { score.raw = raw }
        if let max { score.max = max }
        if let percent { score.percent = percent }
    }

    /// A plain number.
    static func number(_ text: String, _ rule: ColumnRule) throws(IssuingError) -> ExactDecimal {
        do throws(ExactDecimal.Failure) {
            return try ExactDecimal(parsing: text)
        } catch .tooPrecise {
            throw tooPrecise(rule)
        } catch {
            throw IssuingError(
                .scoreNotANumber,
                "the score is not a number",
                path: rule.path.pointer,
                hint: "numbers are written as 79.5, with a point"
            )
        }
    }

    private static func plainNumber(_ text: String, _ rule: ColumnRule) throws(IssuingError) -> ExactDecimal {
        guard !hasUnit(text) else {
            guard rule.unit != nil else { throw ambiguous(rule, "has a unit of its own") }
            throw error(.scoreUnitMismatch, rule, "the score is not in the unit that the mapping says")
        }
        return try number(text, rule)
    }

    private static func hasUnit(_ text: String) -> Bool {
        text.utf8.contains { $0 == UInt8(ascii: "%") || $0 == UInt8(ascii: "/") }
    }

    private static func ambiguous(_ rule: ColumnRule, _ what: String) -> IssuingError {
        IssuingError(
            .scoreUnitAmbiguous,
            "the score \(what), and no mapping says which it is",
            path: rule.path.pointer,
            hint: "say it in a mapping: \(rule.path.dotted): {column: …, unit: percent | fraction | ratio}"
        )
    }

    private static func tooPrecise(_ rule: ColumnRule) -> IssuingError {
        error(.scoreTooPrecise, rule, "the score has more than \(ExactDecimal.maximumDigits) digits")
    }

    private static func error(_ code: IssuingError.Code, _ rule: ColumnRule, _ detail: String) -> IssuingError {
        IssuingError(code, detail, path: rule.path.pointer)
    }
}
