import Cryptography
public import JSONCore
import Synchronization

/// Remembers every document that another loader finds, so that a badge can be verified again when its issuer's site is
/// gone.
///
/// ``files`` is the folder that ``DocumentFolder`` reads, `badge verify --documents`. A verification of years ago is
/// repeated from it with the time of then.
///
/// *For example:*
/// ```swift
/// let archive = DocumentArchive(WebLoader())
/// let report = await Verifier(loader: archive).verify(png)
/// for file in archive.files { try write(file.bytes, to: folder + "/" + file.path) }
/// ```
public final class DocumentArchive: DocumentLoader {
    private let loader: any DocumentLoader
    private let answers = Mutex<[String: LoadedDocument.Answer]>([:])

    public init(_ loader: any DocumentLoader) {
        self.loader = loader
    }

    public func load(_ url: String) async -> LoadedDocument.Answer {
        let answer = await loader.load(url)
        answers.withLock { $0[url] = answer }
        return answer
    }

    /// The files of the folder: each document by the digest of its bytes, so that one body is written once.
    public var files: [(path: String, bytes: [UInt8])] {
        var files: [String: [UInt8]] = [:]
        for answer in answers.withLock({ $0 }).values {
            if case .found(let document) = answer { files[Self.path(of: document)] = document.body }
            if case .gone(let document) = answer { files[Self.path(of: document)] = document.body }
        }
        return files.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    /// What `index.json` says of each URL: its file; for a redirect, where it leads; else the status.
    ///
    /// What nobody answered is left out: it counts as unreachable again.
    public var index: JSONObject {
        var entries: [String: JSON] = [:]
        for (url, answer) in answers.withLock({ $0 }) {
            let url = IRI.withoutFragment(url)
            switch answer {
            case .found(let document):
                let final = IRI.withoutFragment(document.url)
                entries[final] = .string(Self.path(of: document))
                if final != url { entries[url] = ["status": 302, "location": .string(final)] }
            case .gone(let document):
                entries[url] = ["status": 410, "file": .string(Self.path(of: document))]
            case .missing(let status):
                entries[url] = ["status": .number(JSONNumber(status))]
            case .unreachable: break
            }
        }
        var index = JSONObject()
        for (url, entry) in entries.sorted(by: { $0.key < $1.key }) { index[url] = entry }
        return index
    }

    private static func path(of document: LoadedDocument) -> String {
        "documents/\(Hexadecimal.encode(DigestAlgorithm.sha256.digest(document.body)))"
    }
}
