/// The first record of a CSV file, held against what is known or mapped: which columns fill which places.
struct CSVHeader {
    /// The rules that fill a result.
    let rules: [ColumnRule]
    /// The columns that the rules read, by name.
    let columns: [String: Int]
    /// How many fields each row has.
    let count: Int
    /// What is in the header and not used.
    let warnings: [IssuingError]

    /// Reads the header that `row` stands at.
    init(_ row: CSVReader, mapping: ResultMapping?, file: String, limits: IntakeLimits) throws(IssuingError) {
        count = row.count
        guard count <= limits.columns else {
            throw IssuingError(.headerMalformed, "more than \(limits.columns) columns", file: file, line: row.line)
        }
        let names = (0..<count).map { row.text($0) }
        let wanted = mapping.map { Set($0.rules.flatMap(\.columns) + $0.skips.map(\.column)) }
        func isKnown(_ name: String) -> Bool { wanted?.contains(name) ?? (ResultPath(name) != nil) }
        guard names.contains(where: isKnown) else { throw Self.missing(row, file, wanted) }

        var columns: [String: Int] = [:]
        for (index, name) in names.enumerated() where isKnown(name) {
            guard columns.updateValue(index, forKey: name) == nil else {
                let place = row.position(ofField: index)
                throw IssuingError(
                    .headerDuplicated,
                    "the header has the column \"\(name)\" twice",
                    file: file,
                    line: place.line,
                    column: place.column
                )
            }
        }
        self.columns = columns
        if let mapping {
            rules = mapping.rules
            let absent = (rules.flatMap(\.columns) + mapping.skips.map(\.column)).filter { columns[$0] == nil }
            guard absent.isEmpty else {
                throw Self.absent(absent, row, file, hint: "the mapping names columns as the header spells them")
            }
            warnings = []
            return
        }
        rules = names.compactMap { name in ResultPath(name).map { ColumnRule($0, .column(name)) } }
        // Some places have two names, and the second would write over what the first said.
        for (index, rule) in rules.enumerated() {
            guard let first = rules[..<index].first(where: { $0.path == rule.path }) else { continue }
            throw IssuingError(
                .headerDuplicated,
                "the columns \"\(first.columns[0])\" and \"\(rule.columns[0])\" fill one place",
                file: file,
                line: row.line,
                column: 1
            )
        }
        let absent = ResultPath.missing(from: rules.map(\.path)).map(\.dotted)
        guard absent.isEmpty else {
            throw Self.absent(absent, row, file, hint: "other names need a mapping: badge issue --map FILE")
        }
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

    private static func absent(
        _ names: [String],
        _ row: CSVReader,
        _ file: String,
        hint: String
    ) -> IssuingError {
        let list = names.map { "\"\($0)\"" }.joined(separator: ", ")
        return IssuingError(
            .columnMissing,
            "the header has no column \(list)",
            file: file,
            line: row.line,
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
