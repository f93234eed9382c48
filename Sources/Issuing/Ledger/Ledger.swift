import GRDB
import Glibc
import OpenBadges

/// What an issuer has decided and issued, in one SQLite file that only its owner can read.
///
/// Its rules are constraints of the database: a result is decided once with the same facts, and awarded once at all;
/// a badge belongs to one award; nothing is ever changed or deleted.
public final class Ledger: Sendable {
    /// How long a second writer waits for the first before it gives up.
    public static let busyTimeout = 30.0

    /// For writing a pool with a write-ahead log; for reading a queue that changes not a byte.
    private let database: any DatabaseWriter

    /// Opens the ledger, makes it where there is none, and brings an older one up to date.
    ///
    /// - Throws: ``IssuingError`` `LEDGER_NEWER`, `LEDGER_DAMAGED`, `LEDGER_BUSY`, `DISK_FULL`.
    ///
    /// - Parameter readOnly: opens a ledger that is there, and leaves it as it is unless it is of an older version.
    public init(
        path: String,
        busyTimeout: Double = Ledger.busyTimeout,
        readOnly: Bool = false
    ) throws(IssuingError) {
        self.path = path
        let isForReading: Bool
        do {
            // An older ledger is brought up to date by whoever opens it first, reader or writer.
            isForReading = try LedgerSchema.check(path, busyTimeout: busyTimeout) && readOnly
        } catch {
            throw Self.issuingError(error, path)
        }
        var configuration = Configuration()
        configuration.busyMode = .timeout(busyTimeout)
        configuration.label = "ledger"
        configuration.prepareDatabase { database in
            if isForReading {
                // Not SQLite's own read-only mode: that would leave the log's files behind when it closes.
                return try database.execute(sql: "PRAGMA query_only = ON")
            }
            // A batch ends with one checkpoint that is synced; within it the log alone is written, so a process that
            // is killed loses nothing, and a machine that loses power at most the batch's last chunks.
            try database.execute(sql: "PRAGMA synchronous = NORMAL")
            try database.execute(sql: "PRAGMA foreign_keys = ON")
            // A run touches the same pages of its indexes again and again: 16 MiB of them stay at hand, and the log is
            // moved into the file each 64 MiB, not each 4.
            try database.execute(sql: "PRAGMA cache_size = -16384")
            try database.execute(sql: "PRAGMA wal_autocheckpoint = 16384")
        }
        // The file holds e-mail addresses: nobody else may read it, nor the log beside it.
        let mask = umask(0o077)
        defer { umask(mask) }
        do {
            if isForReading {
                database = try DatabaseQueue(path: path, configuration: configuration)
            } else {
                database = try LedgerLock.held(path, seconds: busyTimeout) {
                    let pool = try DatabasePool(path: path, configuration: configuration)
                    try LedgerSchema.migrate(pool)
                    return pool
                }
            }
        } catch {
            throw Self.issuingError(error, path)
        }
    }

    public let path: String

    /// Runs one transaction that may write. It either happens whole, or not at all.
    func write<Value>(_ body: (Database) throws -> Value) throws(IssuingError) -> Value {
        do {
            return try self.database.writeWithoutTransaction { database in
                var value: Value?
                // The lock is taken before anything is read, so what is decided cannot be outrun by another process.
                try database.inTransaction(.immediate) {
                    let before = database.totalChangesCount
                    value = try body(database)
                    if database.totalChangesCount != before { try LedgerChain.extend(in: database) }
                    return .commit
                }
                guard let value else { throw IssuingError(.ledgerDamaged, "the transaction gave no answer") }
                return value
            }
        } catch {
            throw Self.issuingError(error, path)
        }
    }

    /// Runs a transaction whose rows bring their own links: an import.
    func fillUnchained<Value>(_ body: (Database) throws -> Value) throws(IssuingError) -> Value {
        do {
            return try database.write(body)
        } catch {
            throw Self.issuingError(error, path)
        }
    }

    /// Copies everything into another database, as of one moment.
    func backUp(into other: DatabaseQueue) throws { try database.backup(to: other) }

    /// Lets go of the file.
    func close() throws(IssuingError) {
        do {
            try database.close()
        } catch {
            throw Self.issuingError(error, path)
        }
    }

    /// Runs reads that all see one state of the ledger, whatever is written meanwhile.
    func read<Value>(_ body: (Database) throws -> Value) throws(IssuingError) -> Value {
        do {
            return try database.read(body)
        } catch {
            throw Self.issuingError(error, path)
        }
    }

    /// Ends a batch: moves the log into the file and makes it safe against a loss of power.
    public func synchronize() throws(IssuingError) {
        do {
            _ = try database.writeWithoutTransaction { try $0.checkpoint(.passive) }
        } catch DatabaseError.SQLITE_BUSY {
            // Another process is just doing the same; the log itself is made safe below.
        } catch {
            throw Self.issuingError(error, path)
        }
        FileStore.synchronize(path)
    }

    static func busy(_ path: String) -> IssuingError {
        IssuingError(
            .ledgerBusy,
            "another process is writing to the ledger, and did not end in time",
            file: path,
            hint: "run the command again when the other has ended; nothing was changed"
        )
    }

    static func issuingError(_ error: any Error, _ path: String) -> IssuingError {
        if let error = error as? IssuingError { return error }
        if let error = error as? OpenBadgesError {
            return IssuingError(.init(rawValue: error.code.rawValue), error.detail)
        }
        guard let error = error as? DatabaseError else {
            return IssuingError(.ledgerDamaged, "the ledger cannot be used: \(type(of: error))", file: path)
        }
        switch error.resultCode {
        case .SQLITE_BUSY, .SQLITE_LOCKED: return busy(path)
        case .SQLITE_FULL:
            return IssuingError(
                .diskFull,
                "the disk is full: the chunk that was being written is not recorded, everything before it is",
                file: path,
                hint: "make room and run the same command again"
            )
        case .SQLITE_IOERR:
            return IssuingError(
                .fileUnwritable,
                "the ledger's file cannot be written or read: what was being written is not recorded, all before it is",
                file: path,
                hint: "see whether the disk is full, or a limit on file sizes is set; then run the same command again"
            )
        case .SQLITE_CORRUPT, .SQLITE_NOTADB:
            return IssuingError(
                .ledgerDamaged,
                "the file is damaged, or is no ledger",
                file: path,
                hint: "take the last good copy; badge issue fills in what it lacks from the same results"
            )
        case .SQLITE_CANTOPEN, .SQLITE_READONLY, .SQLITE_PERM:
            return IssuingError(.fileUnwritable, "the ledger cannot be opened for writing", file: path)
        default:
            // SQLite's own words can quote a row; the code says enough.
            return IssuingError(.ledgerDamaged, "SQLite: \(error.extendedResultCode)", file: path)
        }
    }
}
