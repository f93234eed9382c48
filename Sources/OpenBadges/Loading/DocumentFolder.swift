import JSONCore

/// Answers URLs from a folder, as its `index.json` says.
///
/// `index.json` maps each URL to a file (`"URL": "file"`), or to `{"file", "contentType", "status", "location"}`;
/// an answer of 301 to 308 follows `location`. A URL that is not listed is unreachable. This is what
/// `badge verify --documents DIR` reads.
public struct DocumentFolder: DocumentLoader {
    private struct Entry: Sendable {
        var file: String?
        var status = 200
        var location: String?
    }

    private let directory: String
    private let entries: [String: Entry]
    /// As many as a browser follows would only hide a loop.
    private static let maximumRedirects = 5

    /// - Throws: ``OpenBadgesError`` `DOCUMENT_UNREACHABLE` where `index.json` cannot be read, `PARSING_ERROR` where it
    ///   is not of the form above.
    public init(directory: String) throws(OpenBadgesError) {
        self.directory = directory
        let path = directory + "/index.json"
        guard let bytes = FileBytes.read(path, limit: FileBytes.indexLimit) else {
            throw OpenBadgesError(.unreachable, "the documents folder has no readable index.json")
        }
        let json: JSON
        do {
            json = try JSON(parsing: bytes)
        } catch {
            throw OpenBadgesError(.parsing, "index.json: \(error)", at: error.path)
        }
        guard let object = json.object else {
            throw OpenBadgesError(.parsing, "index.json must be an object that maps URLs to files")
        }
        var entries: [String: Entry] = [:]
        for (url, value) in object {
            if let file = value.string {
                entries[url] = Entry(file: file)
            } else if value.object != nil {
                entries[url] = Entry(
                    file: value["file"]?.string,
                    status: value["status"]?.int ?? 200,
                    location: value["location"]?.string
                )
            } else {
                throw OpenBadgesError(
                    .parsing,
                    "index.json must map each URL to a file name or an object",
                    at: JSONPointer().appending(url)
                )
            }
        }
        self.entries = entries
    }

    public func load(_ url: String) async -> LoadedDocument.Answer {
        var current = IRI.withoutFragment(url)
        for _ in 0...Self.maximumRedirects {
            guard let entry = entries[current] ?? entries[url] else {
                return .unreachable("the documents folder does not list it")
            }
            if (301...308).contains(entry.status), entry.status != 304 {
                guard let location = entry.location else { return .missing(status: entry.status) }
                current = location
                continue
            }
            return answer(entry, at: current)
        }
        return .unreachable("the documents folder redirects without end")
    }

    private func answer(_ entry: Entry, at url: String) -> LoadedDocument.Answer {
        var body: [UInt8] = []
        if let file = entry.file {
            // The index is the caller's own, yet a name that leaves the folder is a mistake worth refusing.
            guard !file.hasPrefix("/"), !file.split(separator: "/").contains("..") else {
                return .unreachable("the documents folder names a file outside itself")
            }
            guard let bytes = FileBytes.read(directory + "/" + file, limit: FileBytes.documentLimit) else {
                return .unreachable("the documents folder lists it, but its file cannot be read")
            }
            body = bytes
        }
        let document = LoadedDocument(url: url, body: body, source: .folder)
        switch entry.status {
        case 200 where entry.file != nil: return .found(document)
        case 410: return .gone(document)
        default: return .missing(status: entry.status)
        }
    }
}
