import Foundation

extension ResultMapping {
    private static let keys: Set<String> = [
        "map", "items", "format", "encoding", "delimiter", "decimal", "timezone", "dates", "months", "ambiguous",
        "skip",
        "keep", "maxima", "melt", "empty", "roster", "tables",
    ]

    /// Reads a mapping file's text, and adds what the user says beside it.
    ///
    /// A table's file is named from the mapping's own folder. Throws `MAPPING_SYNTAX`, `MAPPING_UNKNOWN_KEY`,
    /// `MAPPING_TYPE`, `MAPPING_KEY_MISSING`, `MAPPING_PATH_UNKNOWN` or `MAPPING_UNIT`, with line and column.
    public init(
        parsing text: some Sequence<UInt8>,
        file: String,
        settings: IntakeSettings = IntakeSettings(),
        limits: IntakeLimits = .standard
    ) throws(IssuingError) {
        let top = try YAMLSection(parsing: text, file: file, family: .mapping, limit: limits.documentBytes)
        try top.allow(Self.keys)
        guard let map = try top.section("map") else { throw top.missing("map") }
        self.init(rules: [])
        for key in map.keys { rules.append(try Self.rule(try Self.path(key, map), key, map)) }
        try Self.checkUnits(rules, map)
        items = try Self.items(top)
        format = try top.word("format", of: ResultFormat.self)
        encoding = try top.word("encoding", of: TextEncoding.self) ?? .utf8
        hasDecimalComma = try Self.decimalComma(top)
        dates = try Self.dates(top)
        skips = try Self.rowRules("skip", top)
        keeps = try Self.rowRules("keep", top)
        maxima = try top.section("maxima").map { section throws(IssuingError) in try Self.rowRule(section) }
        melt = try Self.melt(top)
        blanks = Set(try top.texts("empty") ?? [])
        tables = try Self.tables(top, folder: WritableFile.split(file).folder)
        delimiter = try top.text("delimiter").map { name throws(IssuingError) in
            guard let delimiter = Delimiter(name: name) else {
                throw top.error("TYPE", "expected \",\", \";\" or tab", at: "delimiter")
            }
            return delimiter
        }
        try add(settings)
        let captured = rules.flatMap { rule -> [ResultPath] in
            if case .matching(_, let captures) = rule.origin { Array(captures.values) } else { [] }
        }
        if let path = ResultPath.missing(from: rules.map(\.path) + captured).first {
            throw map.missing(path.dotted, hint: "map it to a column, or say it for all rows: --set \(path.dotted)=…")
        }
    }

    /// Adds what the user says beside the mapping.
    mutating func add(_ settings: IntakeSettings) throws(IssuingError) {
        for (name, value) in settings.constants.sorted(by: { $0.key < $1.key }) {
            guard let path = ResultPath(name), path != .resultID, path != .email else {
                throw IssuingError(
                    .init(rawValue: "MAPPING_PATH_UNKNOWN"),
                    "\"\(name)\" is no place that can be the same in every row",
                    hint: "--set exam.id=ALG-1, exam.form=B, kind=completion, delivery.proctored=true, …"
                )
            }
            rules.removeAll { $0.path == path }
            rules.append(ColumnRule(path, .constant(value)))
        }
        if let name = settings.timezone {
            guard let zone = TimeZone(identifier: name) else {
                throw IssuingError(
                    .init(rawValue: "MAPPING_TYPE"),
                    "there is no time zone of that name",
                    hint: "write it as Europe/Berlin or UTC"
                )
            }
            if dates == nil {
                dates = LocalDate(zone: zone, patterns: LocalDate.defaultPatterns, ambiguity: .refuse)
            }
            dates?.zone = zone
        }
        if let roster = settings.roster {
            guard let index = tables.firstIndex(where: { $0.name == "roster" }) else {
                throw IssuingError(
                    .init(rawValue: "MAPPING_KEY_MISSING"),
                    "the mapping joins no roster, so none can be given",
                    hint: "say in it how: roster: {key: COLUMN OF THE ROSTER, column: COLUMN OF THE RESULTS}"
                )
            }
            tables[index].file = roster
        }
    }

