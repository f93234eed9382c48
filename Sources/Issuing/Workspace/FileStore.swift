import Glibc
import OpenBadges

/// `syncfs(2)`, which Glibc declares for GNU sources only: `sync` would wait for every other disk of the machine, too.
@_silgen_name("syncfs") private func synchronizeFileSystem(_ descriptor: Int32) -> Int32

/// Writes files so that nobody ever sees half of one: beside, then renamed.
package enum FileStore {
    package static func exists(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0
    }

    package static func isDirectory(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    /// Makes a directory and those above it; one that is there stays as it is.
    package static func createDirectory(_ path: String, mode: UInt32 = 0o755) throws(IssuingError) {
        if path.isEmpty || isDirectory(path) { return }
        if let slash = path.lastIndex(of: "/"), slash != path.startIndex {
            try createDirectory(String(path[..<slash]))
        }
        guard mkdir(path, mode) == 0 else {
            if errno == EEXIST { return }
            throw failure("the folder cannot be made", path)
        }
        // The mode asked for, whatever the umask: a web server has to enter what is published.
        guard chmod(path, mode) == 0 else { throw failure("the folder's mode cannot be set", path) }
    }

    /// The names in a directory, or none where it is not there.
    package static func names(in directory: String) throws(IssuingError) -> [String] {
        guard let stream = opendir(directory) else {
            if errno == ENOENT { return [] }
            throw failure("the folder cannot be read", directory, code: .fileUnreadable)
        }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { raw in
                String(decoding: raw.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != "." && name != ".." { names.append(name) }
        }
        return names
    }

    /// Writes a file that must not be there yet.
    package static func create(_ path: String, _ bytes: [UInt8], mode: UInt32) throws(IssuingError) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
        guard descriptor >= 0 else {
            if errno == EEXIST {
                throw IssuingError(.alreadyExists, "the file is there already, and is left as it is", file: path)
            }
            throw failure("the file cannot be made", path)
        }
        defer { close(descriptor) }
        do throws(IssuingError) {
            try write(bytes, to: descriptor, path)
        } catch {
            unlink(path)
            throw error
        }
        _ = fchmod(descriptor, mode)
    }

    /// Writes a file beside its place and renames it, unless it already has these bytes.
    ///
    /// - Returns: whether the file was written.
    @discardableResult
    package static func replace(_ path: String, _ bytes: [UInt8], mode: UInt32 = 0o644) throws(IssuingError) -> Bool {
        if hasContent(path, bytes) { return false }
        // Always the same name beside it, so that what a killed run left is overwritten, and hidden from web servers.
        let slash = path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex
        let temporary = "\(path[..<slash]).\(path[slash...]).tmp"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, mode)
        guard descriptor >= 0 else { throw failure("the file cannot be made", path) }
        do throws(IssuingError) {
            defer { close(descriptor) }
            try write(bytes, to: descriptor, path)
            // The mode asked for, whatever the umask: a web server has to read what is published.
            guard fchmod(descriptor, mode) == 0 else { throw failure("the file's mode cannot be set", path) }
        } catch {
            unlink(temporary)
            throw error
        }
        guard rename(temporary, path) == 0 else {
            let error = failure("the file cannot be put in its place", path)
            unlink(temporary)
            throw error
        }
        return true
    }

    /// Makes a folder with files in it, all at once: whoever looks sees all of them or none.
    ///
    /// - Returns: false where the folder is there already, and nothing was done.
    package static func createFolder(
        _ path: String,
        _ files: [(name: String, bytes: [UInt8])]
    ) throws(IssuingError) -> Bool {
        guard !exists(path) else { return false }
        let slash = path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex
        // Always the same name, so that what a killed run left is found and taken away.
        let temporary = "\(path[..<slash]).\(path[slash...]).tmp"
        if exists(temporary) {
            remove(try names(in: temporary).map { "\(temporary)/\($0)" } + [temporary])
        }
        try createDirectory(temporary)
        do throws(IssuingError) {
            for file in files { try create("\(temporary)/\(file.name)", file.bytes, mode: 0o644) }
            guard rename(temporary, path) == 0 else { throw failure("the folder cannot be put in its place", path) }
        } catch {
            remove(files.map { "\(temporary)/\($0.name)" } + [temporary])
            throw error
        }
        return true
    }

    /// Puts a file in another's place.
    static func move(_ path: String, to place: String) throws(IssuingError) {
        guard rename(path, place) == 0 else { throw failure("the file cannot be put in its place", place) }
    }

    /// The path from the root, its links resolved as far as it is there.
    package static func absolute(_ path: String) -> String {
        if let resolved = realpath(path.isEmpty ? "." : path, nil) {
            defer { free(resolved) }
            return String(cString: resolved)
        }
        // What is not there yet lies in what is: the same name before and after it is made.
        var parts = path.split(separator: "/").map { String($0) }.filter { $0 != "." }
        guard let last = parts.popLast() else { return path }
        let parent = (path.hasPrefix("/") ? "/" : "") + parts.joined(separator: "/")
        if last == ".." { return absolute(parent) }
        let folder = absolute(parent.isEmpty ? "." : parent)
        return folder == "/" ? "/\(last)" : "\(folder)/\(last)"
    }

    /// Takes files and empty folders away again, as far as that can be done.
    package static func remove(_ paths: [String]) {
        for path in paths { _ = Glibc.remove(path) }
    }

    /// Makes everything written so far to the file system of `path` safe against a loss of power: once, after a batch.
    package static func synchronize(_ path: String) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        _ = synchronizeFileSystem(descriptor)
        close(descriptor)
    }

    /// Whether a file has these bytes.
    static func hasContent(_ path: String, _ bytes: [UInt8]) -> Bool {
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size == bytes.count,
            let old = FileBytes.read(path, limit: bytes.count)
        else { return false }
        return old == bytes
    }

    private static func write(_ bytes: [UInt8], to descriptor: Int32, _ path: String) throws(IssuingError) {
        var offset = 0
        while offset < bytes.count {
            let count = bytes.withUnsafeBytes { raw in
                Glibc.write(descriptor, raw.baseAddress?.advanced(by: offset), raw.count - offset)
            }
            if count < 0 {
                if errno == EINTR { continue }
                throw failure("the file cannot be written", path)
            }
            offset += count
        }
    }

    private static func failure(
        _ detail: String,
        _ path: String,
        code: IssuingError.Code = .fileUnwritable
    ) -> IssuingError {
        let number = errno
        let reason = String(cString: strerror(number))
        let isFull = number == ENOSPC || number == EDQUOT
        return IssuingError(isFull ? .diskFull : code, "\(detail): \(reason)", file: path)
    }
}
