import Glibc

/// Lets one process at a time open a ledger for writing: making the file, its log and its tables is more than one
/// transaction, and two processes that do it at once would each find what the other has half made.
///
/// What is locked is the ledger's folder: no file is left behind, and a process that is killed lets go. (The file itself
/// cannot be: SQLite's own locks on it end when any of its descriptors is closed.)
enum LedgerLock {
    /// Runs a body while no other process is within one for the same ledger.
    ///
    /// - Parameter seconds: how long to wait for the other.
    /// - Throws: ``IssuingError`` `LEDGER_BUSY` after that, or what the body throws. A file system that knows no such
    ///   locks does without.
    static func held<Value>(_ path: String, seconds: Double, _ body: () throws -> Value) throws -> Value {
        let folder = WritableFile.split(path).folder
        let descriptor = open(folder.isEmpty ? "." : folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        defer { if descriptor >= 0 { close(descriptor) } }
        let end = ContinuousClock.now + .seconds(seconds)
        while descriptor >= 0, flock(descriptor, LOCK_EX | LOCK_NB) != 0, errno == EWOULDBLOCK || errno == EINTR {
            guard ContinuousClock.now < end else { throw Ledger.busy(path) }
            usleep(2_000)
        }
        return try body()
    }
}
