import Cryptography
import JSONCore
public import LinkedData

/// Contexts of one's own, from a folder: each named in its `index.json` with the digest that its file has to have.
///
/// `index.json` maps each URL to `{"file": "NAME", "sha256": "HEX"}`. Contexts are never fetched, so this is how one that
/// is not embedded is allowed; the digest makes sure that it is still the one that somebody looked at.
public enum PinnedContexts {
    /// The embedded contexts, and those of the folder.
    ///
    /// - Throws: ``OpenBadgesError`` `DOCUMENT_UNREACHABLE` where a file cannot be read, `PARSING_ERROR` where one is
    ///   not of its form or not the one that was pinned.
    public static func store(directory: String) throws(OpenBadgesError) -> ContextStore {
        let index = try json(directory + "/index.json", named: "index.json").json
        guard let entries = index.object else {
            throw OpenBadgesError(.parsing, "index.json must map each URL to a file and its sha256")
        }
        var documents: [String: JSON] = [:]
        for (url, entry) in entries {
            let path = JSONPointer().appending(url)
            guard IRI.isAbsolute(url), let file = entry["file"]?.string, let digest = entry["sha256"]?.string else {
                throw OpenBadgesError(.parsing, "index.json must map each URL to a file and its sha256", at: path)
            }
            guard !file.hasPrefix("/"), !file.split(separator: "/").contains("..") else {
                throw OpenBadgesError(.parsing, "the file lies outside the folder", at: path)
            }
            let (json, bytes) = try json("\(directory)/\(file)", named: file)
            guard Hexadecimal.encode(DigestAlgorithm.sha256.digest(bytes)) == digest.lowercased() else {
                throw OpenBadgesError(
                    .parsing,
                    "\(file) is not the file that was pinned: its SHA-256 differs",
                    at: path
                )
            }
            documents[url] = json
        }
        return KnownContexts.current.adding(documents)
    }

    private static func json(
        _ path: String,
        named name: String
    ) throws(OpenBadgesError) -> (json: JSON, bytes: [UInt8]) {
        guard let bytes = FileBytes.read(path, limit: maximumBytes) else {
            throw OpenBadgesError(.unreachable, "\(name) of the pinned contexts cannot be read")
        }
        do {
            return (try JSON(parsing: bytes), bytes)
        } catch {
            throw OpenBadgesError(.parsing, "\(name): \(error)", at: error.path)
        }
    }

    /// The largest official context has 40 KB.
    private static let maximumBytes = 4 << 20
}
