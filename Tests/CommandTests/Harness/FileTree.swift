import Glibc

/// Files and folders, as a test looks at them.
enum FileTree {
    /// What can change about a file.
    struct Entry: Hashable {
        let mode: mode_t
        /// Nanoseconds; 0 for folders, which change with what is in them.
        let modified: Int
        let content: [UInt8]

        var permissions: mode_t { mode & 0o7777 }
        var isFolder: Bool { mode & S_IFMT == S_IFDIR }
    }

    /// Everything below a folder, by its path from there.
    static func entries(of folder: String) throws -> [String: Entry] {
        var entries: [String: Entry] = [:]
        for name in try names(in: folder) {
            let path = "\(folder)/\(name)"
            var status = stat()
            guard lstat(path, &status) == 0 else { throw failure("lstat", path) }
            let isFolder = status.st_mode & S_IFMT == S_IFDIR
            entries[name] = Entry(
                mode: status.st_mode,
                modified: isFolder ? 0 : status.st_mtim.tv_sec * 1_000_000_000 + status.st_mtim.tv_nsec,
                content: status.st_mode & S_IFMT == S_IFREG ? try read(path) : []
            )
            guard isFolder else { continue }
            for (below, entry) in try self.entries(of: path) { entries["\(name)/\(below)"] = entry }
        }
        return entries
    }

    /// The contents of all files below a folder, by path: what two runs have to agree on.
    static func contents(of folder: String) throws -> [String: [UInt8]] {
        try entries(of: folder).filter { !$0.value.isFolder }.mapValues(\.content)
    }

    static func names(in folder: String) throws -> [String] {
        guard let stream = opendir(folder) else { throw failure("opendir", folder) }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { raw in
                String(decoding: raw.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != "." && name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    static func read(_ path: String) throws -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure("open", path) }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var page = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = Glibc.read(descriptor, &page, page.count)
            guard count >= 0 else { throw failure("read", path) }
            if count == 0 { return bytes }
            bytes += page[..<count]
        }
    }

    static func write(_ bytes: some Sequence<UInt8>, to path: String, mode: mode_t = 0o644) throws {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode)
        guard descriptor >= 0 else { throw failure("open", path) }
        defer { close(descriptor) }
        let bytes = Array(bytes)
        var offset = 0
        while offset < bytes.count {
            let count = bytes.withUnsafeBytes { raw in
                Glibc.write(descriptor, raw.baseAddress.map { $0 + offset }, raw.count - offset)
            }
            guard count > 0 else { throw failure("write", path) }
            offset += count
        }
    }

    static func write(_ text: String, to path: String, mode: mode_t = 0o644) throws {
        try write(Array(text.utf8), to: path, mode: mode)
    }

    static func makeFolder(_ path: String) throws {
        guard mkdir(path, 0o755) == 0 || errno == EEXIST else { throw failure("mkdir", path) }
    }

    static func setMode(_ mode: mode_t, of path: String) throws {
        guard chmod(path, mode) == 0 else { throw failure("chmod", path) }
    }

    /// Removes a folder with all that is in it.
    static func remove(_ folder: String) {
        for name in (try? names(in: folder)) ?? [] {
            let path = "\(folder)/\(name)"
            if unlink(path) != 0 { remove(path) }
        }
        rmdir(folder)
    }

    private static func failure(_ what: String, _ path: String) -> ChildProcess.Failure {
        ChildProcess.Failure("\(what) \(path): \(String(cString: strerror(errno)))")
    }
}

/// Folders for tests, all below one, which is gone when the tests end.
enum TemporaryFolder {
    private static let root: String = {
        let base = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        var template = Array("\(base)/badge-command-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { return base }
        atexit { FileTree.remove(TemporaryFolder.root) }
        return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }()

    /// A new folder.
    static func make(_ name: String) throws -> String {
        var template = Array("\(root)/\(name)-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw ChildProcess.Failure("no temporary folder can be made") }
        return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
