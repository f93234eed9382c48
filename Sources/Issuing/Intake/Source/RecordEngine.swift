import JSONCore

/// Goes through a source record by record, whatever its form.
struct RecordEngine {
    /// What comes next.
    enum Event {
        /// A row of CSV.
        case row(CSVReader)
        /// A record that names its own fields.
        case record(FlatRecord)
        /// A line that should be an `exam-result/1`.
        case line(LineReader)
        /// A record that cannot be read.
        case problem(IssuingError)
        /// A record that is no result, such as a statement that voids another.
        case passedOver
        case end
    }

    enum Form {
        case csv(CSVReader)
        case lines(LineReader)
        /// Objects of JSON; the first has been read already, to know its fields.
        case objects(JSONRecords, isFirstRead: Bool)
        /// One report.
        case report([String: String])
    }

    let input: InputBuffer
    // One of them, by the form; apart, as a row's fields would be copied with every step inside an enumeration.
    private var csv: CSVReader?
    private var lines: LineReader?
    private var objects: JSONRecords?
    private var isFirstRead = false
    private var report: [String: String]?
    private let limits: IntakeLimits
    /// The fields of records that name them, by number.
    private let columns: [String: Int]
    private let fieldCount: Int
    private var statements: XAPIStatements?
    /// All of a report's bytes.
    private let document: [UInt8]

    init(
        _ input: InputBuffer,
        _ form: Form,
        header: RecordHeader?,
        statements: XAPIStatements? = nil,
        document: [UInt8] = [],
        limits: IntakeLimits
    ) {
        (self.input, self.limits) = (input, limits)
        switch form {
        case .csv(let reader): csv = reader
        case .lines(let reader): lines = reader
        case .objects(let records, let isFirstRead): (objects, self.isFirstRead) = (records, isFirstRead)
        case .report(let values): report = values
        }
        (self.statements, self.document) = (statements, document)
        columns = header?.columns ?? [:]
        fieldCount = header?.count ?? 0
    }

    /// The bytes of the record; empty where it was too large to hold.
    var raw: [UInt8] {
        if let csv { return Array(csv.raw) }
        if let lines { return Array(lines.raw) }
        return objects.map { Array($0.raw) } ?? document
    }

    /// The bytes of the source that are the record.
    var range: Range<Int> {
        csv?.range ?? lines?.range ?? objects?.range ?? 0..<document.count
    }

    /// What is wrong with a row that has not as many fields as its header.
    var raggedness: IssuingError? {
        guard let reader = csv, reader.count != fieldCount else { return nil }
        return IssuingError(
            .raggedRow,
            "the row has \(reader.count) fields, the header \(fieldCount)",
            line: reader.line,
            column: 1,
            hint: reader.count > fieldCount ? "quote a field that has the delimiter inside" : nil
        )
    }

    /// What is to be said at the end of all.
    func closingWarnings(_ file: String) -> [IssuingError] {
        guard let count = statements?.unseen.count, count > 0 else { return [] }
        return [
            IssuingError(
                .voidedElsewhere,
                "\(count) statements are voided here that are not in this source, so that they stay as they are",
                file: file,
                hint: "export them together, or annul their results in a results file: status: void"
            )
        ]
    }

    mutating func next() throws(IssuingError) -> Event {
        if let event = try csv?.next() {
            switch event {
            case .record: return csv.map(Event.row) ?? .end
            case .problem(let problem): return .problem(problem)
            case .end: return .end
            }
        }
        if let isThere = try lines?.next() { return isThere ? lines.map(Event.line) ?? .end : .end }
        if objects != nil {
            let isThere = isFirstRead ? true : try objects?.next() ?? false
            isFirstRead = false
            return isThere ? objects.map { object($0) } ?? .end : .end
        }
        guard let values = report else { return .end }
        report = nil
        return .record(FlatRecord(values, columns: columns, count: fieldCount, line: 1))
    }

    private mutating func object(_ records: JSONRecords) -> Event {
        guard records.isHeld else {
            return .problem(
                IssuingError(.rowTooLarge, "the record is larger than \(limits.rowBytes) bytes", line: records.line)
            )
        }
        do {
            let json = try JSON(parsing: Array(records.raw), limits: JSONLimits(bytes: limits.rowBytes, nodes: 100_000))
            guard json.object != nil else {
                return .problem(IssuingError(.valueMalformed, "expected an object", line: records.line))
            }
            let values = statements == nil ? try FlatRecord.values(of: json) : try statements?.values(of: json)
            guard let values else { return .passedOver }
            return .record(FlatRecord(values, columns: columns, count: fieldCount, line: records.line))
        } catch let error as IssuingError {
            var placed = error
            placed.line = records.line
            return .problem(placed)
        } catch let error as JSONError {
            return .problem(
                IssuingError(
                    IssuingError.Code(rawValue: error.code.rawValue),
                    "not JSON: \(error.detail)",
                    line: records.line,
                    path: error.path
                )
            )
        } catch {
            return .problem(IssuingError(.parsing, "not JSON", line: records.line))
        }
    }
}
