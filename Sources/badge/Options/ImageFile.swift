import ArgumentParser
import Glibc
import Issuing
import OpenBadges

/// Single files, as baking reads and writes them: an image is never found in a folder, and never fetched.
enum ImageFile {
    /// All bytes of a file, or of standard input for `-`. Where there is none, that is said and the command ends in 1.
    static func read(_ path: String, limit: Int) throws -> [UInt8] {
        let lower = path.lowercased()
        if lower.hasPrefix("https://") || lower.hasPrefix("http://") {
            throw ValidationError("\(path) is a URL; save it as a file first")
        }
        let descriptor = path == "-" ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure(path, String(cString: strerror(errno))) }
        defer { if descriptor != STDIN_FILENO { close(descriptor) } }
        guard let bytes = FileBytes.read(descriptor: descriptor, limit: limit) else {
            throw failure(path, FileStore.isDirectory(path) ? "it is a folder" : "it cannot be read, or is too large")
        }
        return bytes
    }

    /// Writes a file beside its place and renames it; `-` is standard output.
    static func write(_ bytes: [UInt8], to path: String) throws {
        if path == "-" { return Console.product(bytes) }
        try FileStore.replace(path, bytes)
    }

    /// Refuses an output that is an input, or no ordinary file, or a terminal.
    static func check(output: String, inputs: [String], isText: Bool = false) throws {
        if output == "-" {
            guard isText || isatty(STDOUT_FILENO) == 0 else {
                throw ValidationError("an image is not printed on a terminal; name a file with -o")
            }
            return
        }
        var status = stat()
        guard stat(output, &status) == 0 else { return }
        guard status.st_mode & S_IFMT == S_IFREG else { throw failure(output, "it is there, and no ordinary file") }
        for input in inputs where input != "-" {
            var other = stat()
            if stat(input, &other) == 0, other.st_dev == status.st_dev, other.st_ino == status.st_ino {
                throw ValidationError("the output \(output) is also the input; name another file")
            }
        }
    }

    /// An error about a file: what can be done about it stands in a hint.
    static func failure(_ path: String, _ reason: String, hint: String? = nil) -> ExitCode {
        Console.error("\(path): \(reason)", hint: hint)
        return ExitCode(ExitStatus.failure.rawValue)
    }
}
