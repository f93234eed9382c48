import Glibc
import Issuing
import OpenBadges

/// What an INPUT argument stands for.
enum InputSource {
    case bytes(name: String, [UInt8])
    case url(String)
    case missing(name: String, reason: String)

    /// One source for a file, a URL or `-`; one for each badge file of a folder, in the order of their paths.
    static func expand(_ argument: String) -> [InputSource] {
        if argument == "-" { return [read(argument, descriptor: STDIN_FILENO)] }
        let lower = argument.lowercased()
        if lower.hasPrefix("https://") || lower.hasPrefix("http://") { return [.url(argument)] }
        guard FileStore.isDirectory(argument) else { return [read(argument)] }
        let files = badgeFiles(in: argument, depth: 0)
        // A hosted directory is full of JSON that belongs to badges and is none; what cannot be read is shown, though.
        let sources = files.map(read).filter { source in
            guard case .bytes(let name, let bytes) = source else { return true }
            return InspectedBadge(name: name, bytes: bytes).mayBeBadge
        }
        return sources.isEmpty ? [.missing(name: argument, reason: "there is no badge in the folder")] : sources
    }

    private static func read(_ path: String) -> InputSource {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return .missing(name: path, reason: String(cString: strerror(errno))) }
        defer { close(descriptor) }
        return read(path, descriptor: descriptor)
    }

    private static func read(_ name: String, descriptor: Int32) -> InputSource {
        guard let bytes = FileBytes.read(descriptor: descriptor, limit: FileBytes.documentLimit) else {
            return .missing(name: name, reason: "it cannot be read, or is larger than any badge")
        }
        return .bytes(name: name, bytes)
    }

    /// The extensions that badges have as files. Pages and pictures in the same folder are no inputs.
    private static let extensions: Set<String> = ["json", "jsonld", "jwt", "jws"]
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
