/// A table that is joined to the results: a roster of addresses, line items with their maxima.
///
/// ```yaml
/// roster: {file: roster.csv, key: ClientCandidateID, column: ClientCandidateID}
/// map:
///   candidate.email: roster.Email
/// ```
struct TableRule: Sendable, Hashable {
    /// The name under which rules speak of its columns.
    let name: String
    /// The file; `nil` where only the user can say it.
    var file: String?
    /// The table's column that is looked up.
    let key: String
    /// The results' column that says which.
    let column: String
}
