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

    /// More values in one record than this are not looked at: four times what the widest gradebooks have.
    private static let maximumValues = 16_384

    /// The scalars of a JSON value by their dotted paths: `{"result": {"score": {"raw": 37}}}` has `result.score.raw`.
    static func values(of json: JSON) -> [String: String] {
        var values: [String: String] = [:]
        add(json, "", to: &values)
        return values
    }

    private static func add(_ json: JSON, _ path: String, to values: inout [String: String]) {
        guard values.count < maximumValues else { return }
        switch json {
        case .object(let members):
            for (name, value) in members { add(value, path.isEmpty ? name : "\(path).\(name)", to: &values) }
        case .array(let elements):
            for (index, value) in elements.enumerated() { add(value, "\(path).\(index)", to: &values) }
        case .string(let text): values[path] = text
        case .number(let number): values[path] = number.literal
        case .bool(let truth): values[path] = truth ? "true" : "false"
        case .null: break
        }
    }
}
