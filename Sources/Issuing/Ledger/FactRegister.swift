import Cryptography
import FoundationEssentials
import GRDB
import JSONCore
import OpenBadges

/// A record as the ledger keeps it, in its newest version.
struct StoredFact: Sendable {
    let record: ExamResult
    /// The SHA-256 of ``ExamResult/digestSource``, in hexadecimal.
    let digest: String
    /// 0, and one more for each time that the source said something else.
    let version: Int
}

/// What became of a record that was noted.
enum Notice: Sendable, Hashable {
    /// Nothing was known under its id.
    case new
    /// The ledger has the very same.
    case known
    /// The ledger has something else under its id: what is newer counts.
    case corrected
}

extension Ledger {
    /// Notes a record, in its next version where the ledger knows it otherwise.
    ///
    /// - Parameter key: the candidate, under the spelling that the ledger knows them by.
    /// - Returns: what became of it, and the candidate whose it was before, where that is somebody else.
    static func note(
        _ record: ExamResult,
        of key: String,
        at time: Timestamp,
        in database: Database
    ) throws -> (notice: Notice, previous: String?) {
        let digest = record.digest
        let find = try database.cachedStatement(
            sql: "SELECT version, digest, candidate FROM fact WHERE id = ? ORDER BY version DESC LIMIT 1"
        )
        var version = 0
        var previous: String?
        if let row = try Row.fetchOne(find, arguments: [record.resultID]) {
            guard row[1] as String != digest else {
                // A run that was killed after it had noted this may not have come to whose it was before.
                let before = try database.cachedStatement(
                    sql: "SELECT candidate FROM fact WHERE id = ? AND candidate <> ? ORDER BY version DESC LIMIT 1"
                )
                let isFirst = row[0] as Int == 0
                return (.known, isFirst ? nil : try String.fetchOne(before, arguments: [record.resultID, key]))
            }
            version = (row[0] as Int) + 1
            let other: String = row[2]
            if other != key { previous = other }
        }
        let insert = try database.cachedStatement(
            sql: """
                INSERT INTO fact (id, version, candidate, kind, digest, body, notedAt) VALUES (?, ?, ?, ?, ?, ?, ?)
                """
        )
        try insert.execute(arguments: [
            record.resultID, version, key, record.kind.rawValue, digest, Data(record.json.serialized()),
            time.description,
        ])
        for id in record.candidate.ids {
            let insert = try database.cachedStatement(
                sql: "INSERT OR IGNORE INTO identifier (type, value, candidate) VALUES (?, ?, ?)"
            )
            try insert.execute(arguments: [id.type, id.value, key])
        }
        return (version == 0 ? .new : .corrected, previous)
    }

    /// The newest versions of a candidate's records.
    ///
    /// - Parameter keys: all spellings under which the ledger knows the candidate.
    static func facts(of keys: [String], in database: Database) throws -> [StoredFact] {
        let find = try database.cachedStatement(
            sql: """
                SELECT body, digest, version FROM fact
                WHERE candidate = ?
                AND NOT EXISTS (SELECT 1 FROM fact AS newer WHERE newer.id = fact.id AND newer.version > fact.version)
                ORDER BY number
                """
        )
        var facts: [StoredFact] = []
        for key in keys {
            for row in try Row.fetchAll(find, arguments: [key]) {
                let body = try row.withUnsafeData(atIndex: 0) { data in data.map { Array($0) } ?? [] }
                let record = try ExamResult(json: try JSON(parsing: body))
                facts.append(StoredFact(record: record, digest: row[1], version: row[2]))
            }
        }
        return facts
    }

    /// Every record in every version, some at a time.
    func forEachFact(_ body: (ExamResult) -> Void) throws(IssuingError) {
        try read { database in
            let rows = try Row.fetchCursor(database, sql: "SELECT body FROM fact ORDER BY number")
            while let row = try rows.next() {
                let bytes = try row.withUnsafeData(atIndex: 0) { data in data.map { Array($0) } ?? [] }
                body(try ExamResult(json: try JSON(parsing: bytes)))
            }
        }
    }

    /// The digest of the newest version of a record, whoever's it is; `nil` where there is none.
    static func digest(of record: String, in database: Database) throws -> (digest: String, candidate: String)? {
        let find = try database.cachedStatement(
            sql: "SELECT digest, candidate FROM fact WHERE id = ? ORDER BY version DESC LIMIT 1"
        )
        return try Row.fetchOne(find, arguments: [record]).map { ($0[0], $0[1]) }
    }

    /// A type of id that somebody else has with the same value: one person under two addresses, most likely.
    static func sharedIdentifier(
        of facts: [StoredFact],
        _ keys: [String],
        in database: Database
    ) throws -> String? {
        for id in Set(facts.flatMap(\.record.candidate.ids)) {
            let find = try database.cachedStatement(
                sql: "SELECT candidate FROM identifier WHERE type = ? AND value = ?"
            )
            let others = try String.fetchAll(find, arguments: [id.type, id.value])
            if others.contains(where: { !keys.contains($0) }) { return id.type }
        }
        return nil
    }

    /// Every candidate of whom there are records and no final answer: none at all, or one that waits.
    func openCandidates() throws(IssuingError) -> [String] {
        try read { database in
            try String.fetchAll(
                database,
                sql: """
                    SELECT candidate FROM fact GROUP BY candidate
                    HAVING candidate NOT IN (SELECT candidate FROM decision)
                    OR candidate IN (
                        SELECT candidate FROM decision WHERE number IN
                            (SELECT max(number) FROM decision GROUP BY policy, candidate) AND answer = 'hold')
                    ORDER BY min(number)
                    """
            )
        }
    }
}

extension ExamResult {
    /// The SHA-256 of ``digestSource``, in hexadecimal.
    var digest: String { Hexadecimal.encode(DigestAlgorithm.sha256.digest(digestSource)) }
}

/// The digest of the facts that a decision rests on.
enum FactsDigest {
    /// Of one record its own digest; of several, that of their ids and digests in the order of the ids.
    static func of(_ facts: [(id: String, digest: String)]) -> String {
        if facts.count == 1 { return facts[0].digest }
        let lines = facts.sorted { $0.id < $1.id }.map { fact in
            // Ids are the source's own texts: with their length before them no two lists can read the same.
            "\(fact.id.utf8.count):\(fact.id) \(fact.digest)\n"
        }
        return Hexadecimal.encode(DigestAlgorithm.sha256.digest(Array(lines.joined().utf8)))
    }
}
