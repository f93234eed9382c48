import JSONCore

/// What statements of xAPI 1.0.3 and 2.0 mean beyond their own words: which of them were voided, and how far each got.
struct XAPIStatements {
    private static let voiding = "http://adlnet.gov/expapi/verbs/voided"
    private static let completed = "http://adlnet.gov/expapi/verbs/completed"

    /// The ids of the statements that another voids, in lower case.
    private(set) var voided: Set<String> = []
    /// Of these, the ones that the source has not shown yet.
    private(set) var unseen: Set<String> = []

    /// Reads a source to its end for statements that void others; they may stand anywhere.
    mutating func collect(_ source: ByteSource, limits: IntakeLimits) throws(IssuingError) {
        var records = JSONRecords(
            InputBuffer(source, chunk: limits.chunkBytes),
            containers: ["statements"],
            limit: limits.rowBytes
        )
        while try records.next() {
            // Few statements have the word, and only those are read twice. A slash before it may be escaped.
            guard records.isHeld, records.raw.contains("voided"),
                let statement = try? JSON(parsing: Array(records.raw)),
                statement["verb"]?["id"]?.string == Self.voiding,
                let id = statement["object"]?["id"]?.string
            else { continue }
            voided.insert(id.lowercased())
        }
        unseen = voided
    }

    /// A statement's values, with `statement.status` (`void`, `completed` or `graded`); `nil` for one that voids.
    mutating func values(of json: JSON) throws(IssuingError) -> [String: String]? {
        var values = try FlatRecord.values(of: json)
        let verb = values["verb.id"]
        guard verb != Self.voiding else { return nil }
        if let id = values["id"]?.lowercased(), voided.contains(id) {
            unseen.remove(id)
            values["statement.status"] = "void"
        } else {
            values["statement.status"] = verb == Self.completed ? "completed" : "graded"
        }
        return values
    }
}
