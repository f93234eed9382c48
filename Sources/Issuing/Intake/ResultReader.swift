import JSONCore

/// Reads a results file of any known form, row by row: good rows as ``ExamResult``, others as ``RowProblem``.
///
/// Memory stays flat, whatever the file's size. What is wrong with the file as a whole is thrown; what is wrong with a
/// row is an outcome, and reading goes on. A reader cannot be copied, as two would read one file.
///
/// *For example:*
/// ```swift
/// var reader = try ResultReader(path: "results/july.csv")
/// while let outcome = try reader.next() {
///     if case .result(let result, let position) = outcome { print(position, policy.decide(result).decision) }
/// }
/// ```
public struct ResultReader: ~Copyable {
    private let input: InputBuffer
    private let limits: IntakeLimits
    // One of the two, by the format.
    private var records: CSVReader?
    private var lines: LineReader?
    private var decoder: RowDecoder?
    private var fieldCount = 0
    private var seen = DuplicateIndex()
    private var unknownMembers: Set<JSONPointer> = []

    /// The file, as the user named it.
    public let file: String
    /// The form that it is in.
    public let format: ResultFormat
    /// The header with its line end and byte order mark; empty for NDJSON. The set-aside file begins with it.
    public let header: [UInt8]
    /// What was ignored: unknown columns and members, each once; or that there are no rows. Complete at the end.
    public private(set) var warnings: [IssuingError]
    /// Rows read, of all kinds.
    public private(set) var rowCount = 0
    /// Rows that were skipped as they said the same as an earlier one.
    public private(set) var duplicateCount = 0
    /// Rows that the mapping says are no results.
    public private(set) var skippedCount = 0
    /// Rows that were set aside.
    public private(set) var setAsideCount = 0

    /// How many bytes of the file are read: for a progress bar.
    public var bytesRead: Int { input.offset }

    /// Opens a file.
    public init(
        path: String,
        mapping: ResultMapping? = nil,
        format: ResultFormat? = nil,
        limits: IntakeLimits = .standard
    ) throws(IssuingError) {
        try self.init(.file(path), file: path, mapping: mapping, format: format, limits: limits)
    }

    /// Begins to read a source: looks at its first bytes, and at the header.
    ///
    /// `file` is the name that errors and results show, and its extension tells the form unless `format` does. Throws
    /// what ends the reading of a file: `FILE_UNREADABLE`, `FILE_EMPTY`, `FORMAT_REFUSED`, `ENCODING_REFUSED`,
    /// `HEADER_MISSING`, `HEADER_MALFORMED`, `HEADER_DUPLICATED`, `COLUMN_MISSING`.
    public init(
        _ source: ByteSource,
        file: String,
        mapping: ResultMapping? = nil,
        format: ResultFormat? = nil,
        delimiter: Delimiter? = nil,
        limits: IntakeLimits = .standard
    ) throws(IssuingError) {
        let input = InputBuffer(source, chunk: limits.chunkBytes)
        while input.count < 4096, try input.fill() {}
        try ResultFormat.refuseForeign(input.bytes, file: file)
        let mark: [UInt8] = input.bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? [0xEF, 0xBB, 0xBF] : []
        input.consume(mark.count)
        guard try !Self.isBlank(input) else {
            throw IssuingError(.fileEmpty, "there is nothing in the file", file: file)
        }
        let detected = format ?? (mapping == nil ? .detected(file: file, start: input.bytes) : .csv)
        // All that can fail comes before anything of the reader is set.
        let opened =
            detected == .csv
            ? try OpenedCSV(input, mark, mapping, delimiter, file: file, limits: limits) : nil
        (self.input, self.file, self.limits, self.format) = (input, file, limits, detected)
        header = opened?.header ?? []
        warnings = opened?.columns.warnings ?? []
        records = opened?.reader
        lines = opened == nil ? LineReader(input, limit: limits.rowBytes) : nil
        decoder = opened.map {
            RowDecoder($0.columns.rules, columns: $0.columns.columns, mapping: mapping, limits: limits)
        }
        fieldCount = opened?.columns.count ?? 0
    }

    /// The next row's outcome; `nil` at the end.
    ///
    /// Throws where the file cannot be read on: `FILE_UNREADABLE`, `TOO_MANY_ROWS`.
    public mutating func next() throws(IssuingError) -> RowOutcome? {
        guard let outcome = try read() else {
            if rowCount == 0, warnings.last?.code != .noRows {
                warnings.append(IssuingError(.noRows, "the file has no rows", file: file))
            }
            return nil
        }
        rowCount += 1
        guard rowCount <= limits.rows else {
            throw IssuingError(
                .tooManyRows,
                "the file has more than \(limits.rows) rows",
                file: file,
                hint: "split it: split -l 1000000 FILE, each part with the header"
            )
        }
        switch outcome {
        case .duplicate: duplicateCount += 1
        case .setAside: setAsideCount += 1
        case .result: break
        }
        return outcome
    }

    private mutating func read() throws(IssuingError) -> RowOutcome? {
        while true {
            switch try records?.next() {
            case .problem(let problem):
                return records.map { problemOutcome(problem, Array($0.raw), $0.range) }
            case .record:
                guard let records, let decoder else { return nil }
                guard !decoder.skips(records) else {
                    skippedCount += 1
                    continue
                }
                return csvOutcome(records, decoder)
            case .end:
                return nil
            case nil:
                guard try lines?.next() ?? false, let lines else { return nil }
                return jsonOutcome(lines)
            }
        }
    }

