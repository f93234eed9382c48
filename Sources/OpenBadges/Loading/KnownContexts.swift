import JSONCore
public import LinkedData
import Schemas
import Synchronization

/// The JSON-LD contexts that are embedded: what badges are read with, without asking anyone.
///
/// A context that is not here is refused. Some were edited in place under one URL; those older bodies are variants,
/// tried when the current one does not do. Source: `Schemas/manifest.json`.
public enum KnownContexts {
    /// The current body of each URL. Processed contexts are kept in it and shared, so one serves the whole process.
    ///
    /// A body is read when a document first names it: a badge names two or three of them.
    public static let current = ContextStore(
        reading: Dictionary(uniqueKeysWithValues: rows(version: 0).map { row in (row.url, { @Sendable in row.json }) })
    )

    /// Another body that was published under a URL.
    struct Variant: Sendable {
        let url: String
        /// Its name in `Schemas/`.
        let file: String
        fileprivate let json: JSON

        /// The embedded contexts, with this body in place of the current one.
        var store: ContextStore {
            KnownContexts.variantStores.withLock { stores in
                if let store = stores[file] { return store }
                let store = KnownContexts.current.adding([url: json])
                stores[file] = store
                return store
            }
        }
    }

    /// By the variant's file: processed contexts are kept in a store, so old badges share it as new ones do theirs.
    private static let variantStores = Mutex<[String: ContextStore]>([:])

    /// The other bodies of the contexts that a document names, in the order in which they are tried.
    static func variants(for document: JSON) -> [Variant] {
        let contexts = Set(document.contexts)
        return (1...maximumVersion).flatMap { version in
            rows(version: version).filter { contexts.contains($0.url) }.sorted { $0.url < $1.url }.compactMap { row in
                row.json.map { Variant(url: row.url, file: row.file, json: $0) }
            }
        }
    }

    /// The names that the contexts of a document define, in each of their known bodies.
    static func termNames(for document: JSON) -> Set<String> {
        let variants = variants(for: document)
        var names: Set<String> = []
        for url in document.contexts {
            guard var own = current.document(url).map(terms) else { continue }
            for variant in variants where variant.url == url { own.formIntersection(terms(variant.json)) }
            names.formUnion(own)
        }
        return names
    }

    /// Every IRI that an embedded context writes out.
    static let definedIRIs: Set<String> = {
        var found: Set<String> = []
        for row in rows(version: 0) { collect(row.json?["@context"] ?? .null, into: &found) }
        return found
    }()

    private static func collect(_ json: JSON, into found: inout Set<String>) {
        if let text = json.string, IRI.isWeb(text) { found.insert(text) }
        for element in json.array ?? [] { collect(element, into: &found) }
        for (_, member) in json.object ?? [:] { collect(member, into: &found) }
    }

    private static func terms(_ json: JSON) -> Set<String> {
        var names: Set<String> = []
        for element in json.array ?? [] { names.formUnion(terms(element)) }
        for (name, member) in json.object ?? [:] {
            if !name.hasPrefix("@") { names.insert(name) }
            names.formUnion(terms(member))
        }
        return names
    }

    /// How many older bodies of one URL are known at the most.
    private static let maximumVersion = 4

    /// A row of the embedded table.
    ///
    /// `@unchecked`: the bytes are constant, and live as long as the process.
    private struct Row: @unchecked Sendable {
        let url: String
        let file: String
        let bytes: UnsafeBufferPointer<UInt8>

        var json: JSON? { try? JSON(parsing: Array(bytes)) }
    }

    private static func rows(version: Int) -> [Row] {
        var count = 0
        let table = embedded_documents(&count)
        return UnsafeBufferPointer(start: table, count: count).lazy.filter { $0.version == version }.map { row in
            Row(
                url: String(cString: row.url),
                file: String(cString: row.file),
                bytes: UnsafeBufferPointer(start: row.bytes, count: row.length)
            )
        }
    }
}
