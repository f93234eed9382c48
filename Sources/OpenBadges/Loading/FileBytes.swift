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
        let isRegular = status.st_mode & S_IFMT == S_IFREG
        if isRegular, status.st_size > limit { return nil }
        // One read fills it, and one finds the end; what grows meanwhile, or is a pipe, takes more.
        var bytes: [UInt8] = []
        var room = min(limit, max(Int(status.st_size), 4096)) + 1
        while true {
            let start = bytes.count
            var result = 0
            bytes = [UInt8](unsafeUninitializedCapacity: start + room) { [old = bytes] buffer, count in
                _ = buffer.update(fromContentsOf: old)
                let target = UnsafeMutableRawBufferPointer(UnsafeMutableBufferPointer(rebasing: buffer[start...]))
                result = Glibc.read(descriptor, target.baseAddress, room)
                count = start + max(result, 0)
            }
            if result < 0 {
                if errno == EINTR { continue }
                return nil
            }
            // Of a file, what comes short of its size and one more is its end.
            if result == 0 || (isRegular && result < room) { return bytes.count <= limit ? bytes : nil }
            guard bytes.count <= limit else { return nil }
            room = max(4096, bytes.count)
        }
    }
}
