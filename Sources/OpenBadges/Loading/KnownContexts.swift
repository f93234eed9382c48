import JSONCore
public import LinkedData
import Schemas

/// The JSON-LD contexts that are embedded: what badges are read with, without asking anyone.
///
/// A context that is not here is refused. Some were edited in place under one URL; those older bodies are variants,
/// tried when the current one does not do. Source: `Schemas/manifest.json`.
public enum KnownContexts {
    /// The current body of each URL. Processed contexts are kept in it and shared, so one serves the whole process.
    public static let current = ContextStore(bodies(version: 0).mapValues(\.json))

    /// Another body that was published under a URL.
    struct Variant: Sendable {
        let url: String
        /// Its name in `Schemas/`.
        let file: String
        let store: ContextStore
    }

    /// In the order in which they are tried.
    private static let variants: [Variant] = (1...maximumVersion).flatMap { version in
        bodies(version: version).sorted { $0.key < $1.key }.map { url, body in
            Variant(url: url, file: body.file, store: current.adding([url: body.json]))
        }
    }

    /// The stores with which a document may be read, beside the current one.
    static func variants(for document: JSON) -> [Variant] {
        let contexts = Set(document.contexts)
        return variants.filter { contexts.contains($0.url) }
    }

    /// The names that the contexts of a document define, in each of their known bodies.
    static func termNames(for document: JSON) -> Set<String> {
        var names: Set<String> = []
        for url in document.contexts {
            guard var own = current.document(url).map(terms) else { continue }
            for variant in variants where variant.url == url {
                own.formIntersection(variant.store.document(url).map(terms) ?? [])
            }
            names.formUnion(own)
        }
        return names
    }

    /// Every IRI that an embedded context writes out.
    static let definedIRIs: Set<String> = {
        var found: Set<String> = []
        for body in bodies(version: 0).values { collect(body.json["@context"] ?? .null, into: &found) }
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

    private static func bodies(version: Int) -> [String: (file: String, json: JSON)] {
        var count = 0
        let table = embedded_documents(&count)
        var bodies: [String: (file: String, json: JSON)] = [:]
        for row in UnsafeBufferPointer(start: table, count: count) where row.version == version {
            let bytes = UnsafeBufferPointer(start: row.bytes, count: row.length)
            guard let json = try? JSON(parsing: Array(bytes)) else { continue }
            bodies[String(cString: row.url)] = (String(cString: row.file), json)
        }
        return bodies
    }
}
