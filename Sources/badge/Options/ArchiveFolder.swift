import Issuing
import JSONCore
import OpenBadges

/// The folder of documents that `--documents` reads: what badges name, kept for the time when their issuer's site is gone.
enum ArchiveFolder {
    /// Adds what was fetched to a folder: what an earlier run left there stays.
    static func add(_ archive: DocumentArchive, to folder: String) throws {
        try FileStore.createDirectory("\(folder)/documents")
        let path = "\(folder)/index.json"
        var index = JSONObject()
        if FileStore.exists(path) {
            guard let bytes = FileBytes.read(path, limit: FileBytes.indexLimit),
                let there = (try? JSON(parsing: bytes))?.object
            else { throw IssuingError(.alreadyExists, "the archive's index.json cannot be read", file: path) }
            index = there
        }
        for file in archive.files where !FileStore.exists("\(folder)/\(file.path)") {
            try FileStore.replace("\(folder)/\(file.path)", file.bytes, mode: 0o644)
        }
        for (url, entry) in archive.index { index[url] = entry }
        try FileStore.replace(path, JSON.object(index).serialized(.pretty) + [0x0A], mode: 0o644)
    }
}
