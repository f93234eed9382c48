import GRDB
public import JSONCore
public import OpenBadges

/// A letter that is to be sent, or was.
public struct Letter: Sendable, Hashable {
    /// Its number in the ledger.
    public let number: Int64
    /// The name of its template: `exam-url`, `score-report`, `award`.
    public let template: String
    /// The policy's id.
    public let policy: String
    /// Whom it is to, as the ledger knows them: an e-mail address in lower case.
    public let candidate: String
    /// What it is about: a record's id, or a badge's.
    public let about: String
    /// What the template is filled with.
    public let values: JSON
    /// When it was written.
    public let writtenAt: String
}

extension Ledger {
    /// Puts a letter into the outbox, once for what it is about.
    static func post(
        _ template: String,
        policy: String,
        candidate: String,
        about: String,
        values: JSON,
        at time: Timestamp,
        in database: Database
    ) throws {
        let insert = try database.cachedStatement(
            sql: """
                INSERT OR IGNORE INTO letter (template, policy, candidate, about, body, writtenAt)
                VALUES (?, ?, ?, ?, ?, ?)
                """
        )
        try insert.execute(arguments: [template, policy, candidate, about, values.text, time.description])
    }

    /// Letters that are not delivered yet, oldest first.
    public func undelivered(limit: Int = 100, after number: Int64 = 0) throws(IssuingError) -> [Letter] {
        try read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT number, template, policy, candidate, about, body, writtenAt FROM letter
                    WHERE number > ? AND number NOT IN (SELECT letter FROM delivery) ORDER BY number LIMIT ?
                    """,
                arguments: [number, limit]
            ).map { row in
                Letter(
                    number: row[0],
                    template: row[1],
                    policy: row[2],
                    candidate: row[3],
                    about: row[4],
                    values: (try? JSON(parsing: Array((row[5] as String).utf8))) ?? .null,
                    writtenAt: row[6]
                )
            }
        }
    }

    /// Notes that a letter was delivered; once is enough.
    public func deliver(_ letter: Letter, to place: String, messageID: String, at time: Timestamp) throws(IssuingError)
    {
        try write { database in
            try database.execute(
                sql: "INSERT OR IGNORE INTO delivery (letter, place, messageID, deliveredAt) VALUES (?, ?, ?, ?)",
                arguments: [letter.number, place, messageID, time.description]
            )
        }
    }
}
