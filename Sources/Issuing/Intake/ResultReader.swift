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
    private var engine: RecordEngine
    private let limits: IntakeLimits
    private var decoder: RowDecoder?
    private var seen = DuplicateIndex()
    private var unknownMembers: Set<JSONPointer> = []
    /// What a row came to beside its first outcome, where it was several results.
    private var waiting: [RowOutcome] = []

    /// The file, as the user named it.
    public let file: String
    /// The form that it is in.
    public let format: ResultFormat
    /// The header with its line end and byte order mark; empty for NDJSON. The set-aside file begins with it.
    public let header: [UInt8]
    /// Which columns fill which places of `exam-result/1`, for people; empty for NDJSON, where each line is one.
    public let places: [(path: String, source: String)]
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
    public var bytesRead: Int { engine.input.offset }

    /// Whether the rows' bytes are those of the file: not where its text was turned into UTF-8, or unpacked.
    public let isVerbatim: Bool

    /// Opens a file.
    public init(
        path: String,
        mapping: ResultMapping? = nil,
        settings: IntakeSettings = IntakeSettings(),
        format: ResultFormat? = nil,
        limits: IntakeLimits = .standard
    ) throws(IssuingError) {
        try self.init(.file(path), file: path, mapping: mapping, settings: settings, format: format, limits: limits)
    }

    /// Begins to read a source: looks at its first bytes, and at the header.
    ///
    /// `file` is the name that errors and results show, and its extension helps to tell the form unless `format` or the
    /// mapping does. `settings` count where there is no mapping, and the form is one that a built-in one reads; a mapping
    /// has them from ``ResultMapping/init(parsing:file:settings:limits:)``. Throws what ends the reading of a file:
    /// `FILE_UNREADABLE`, `FILE_EMPTY`, `FORMAT_REFUSED`, `ENCODING_REFUSED`, `HEADER_MISSING`, `HEADER_MALFORMED`,
    /// `HEADER_DUPLICATED`, `COLUMN_MISSING`, `TABLE_MISSING`.
    public init(
        _ source: ByteSource,
        file: String,
        mapping: ResultMapping? = nil,
        settings: IntakeSettings = IntakeSettings(),
        format: ResultFormat? = nil,
        delimiter: Delimiter? = nil,
        limits: IntakeLimits = .standard
    ) throws(IssuingError) {
        let opening = try SourceOpening(source, file: file, mapping: mapping, settings, format, limits)
        let opened = try opening.engine(delimiter)
        // All that can fail comes before anything of the reader is set.
        (self.file, self.limits, self.format) = (file, limits, opening.format)
        isVerbatim = opening.isVerbatim
        engine = opened.engine
        header = opened.headerBytes
        warnings = opened.header?.warnings ?? []
        places = opened.header?.binding.places ?? []
        decoder = opened.header.map {
            RowDecoder($0.binding, mapping: opening.mapping ?? $0.plainMapping, limits: limits)
        }
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
        if !waiting.isEmpty { return waiting.removeFirst() }
        while true {
            switch try engine.next() {
            case .problem(let problem): return problemOutcome(problem)
            case .row(let reader):
                if let outcome = rowOutcome(reader) { return outcome }
            case .record(let record):
                if let outcome = rowOutcome(record) { return outcome }
            case .line(let reader): return jsonOutcome(reader)
            case .passedOver: skippedCount += 1
            case .end:
                warnings += engine.closingWarnings(file)
                return nil
            }
        }
    }

    /// What a row came to; `nil` where it is no result.
    private mutating func rowOutcome(_ row: some RecordRow) -> RowOutcome? {
        guard decoder != nil else { return nil }
        if let problem = engine.raggedness { return problemOutcome(problem) }
        guard !(decoder?.skips(row) ?? true), let decoder else {
            skippedCount += 1
            return nil
        }
        guard decoder.isMelting else {
            do throws(IssuingError) {
                return outcome(try decoder.decode(row), row.line)
            } catch {
                return problemOutcome(error)
            }
        }
        let (results, problem) = decoder.decodeAll(row)
        guard !results.isEmpty || problem != nil else {
            skippedCount += 1
            return nil
        }
        waiting = results.map { outcome($0, row.line) }
        if let problem { waiting.append(problemOutcome(problem)) }
        return waiting.removeFirst()
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
            return outcome(result, reader.line)
        } catch {
            var placed = error
            placed.line = reader.line
            return problemOutcome(placed)
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

    private mutating func outcome(_ result: ExamResult, _ line: Int) -> RowOutcome {
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
            return problemOutcome(problem)
        }
    }

    private func problemOutcome(_ problem: IssuingError) -> RowOutcome {
        var problem = problem
        problem.file = file
        problem.column = problem.column ?? 1
        return .setAside(RowProblem(error: problem, raw: engine.raw, range: engine.range))
    }
}

extension JSONPointer {
    /// With `*` for every index, so that one warning speaks for all elements.
    fileprivate var withoutIndices: JSONPointer {
        tokens.reduce(JSONPointer()) { $0.appending(Int($1) == nil ? $1 : "*") }
    }
}
