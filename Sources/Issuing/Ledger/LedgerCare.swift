import Cryptography
import FoundationEssentials
import GRDB
public import JSONCore
import OpenBadges

/// What is done to look after a ledger: is it whole, where is its copy, can it move.
extension Ledger {
    /// What a check has found.
    public struct Health: Sendable, Hashable {
        /// How many links the chain has.
        public let links: Int
        /// The head of the chain: noted elsewhere, it proves later that nothing before it was changed.
        public let head: String
        /// What is wrong, for people; empty where nothing is.
        public let problems: [String]
    }

    /// Looks the whole ledger over: the file, its constraints, and the chain over all rows.
    ///
    /// - Parameter head: a head that was noted before: it has to be one of the chain's.
    public func check(against head: String? = nil) throws(IssuingError) -> Health {
        try read { database in
            var problems = try String.fetchAll(database, sql: "PRAGMA integrity_check(20)").filter { $0 != "ok" }
            let orphans = try Row.fetchAll(database, sql: "PRAGMA foreign_key_check").count
            if orphans > 0 { problems.append("\(orphans) rows refer to rows that are not there") }
            let state = try LedgerChain.check(in: database)
            problems += state.breaks.map { broken in
                broken.link.map { "link \($0) of the chain: \(broken.detail)" } ?? broken.detail
            }
            problems += try Self.strayTimestamps(in: database)
            if let head {
                let isThere = try Int.fetchOne(
                    database,
                    sql: "SELECT 1 FROM link WHERE head = ?",
                    arguments: [head.lowercased()]
                )
                if isThere == nil {
                    problems.append("the head that was noted is none of the chain's: it was cut off or made anew")
                }
            }
            return Health(links: state.links, head: state.head, problems: problems)
        }
    }

    /// Copies the ledger into a file, while others go on reading and writing. The copy is whole, as of one moment.
    ///
    /// - Throws: ``IssuingError`` `ALREADY_EXISTS` where there is a file already.
    public func backUp(to destination: String) throws(IssuingError) {
        guard !FileStore.exists(destination) else {
            throw IssuingError(.alreadyExists, "the file is there already, and is left as it is", file: destination)
        }
        let temporary = destination + ".tmp"
        FileStore.remove([temporary])
        do {
            try FileStore.create(temporary, [], mode: 0o600)
            let copy = try DatabaseQueue(path: temporary)
            try backUp(into: copy)
            // One file, without a log beside it.
            try copy.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = DELETE") }
            try copy.close()
        } catch {
            FileStore.remove([temporary, temporary + "-wal", temporary + "-shm", temporary + "-journal"])
            throw Self.issuingError(error, destination)
        }
        try FileStore.move(temporary, to: destination)
        FileStore.synchronize(destination)
    }

    // MARK: Moving

    /// The tables as they are written and read again: those that others refer to first.
    private static let movedTables = [
        "issuer", "policy", "decision", "badge", "document", "fact", "identifier", "letter", "delivery", "statusEntry",
        "statusChange", "statusList", "keyEvent", "signature", "timestamp", "journal", "link",
    ]

    /// The forms of an export that are read: the older one is of ledgers without timestamps.
    private static let readForms = ["open-badges-ledger/3", "open-badges-ledger/4"]

    /// Gives out the whole ledger, a row a line: first a line about itself, then `{"table": …, "row": {…}}`.
    ///
    /// Bytes are `{"base64": …}`. What comes out goes into ``init(importing:path:)`` and makes the same ledger.
    public func export(_ body: (JSON) throws -> Void) throws(IssuingError) {
        try read { database in
            let head = try LedgerChain.head(in: database) ?? ""
            try body(["ledger": "open-badges-ledger/4", "head": .string(head)])
            for table in Self.movedTables {
                // By their primary keys, so that the same ledger gives the same lines.
                let key = try database.primaryKey(table).columns.joined(separator: ", ")
                let rows = try Row.fetchCursor(database, sql: "SELECT * FROM \(table) ORDER BY \(key)")
                while let row = try rows.next() {
                    var members = JSONObject()
                    for (column, value) in row { members[column] = Self.json(value) }
                    try body(["table": .string(table), "row": .object(members)])
                }
            }
        }
    }

