import Glibc
import Issuing
import OpenBadges

/// What an INPUT argument stands for: a file, a file of a folder, a URL, or standard input. Nothing of it is read yet.
enum InputSource: Sendable {
    case file(String)
    /// A file of a folder: one that is no badge belongs to something else, and is passed over.
    case folderFile(String)
    case url(String)
    case standardInput
    case emptyFolder(String)

    /// What reading a source leads to.
    enum Content: Sendable {
        case bytes([UInt8])
        case url(String)
        case unreadable(String)
        /// A file of a folder that is no badge.
        case notMeant
    }

    /// The name under which it is reported.
    var name: String {
        switch self {
        case .file(let path), .folderFile(let path), .url(let path), .emptyFolder(let path): path
        case .standardInput: "-"
        }
    }

    /// One source for a file, a URL or `-`; one for each file of a folder that may be a badge, in the order of their paths.
    static func expand(_ argument: String) -> [InputSource] {
        if argument == "-" { return [.standardInput] }
        let lower = argument.lowercased()
        if lower.hasPrefix("https://") || lower.hasPrefix("http://") { return [.url(argument)] }
        guard FileStore.isDirectory(argument) else { return [.file(argument)] }
        let files = badgeFiles(in: argument, depth: 0)
        return files.isEmpty ? [.emptyFolder(argument)] : files.map { .folderFile($0) }
    }

    func read() -> Content {
        switch self {
        case .url(let url): return .url(url)
        case .standardInput: return Self.read(descriptor: STDIN_FILENO)
        case .emptyFolder: return .unreadable("there is no badge in the folder")
        case .file(let path): return Self.read(path)
        case .folderFile(let path):
            let content = Self.read(path)
            // A hosted directory is full of JSON that belongs to badges and is none; what cannot be read is shown.
            if case .bytes(let bytes) = content, !InspectedBadge(name: path, bytes: bytes).mayBeBadge {
                return .notMeant
            }
            return content
        }
    }

    private static func read(_ path: String) -> Content {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return .unreadable(String(cString: strerror(errno))) }
        defer { close(descriptor) }
        return read(descriptor: descriptor)
    }

    private static func read(descriptor: Int32) -> Content {
        guard let bytes = FileBytes.read(descriptor: descriptor, limit: FileBytes.documentLimit) else {
            return .unreadable("it cannot be read, or is larger than any badge")
        }
        return .bytes(bytes)
    }

    /// The extensions that badges have as files. Pages and other documents in the same folder are no inputs.
    private static let extensions: Set<String> = ["json", "jsonld", "jwt", "jws", "png", "svg"]
    /// A hosted directory is four deep; a loop of links would be endless.
    private static let maximumDepth = 16

    private static func badgeFiles(in folder: String, depth: Int) -> [String] {
        guard depth < maximumDepth, let names = try? FileStore.names(in: folder) else { return [] }
        let base = folder.hasSuffix("/") ? String(folder.dropLast()) : folder
        return names.sorted().flatMap { name -> [String] in
            let path = "\(base)/\(name)"
            if FileStore.isDirectory(path) { return badgeFiles(in: path, depth: depth + 1) }
            guard let dot = name.lastIndex(of: "."), !name.hasPrefix(".") else { return [] }
            return extensions.contains(name[name.index(after: dot)...].lowercased()) ? [path] : []
        }
    }
}