    private mutating func csvOutcome(_ reader: CSVReader, _ decoder: RowDecoder) -> RowOutcome {
        guard reader.count == fieldCount else {
            let problem = IssuingError(
                .raggedRow,
                "the row has \(reader.count) fields, the header \(fieldCount)",
                line: reader.line,
                column: 1,
                hint: reader.count > fieldCount ? "quote a field that has the delimiter inside" : nil
            )
            return problemOutcome(problem, Array(reader.raw), reader.range)
        }
        do throws(IssuingError) {
            let result = try decoder.decode(reader)
            return outcome(result, reader.line, reader.range) { Array(reader.raw) }
        } catch {
            return problemOutcome(error, Array(reader.raw), reader.range)
        }
    }

    private mutating func jsonOutcome(_ reader: LineReader) -> RowOutcome {
        do throws(IssuingError) {
            guard reader.isHeld else {
                throw IssuingError(.rowTooLarge, "the line is larger than \(limits.rowBytes) bytes")
            }
            let record = try parsedLine(reader)
            var unknown: [JSONPointer] = []
            let result = try ExamResult(json: record, limits: limits) { unknown.append($0) }
            for path in unknown where unknownMembers.count < 100 && unknownMembers.insert(path.withoutIndices).inserted
            {
                warnings.append(
                    IssuingError(
                        .unknownColumn,
                        "the member \(path.withoutIndices) is not known and is ignored",
                        file: file,
                        line: reader.line,
                        path: path
                    )
                )
            }
            return outcome(result, reader.line, reader.range) { Array(reader.raw) }
        } catch {
            var placed = error
            placed.line = reader.line
            return problemOutcome(placed, Array(reader.raw), reader.range)
        }
    }

    private func parsedLine(_ reader: LineReader) throws(IssuingError) -> JSON {
        if let nul = reader.content.firstIndex(of: 0) {
            let place = TextPosition.of(nul, in: reader.content, firstLine: reader.line)
            throw IssuingError(.nulByte, "the line has a NUL byte", column: place.column)
        }
        do {
            return try JSON(parsing: Array(reader.content), limits: JSONLimits(bytes: limits.rowBytes, nodes: 100_000))
        } catch {
            let isDocument =
                reader.content.trimmed.elementsEqual([UInt8(ascii: "[")])
                || reader.content.trimmed.elementsEqual([UInt8(ascii: "{")])
            throw IssuingError(
                IssuingError.Code(rawValue: error.code.rawValue),
                "not JSON: \(error.detail)",
                column: error.column,
                path: error.path,
                hint: isDocument ? "one record a line is expected: jq -c '.[]' FILE" : nil
            )
        }
    }

    private mutating func outcome(
        _ result: ExamResult,
        _ line: Int,
        _ range: Range<Int>,
        raw: () -> [UInt8]
    ) -> RowOutcome {
        switch seen.insert(result) {
        case .new:
            var result = result
            if result.source == nil { result.source = .init(format: format.rawValue, file: file, line: line) }
            return .result(result, SourcePosition(file: file, line: line))
        case .same:
            return .duplicate(SourcePosition(file: file, line: line))
        case .different:
            let problem = IssuingError(
                .resultConflict,
                "an earlier row has the same result id and says something else",
                line: line,
                column: 1,
                hint: "keep the row that is right; a correction of an issued result is a matter for a revocation"
            )
            return problemOutcome(problem, raw(), range)
        }
    }

    private func problemOutcome(_ problem: IssuingError, _ raw: [UInt8], _ range: Range<Int>) -> RowOutcome {
        var problem = problem
        problem.file = file
        problem.column = problem.column ?? 1
        return .setAside(RowProblem(error: problem, raw: raw, range: range))
    }

    /// Whether all that follows is white space; reads on while it is. What is blank is passed over only in the mind.
    private static func isBlank(_ input: InputBuffer) throws(IssuingError) -> Bool {
        while true {
            let isBlank = input.bytes.allSatisfy { $0 == 0x20 || (0x09...0x0D).contains($0) }
            // A megabyte of white space is no results file.
            guard isBlank, input.count <= 1 << 20 else { return isBlank }
            guard try input.fill() else { return true }
        }
    }
}

/// A CSV file whose header has been read.
private struct OpenedCSV {
    var reader: CSVReader
    let columns: CSVHeader
    let header: [UInt8]

    init(
        _ input: InputBuffer,
        _ mark: [UInt8],
        _ mapping: ResultMapping?,
        _ delimiter: Delimiter?,
        file: String,
        limits: IntakeLimits
    ) throws(IssuingError) {
        // The delimiter is looked for in the whole header line.
        while !input.bytes.contains(0x0A), input.count <= limits.fieldBytes, try input.fill() {}
        let sign = delimiter ?? mapping?.delimiter ?? Delimiter.sniffed(from: input.bytes)
        reader = CSVReader(input, delimiter: sign.rawValue, limits: limits)
        if case .problem(let problem) = try reader.next() {
            throw IssuingError(
                .headerMalformed,
                "the header cannot be read: \(problem.detail)",
                file: file,
                line: problem.line,
                column: problem.column,
                hint: problem.hint
            )
        }
        columns = try CSVHeader(reader, mapping: mapping, file: file, limits: limits)
        header = mark + Array(reader.raw)
    }
}

extension JSONPointer {
    /// With `*` for every index, so that one warning speaks for all elements.
    fileprivate var withoutIndices: JSONPointer {
        tokens.reduce(JSONPointer()) { $0.appending(Int($1) == nil ? $1 : "*") }
    }
}
