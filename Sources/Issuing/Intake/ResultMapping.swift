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
/// A path takes `column`, `join` (several columns, for an id) or `constant`; `unit` is `percent`, `fraction`, `ratio`
/// or `raw`; `values` translates words. Beside `map` may stand: `delimiter` (`,`, `;` or `tab`); `decimal: comma`;
/// `timezone` (`Europe/Berlin`) for dates without a zone, with `dates` (patterns such as `%d.%m.%Y %H:%M`) and
/// `ambiguous` (`refuse`, `earlier` or `later`, for the hour that a clock change repeats); `skip`, the rows that are no
/// results.
public struct ResultMapping: Sendable, Hashable {
    let rules: [ColumnRule]
    /// The delimiter, where the mapping says it; else the header shows it.
    public let delimiter: Delimiter?
    /// Whether numbers are written as `79,5`.
    let hasDecimalComma: Bool
    /// How dates are written that have no zone; `nil` where none may lack it.
    let dates: LocalDate?
    /// The rows that are passed over.
    let skips: [SkipRule]

    /// Reads a mapping file's text.
    ///
    /// Throws `MAPPING_SYNTAX`, `MAPPING_UNKNOWN_KEY`, `MAPPING_TYPE`, `MAPPING_KEY_MISSING`, `MAPPING_PATH_UNKNOWN` or
    /// `MAPPING_UNIT`, with line and column.
    public init(
        parsing text: some Sequence<UInt8>,
        file: String,
        limits: IntakeLimits = .standard
    ) throws(IssuingError) {
        let top = try YAMLSection(parsing: text, file: file, family: .mapping, limit: limits.documentBytes)
        try top.allow(
            ["map", "delimiter", "decimal", "timezone", "dates", "ambiguous", "skip"],
            later: ["encoding", "roster", "melt"]
        )
        hasDecimalComma = try Self.decimalComma(top)
        dates = try Self.dates(top)
        skips = try Self.skips(top)
        delimiter = try top.text("delimiter").map { name throws(IssuingError) in
            guard let delimiter = Delimiter(name: name) else {
                throw top.error("TYPE", "expected \",\", \";\" or tab", at: "delimiter")
            }
            return delimiter
        }
        guard let map = try top.section("map") else { throw top.missing("map") }
        var rules: [ColumnRule] = []
        for key in map.keys {
            guard let path = ResultPath(key) else {
                throw map.error(
                    "PATH_UNKNOWN",
                    "exam-result/1 has no \"\(key)\"",
                    at: key,
                    hint:
                        "paths are resultId, exam.id, candidate.email, score.raw, score.max, score.percent, endedAt, …"
                )
            }
            rules.append(try Self.rule(path, key, map))
        }
        try Self.check(rules, map)
        self.rules = rules
    }

    private static func decimalComma(_ top: YAMLSection) throws(IssuingError) -> Bool {
        switch try top.text("decimal") {
        case nil, "point": return false
        case "comma": return true
        default: throw top.error("TYPE", "expected comma or point", at: "decimal")
        }
    }

    private static func dates(_ top: YAMLSection) throws(IssuingError) -> LocalDate? {
        guard let name = try top.text("timezone") else {
            if let key = ["dates", "ambiguous"].first(where: top.has) {
                throw top.error("KEY_MISSING", "local dates need a timezone, such as Europe/Berlin", at: key)
            }
            return nil
        }
        guard let zone = TimeZone(identifier: name) else {
            throw top.error(
                "TYPE",
                "there is no such time zone",
                at: "timezone",
                hint: "write it as Europe/Berlin or UTC"
            )
        }
        let patterns = try top.texts("dates") ?? LocalDate.defaultPatterns
        let known = Set("YymdHIMSbp")
        for pattern in patterns {
            let parts = pattern.split(separator: "%", omittingEmptySubsequences: false).dropFirst()
            guard parts.allSatisfy({ $0.first.map(known.contains) ?? false }) else {
                throw top.error("TYPE", "a date is written with %Y %m %d %H %M %S, %y, %b, %I and %p", at: "dates")
            }
        }
        return LocalDate(
            zone: zone,
            patterns: patterns,
            ambiguity: try top.word("ambiguous", of: LocalDate.Ambiguity.self) ?? .refuse
        )
    }

    private static func skips(_ top: YAMLSection) throws(IssuingError) -> [SkipRule] {
        var skips: [SkipRule] = []
        for section in try top.sections("skip") ?? [] {
            try section.allow(["column", "equals", "prefix"])
            let prefix = try section.text("prefix")
            let values = try section.texts("equals") ?? []
            guard prefix != nil || !values.isEmpty else { throw section.missing("equals") }
            skips.append(
                SkipRule(column: try section.requiredText("column"), values: Set(values), prefix: prefix?.trimmed)
            )
        }
        return skips
    }

    private static func rule(_ path: ResultPath, _ key: String, _ map: YAMLSection) throws(IssuingError) -> ColumnRule {
        if map.isScalar(key) { return ColumnRule(path, .column(try map.requiredText(key))) }
        guard let section = try map.section(key) else {
            throw map.error("TYPE", "expected a column's name, or a mapping", at: key)
        }
        try section.allow(["column", "join", "constant", "unit", "values"])
        let origins = ["column", "join", "constant"].filter(section.has)
        guard origins.count == 1 else {
            throw section.error("TYPE", "expected exactly one of column, join and constant")
        }
        let origin: ColumnRule.Origin<String>
        if let columns = try section.texts("join") {
            guard !columns.isEmpty, path == .resultID else {
                throw section.error("TYPE", "only resultId can be joined, from one column or more", at: "join")
            }
            origin = .joined(columns)
        } else if let constant = try section.text("constant") {
            guard path != .resultID, path != .email else {
                throw section.error("TYPE", "\(key) cannot be the same in every row", at: "constant")
            }
            origin = .constant(constant)
        } else {
            origin = .column(try section.requiredText("column"))
        }
        var values: [String: String]?
        if let words = try section.section("values") {
            values = [:]
            for word in words.keys { values?[word] = try words.requiredText(word) }
        }
        let unit = try section.word("unit", of: ColumnRule.Unit.self)
        return ColumnRule(path, origin, unit: unit, values: values)
    }

    private static func check(_ rules: [ColumnRule], _ map: YAMLSection) throws(IssuingError) {
        for rule in rules {
            guard let unit = rule.unit else { continue }
            let isAllowed =
                switch (rule.path, unit) {
                case (.percent, .percent), (.percent, .fraction), (.percent, .ratio), (.raw, .ratio): true
                case (let path, .raw): path.isScore && path != .percent
                default: false
                }
            guard isAllowed else {
                throw map.error("UNIT", "\(rule.path.dotted) cannot be in \"\(unit.rawValue)\"", at: rule.path.dotted)
            }
            guard unit == .ratio else { continue }
            let filled: [ResultPath] = rule.path == .raw ? [.max] : [.raw, .max]
            for other in rules where filled.contains(other.path) {
                throw map.error(
                    "UNIT",
                    "the ratio of \(rule.path.dotted) fills \(other.path.dotted) already",
                    at: other.path.dotted
                )
            }
        }
        if let path = ResultPath.missing(from: rules.map(\.path)).first { throw map.missing(path.dotted) }
    }
}
