import JSONCore

/// A JSON Schema that a badge names by URL: an embedded one, or one that is fetched, with all that it refers to.
enum NamedSchema {
    case found(JSONSchema)
    /// It cannot be had, or not be used; the text says why.
    case unavailable(String)
    case pending

    /// A schema refers to others, and these to others; real ones are two deep.
    fileprivate static let maximumDepth = 4
    fileprivate static let maximumDocuments = 32
}

extension Inspection {
    /// - Parameter dialect: what a schema is read as that does not say.
    mutating func schema(at url: String, dialect: JSONSchema.Dialect) -> NamedSchema {
        finding("schema \(dialect) \(url)") { $0.compiledSchema(at: url, dialect: dialect) }
    }

    private mutating func compiledSchema(at url: String, dialect: JSONSchema.Dialect) -> NamedSchema {
        let root = IRI.withoutFragment(url)
        var documents: [String: JSON] = [:]
        var wanted = [root]
        for _ in 0..<NamedSchema.maximumDepth where documents.count + wanted.count <= NamedSchema.maximumDocuments {
            var isPending = false
            for url in wanted {
                if let known = KnownSchemas.schema(url) {
                    documents[url] = known
                    continue
                }
                switch json(url) {
                case .found(let json, _): documents[url] = json
                case .pending: isPending = true
                case .unavailable(let reason): return .unavailable(reason)
                }
            }
            if isPending { return .pending }
            guard let schema = documents[root] else { break }
            do {
                let compiled = try JSONSchema(schema, baseURI: url, documents: documents, dialect: dialect)
                wanted = compiled.references.filter { documents[$0] == nil }
                if wanted.isEmpty { return .found(compiled) }
            } catch {
                return .unavailable("it is no schema that can be used: \(error.detail)")
            }
        }
        return .unavailable("it refers to too many others")
    }
}
