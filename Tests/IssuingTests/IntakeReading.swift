import Issuing

/// All that a reader says of one text.
struct Intake {
    var results: [ExamResult] = []
    var lines: [Int] = []
    var problems: [RowProblem] = []
    var duplicates: [Int] = []
    var warnings: [IssuingError] = []
    var header: [UInt8] = []

    /// Reads a text, in small pieces so that every row meets the edge of one.
    init(
        _ text: some Sequence<UInt8>,
        file: String = "results.csv",
        mapping: ResultMapping? = nil,
        delimiter: Delimiter? = nil,
        limits: IntakeLimits = .standard,
        pieces: Int = 7
    ) throws(IssuingError) {
        var reader = try ResultReader(
            .bytes(Array(text), pieces: pieces),
            file: file,
            mapping: mapping,
            delimiter: delimiter,
            limits: limits
        )
        header = reader.header
        while let outcome = try reader.next() {
            switch outcome {
            case .result(let result, let position):
                results.append(result)
                lines.append(position.line)
            case .setAside(let problem): problems.append(problem)
            case .duplicate(let position): duplicates.append(position.line)
            }
        }
        warnings = reader.warnings
    }

    init(_ text: String, file: String = "results.csv", map: String? = nil, limits: IntakeLimits = .standard) throws {
        let mapping = try map.map { try ResultMapping(parsing: $0.utf8, file: "map.yaml") }
        try self.init(text.utf8, file: file, mapping: mapping, limits: limits)
    }

    /// The codes of the rows that were set aside.
    var codes: [String] { problems.map(\.code.rawValue) }
}

/// The error that a file as a whole gives.
func fileError(_ text: some Sequence<UInt8>, file: String = "results.csv", map: String? = nil) throws -> IssuingError? {
    let mapping = try map.map { try ResultMapping(parsing: $0.utf8, file: "map.yaml") }
    do throws(IssuingError) {
        _ = try Intake(text, file: file, mapping: mapping)
        return nil
    } catch {
        return error
    }
}

/// Header and rows with an id, an exam and an address, and one column more.
func rows(_ column: String, _ cells: String...) -> String {
    cells.enumerated().reduce("resultId,exam.id,candidate.email,\(column)\n") { text, cell in
        text + "r\(cell.offset + 1),ALG-1,ada\(cell.offset + 1)@example.org,\(cell.element)\n"
    }
}
