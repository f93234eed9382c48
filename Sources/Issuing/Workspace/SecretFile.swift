import Glibc
import OpenBadges

/// Files that only their owner may read.
enum SecretFile {
    static func read(_ path: String, limit: Int) throws(IssuingError) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw IssuingError(errno == ENOENT ? .keyMissing : .keyUnreadable, "the file cannot be opened", file: path)
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw IssuingError(.keyUnreadable, "it is no plain file", file: path)
        }
        guard status.st_mode & 0o077 == 0 else {
            throw IssuingError(
                .keyExposed,
                "others on this machine can read or change the file, so it is no secret",
                file: path,
                hint: "if nobody has: chmod 600 '\(path)'; else make a new key"
            )
        }
        guard let bytes = FileBytes.read(descriptor: descriptor, limit: limit) else {
            throw IssuingError(.keyUnreadable, "the file cannot be read", file: path)
        }
        return bytes
    }
}
