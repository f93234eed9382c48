import JSONCore

/// A record without columns of its own, such as an object of JSON or a results report, laid out as a row: the values by
/// their dotted paths.
struct FlatRecord: RecordRow {
    private let values: [String]
    let line: Int

    /// Lays values out in the order of a header; what the header does not have is left out.
    init(_ values: [String: String], columns: [String: Int], count: Int, line: Int) {
        var row = [String](repeating: "", count: count)
        for (name, value) in values {
            if let index = columns[name] { row[index] = value.trimmed }
        }
        self.values = row
        self.line = line
    }

    var count: Int { values.count }

    func text(_ index: Int) -> String { values.indices.contains(index) ? values[index] : "" }

    func byteCount(_ index: Int) -> Int { text(index).utf8.count }

    func position(ofField index: Int) -> (line: Int, column: Int) { (line, 1) }

    /// More values than this are no record: four times what the widest gradebooks have.
    static let maximumValues = 16_384
    /// Bytes of the longest path. Extensions of xAPI are named by URLs.
    private static let maximumPath = 2_048

    /// The scalars of a JSON value by their dotted paths: `{"result": {"score": {"raw": 37}}}` has `result.score.raw`.
    ///
    /// Throws `ROW_TOO_LARGE` where there are more than any record has: what is left out could be what matters.
    static func values(of json: JSON) throws(IssuingError) -> [String: String] {
        var values: [String: String] = [:]
        try add(json, "", to: &values)
        return values
    }

    private static func add(_ json: JSON, _ path: String, to values: inout [String: String]) throws(IssuingError) {
        guard values.count <= maximumValues, path.utf8.count <= maximumPath else {
            throw IssuingError(.rowTooLarge, "the record has more values, or longer names, than any has")
        }
        switch json {
        case .object(let members):
            for (name, value) in members { try add(value, path.isEmpty ? name : "\(path).\(name)", to: &values) }
        case .array(let elements):
            for (index, value) in elements.enumerated() { try add(value, "\(path).\(index)", to: &values) }
        case .string(let text): values[path] = text
        case .number(let number): values[path] = number.literal
        case .bool(let truth): values[path] = truth ? "true" : "false"
        case .null: break
        }
    }
}
