import Glibc

/// How large a file is, where that can be told: for progress bars.
enum FileSize {
    static func of(_ path: String) -> Int? {
        var status = stat()
        guard path != "-", stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        return Int(status.st_size)
    }
}
