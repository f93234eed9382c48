import JSONCore
import OpenBadges

/// What is found out about a source before its first record: its form, its encoding, its mapping and the tables that are
/// joined to it.
struct SourceOpening {
    let format: ResultFormat
    let mapping: ResultMapping?
    /// Whether the bytes of the records are those of the source.
    let isVerbatim: Bool
    private let input: InputBuffer
    private let mark: [UInt8]
    private let settings: IntakeSettings
    private let file: String
    private let limits: IntakeLimits
    private let archive: ZIPArchive?
    private var statements: XAPIStatements?

    /// A source that has to be held whole, an archive or a report, is read up to here.
    private static let maximumDocument = 256 << 20

    init(
        _ source: ByteSource,
        file: String,
        mapping: ResultMapping?,
        _ settings: IntakeSettings,
        _ format: ResultFormat?,
        _ limits: IntakeLimits
    ) throws(IssuingError) {
        (self.file, self.limits, self.settings) = (file, limits, settings)
        var input = InputBuffer(try (mapping?.encoding ?? .utf8).utf8(source), chunk: limits.chunkBytes)
        while input.count < 4096, try input.fill() {}
        let isOther = mapping.map { $0.encoding != .utf8 } ?? false
        let hasMark = input.bytes.starts(with: [0xEF, 0xBB, 0xBF])
        let start = UnsafeRawBufferPointer(rebasing: input.bytes.dropFirst(hasMark ? 3 : 0))
        let form = format ?? mapping?.format ?? (mapping == nil ? .detected(file: file, start: start) : .csv)
        var archive: ZIPArchive?
        var statements: XAPIStatements?
        switch form {
        case .oneroster where input.bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]):
            archive = try Self.archive(input, file)
            let results = try Self.entry("results.csv", archive, file)
            input = InputBuffer(.bytes(results ?? []), chunk: limits.chunkBytes)
            while input.count < 4096, try input.fill() {}
        case .xapi:
            // A statement can be voided by one that stands behind it, so the source is read twice.
            let copy = try SpooledSource(input.rest)
            var found = XAPIStatements()
            try found.collect(copy.source(), limits: limits)
            statements = found
            input = InputBuffer(copy.source(), chunk: limits.chunkBytes)
            while input.count < 4096, try input.fill() {}
        default: break
        }
        if archive == nil { try ResultFormat.refuseForeign(input.bytes, file: file) }
        let mark: [UInt8] = input.bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? [0xEF, 0xBB, 0xBF] : []
        input.consume(mark.count)
        guard try !Self.isBlank(input) else {
            throw IssuingError(.fileEmpty, "there is nothing in the file", file: file)
        }
        (self.input, self.mark, self.archive, self.statements) = (input, mark, archive, statements)
        self.format = form
        if mapping == nil, let preset = form.preset {
            self.mapping = try ResultMapping(preset: preset, settings: settings)
        } else {
            self.mapping = mapping
        }
        isVerbatim = archive == nil && !isOther
    }

    /// The source's engine, its header, and the header's bytes, which a file of set-aside rows begins with.
    func engine(
        _ delimiter: Delimiter?
    ) throws(IssuingError) -> (engine: RecordEngine, header: RecordHeader?, headerBytes: [UInt8]) {
        switch format {
        case .ndjson where mapping == nil:
            guard settings.isEmpty else {
                throw IssuingError(
                    .init(rawValue: "MAPPING_KEY_MISSING"),
                    "the lines are exam-result/1 already, so that nothing can be said beside them",
                    file: file,
                    hint: "--set, --timezone and --roster are for files that a mapping reads: --map"
                )
            }
            let lines = LineReader(input, limit: limits.rowBytes)
            return (RecordEngine(input, .lines(lines), header: nil, limits: limits), nil, [])
        case .ndjson, .json, .xapi, .lti: return try objects()
        case .qti: return try report()
        case .csv, .oneroster: return try csv(delimiter)
        }
    }

    private func csv(
        _ delimiter: Delimiter?
    ) throws(IssuingError) -> (engine: RecordEngine, header: RecordHeader?, headerBytes: [UInt8]) {
        // The delimiter is looked for in the whole header line.
        while !input.bytes.contains(0x0A), input.count <= limits.fieldBytes, try input.fill() {}
        let sign = delimiter ?? mapping?.delimiter ?? Delimiter.sniffed(from: input.bytes)
        var reader = CSVReader(input, delimiter: sign.rawValue, limits: limits)
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
        let header: RecordHeader
        if let mapping {
            header = try RecordHeader(
                reader,
                mapping: mapping,
                tables: try tables(mapping),
                file: file,
                limits: limits
            )
        } else {
            header = try RecordHeader(reader, settings: settings, file: file, limits: limits)
        }
        let bytes = mark + Array(reader.raw)
        return (RecordEngine(input, .csv(reader), header: header, limits: limits), header, bytes)
    }

    private func objects() throws(IssuingError) -> (engine: RecordEngine, header: RecordHeader?, headerBytes: [UInt8]) {
        // An object of one's own may have arrays: only a store's answer is known to be what is around its records.
        let containers: Set<String> = format == .xapi ? ["statements"] : []
        var records = JSONRecords(input, containers: containers, limit: limits.rowBytes)
        let isThere = try records.next()
        let first = isThere && records.isHeld ? try? JSON(parsing: Array(records.raw)) : nil
        let names = first.flatMap { try? FlatRecord.values(of: $0) }?.keys.map { String($0) } ?? []
        guard let mapping else { throw noMapping }
        let header = try RecordHeader(
            fields: names + (statements == nil ? [] : ["statement.status"]),
            mapping: mapping,
            tables: try tables(mapping),
            file: file
        )
        let form = RecordEngine.Form.objects(records, isFirstRead: isThere)
        return (RecordEngine(input, form, header: header, statements: statements, limits: limits), header, [])
    }

    private func report() throws(IssuingError) -> (engine: RecordEngine, header: RecordHeader?, headerBytes: [UInt8]) {
        guard let mapping else { throw noMapping }
        let document = mark + (try Self.bytes(input, file))
        let values = try QTIReport.values(document, file: file)
        let header = try RecordHeader(
            fields: values.keys,
            mapping: mapping,
            tables: try tables(mapping),
            file: file
        )
        let form = RecordEngine.Form.report(values)
        return (RecordEngine(input, form, header: header, document: document, limits: limits), header, [])
    }

    private var noMapping: IssuingError {
        IssuingError(.columnMissing, "records of this form need a mapping", file: file, hint: "badge issue --map FILE")
    }

    // MARK: Tables

    /// The tables that the mapping joins: from the archive, or from files.
    private func tables(_ mapping: ResultMapping) throws(IssuingError) -> [JoinedTable] {
        var tables: [JoinedTable] = []
        for rule in mapping.tables {
            let wanted = mapping.columns(ofTable: rule.name)
            let name = rule.file.map { WritableFile.split($0).name }
            if let name, let bytes = try Self.entry(name, archive, file, isNeeded: false) {
                let place = "\(file)/\(name)"
                tables.append(
                    try JoinedTable(rule, wanted: wanted, source: .bytes(bytes), file: place, limits: limits)
                )
            } else if let path = rule.file {
                tables.append(
                    try JoinedTable(rule, wanted: wanted, source: .file(path), file: path, limits: limits)
                )
            } else if mapping.needs(rule.name) {
                throw IssuingError(
                    .tableMissing,
                    "the results are to be joined to the table \"\(rule.name)\", and no file of it is named",
                    file: file,
                    hint:
                        "badge issue --roster FILE: a CSV with the column \"\(rule.key)\", and those that are asked for"
                )
            }
        }
        return tables
    }

    private static func archive(_ input: InputBuffer, _ file: String) throws(IssuingError) -> ZIPArchive {
        let archive: ZIPArchive
        do {
            archive = try ZIPArchive(bytes(input, file))
        } catch let failure as ZIPArchive.Failure {
            throw IssuingError(.formatRefused, failure.detail, file: file)
        } catch {
            throw (error as? IssuingError) ?? IssuingError(.formatRefused, "it is no archive", file: file)
        }
        if archive.entries.contains(where: { $0.name == "[Content_Types].xml" }) {
            throw IssuingError(
                .formatRefused,
                "the file is an XLSX workbook, or another document of an office",
                file: file,
                hint:
                    "save the sheet as CSV UTF-8: what a cell shows depends on its format, and only the export says it"
            )
        }
        return archive
    }

    /// A file of the archive by its name, in whatever folder it lies.
    private static func entry(
        _ name: String,
        _ archive: ZIPArchive?,
        _ file: String,
        isNeeded: Bool = true
    ) throws(IssuingError) -> [UInt8]? {
        guard let archive else { return nil }
        guard let entry = archive.entries.first(where: { WritableFile.split($0.name).name == name }) else {
            guard isNeeded else { return nil }
            throw IssuingError(
                .formatRefused,
                "the archive has no \(name), so it is no OneRoster export",
                file: file,
                hint: "unpack it, and give the files of results"
            )
        }
        do {
            return try archive.contents(of: entry, limit: maximumDocument)
        } catch {
            throw IssuingError(.formatRefused, error.detail, file: file)
        }
    }

    // MARK: Bytes

    /// All that is left, within the budget.
    private static func bytes(_ input: InputBuffer, _ file: String) throws(IssuingError) -> [UInt8] {
        while try input.fill() {
            guard input.count <= maximumDocument else {
                throw IssuingError(.rowTooLarge, "the file is larger than \(maximumDocument) bytes", file: file)
            }
        }
        return Array(input.bytes)
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