    private static func path(_ key: String, _ map: YAMLSection) throws(IssuingError) -> ResultPath {
        guard let path = ResultPath(key) else {
            throw map.error(
                "PATH_UNKNOWN",
                "exam-result/1 has no \"\(key)\"",
                at: key,
                hint: "paths are resultId, exam.id, candidate.email, score.raw, score.max, score.percent, endedAt, …"
            )
        }
        return path
    }

    private static func pattern(_ section: YAMLSection, _ key: String) throws(IssuingError) -> TextPattern? {
        guard let text = try section.text(key) else { return nil }
        guard let pattern = TextPattern(text) else {
            throw section.error("TYPE", "the text is no regular expression", at: key)
        }
        return pattern
    }

    // MARK: Rules

    private static let origins = ["column", "match", "first", "join", "digest", "constant"]

    private static func rule(_ path: ResultPath, _ key: String, _ map: YAMLSection) throws(IssuingError) -> ColumnRule {
        if map.isScalar(key) { return ColumnRule(path, .column(try map.requiredText(key))) }
        guard let section = try map.section(key) else {
            throw map.error("TYPE", "expected a column's name, or a mapping", at: key)
        }
        try section.allow(Set(origins + ["captures", "unit", "values", "ignore_case", "pattern", "optional"]))
        var rule = ColumnRule(path, try origin(path, key, section))
        if let words = try section.section("values") {
            var values: [String: String] = [:]
            for word in words.keys { values[word] = try words.requiredText(word) }
            rule.values = values
        }
        rule.unit = try section.word("unit", of: ColumnRule.Unit.self)
        rule.ignoresCase = try section.truth("ignore_case") ?? false
        rule.pattern = try pattern(section, "pattern")
        rule.isOptional = try section.truth("optional") ?? false
        return rule
    }

    private static func origin(
        _ path: ResultPath,
        _ key: String,
        _ section: YAMLSection
    ) throws(IssuingError) -> ColumnRule.Origin {
        let given = origins.filter(section.has)
        guard given.count == 1, let word = given.first else {
            throw section.error("TYPE", "expected exactly one of \(origins.joined(separator: ", "))")
        }
        if word != "match", section.has("captures") {
            throw section.error("TYPE", "only the groups of a header's pattern are captures: match", at: "captures")
        }
        switch word {
        case "match":
            var captures: [String: ResultPath] = [:]
            if let groups = try section.section("captures") {
                for name in groups.keys {
                    let dotted = try groups.requiredText(name)
                    guard let path = ResultPath(dotted) else {
                        throw groups.error("PATH_UNKNOWN", "exam-result/1 has no \"\(dotted)\"", at: name)
                    }
                    captures[name] = path
                }
            }
            guard let pattern = try pattern(section, "match") else { throw section.missing("match") }
            return .matching(pattern, captures: captures)
        case "first": return .first(try section.texts("first") ?? [])
        case "join", "digest":
            let columns = try section.texts(word) ?? []
            guard !columns.isEmpty, path == .resultID else {
                throw section.error("TYPE", "only resultId is made of columns, from one of them or more", at: word)
            }
            return word == "join" ? .joined(columns) : .digest(columns)
        case "constant":
            guard path != .resultID, path != .email else {
                throw section.error("TYPE", "\(key) cannot be the same in every row", at: "constant")
            }
            return .constant(try section.requiredText("constant"))
        default: return .column(try section.requiredText("column"))
        }
    }

