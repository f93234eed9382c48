import JSONCore
import LinkedData

/// An extension within a document: where it stands, its contexts, and its types.
///
/// Source: Open Badges 2.0, "Extensions".
struct OB2Extension {
    let object: JSONObject
    let path: JSONPointer
    /// Its own contexts; where it has none, what the document has beside the specification's.
    let contexts: [JSON]

    var contextURLs: [String] { contexts.compactMap(\.string) }
    var inlineContexts: [JSON] { contexts.filter { $0.object != nil }.map { ["@context": $0] } }

    /// What it says it is, beside being an extension.
    var types: [String] {
        ((object["type"] ?? object["@type"])?.typeNames ?? []).filter {
            !OB2.Compaction.extensionNames.contains($0)
        }
    }

    /// Every extension in a document, but not those in embedded documents, which are looked at by themselves.
    static func all(in document: JSONObject) -> [OB2Extension] {
        let contexts = contextList(document["@context"]).filter { context in
            !(context.string.map { OB2.Vocabulary.contexts.contains($0) || OB1.contexts.contains($0) } ?? false)
        }
        var found: [OB2Extension] = []
        for (name, value) in document where !["@context", "badge", "issuer", "publicKey", "endorsement"].contains(name)
        {
            collect(value, at: JSONPointer().appending(name), contexts, into: &found)
        }
        return found
    }

    private static func collect(
        _ value: JSON,
        at path: JSONPointer,
        _ contexts: [JSON],
        into found: inout [OB2Extension]
    ) {
        switch value {
        case .object(let object):
            let types = (object["type"] ?? object["@type"])?.typeNames ?? []
            if types.contains(where: OB2.Compaction.extensionNames.contains) {
                let own = object["@context"].map(contextList) ?? contexts
                found.append(OB2Extension(object: object, path: path, contexts: own))
            } else {
                for (name, member) in object where name != "@context" {
                    collect(member, at: path.appending(name), contexts, into: &found)
                }
            }
        case .array(let values):
            for (index, element) in values.enumerated() {
                collect(element, at: path.appending(index), contexts, into: &found)
            }
        default: break
        }
    }

    private static func contextList(_ context: JSON?) -> [JSON] {
        context.map { $0.array ?? [$0] } ?? []
    }

    // MARK: What the contexts say

    /// The schemas that a context document names, each for a type.
    static func validations(in document: JSON) -> [(type: String, schema: String)] {
        let value = member("validation", of: document) ?? .null
        return (value.array ?? [value]).compactMap { entry in
            guard let type = text(member("validatesType", of: entry)),
                let schema = text(member("validationSchema", of: entry)), IRI.isWeb(schema)
            else { return nil }
            return (iri(of: type, in: [document]), schema)
        }
    }

    private static func text(_ value: JSON?) -> String? { value?.string ?? value?["@id"]?.string }

    private static func member(_ name: String, of json: JSON) -> JSON? {
        json[name] ?? json["obi:" + name] ?? json[vocabulary + name]
    }

    private static let vocabulary = "https://w3id.org/openbadges#"
    private static let namespace = "https://w3id.org/openbadges/extensions#"

    /// The IRI of a type, by the prefixes of context documents and by those of the specification.
    static func iri(of type: String, in documents: [JSON]) -> String {
        func definition(of name: String) -> String? {
            for document in documents {
                for context in contextList(document["@context"]) {
                    if let text = text(context[name]) { return text }
                }
            }
            return nil
        }
        // An alias is followed once: a context of somebody's own could lead round in circles.
        var iri = type.contains(":") ? type : definition(of: type) ?? type
        if let colon = iri.firstIndex(of: ":") {
            let prefix = String(iri[..<colon])
            let rest = String(iri[iri.index(after: colon)...])
            let standard = ["extensions": namespace, "obi": vocabulary][prefix]
            if !rest.hasPrefix("//"), let base = definition(of: prefix) ?? standard { iri = base + rest }
        }
        // Some wrote the namespace as if it lay under that of the vocabulary.
        let misplaced = vocabulary + "extensions/#"
        return iri.hasPrefix(misplaced) ? namespace + iri.dropFirst(misplaced.count) : iri
    }

    /// The extension as its schema knows it: in the terms of its own contexts.
    ///
    /// - Parameter documents: its contexts by their URLs, all of them in `store`.
    func inOwnTerms(_ documents: [String: JSON], _ store: ContextStore) -> JSONObject {
        guard OB2.Compaction.hasCompactNames(object) else { return object }
        var names: [String] = []
        for document in documents.values.map({ $0 }) + inlineContexts {
            for context in Self.contextList(document["@context"]) {
                names += context.object?.keys.filter { !$0.hasPrefix("@") } ?? []
            }
        }
        // Each name is looked up by itself; an extension's context has a dozen.
        guard names.count <= 200 else { return object }
        let context = JSON.array([.string(OB2.context)] + contexts)
        let own = try? OB2.Compaction.compacted(extension: object, context: context, names: names, contexts: store)
        return own ?? object
    }
}
