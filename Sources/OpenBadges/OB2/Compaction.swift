import JSONCore
import LinkedData

extension OB2 {
    /// Documents that say what they say in other words than the context's own terms, put into these.
    ///
    /// A document may use full IRIs, prefixes, keywords or a vocabulary of its own, as long as its contexts map them to
    /// the IRIs of the specification. What maps to none of these is no part of the badge.
    ///
    /// Source: Open Badges 2.0, "Open Badges in Linked Data".
    enum Compaction {
        /// Whether a document has to be expanded to be understood; most are written in the plain terms.
        static func isNeeded(for document: JSONObject) -> Bool {
            guard let contexts = document["@context"], JSON.object(document).contexts.contains(where: isOwn) else {
                return false  // without the context nothing can be understood by it, and `context` says so
            }
            return !isPlain(contexts) || hasForeignNames(document)
        }

        /// Whether a document has contexts within it, and does not name the specification's.
        static func hasOwnContext(_ document: JSONObject) -> Bool {
            guard let context = document["@context"], !JSON.object(document).contexts.contains(where: isOwn) else {
                return false
            }
            return (context.array ?? [context]).contains { $0.object?.isEmpty == false }
        }

        private static func isOwn(_ url: String) -> Bool { Vocabulary.contexts.contains(url) }

        private static func isPlain(_ context: JSON) -> Bool {
            switch context {
            case .string(let url): isOwn(url)
            case .array(let values): values.count == 1 && isPlain(values[0])
            default: false
            }
        }

        private static func hasForeignNames(_ object: JSONObject) -> Bool {
            for (name, value) in object {
                switch name {
                case "@context": if !isPlain(value) { return true }
                case "@language", "@value": break
                case "type":
                    if value.typeNames.contains(where: { $0.contains(":") && !$0.hasPrefix("extensions:") }) {
                        return true
                    }
                default:
                    if isExtension(value) { continue }
                    if name.hasPrefix("@") || name.contains(":") || hasForeignNames(in: value) { return true }
                }
            }
            return false
        }

        private static func hasForeignNames(in value: JSON) -> Bool {
            switch value {
            case .object(let object): hasForeignNames(object)
            case .array(let values): values.contains { !isExtension($0) && hasForeignNames(in: $0) }
            default: false
            }
        }

        /// An object that brings a vocabulary of its own, and is judged by that alone.
        static func isExtension(_ value: JSON) -> Bool {
            value["@context"] != nil
                && (value["type"] ?? value["@type"])?.typeNames.contains(where: extensionNames.contains) == true
        }

        /// The names of the class of extensions.
        static let extensionNames: Set<String> = [
            "Extension", "obi:Extension", "https://w3id.org/openbadges#Extension",
        ]

        /// The document in the context's own terms.
        ///
        /// - Throws: ``LinkedDataError`` where a context is not known, or the document is no JSON-LD.
        static func compacted(_ document: JSONObject, contexts: ContextStore) throws(LinkedDataError) -> JSONObject {
            let own = withoutExtensions(.object(document))
            let expansion = Expansion(store: contexts, options: JSONLDOptions(safe: false))
            let expanded = try expansion.expanded(own)
            guard let node = expanded.array?.first?.object else {
                throw LinkedDataError(.invalidValueObject, "nothing of it is linked data")
            }
            var object = object(node, Vocabulary.terms)
            object["@context"] = document["@context"]
            return object
        }

        /// An extension in the terms of its own contexts, where it is written in other words.
        ///
        /// - Parameter context: what holds where the extension stands; its terms are looked up among `names`.
        static func compacted(
            extension document: JSONObject,
            context: JSON,
            names: [String],
            contexts: ContextStore
        ) throws(LinkedDataError) -> JSONObject {
            let expansion = Expansion(store: contexts, options: JSONLDOptions(safe: false))
            var table: [String: [String]] = [:]
            for name in names {
                let probe = try expansion.expanded(.object(["@context": context, name: "urn:x"]))
                for (iri, _) in probe.array?.first?.object ?? [:] { table[iri, default: []].append(name) }
            }
            var document = document
            document["@context"] = context
            let expanded = try expansion.expanded(.object(document))
            return object(expanded.array?.first?.object ?? [:]) { table[$0] ?? Vocabulary.terms($0) }
        }

        /// Whether an object, or one within it, has members that are no plain terms.
        static func hasCompactNames(_ object: JSONObject) -> Bool {
            object.contains { name, value in
                if name == "@context" { return false }
                if name.hasPrefix("@") || name.contains(":") { return true }
                return value.object.map(hasCompactNames)
                    ?? value.array?.contains { $0.object.map(hasCompactNames) ?? false } ?? false
            }
        }

        private static func withoutExtensions(_ value: JSON) -> JSON {
            switch value {
            case .object(let object):
                .object(
                    JSONObject(
                        members: object.lazy.filter { !isExtension($0.value) }.map {
                            ($0.key, withoutExtensions($0.value))
                        }
                    )
                )
            case .array(let values): .array(values.filter { !isExtension($0) }.map(withoutExtensions))
            default: value
            }
        }

        private static func object(_ node: JSONObject, _ terms: (String) -> [String]) -> JSONObject {
            var object = JSONObject(capacity: node.count)
            for (name, value) in node {
                switch name {
                case "@id": object["id"] = value.isNull ? nil : value
                case "@type": object["type"] = single((value.array ?? [value]).map { typeName($0, terms) })
                case "@language": object["@language"] = value
                default:
                    guard let term = term(name, value, terms) else { continue }
                    object[term] = single((value.array ?? [value]).flatMap { values($0, terms) })
                }
            }
            return object
        }

        private static func typeName(_ type: JSON, _ terms: (String) -> [String]) -> JSON {
            guard let iri = type.string else { return type }
            if iri == "@id" { return "id" }
            return .string(terms(iri).first ?? iri)
        }

        /// The term of an IRI. Two share one: `revoked` holds a truth, `revokedAssertions` what is revoked.
        private static func term(_ iri: String, _ value: JSON, _ terms: (String) -> [String]) -> String? {
            let names = terms(iri)
            guard names.contains("revokedAssertions") else { return names.first }
            let isTruth = value.array?.allSatisfy { $0["@value"]?.bool != nil } ?? false
            return isTruth ? "revoked" : "revokedAssertions"
        }

        private static func values(_ value: JSON, _ terms: (String) -> [String]) -> [JSON] {
            guard let object = value.object else { return [value] }
            if let literal = object["@value"] { return [literal] }
            if let list = object["@list"]?.array { return list.flatMap { values($0, terms) } }
            if object.count == 1, let id = object["@id"] { return [id] }
            return [.object(Self.object(object, terms))]
        }

        private static func single(_ values: [JSON]) -> JSON {
            values.count == 1 ? values[0] : .array(values)
        }
    }
}
