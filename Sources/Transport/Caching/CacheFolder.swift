import Glibc
import Synchronization

/// Stored answers on disk, a file each, for all processes of one user at once.
///
/// Files are written beside and renamed, so whoever reads sees a whole one; each carries a digest, so one that a crash or
/// a full disk has damaged is no answer. Trouble with the disk is never an error: it is as if nothing had been kept.
final class CacheFolder: Sendable {
    private let path: String
    private let maximumBytes: Int
    private let maximumEntryBytes: Int
    private let digest: @Sendable ([UInt8]) -> [UInt8]
    private let account = Mutex(Account())

    /// What is known about the space taken. Other processes write too, so it is counted again now and then.
    private struct Account {
        var bytes: Int?
        var unchecked = 0
        var isSweeping = false
        var names: UInt64 = 0
    }

    /// Makes the folder, for its owner's eyes alone, where it is not there.
    ///
    /// - Throws: `CACHE_UNUSABLE` where it cannot be made, or where others could write in it: what is read from it
    ///   decides whom badges are believed to come from.
    init(
        path: String,
        maximumBytes: Int,
        digest: @escaping @Sendable ([UInt8]) -> [UInt8]
    ) throws(TransportError) {
        self.path = path
        self.maximumBytes = max(0, maximumBytes)
        maximumEntryBytes = self.maximumBytes / 4
        self.digest = digest
        Self.makeFolder(path)
        var status = stat()
        guard !path.utf8.contains(0), stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
            throw TransportError(.cacheUnusable, "the cache's folder cannot be made")
        }
        guard status.st_uid == geteuid(), status.st_mode & 0o022 == 0 else {
            throw TransportError(.cacheUnusable, "others than its owner may write in the cache's folder")
        }
    }

    private static func makeFolder(_ path: String) {
        if mkdir(path, 0o700) == 0 || errno != ENOENT { return }
        guard let slash = path.lastIndex(of: "/"), slash > path.startIndex else { return }
        makeFolder(String(path[..<slash]))
        mkdir(path, 0o700)
    }

    // MARK: One answer

    func read(_ key: CacheKey) -> StoredResponse? {
        let file = file(for: key)
        let descriptor = open(file, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        guard status.st_size <= maximumEntryBytes, let bytes = Self.read(descriptor, count: Int(status.st_size)),
            let response = CacheFile.decode(bytes, for: key, digest: digest)
        else {
            unlink(file)
            return nil
        }
        // The time of the file says when it was last of use. To the hour is enough, and spares a write for each reading.
        if time(nil) - status.st_mtim.tv_sec > 3600 { futimens(descriptor, nil) }
        return response
    }

    func write(_ response: StoredResponse, _ key: CacheKey) {
        let bytes = CacheFile.encode(response, for: key, digest: digest)
        guard bytes.count <= maximumEntryBytes else { return remove(key) }
        let file = file(for: key)
        let number = account.withLock { account in
            account.names += 1
            return account.names
        }
        let folder = String(file[..<(file.lastIndex(of: "/") ?? file.endIndex)])
        let temporary = "\(folder)/\(Self.temporaryPrefix)\(getpid())-\(UInt32.random(in: 0 ... .max))-\(number)"
        mkdir(folder, 0o700)
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { return }
        let isWritten = Self.write(bytes, descriptor)
        guard close(descriptor) == 0, isWritten, rename(temporary, file) == 0 else {
            unlink(temporary)
            return
        }
        sweepIfNeeded(written: Self.space(bytes.count))
    }

    func remove(_ key: CacheKey) { unlink(file(for: key)) }

    private func file(for key: CacheKey) -> String {
        let name = CacheFile.hexadecimal(digest(Array(key.text.utf8)))
        return "\(path)/\(name.prefix(2))/\(name.dropFirst(2))"
    }

    private static let temporaryPrefix = "new-"

    private static func read(_ descriptor: Int32, count: Int) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: count)
        var done = 0
        while done < count {
            let got = bytes.withUnsafeMutableBytes { raw in
                Glibc.read(descriptor, raw.baseAddress.map { $0 + done }, count - done)
            }
            if got < 0, errno == EINTR { continue }
            guard got > 0 else { return nil }
            done += got
        }
        return bytes
    }

    private static func write(_ bytes: [UInt8], _ descriptor: Int32) -> Bool {
        var done = 0
        while done < bytes.count {
            let put = bytes.withUnsafeBytes { raw in
                Glibc.write(descriptor, raw.baseAddress.map { $0 + done }, raw.count - done)
            }
            if put < 0, errno == EINTR { continue }
            guard put > 0 else { return false }
            done += put
        }
        return true
    }

    // MARK: The space of all

    /// What a file takes on disk: whole blocks.
    private static func space(_ bytes: Int) -> Int { (bytes + 4095) / 4096 * 4096 }

    /// Counts the folder when this process first writes to it, when it has written an eighth of the space since, and
    /// when the space seems to be full.
    private func sweepIfNeeded(written: Int) {
        let isMine = account.withLock { account in
            account.unchecked += written
            let isDue =
                account.bytes.map { $0 + account.unchecked > maximumBytes || account.unchecked > maximumBytes / 8 }
                ?? true
            guard isDue, !account.isSweeping else { return false }
            account.isSweeping = true
            return true
        }
        guard isMine else { return }
        let bytes = sweep()
        account.withLock { account in
            account.bytes = bytes
            account.unchecked = 0
            account.isSweeping = false
        }
    }

    /// Deletes the files that were of use the longest ago until three quarters of the space are taken, if more than all
    /// of it is; and what crashed processes have left. Gives the space that is taken then.
    private func sweep() -> Int {
        var files: [(path: String, bytes: Int, used: Int)] = []
        let now = time(nil)
        // Whatever else the caller may keep in this folder is not touched.
        for folder in Self.names(in: path) where folder.utf8.count == 2 && Self.isHexadecimal(folder) {
            for name in Self.names(in: "\(path)/\(folder)")
            where Self.isHexadecimal(name) || name.hasPrefix(Self.temporaryPrefix) {
                let file = "\(path)/\(folder)/\(name)"
                var status = stat()
                guard lstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { continue }
                if name.hasPrefix(Self.temporaryPrefix), now - status.st_mtim.tv_sec > 3600 {
                    unlink(file)
                } else {
                    files.append((file, Self.space(Int(status.st_size)), status.st_mtim.tv_sec))
                }
            }
        }
        var total = files.reduce(0) { $0 + $1.bytes }
        guard total > maximumBytes else { return total }
        for file in files.sorted(by: { $0.used < $1.used }) {
            guard total > maximumBytes / 4 * 3 else { break }
            unlink(file.path)
            total -= file.bytes
        }
        return total
    }

    private static func isHexadecimal(_ name: String) -> Bool {
        name.utf8.allSatisfy { $0.isASCIIDigit || (0x61...0x66).contains($0) }
    }

    private static func names(in folder: String) -> [String] {
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        guard descriptor >= 0 else { return [] }
        guard let directory = fdopendir(descriptor) else {
            close(descriptor)
            return []
        }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { raw in
                String(decoding: raw.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names
    }
}
