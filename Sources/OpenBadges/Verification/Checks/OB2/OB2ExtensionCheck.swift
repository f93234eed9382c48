import JSONCore
import LinkedData

/// Extensions: objects with a vocabulary of their own, each against the JSON Schema that its context names for it.
///
/// An extension whose context or schema is not known and cannot be fetched is a warning: it says nothing about what
/// the specification says. Source: Open Badges 2.0, "Extensions".
enum OB2ExtensionCheck {
    /// Honest documents have one or two; a document of nothing but extensions is looked at so far.
    private static let maximumCount = 16
    private static let maximumFindings = 8

    static func run(_ inspection: inout Inspection) {
        var left = maximumCount
        for node in inspection.related.nodes {
            for found in OB2Extension.all(in: node.reading.original) {
                guard left > 0 else {
                    return warn("there are more extensions than are looked at", at: node.path, &inspection)
                }
                left -= 1
                let path = JSONPointer(node.path.description + found.path.description) ?? node.path
                check(found, at: path, &inspection)
            }
        }
    }

    private static func check(_ found: OB2Extension, at path: JSONPointer, _ inspection: inout Inspection) {
        guard !found.types.isEmpty else {
            return warn("an extension does not say which it is", at: path.appending("type"), &inspection)
        }
        var documents: [String: JSON] = [:]
        for url in found.contextURLs {
            switch context(url, &inspection) {
            case .found(let json): documents[url] = json
            case .pending: return
            case .unavailable(let reason):
                warn("the context of an extension cannot be had: \(reason)", at: path, &inspection)
            }
        }
        let validations = documents.values.flatMap(OB2Extension.validations)
        for type in found.types {
            let iri = OB2Extension.iri(of: type, in: Array(documents.values) + found.inlineContexts)
            let urls = validations.filter { $0.type == iri }.map(\.schema)
            if urls.isEmpty, documents.count == found.contextURLs.count {
                warn("no context names a schema for an extension of this type", at: path, &inspection)
            }
            for url in Set(urls).sorted() {
                apply(url, to: found, documents, at: path, &inspection)
            }
        }
    }

    private static func apply(
        _ url: String,
        to found: OB2Extension,
        _ documents: [String: JSON],
        at path: JSONPointer,
        _ inspection: inout Inspection
    ) {
        guard let schema = compiled(url, at: path, &inspection) else { return }
        let unknown = documents.filter { inspection.contexts.document($0.key) == nil }
        let store = unknown.isEmpty ? inspection.contexts : inspection.contexts.adding(unknown)
        let object = found.inOwnTerms(documents, store)
        for violation in schema.violations(in: .object(object), limit: maximumFindings) {
            guard violation.code.isVerdict else {
                warn("an extension cannot be checked: \(violation.detail)", at: path, &inspection)
                continue
            }
            inspection.report(
                .extensionInvalid,
                "an extension is not as its schema wants it: \(violation.detail)",
                check: .schema,
                at: JSONPointer(path.description + violation.path.description)
            )
        }
    }

    /// The schema, with what it refers to; `nil` where that is not there, or not yet.
    private static func compiled(_ url: String, at path: JSONPointer, _ inspection: inout Inspection) -> JSONSchema? {
        var schemas: [String: JSON] = [:]
        var wanted = [url]
        // A schema refers to others, and these to others; real ones to none.
        for _ in 0..<4 {
            for url in wanted {
                let url = IRI.withoutFragment(url)
                if let known = KnownSchemas.schema(url) {
                    schemas[url] = known
                    continue
                }
                switch inspection.json(url) {
                case .found(let json, _): schemas[url] = json
                case .pending: return nil
                case .unavailable(let reason):
                    warn("the schema of an extension cannot be had: \(reason)", at: path, &inspection)
                    return nil
                }
            }
            guard let root = schemas[IRI.withoutFragment(url)] else { return nil }
            do {
                let schema = try JSONSchema(root, baseURI: url, documents: schemas, dialect: .draft4)
                wanted = schema.references.filter { schemas[$0] == nil }
                if wanted.isEmpty { return schema }
            } catch {
                warn("the schema of an extension cannot be used: \(error.detail)", at: path, &inspection)
                return nil
            }
        }
        warn("the schema of an extension refers to too many others", at: path, &inspection)
        return nil
    }

    private enum Lookup {
        case found(JSON)
        case pending
        case unavailable(String)
    }

    /// A context is fetched for the schemas that it names; for what terms mean only those at hand are used.
    private static func context(_ url: String, _ inspection: inout Inspection) -> Lookup {
        if let known = inspection.contexts.document(url) { return .found(known) }
        switch inspection.json(url) {
        case .found(let json, _): return .found(json)
        case .pending: return .pending
        case .unavailable(let reason): return .unavailable(reason)
        }
    }

    private static func warn(_ detail: String, at path: JSONPointer, _ inspection: inout Inspection) {
        inspection.report(.extensionUnchecked, detail, check: .schema, severity: .warning, at: path)
    }
}
