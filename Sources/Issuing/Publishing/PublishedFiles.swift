import Synchronization

/// Writes files below the hosted directory where they differ from what is there, and counts them. Any thread may.
final class PublishedFiles: PublishTarget {
    private let directory: String
    private let isDryRun: Bool
    private let report: @Sendable (Publisher.Change, String) -> Void
    private let state = Mutex(State())

    private struct State {
        var summary = Publisher.Summary()
        /// Folders that are known to be there.
        var folders: Set<String> = []
    }

    init(directory: String, isDryRun: Bool, report: @escaping @Sendable (Publisher.Change, String) -> Void) {
        (self.directory, self.isDryRun, self.report) = (directory, isDryRun, report)
    }

    var summary: Publisher.Summary { state.withLock { $0.summary } }

    /// Writes a file, unless it has these bytes already.
    func write(_ path: String, _ bytes: [UInt8]) throws(IssuingError) {
        let place = "\(directory)/\(path)"
        let isThere = FileStore.exists(place)
        let isWritten: Bool
        if isDryRun {
            isWritten = !FileStore.hasContent(place, bytes)
        } else {
            try makeFolder(of: path)
            isWritten = try FileStore.replace(place, bytes)
        }
        count(1, written: isWritten ? 1 : 0)
        if isWritten { report(isThere ? .change : .add, path) }
    }

    /// Writes the files of a badge: all at once where it has none yet.
    func write(_ badge: String, _ files: [(name: String, bytes: [UInt8])]) throws(IssuingError) {
        let folder = HostedLayout.folder(badge)
        if !isDryRun {
            try makeFolder(of: folder)
            if try FileStore.createFolder("\(directory)/\(folder)", files) {
                count(files.count, written: files.count)
                for file in files { report(.add, "\(folder)/\(file.name)") }
                return
            }
        }
        for file in files { try write("\(folder)/\(file.name)", file.bytes) }
        // An image of the other format is what the policy had before.
        let names = Set(files.map(\.name))
        for other in ["badge.png", "badge.svg"] where !names.contains(other) { try remove("\(folder)/\(other)") }
    }

    /// Takes a file of ours away that is no longer part of the directory.
    func remove(_ path: String) throws(IssuingError) {
        let place = "\(directory)/\(path)"
        guard FileStore.exists(place) else { return }
        if !isDryRun { FileStore.remove([place]) }
        state.withLock { $0.summary.removed += 1 }
        report(.remove, path)
    }

    /// Makes everything safe against a loss of power.
    func finish() throws(IssuingError) {
        if !isDryRun { FileStore.synchronize(directory) }
    }

    private func count(_ files: Int, written: Int) {
        state.withLock { state in
            state.summary.files += files
            state.summary.written += written
        }
    }

    private func makeFolder(of path: String) throws(IssuingError) {
        let folder = path.lastIndex(of: "/").map { "\(directory)/\(path[..<$0])" } ?? directory
        guard !state.withLock({ $0.folders.contains(folder) }) else { return }
        try FileStore.createDirectory(folder)
        state.withLock { state in
            // A badge's own folder is asked for once.
            if state.folders.count < 4096 { state.folders.insert(folder) }
        }
    }
}