    /// Makes a ledger of exported lines, and checks it; there must be none at the path yet.
    ///
    /// - Parameter next: the next line; `nil` at the end.
    /// - Throws: ``IssuingError`` `ALREADY_EXISTS`, `LEDGER_DAMAGED` where the lines are not those of a whole ledger.
    public static func restore(
        to path: String,
        _ next: () throws -> [UInt8]?
    ) throws(IssuingError) -> Health {
        guard !FileStore.exists(path) else {
            throw IssuingError(.alreadyExists, "there is a ledger already, and it is left as it is", file: path)
        }
        let temporary = path + ".import"
        let beside = [temporary, temporary + "-wal", temporary + "-shm"]
        FileStore.remove(beside)
        do {
            let health: Health
            do {
                let ledger = try Ledger(path: temporary)
                let head = try ledger.fill(next)
                health = try ledger.check()
                guard health.problems.isEmpty, health.head == head else {
                    throw IssuingError(
                        .ledgerDamaged,
                        "what was imported is not the ledger that was exported: "
                            + (health.problems.first ?? "its head is another"),
                        file: path
                    )
                }
                try ledger.synchronize()
                try ledger.close()
            }
            try FileStore.move(temporary, to: path)
            FileStore.remove(beside)
            return health
        } catch {
            FileStore.remove(beside)
            throw issuingError(error, path)
        }
    }

    /// Reads exported lines into an empty ledger; gives back the head that the first of them promises.
    private func fill(_ next: () throws -> [UInt8]?) throws -> String {
        try fillUnchained { database in
            func wrong(_ line: Int, _ detail: String) -> IssuingError {
                IssuingError(.ledgerDamaged, detail, line: line, column: 1)
            }
            guard let first = try next().flatMap({ try? JSON(parsing: $0) }),
                let form = first["ledger"]?.string, Self.readForms.contains(form), let head = first["head"]?.string
            else { throw wrong(1, "the first line is not that of an exported ledger") }
            // The triggers would note again what the lines say.
            for name in ["issuerIsNoted", "policyIsNoted", "deliveryIsNoted"] {
                try database.execute(sql: "DROP TRIGGER \(name)")
            }
            var line = 1
            while let bytes = try next() {
                line += 1
                guard let json = try? JSON(parsing: bytes), let table = json["table"]?.string,
                    Self.movedTables.contains(table), let row = json["row"]?.object
                else { throw wrong(line, "the line is no row of a ledger") }
                let known = Set(try database.columns(in: table).map(\.name))
                guard row.keys.allSatisfy(known.contains) else {
                    throw wrong(line, "the row has a column that is not known")
                }
                let columns = row.keys.joined(separator: ", ")
                let marks = row.map { _ in "?" }.joined(separator: ", ")
                let values = try row.map { _, value in
                    guard let value = Self.value(value) else {
                        throw wrong(line, "the row has a value of an unknown kind")
                    }
                    return value
                }
                try database.cachedStatement(sql: "INSERT INTO \(table) (\(columns)) VALUES (\(marks))")
                    .execute(arguments: StatementArguments(values))
            }
            try LedgerSchema.restoreJournal(in: database)
            return head
        }
    }

    private static func json(_ value: DatabaseValue) -> JSON {
        switch value.storage {
        case .null: .null
        case .int64(let number): JSON(Int(number))
        case .double(let number): .string(String(number))
        case .string(let text): .string(text)
        case .blob(let data): ["base64": .string(data.base64EncodedString())]
        }
    }

    private static func value(_ json: JSON) -> (any DatabaseValueConvertible)?? {
        switch json {
        case .null: .some(.none)
        case .string(let text): text
        case .number: json.int
        case .object: json["base64"]?.string.flatMap { Data(base64Encoded: $0) }
        default: Optional<(any DatabaseValueConvertible)?>.none
        }
    }
}