    private static func checkUnits(_ rules: [ColumnRule], _ map: YAMLSection) throws(IssuingError) {
        for rule in rules {
            guard let unit = rule.unit else { continue }
            let isAllowed =
                switch (rule.path, unit) {
                case (.percent, .percent), (.percent, .fraction), (.percent, .ratio), (.raw, .ratio): true
                case (.cut, .percent), (.cut, .fraction): true
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
    }

    private static func items(_ top: YAMLSection) throws(IssuingError) -> [ItemRule] {
        var items: [ItemRule] = []
        for section in try top.sections("items") ?? [] {
            try section.allow(["match", "as"])
            guard let pattern = try pattern(section, "match") else { throw section.missing("match") }
            guard pattern.text.contains("(?<item>") else {
                throw section.error("TYPE", "the pattern needs a group that is the item's id: (?<item>…)", at: "match")
            }
            items.append(ItemRule(pattern: pattern, part: try section.word("as", of: ItemRule.Part.self) ?? .score))
        }
        return items
    }

    // MARK: Rows and tables

    private static func rowRules(_ key: String, _ top: YAMLSection) throws(IssuingError) -> [SkipRule] {
        var rules: [SkipRule] = []
        for section in try top.sections(key) ?? [] { rules.append(try rowRule(section)) }
        return rules
    }

    private static func rowRule(_ section: YAMLSection) throws(IssuingError) -> SkipRule {
        try section.allow(["column", "equals", "prefix"])
        let prefix = try section.text("prefix")
        let values = try section.texts("equals", canBeEmpty: true) ?? []
        guard prefix != nil || !values.isEmpty else { throw section.missing("equals") }
        return SkipRule(column: try section.requiredText("column"), values: Set(values), prefix: prefix?.trimmed)
    }

    private static func melt(_ top: YAMLSection) throws(IssuingError) -> TextPattern? {
        guard let section = try top.section("melt") else { return nil }
        try section.allow(["match"])
        guard let pattern = try pattern(section, "match") else { throw section.missing("match") }
        return pattern
    }

    private static func tables(_ top: YAMLSection, folder: String) throws(IssuingError) -> [TableRule] {
        var tables: [TableRule] = []
        func add(_ name: String, _ section: YAMLSection) throws(IssuingError) {
            try section.allow(["file", "key", "column"])
            let file = try section.text("file").map { $0.hasPrefix("/") ? $0 : folder + $0 }
            tables.append(
                TableRule(
                    name: name,
                    file: file,
                    key: try section.requiredText("key"),
                    column: try section.requiredText("column")
                )
            )
        }
        if let roster = try top.section("roster") { try add("roster", roster) }
        guard let sections = try top.section("tables") else { return tables }
        for name in sections.keys {
            guard let section = try sections.section(name) else { continue }
            try add(name, section)
        }
        return tables
    }

    // MARK: Spellings

    private static func decimalComma(_ top: YAMLSection) throws(IssuingError) -> Bool {
        switch try top.text("decimal") {
        case nil, "point": return false
        case "comma": return true
        default: throw top.error("TYPE", "expected comma or point", at: "decimal")
        }
    }

    private static func dates(_ top: YAMLSection) throws(IssuingError) -> LocalDate? {
        let name = try top.text("timezone")
        guard name != nil || ["dates", "ambiguous", "months"].contains(where: top.has) else { return nil }
        let zone = name.flatMap { TimeZone(identifier: $0) }
        guard zone != nil || name == nil else {
            throw top.error(
                "TYPE",
                "there is no such time zone",
                at: "timezone",
                hint: "write it as Europe/Berlin or UTC"
            )
        }
        let patterns = try top.texts("dates") ?? LocalDate.defaultPatterns
        let known = Set("YymdHIMSbpAs")
        for pattern in patterns {
            let parts = pattern.split(separator: "%", omittingEmptySubsequences: false).dropFirst()
            guard parts.allSatisfy({ $0.first.map(known.contains) ?? false }) else {
                throw top.error("TYPE", "a date is written with %Y %m %d %H %M %S, %y, %b, %A, %I, %p, %s", at: "dates")
            }
        }
        var dates = LocalDate(
            zone: zone,
            patterns: patterns,
            ambiguity: try top.word("ambiguous", of: LocalDate.Ambiguity.self) ?? .refuse
        )
        if let months = try top.texts("months") {
            guard months.count == 12 else { throw top.error("TYPE", "a year has twelve months", at: "months") }
            dates.months = months.map { $0.lowercased() }
        }
        return dates
    }
}
