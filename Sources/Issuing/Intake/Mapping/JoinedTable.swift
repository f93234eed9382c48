import JSONCore

/// A table that is joined to results, in memory: the columns that are asked for, by its key.
final class JoinedTable {
    let rule: TableRule
    /// The columns that are kept, by name.
    private(set) var columns: [String: Int]
    private var rows: [String: [String]] = [:]
    /// Keys that stand in several rows that differ.
    private var twice: Set<String> = []

    /// What a look-up gives.
    enum Row {
        case found([String])
        case absent
        /// The key stands in several rows, and they differ.
        case ambiguous
    }

    /// Reads a table: CSV, TSV or JSON, as its first bytes show.
    ///
    /// `wanted` are the columns that a mapping asks for. Throws what makes a file unreadable, and `COLUMN_MISSING` where
    /// it lacks its key.
    init(_ rule: TableRule, wanted: [String], source: ByteSource, file: String, limits: IntakeLimits)
        throws(IssuingError)
    {
        self.rule = rule
        let input = InputBuffer(try TextEncoding.detect.utf8(source), chunk: limits.chunkBytes)
        while input.count < 64, try input.fill() {}
        if input.bytes.starts(with: [0xEF, 0xBB, 0xBF]) { input.consume(3) }
        try ResultFormat.refuseForeign(input.bytes, file: file)
        let first = input.bytes.first { $0 != 0x20 && $0 != 0x0A && $0 != 0x0D && $0 != 0x09 }
        let isJSON = first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
        var columns: [String: Int] = [:]
        for name in wanted where columns[name] == nil { columns[name] = columns.count }
        self.columns = columns
        if isJSON {
            try readJSON(input, file, limits)
        } else {
            try readCSV(input, file, limits)
        }
    }

    func row(_ key: String) -> Row {
        if twice.contains(key) { return .ambiguous }
        return rows[key].map(Row.found) ?? .absent
    }

    private func add(_ key: String, _ row: [String], _ file: String, _ limits: IntakeLimits) throws(IssuingError) {
        guard !key.isEmpty else { return }
        guard rows.count < limits.rows else {
            throw IssuingError(.tooManyRows, "the table has more than \(limits.rows) rows", file: file)
        }
        if let known = rows[key], known != row { twice.insert(key) }
        rows[key] = row
    }

    private func readCSV(_ input: InputBuffer, _ file: String, _ limits: IntakeLimits) throws(IssuingError) {
        while !input.bytes.contains(0x0A), input.count <= limits.fieldBytes, try input.fill() {}
        var reader = CSVReader(input, delimiter: Delimiter.sniffed(from: input.bytes).rawValue, limits: limits)
        guard case .record = try reader.next() else {
            throw IssuingError(.headerMissing, "the table has no header", file: file, line: 1, column: 1)
        }
        let names = (0..<reader.count).map { reader.text($0) }
        if let twice = names.first(where: { name in
            (name == rule.key || columns[name] != nil) && names.count { $0 == name } > 1
        }) {
            throw IssuingError(
                .headerDuplicated,
                "the table has a column of its twice: \(twice)",
                file: file,
                line: 1,
                column: 1
            )
        }
        guard let key = names.firstIndex(of: rule.key) else { throw absent([rule.key], file) }
        // What it lacks is missed where a rule cannot do without.
        let places = names.indices.filter { columns[names[$0]] != nil }
        columns = Dictionary(places.enumerated().map { (names[$1], $0) }) { first, _ in first }
        while true {
            switch try reader.next() {
            case .record:
                guard reader.count == names.count else {
                    throw IssuingError(
                        .raggedRow,
                        "a row of the table has \(reader.count) fields where its header has \(names.count)",
                        file: file,
                        hint: "a field with a comma in it stands in quotes"
                    )
                }
                try add(reader.text(key), places.map { reader.text($0) }, file, limits)
            case .problem(let problem):
                throw IssuingError(
                    problem.code,
                    "the table cannot be read: \(problem.detail)",
                    file: file,
                    line: problem.line,
                    column: problem.column,
                    hint: problem.hint
                )
            case .end: return
            }
        }
    }

    private func readJSON(_ input: InputBuffer, _ file: String, _ limits: IntakeLimits) throws(IssuingError) {
        var records = JSONRecords(input, containers: ["members", "users", "data"], limit: limits.rowBytes)
        while try records.next() {
            guard records.isHeld, let json = try? JSON(parsing: Array(records.raw)) else {
                throw IssuingError(.parsing, "the table has a record that is not JSON", file: file, line: records.line)
            }
            let values = try FlatRecord.values(of: json)
            let row = columns.sorted { $0.value < $1.value }.map { (values[$0.key] ?? "").trimmed }
            try add((values[rule.key] ?? "").trimmed, row, file, limits)
        }
    }

    private func absent(_ names: [String], _ file: String) -> IssuingError {
        IssuingError(
            .columnMissing,
            "the table has no column \"\(names.joined(separator: ", "))\"",
            file: file,
            line: 1,
            column: 1,
            hint: "the mapping names its columns as the table spells them"
        )
    }
}
