import Glibc

/// A folder of its own in /tmp, that is deleted with the value.
final class TemporaryFolder: Sendable {
    let path: String

    init() throws {
        var template = Array("/tmp/transport-tests-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw LoopbackServer.Failure() }
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit { Self.delete(path) }

    /// All files below, as full paths.
    var files: [String] { Self.files(in: path) }

    static func names(in folder: String) -> [String] {
        guard let directory = opendir(folder) else { return [] }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { raw in
                String(decoding: raw.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != ".", name != ".." { names.append("\(folder)/\(name)") }
        }
        return names.sorted()
    }

    static func mode(of path: String) -> mode_t {
        var status = stat()
        return lstat(path, &status) == 0 ? status.st_mode : 0
    }

    static func size(of path: String) -> Int {
        var status = stat()
        return lstat(path, &status) == 0 ? Int(status.st_size) : 0
    }

    static func read(_ path: String) -> [UInt8] {
        guard let file = fopen(path, "r") else { return [] }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: size(of: path))
        return Array(bytes[..<fread(&bytes, 1, bytes.count, file)])
    }

    static func write(_ bytes: [UInt8], to path: String) {
        guard let file = fopen(path, "w") else { return }
        defer { fclose(file) }
        fwrite(bytes, 1, bytes.count, file)
    }

    private static func files(in folder: String) -> [String] {
        names(in: folder).flatMap { mode(of: $0) & S_IFMT == S_IFDIR ? files(in: $0) : [$0] }
    }

    private static func delete(_ path: String) {
        if mode(of: path) & S_IFMT == S_IFDIR {
            for name in names(in: path) { delete(name) }
            rmdir(path)
        } else {
            unlink(path)
        }
    }
}
