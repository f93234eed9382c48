import Glibc

/// A file that is written beside its place and moved there when it is whole: nobody ever sees half of it.
///
/// Only its owner may read it (`0600`), as what intake writes is about people. A file that is let go before
/// ``publish(as:)`` leaves nothing behind.
final class WritableFile {
    private var descriptor: Int32
    private let temporary: String
    private var buffer: [UInt8] = []
    private var isPublished = false

    /// Begins a file that will stand in the folder of `path`.
    init(beside path: String) throws(IssuingError) {
        let (folder, name) = Self.split(path)
        // One name, so that what a killed run left is overwritten by the next; another only where somebody writes now.
        let usual = folder + "." + name + ".partial"
        let first = Self.open(usual)
        if first >= 0 && flock(first, LOCK_EX | LOCK_NB) == 0 {
            (temporary, descriptor) = (usual, first)
        } else {
            if first >= 0 { close(first) }
            temporary = usual + "-" + String(getpid())
            descriptor = Self.open(temporary)
        }
        guard descriptor >= 0 else { throw Self.error(path, errno) }
        guard ftruncate(descriptor, 0) == 0 else {
            let number = errno
            close(descriptor)
            descriptor = -1
            throw Self.error(path, number)
        }
    }

    private static func open(_ path: String) -> Int32 {
        Glibc.open(path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
        if !isPublished { unlink(temporary) }
    }

    func write(_ bytes: some Sequence<UInt8>) throws(IssuingError) {
        buffer.append(contentsOf: bytes)
        if buffer.count >= 1 << 16 { try flush() }
    }

    private func flush() throws(IssuingError) {
        var position = 0
        while position < buffer.count {
            let count = buffer.withUnsafeBytes { bytes in
                Glibc.write(descriptor, bytes.baseAddress.map { $0 + position }, bytes.count - position)
            }
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { throw Self.error(temporary, errno) }
            position += count
        }
        buffer.removeAll(keepingCapacity: true)
    }

    /// Brings all bytes to the disk; the file can be read at ``temporary`` then.
    private func finish() throws(IssuingError) {
        guard descriptor >= 0 else { return }
        try flush()
        guard fsync(descriptor) == 0 || errno == EINVAL || errno == EROFS else { throw Self.error(temporary, errno) }
        let status = close(descriptor)
        descriptor = -1
        guard status == 0 || errno == EINTR else { throw Self.error(temporary, errno) }
    }

    /// Moves the file to its place, over what is there.
    func publish(as path: String) throws(IssuingError) {
        try finish()
        guard rename(temporary, path) == 0 else { throw Self.error(path, errno) }
        isPublished = true
    }

    /// Whether a file has the same bytes already; `nil` if there is none.
    func isSame(as path: String) throws(IssuingError) -> Bool? {
        try finish()
        guard access(path, F_OK) == 0 else { return nil }
        let (mine, other) = (try ReadableFile(temporary), try ReadableFile(path))
        var offset = 0
        var pages = ([UInt8](repeating: 0, count: 1 << 16), [UInt8](repeating: 0, count: 1 << 16))
        while true {
            let counts = (
                try Self.read(mine, at: offset, into: &pages.0), try Self.read(other, at: offset, into: &pages.1)
            )
            guard counts.0 == counts.1, pages.0.prefix(counts.0) == pages.1.prefix(counts.1) else { return false }
            if counts.0 == 0 { return true }
            offset += counts.0
        }
    }

    private static func read(
        _ file: ReadableFile,
        at offset: Int,
        into page: inout [UInt8]
    ) throws(IssuingError) -> Int {
        // Filled to the brim, as short reads would put the two files out of step.
        var filled = 0
        while filled < page.count {
            let result: Result<Int, IssuingError> = page.withUnsafeMutableBytes { bytes in
                do throws(IssuingError) {
                    let rest = UnsafeMutableRawBufferPointer(rebasing: bytes[filled...])
                    return .success(try file.read(at: offset + filled, into: rest))
                } catch {
                    return .failure(error)
                }
            }
            let count = try result.get()
            if count == 0 { break }
            filled += count
        }
        return filled
    }

    /// Folder (with its slash, or empty) and name of a path.
    static func split(_ path: String) -> (folder: String, name: String) {
        guard let slash = path.lastIndex(of: "/") else { return ("", path) }
        return (String(path[...slash]), String(path[path.index(after: slash)...]))
    }

    private static func error(_ path: String, _ number: Int32) -> IssuingError {
        let isFull = number == ENOSPC || number == EDQUOT
        return IssuingError(
            isFull ? .diskFull : .fileUnwritable,
            "cannot write the file: \(SystemReason.text(number))",
            file: path
        )
    }
}
