import Glibc

/// Whole files, up to a limit.
package enum FileBytes {
    /// A credential with embedded images stays below this; a status list of a million entries does, too.
    package static let documentLimit = 16 << 20
    /// An archive of some 100,000 URLs.
    package static let indexLimit = 64 << 20

    /// The bytes of a regular file (or of a pipe), or `nil` where it cannot be read, or holds more than `limit`.
    package static func read(_ path: String, limit: Int) -> [UInt8]? {
        // C would read the path up to a NUL, and so another file than the one that was checked.
        guard !path.utf8.contains(0) else { return nil }
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        return read(descriptor: descriptor, limit: limit)
    }

    /// Everything up to the end of a file, or `nil` on an error or past `limit`.
    package static func read(descriptor: Int32, limit: Int) -> [UInt8]? {
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT != S_IFDIR else { return nil }
        if status.st_mode & S_IFMT == S_IFREG, status.st_size > limit { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(min(limit, max(Int(status.st_size), 4096)) + 1)
        var chunk = [UInt8](repeating: 0, count: 65536)
        while true {
            let count = chunk.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
            if count < 0 {
                if errno == EINTR { continue }
                return nil
            }
            if count == 0 { return bytes }
            guard bytes.count + count <= limit else { return nil }
            bytes.append(contentsOf: chunk[..<count])
        }
    }
}
