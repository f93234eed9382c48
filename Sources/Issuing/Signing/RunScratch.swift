import GRDB
import OpenBadges

/// What a run has to remember for itself, in a database of its own that goes when it ends: who is to be decided, and in a
/// dry run the records as well. On disk where it grows large, so that memory stays flat.
final class RunScratch {
    /// A candidate who is to be decided, and the records that it is about; without any, all of them.
    struct Candidate: Sendable {
        let name: String
        let records: Set<String>
    }

    private let queue: DatabaseQueue

    /// - Parameter hasFacts: whether it takes records, too.
    init(hasFacts: Bool) throws(IssuingError) {
        do {
            // SQLite's own temporary file: nobody else sees it, and it goes when it is closed.
            queue = try DatabaseQueue(path: "")
            if hasFacts { try LedgerSchema.migrate(queue) }
            try queue.write { database in
                try database.execute(
                    sql: """
                        CREATE TABLE waiting (number INTEGER PRIMARY KEY, candidate TEXT NOT NULL UNIQUE);
                        CREATE TABLE touched (
                            candidate TEXT NOT NULL, record TEXT NOT NULL, PRIMARY KEY (candidate, record)
                        ) WITHOUT ROWID;
                        """
                )
            }
        } catch {
            throw Ledger.issuingError(error, "temporary file")
        }
    }

    func write<Value>(_ body: (Database) throws -> Value) throws(IssuingError) -> Value {
        do {
            return try queue.write(body)
        } catch {
            throw Ledger.issuingError(error, "temporary file")
        }
    }

    func read<Value>(_ body: (Database) throws -> Value) throws(IssuingError) -> Value {
        do {
            return try queue.read(body)
        } catch {
            throw Ledger.issuingError(error, "temporary file")
        }
    }

    /// Lines candidates up, each once.
    func touch(_ pairs: [(candidate: String, record: String)]) throws(IssuingError) {
        try write { database in
            let wait = try database.cachedStatement(sql: "INSERT OR IGNORE INTO waiting (candidate) VALUES (?)")
            let touch = try database.cachedStatement(
                sql: "INSERT OR IGNORE INTO touched (candidate, record) VALUES (?, ?)"
            )
            for (candidate, record) in pairs {
                try wait.execute(arguments: [candidate])
                if !record.isEmpty { try touch.execute(arguments: [candidate, record]) }
            }
        }
    }

    /// The first of those who wait, in the order in which they came.
    func next(_ count: Int) throws(IssuingError) -> [Candidate] {
        try read { database in
            let names = try database.cachedStatement(
                sql: "SELECT candidate FROM waiting ORDER BY number LIMIT ?"
            )
            let records = try database.cachedStatement(sql: "SELECT record FROM touched WHERE candidate = ?")
            return try String.fetchAll(names, arguments: [count]).map { name in
                Candidate(name: name, records: try String.fetchSet(records, arguments: [name]))
            }
        }
    }

    /// Takes candidates out, who are decided.
    func drop(_ candidates: [Candidate]) throws(IssuingError) {
        try write { database in
            let wait = try database.cachedStatement(sql: "DELETE FROM waiting WHERE candidate = ?")
            let touch = try database.cachedStatement(sql: "DELETE FROM touched WHERE candidate = ?")
            for candidate in candidates {
                try wait.execute(arguments: [candidate.name])
                try touch.execute(arguments: [candidate.name])
            }
        }
    }

    var count: Int {
        get throws(IssuingError) {
            try read { try Int.fetchOne($0, sql: "SELECT count(*) FROM waiting") ?? 0 }
        }
    }
}
