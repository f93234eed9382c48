/// The documents that a schema is made of, and what their parts are called.
///
/// A document is looked through once, for `$id` and the anchors; its keywords are read when something applies them.
struct SchemaRegistry {
    /// A schema resource: what has a URI of its own, be it a document or a part of one (2020-12 §4.3.5).
    struct Resource {
        let uri: String
        let site: SchemaSite
        let language: Language
        /// `$anchor`, `$dynamicAnchor`, and `$id` with a fragment in the old drafts.
        var anchors: [String: SchemaSite] = [:]
        /// `$dynamicAnchor`; the empty name is `$recursiveAnchor`.
        var dynamicAnchors: [String: SchemaSite] = [:]
    }

    /// What a resource is written in.
    struct Language {
        let dialect: JSONSchema.Dialect
        var vocabularies: SchemaVocabularies = .standard
        /// Whether the dialect is known; what has another must not be judged.
        var isKnown = true
    }

    /// What a reference leads to.
    enum Target {
        case site(SchemaSite)
        /// A document that was not given.
        case missing
    }

    /// The longest URI of a schema, in bytes. 2,048: more than any schema in use has, and each reference relative to it
    /// takes as much.
    static let longestURI = 2_048

    let given: [String: JSON]
    let defaultDialect: JSONSchema.Dialect
    var nodesLeft: Int

    var resources: [Resource] = []
    /// What the documents that have been looked through call themselves.
    private(set) var documents: [String] = []
    /// Absolute URIs that were asked for and not given, in that order.
    private(set) var missing: [String] = []
    private var isMissing: Set<String> = []
    var resourceByURI: [String: Int] = [:]
    /// The resources that begin within a document.
    var resourceByPlace: [SchemaPlace: Int] = [:]

    init(documents: [String: JSON], dialect: JSONSchema.Dialect, limits: JSONSchema.Limits) {
        given = documents
        defaultDialect = dialect
        nodesLeft = max(limits.nodes, 0)
    }

    /// Takes in a document, and returns its root.
    mutating func add(_ json: JSON, uri: String) throws(JSONError) -> SchemaSite {
        let (uri, _) = URIReference.split(uri)
        let document = documents.place(uri)
        let site = SchemaSite(json: json, place: SchemaPlace(document: document, pointer: JSONPointer()), resource: -1)
        let root = try index(site, base: uri)
        documents[document] = resources[root.resource].uri
        return root
    }

    /// What a reference leads to, as seen from a resource. `from` is where the reference stands, for errors.
    mutating func resolve(
        _ reference: String,
        in resource: Int,
        from place: SchemaPlace
    ) throws(JSONError) -> Target {
        let target: Int
        let fragment: String?
        if reference.utf8.first == UInt8(ascii: "#") {
            (target, fragment) = (resource, URIReference.split(reference).fragment)
        } else {
            let full = URIReference.split(URIReference.resolve(reference, against: resources[resource].uri))
            guard full.uri.utf8.count <= Self.longestURI else {
                throw error("the reference is too long", at: place, code: .sizeLimit)
            }
            guard let found = try self.resource(full.uri) else { return .missing }
            (target, fragment) = (found, full.fragment)
        }
        guard let fragment else { return .site(resources[target].site) }
        guard let decoded = URIReference.decoded(fragment) else {
            throw error("the reference has a broken fragment", at: place)
        }
        if decoded.utf8.first == UInt8(ascii: "/") {
            guard let pointer = JSONPointer(decoded), let site = site(at: pointer, in: resources[target].site) else {
                throw error("the reference leads nowhere: its document has no such place", at: place)
            }
            return .site(site)
        }
        guard let site = resources[target].anchors[decoded] else {
            throw error("the reference leads nowhere: its document has no such anchor", at: place)
        }
        return .site(site)
    }

    /// A part of a schema, which may begin a resource of its own.
    func site(_ json: JSON, _ place: SchemaPlace, in resource: Int) -> SchemaSite {
        // Only objects with a name of their own can be resources.
        guard let object = json.object, object.contains(key: "$id") || object.contains(key: "id") else {
            return SchemaSite(json: json, place: place, resource: resource)
        }
        return SchemaSite(json: json, place: place, resource: resourceByPlace[place] ?? resource)
    }

    /// An error in a schema.
    func error(_ detail: String, at place: SchemaPlace, code: JSONError.Code = .invalidSchema) -> JSONError {
        JSONError(code: code, detail: detail, path: place.pointer)
    }

    private func site(at pointer: JSONPointer, in root: SchemaSite) -> SchemaSite? {
        var site = root
        for token in pointer.tokens {
            let place = site.place.appending(token)
            let step = JSONPointer().appending(token)
            guard let json = site.json.value(at: step) else { return nil }
            site = self.site(json, place, in: site.resource)
        }
        return site
    }

    /// The resource of a URI, its document looked through if it was not yet.
    private mutating func resource(_ uri: String) throws(JSONError) -> Int? {
        if let known = resourceByURI[uri] { return known }
        if isMissing.contains(uri) { return nil }
        if let json = given[uri] ?? given[uri + "#"] ?? Metaschema.document(uri) {
            let site = try add(json, uri: uri)
            // It may call itself otherwise; this is how it was found.
            if resourceByURI[uri] == nil { resourceByURI[uri] = site.resource }
            return site.resource
        }
        // Or a document that was found elsewhere calls itself so.
        for (found, json) in given.sorted(by: { $0.key < $1.key }) {
            guard let id = (json["$id"] ?? json["id"])?.string else { continue }
            guard URIReference.split(URIReference.resolve(id, against: found)).uri == uri else { continue }
            return try add(json, uri: found).resource
        }
        miss(uri)
        return nil
    }

    /// Notes a URI that is asked for and not given.
    mutating func miss(_ uri: String) {
        if isMissing.insert(uri).inserted, URIReference(uri).isAbsolute { missing.append(uri) }
    }
}
