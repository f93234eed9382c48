/// Rows that are no results: a maximum's, an average's, a test student's.
///
/// ```yaml
/// skip:
///   - {column: Student, prefix: "    Points Possible"}
///   - {column: Last name, equals: [Overall average, ""]}
/// ```
struct SkipRule: Sendable, Hashable {
    let column: String
    let values: Set<String>
    let prefix: String?

    func applies(to cell: String) -> Bool {
        if values.contains(cell) { return true }
        guard let prefix else { return false }
        return cell.hasPrefix(prefix)
    }
}
