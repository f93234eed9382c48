/// Rows that a mapping picks out: those that are no results, or the one that has the maxima.
///
/// ```yaml
/// skip:
///   - {column: Last name, equals: [Overall average, ""]}
/// keep:
///   - {column: scoreStatus, equals: [fully graded]}
/// maxima: {column: Student, prefix: Points Possible}
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
