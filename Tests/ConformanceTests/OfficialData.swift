import Glibc
import JSONCore

/// The folder of official test data, named by the environment variable `OPENBADGES_CONFORMANCE` alone.
enum OfficialData {
    /// The folder's path; empty where there is none, and then all suites that need it are disabled.
    static let folder = getenv("OPENBADGES_CONFORMANCE").map { String(cString: $0) } ?? ""
    /// Whether there is a folder.
    static let isThere = !folder.isEmpty
    /// Why a suite does not run without it.
    static let reason = "OPENBADGES_CONFORMANCE names no folder of official data"

    /// A file's bytes, by its path in the folder.
    static func bytes(_ path: String) throws -> [UInt8] {
        try contents(of: folder + "/" + path)
    }

    /// A file as JSON, by its path in the folder.
    static func json(_ path: String) throws -> JSON {
        try JSON(parsing: bytes(path))
    }

    /// The names of the files in a folder of the folder.
    static func files(in path: String) -> [String] {
        guard let directory = opendir(folder + "/" + path) else { return [] }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if !name.hasPrefix(".") { names.append(name) }
        }
        return names.sorted()
    }

    /// Any file's bytes.
    static func contents(of path: String) throws -> [UInt8] {
        guard let file = fopen(path, "rb") else { throw Missing(path: path) }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = fread(&chunk, 1, chunk.count, file)
            guard count > 0 else { return bytes }
            bytes += chunk[..<count]
        }
    }

    /// A file that should be there and is not.
    struct Missing: Error {
        let path: String
    }
}
