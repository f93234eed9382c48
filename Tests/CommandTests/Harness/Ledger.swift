import GRDB

/// A workspace's ledger, looked at (and meddled with) behind the command's back.
struct Ledger {
    private let queue: DatabaseQueue

    init(_ workspace: Workspace) throws {
        var configuration = Configuration()
        configuration.busyMode = .timeout(10)
        // A lock is held across calls, as another process would hold it.
        configuration.allowsUnsafeTransactions = true
        queue = try DatabaseQueue(path: workspace.file("ledger.sqlite"), configuration: configuration)
    }

    /// The badges' ids, each with its signed forms.
    func badges() throws -> [String: [String]] {
        try queue.read { database in
            let rows = try Row.fetchAll(
                database,
                sql: "SELECT badge, form, hex(body) FROM document ORDER BY badge, form"
            )
            return Dictionary(grouping: rows) { $0[0] as String }.mapValues { forms in
                forms.map { "\($0[1] as String) \($0[2] as String)" }
            }
        }
    }

    /// The roots of the trees that were timestamped, in hexadecimal.
    func timestampRoots() throws -> [String] {
        try queue.read { try String.fetchAll($0, sql: "SELECT root FROM timestamp ORDER BY number") }
    }

    func ids() throws -> Set<String> {
        try queue.read { try String.fetchSet($0, sql: "SELECT id FROM badge") }
    }

    func tables() throws -> [String] {
        try queue.read { database in
            try String.fetchAll(database, sql: "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
        }
    }

    /// What is wrong with the file or among its rows; empty where nothing is.
    func complaints() throws -> [String] {
        try queue.read { database in
            var complaints = try String.fetchAll(database, sql: "PRAGMA integrity_check").filter { $0 != "ok" }
            complaints += try Row.fetchAll(database, sql: "PRAGMA foreign_key_check").map { "\($0)" }
            let checks = [
                "badge without its award":
                    "SELECT count(*) FROM badge LEFT JOIN decision ON number = decision WHERE answer IS NOT 'award'",
                "award without its badge":
                    "SELECT count(*) FROM decision LEFT JOIN badge ON decision = number "
                    + "WHERE answer = 'award' AND badge.id IS NULL",
                "badge without a form":
                    "SELECT count(*) FROM badge WHERE (SELECT count(*) FROM document WHERE badge = badge.id) = 0",
                "result awarded twice":
                    "SELECT count(*) FROM (SELECT 1 FROM decision WHERE answer = 'award' "
                    + "GROUP BY policy, result HAVING count(*) > 1)",
            ]
            for (complaint, sql) in checks where try Int.fetchOne(database, sql: sql) != 0 {
                complaints.append(complaint)
            }
            return complaints
        }
    }

    func execute(_ sql: String) throws {
        try queue.writeWithoutTransaction { try $0.execute(sql: sql) }
    }
}
