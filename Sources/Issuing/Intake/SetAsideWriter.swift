import JSONCore

/// Keeps the rows that could not be read, in a file of the same form, so that they can be mended and issued.
///
/// Beside it, `….problems.ndjson` says of each row what is wrong: code, file, line, column, detail, hint, and its line
/// in the set-aside file. Both are written beside their places and moved there by ``finish()``; without problems,
/// nothing is written. A file that is there already and says something else is left alone, as it may be mended and not
/// yet issued: the new one gets a number.
public final class SetAsideWriter {
    /// What was written.
    public struct Files: Sendable, Hashable {
        /// The rows: a CSV file with the header, or NDJSON.
        public let rows: String
        /// What is wrong with them, one JSON object a line.
        public let problems: String
        /// How many rows.
        public let count: Int
    }

    private let path: String
    private let header: [UInt8]
    private let source: String?
    private var rows: WritableFile?
    private var problems: WritableFile?
    private var count = 0
    private var line = 1

    /// A writer for the rows of one input; nothing is written before the first problem.
    ///
    /// `header` is the reader's. `source` is the input's path, from which rows are copied that were too large to hold;
    /// without it (standard input) such rows are not kept, and the problems file says so.
    public init(path: String, header: [UInt8], source: String? = nil) {
        self.path = path
        self.header = header
        self.source = source
    }

    /// Where the rows of an input are set aside: `results/july.csv` to `results/july.set-aside.csv`.
    ///
    /// What was set aside before keeps its name, so that it does not grow with each round of mending.
    public static func path(for input: String, format: ResultFormat) -> String {
        let (folder, name) = WritableFile.split(input)
        let (stem, fileExtension) = parts(name == "-" || name.isEmpty ? "results" : name, format)
        let base = stem.range(ofMarker: ".set-aside").map { String(stem[..<$0]) } ?? stem
        return folder + base + ".set-aside." + (format == .oneroster ? "csv" : fileExtension)
    }

    /// Adds a row.
    public func add(_ problem: RowProblem) throws(IssuingError) {
        let (rows, problems) = try files()
        let firstLine = line
        let isKept = try keep(problem, in: rows)
        count += 1
        let error = problem.error
        let report = JSON.members([
            ("code", .string(error.code.rawValue)), ("file", error.file.map(JSON.string)),
            ("line", error.line.map { JSON($0) }), ("column", error.column.map { JSON($0) }),
            ("path", error.path.map { .string($0.description) }), ("detail", .string(error.detail)),
            ("hint", error.hint.map(JSON.string)), ("setAsideLine", isKept ? JSON(firstLine) : nil),
            ("kept", isKept ? nil : false),
        ])
        try problems.write(report.serialized() + [0x0A])
    }

    /// Moves both files to their places; `nil` where there was no problem.
    public func finish() throws(IssuingError) -> Files? {
        guard let rows, let problems else { return nil }
        var place = path
        var number = 2
        while let isSame = try rows.isSame(as: place), !isSame {
            let (stem, fileExtension) = Self.parts(path, .csv)
            place = "\(stem)-\(number).\(fileExtension)"
            number += 1
        }
        let problemsPlace = Self.problemsPath(place)
        try problems.publish(as: problemsPlace)
        try rows.publish(as: place)
        (self.rows, self.problems) = (nil, nil)
        return Files(rows: place, problems: problemsPlace, count: count)
    }

    private func files() throws(IssuingError) -> (WritableFile, WritableFile) {
        if let rows, let problems { return (rows, problems) }
        let files = (try WritableFile(beside: path), try WritableFile(beside: Self.problemsPath(path)))
        (rows, problems) = files
        try write(header, to: files.0)
        return files
    }

    private func keep(_ problem: RowProblem, in rows: WritableFile) throws(IssuingError) -> Bool {
        if problem.isHeld {
            try write(problem.raw, to: rows)
            return true
        }
        guard let source, let file = try? ReadableFile(source) else { return false }
        var page = [UInt8](repeating: 0, count: 1 << 16)
        var offset = problem.range.lowerBound
        var last: UInt8 = 0
        while offset < problem.range.upperBound {
            let wanted = min(page.count, problem.range.upperBound - offset)
            let result: Result<Int, IssuingError> = page.withUnsafeMutableBytes { bytes in
                do throws(IssuingError) {
                    return .success(
                        try file.read(at: offset, into: UnsafeMutableRawBufferPointer(rebasing: bytes[..<wanted]))
                    )
                } catch {
                    return .failure(error)
                }
            }
            let count = try result.get()
            guard count > 0 else { break }
            try rows.write(page[..<count])
            line += Self.newlines(page[..<count], after: last)
            last = page[count - 1]
            offset += count
        }
        if last != 0x0A && last != 0x0D { try write([], to: rows) }
        return true
    }

    /// Writes a whole record, with a line end if it has none, and counts its lines.
    private func write(_ record: [UInt8], to rows: WritableFile) throws(IssuingError) {
        try rows.write(record)
        line += Self.newlines(record[...], after: 0)
        let isHeaderless = record.isEmpty && count == 0
        if !isHeaderless, record.last != 0x0A, record.last != 0x0D {
            try rows.write([0x0A])
            line += 1
        }
    }

    private static func newlines(_ bytes: ArraySlice<UInt8>, after last: UInt8) -> Int {
        var (count, previous) = (0, last)
        for byte in bytes {
            if byte == 0x0D || (byte == 0x0A && previous != 0x0D) { count += 1 }
            previous = byte
        }
        return count
    }

    private static func problemsPath(_ path: String) -> String {
        let (folder, name) = WritableFile.split(path)
        return folder + parts(name, .csv).stem + ".problems.ndjson"
    }

    /// A name's stem and its extension.
    private static func parts(_ name: String, _ format: ResultFormat) -> (stem: String, fileExtension: String) {
        let begin = WritableFile.split(name).folder.endIndex
        guard let dot = name.lastIndex(of: "."), dot > begin, name.index(after: dot) < name.endIndex else {
            switch format {
            case .csv, .oneroster: return (name, "csv")
            case .ndjson: return (name, "ndjson")
            case .json, .xapi, .lti: return (name, "json")
            case .qti: return (name, "xml")
            }
        }
        return (String(name[..<dot]), String(name[name.index(after: dot)...]))
    }
}

extension String {
    /// Where a marker begins, if this ends in it, or in it and a number: `july.set-aside`, `july.set-aside-2`.
    fileprivate func range(ofMarker marker: String) -> String.Index? {
        var stem = self[...]
        let digits = stem.utf8.reversed().prefix { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }.count
        if digits > 0, stem.dropLast(digits).last == "-" { stem = stem.dropLast(digits + 1) }
        guard stem.hasSuffix(marker) else { return nil }
        return stem.index(stem.endIndex, offsetBy: -marker.count)
    }
}
