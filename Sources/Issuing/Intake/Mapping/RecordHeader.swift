/// What fields the records of a source have, held against what is known or mapped: which of them fill which places.
struct RecordHeader {
    /// The rules, bound to the fields.
    let binding: ColumnBinding
    /// The fields by name.
    let columns: [String: Int]
    /// How many fields each record has.
    let count: Int
    /// What is in the header and not used.
    let warnings: [IssuingError]
    /// What stands in for a mapping where there is none, and the user has said something.
    private(set) var plainMapping: ResultMapping?

    /// Holds a mapping against the first record of a source whose records name their own fields: what the mapping speaks
    /// of may stand in any of them, and patterns are looked for in the first.
    init(
        fields first: some Sequence<String>,
        mapping: ResultMapping,
        tables: [JoinedTable],
        file: String
    ) throws(IssuingError) {
        let asked = mapping.rules.flatMap(\.columns) + (mapping.skips + mapping.keeps).map(\.column)
        let tableNames = Set(mapping.tables.map(\.name) + ["melt", "maxima"])
        // `roster.email` is the table's, unless the records have such a field themselves.
        let own = asked.filter { name in
            !tableNames.contains { name.hasPrefix($0 + ".") } && !mapping.rules.contains { $0.path.dotted == name }
        }
        var names: [String] = []
        var columns: [String: Int] = [:]
        for name in Array(first).sorted() + own + mapping.tables.map(\.column) where columns[name] == nil {
            columns[name] = names.count
            names.append(name)
        }
        (self.columns, count, warnings) = (columns, names.count, [])
        binding = ColumnBinding(mapping, names: names, tables: tables)
        try Self.check(binding, file, 1, mapping)
    }

    /// Reads the header that `row` stands at, under a mapping.
    init(
        _ row: CSVReader,
        mapping: ResultMapping,
        tables: [JoinedTable],
        file: String,
        limits: IntakeLimits
    ) throws(IssuingError) {
        let names = try Self.names(row, file, limits)
        let wanted = Set(mapping.columns)
        binding = ColumnBinding(mapping, names: names, tables: tables)
        guard names.contains(where: wanted.contains) || binding.absent.isEmpty else {
            throw Self.missing(row, file, wanted)
        }
        columns = try Self.columns(names, row, file) { wanted.contains($0) }
        (count, warnings) = (names.count, [])
        try Self.check(binding, file, row.line, mapping)
    }

    /// Reads the header that `row` stands at, whose names are the paths of `exam-result/1`.
    init(_ row: CSVReader, settings: IntakeSettings, file: String, limits: IntakeLimits) throws(IssuingError) {
        let names = try Self.names(row, file, limits)
        func isKnown(_ name: String) -> Bool { ResultPath(name) != nil }
        guard names.contains(where: isKnown) else { throw Self.missing(row, file, nil) }
        columns = try Self.columns(names, row, file, isKnown)
        count = names.count
        var mapping = ResultMapping(
            rules: names.compactMap { name in ResultPath(name).map { ColumnRule($0, .column(name)) } }
        )
        // Some places have two names, and the second would write over what the first said.
        for (index, rule) in mapping.rules.enumerated() {
            guard let first = mapping.rules[..<index].first(where: { $0.path == rule.path }) else { continue }
            throw IssuingError(
                .headerDuplicated,
                "the columns \"\(first.columns[0])\" and \"\(rule.columns[0])\" fill one place",
                file: file,
                line: row.line,
                column: 1
            )
        }
        try mapping.add(settings)
        plainMapping = settings.isEmpty ? nil : mapping
        let absent = ResultPath.missing(from: mapping.rules.map(\.path)).map(\.dotted)
        guard absent.isEmpty else {
            throw Self.absent(absent, file, row.line, hint: "other names need a mapping: badge issue --map FILE")
        }
        binding = ColumnBinding(mapping, names: names, tables: [])
        warnings = names.enumerated().filter { !isKnown($1) }.map { index, name in
            let place = row.position(ofField: index)
            return IssuingError(
                .unknownColumn,
                "\(Self.shown(name, index)) is not known and is ignored",
                file: file,
                line: place.line,
                column: place.column,
                hint: Self.likely(name).map { "did you mean \"\($0)\"?" }
            )
        }
    }

    private static func names(_ row: CSVReader, _ file: String, _ limits: IntakeLimits) throws(IssuingError) -> [String]
    {
        guard row.count <= limits.columns else {
            throw IssuingError(.headerMalformed, "more than \(limits.columns) columns", file: file, line: row.line)
        }
        return (0..<row.count).map { row.text($0) }
    }

    /// The columns by name; one that counts must not stand twice.
    private static func columns(
        _ names: [String],
        _ row: CSVReader,
        _ file: String,
        _ counts: (String) -> Bool
    ) throws(IssuingError) -> [String: Int] {
        var columns: [String: Int] = [:]
        for (index, name) in names.enumerated() {
            guard columns.updateValue(index, forKey: name) != nil, counts(name) else { continue }
            let place = row.position(ofField: index)
            throw IssuingError(
                .headerDuplicated,
                "the header has the column \"\(name)\" twice",
                file: file,
                line: place.line,
                column: place.column
            )
        }
        return columns
    }

    private static func check(
        _ binding: ColumnBinding,
        _ file: String,
        _ line: Int,
        _ mapping: ResultMapping
    ) throws(IssuingError) {
        if let text = binding.ambiguous.first {
            throw IssuingError(
                .headerDuplicated,
                "several columns have the pattern \"\(text)\"",
                file: file,
                line: line,
                column: 1,
                hint:
                    "a pattern names one column; several that are results are melted, several that are items are items"
            )
        }
        guard binding.absent.isEmpty else {
            throw absent(binding.absent, file, line, hint: "the mapping names columns as the header spells them")
        }
    }

    private static func missing(_ row: CSVReader, _ file: String, _ wanted: Set<String>?) -> IssuingError {
        // The first row may be a candidate's: nothing of it is shown.
        let expected = wanted.map { $0.sorted().joined(separator: ", ") } ?? "resultId, exam.id, candidate.email, …"
        return IssuingError(
            .headerMissing,
            "the first row names no column that is known, so it is no header",
            file: file,
            line: row.line,
            column: 1,
            hint: "expected a header with the columns \(expected)" + (wanted == nil ? "; or give a mapping" : "")
        )
    }

    private static func absent(_ names: [String], _ file: String, _ line: Int, hint: String) -> IssuingError {
        var unique: [String] = []
        for name in names where !unique.contains(name) { unique.append(name) }
        let list = unique.map { "\"\($0)\"" }.joined(separator: ", ")
        return IssuingError(
            .columnMissing,
            "the header has no column \(list)",
            file: file,
            line: line,
            column: 1,
            hint: hint
        )
    }

    /// A column's name for people; its number where the name could be somebody's data.
    private static func shown(_ name: String, _ index: Int) -> String {
        let isName =
            !name.isEmpty && name.utf8.count <= 64 && !name.utf8.contains { $0 < 0x20 || $0 == UInt8(ascii: "@") }
        return isName ? "the column \"\(name)\"" : "column \(index + 1)"
    }

    /// A known name that differs in case only.
    private static func likely(_ name: String) -> String? {
        let known = [
            "resultId", "exam.id", "exam.form", "exam.name", "candidate.email", "candidate.given", "candidate.family",
            "startedAt", "endedAt", "tzAssumed", "score.cutUnit", "passedExplicit", "score.percent", "score.raw",
            "score.max", "score.min", "score.cut", "status", "attempt",
        ]
        return known.first { $0.lowercased() == name.lowercased() }
    }
}
