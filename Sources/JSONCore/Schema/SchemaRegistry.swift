/// The documents that a schema is made of, and what their parts are called.
///
/// A document is looked through once, for `$id` and the anchors; its keywords are read only when something applies them.
struct SchemaRegistry {
    /// A schema resource: what has a URI of its own, be it a document or a part of one (2020-12 §4.3.5).
    struct Resource {
        let uri: String
        let site: SchemaSite
        let dialect: JSONSchema.Dialect
        let vocabularies: SchemaVocabularies
        /// Whether the dialect is known; what has another must not be judged.
        var isKnown = true
        /// `$anchor`, `$dynamicAnchor`, and `$id` with a fragment in the old drafts.
        var anchors: [String: SchemaSite] = [:]
        /// `$dynamicAnchor`; the empty name is `$recursiveAnchor`.
        var dynamicAnchors: [String: SchemaSite] = [:]
    }

    /// What a reference leads to.
    enum Target {
        case site(SchemaSite)
        /// A document that was not given.
        case missing
    }

    /// The longest URI of a schema, in bytes: RFC 9110 §4.1 recommends that 8,000 be supported. Each part of the schema
    /// that is named relative to it takes as much.
    private static let longestURI = 8_192

    private let given: [String: JSON]
    private let limits: JSONSchema.Limits
    private let defaultDialect: JSONSchema.Dialect
    private var nodesLeft: Int

    private(set) var resources: [Resource] = []
    /// The URIs of the documents that have been looked through.
    private(set) var documents: [String] = []
    /// Absolute URIs that were asked for and not given, in that order.
    private(set) var missing: [String] = []
    private var isMissing: Set<String> = []
    private var resourceByURI: [String: Int] = [:]
    /// The resources that begin within a document.
    private var resourceByPlace: [SchemaPlace: Int] = [:]

    init(documents: [String: JSON], dialect: JSONSchema.Dialect, limits: JSONSchema.Limits) {
        given = documents
        self.limits = limits
        defaultDialect = dialect
        nodesLeft = limits.nodes
    }

    /// Takes in a document, and returns its root.
    mutating func add(_ json: JSON, uri: String) throws(JSONError) -> SchemaSite {
        let (uri, _) = URIReference.split(uri)
        let document = documents.place(uri)
        let site = SchemaSite(json: json, place: SchemaPlace(document: document, pointer: JSONPointer()), resource: -1)
        return try index(site, base: uri)
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

    private mutating func miss(_ uri: String) {
        if isMissing.insert(uri).inserted, URIReference(uri).isAbsolute { missing.append(uri) }
    }
}

// Looking through a document.
extension SchemaRegistry {
    /// Registers the resources and anchors of a document, without recursion.
    private mutating func index(_ root: SchemaSite, base: String) throws(JSONError) -> SchemaSite {
        var rootResource = -1
        var pending = [root]
        while var site = pending.popLast() {
            let isRoot = site.resource < 0
            guard let object = site.json.object else {
                if isRoot { try open(&site, uri: base) }
                if isRoot { rootResource = site.resource }
                continue
            }
            try register(object, &site, base: isRoot ? base : resources[site.resource].uri, isRoot: isRoot)
            if isRoot { rootResource = site.resource }
            for (keyword, value) in object {
                let content = Self.content(of: keyword)
                guard content != .other else { continue }
                let place = site.place.appending(keyword)
                switch value {
                case .array(let elements) where content == .schemaOrList:
                    for index in elements.indices {
                        pending.append(try part(elements[index], place.appending(index), site.resource))
                    }
                case .object(let parts) where content == .map:
                    for (name, value) in parts {
                        pending.append(try part(value, place.appending(name), site.resource))
                    }
                case .object where content != .map:
                    pending.append(try part(value, place, site.resource))
                default: break
                }
            }
        }
        return SchemaSite(json: root.json, place: root.place, resource: rootResource)
    }

    /// A part that is to be looked through.
    private mutating func part(
        _ json: JSON,
        _ place: SchemaPlace,
        _ resource: Int
    ) throws(JSONError) -> SchemaSite {
        nodesLeft -= place.weight
        guard nodesLeft >= 0 else { throw error("the schemas are too large", at: place, code: .sizeLimit) }
        return SchemaSite(json: json, place: place, resource: resource)
    }

    /// What a keyword holds, in any dialect.
    private enum Content { case schema, schemaOrList, map, other }

    private static func content(of keyword: String) -> Content {
        switch keyword {
        case "additionalItems", "additionalProperties", "contains", "contentSchema", "else", "if", "not",
            "propertyNames", "then", "unevaluatedItems", "unevaluatedProperties":
            .schema
        case "allOf", "anyOf", "items", "oneOf", "prefixItems": .schemaOrList
        case "$defs", "definitions", "dependencies", "dependentSchemas", "patternProperties", "properties": .map
        default: .other
        }
    }

    /// Reads the names that an object gives itself; it may begin a resource.
    private mutating func register(
        _ object: JSONObject,
        _ site: inout SchemaSite,
        base: String,
        isRoot: Bool
    ) throws(JSONError) {
        let dialect = isRoot ? defaultDialect : resources[site.resource].dialect
        let own = object["$schema"]?.string.flatMap(JSONSchema.Dialect.init(uri:)) ?? dialect
        var id = object[own.idKeyword]?.string
        // Before 2019-09 nothing counts beside a reference.
        if own < .draft2019, object["$ref"]?.string != nil { id = nil }
        let (name, fragment) = URIReference.split(id ?? "")
        if isRoot || !name.isEmpty {
            try open(&site, uri: URIReference.split(URIReference.resolve(name, against: base)).uri)
            if isRoot, resourceByURI[base] == nil { resourceByURI[base] = site.resource }
        }
        if let fragment {
            guard own < .draft2019 else { throw error("an $id has no fragment", at: site.place) }
            try setAnchor(fragment, site)
        }
        guard own >= .draft2019 else { return }
        if let anchor = object["$anchor"]?.string { try setAnchor(anchor, site) }
        if own == .draft2020, let anchor = object["$dynamicAnchor"]?.string {
            try setAnchor(anchor, site)
            resources[site.resource].dynamicAnchors[anchor] = site
        }
        let isResource = resources[site.resource].site.place == site.place
        if own == .draft2019, isResource, object["$recursiveAnchor"]?.bool == true {
            resources[site.resource].dynamicAnchors[""] = site
        }
    }

    private mutating func setAnchor(_ name: String, _ site: SchemaSite) throws(JSONError) {
        let twin = resources[site.resource].anchors.updateValue(site, forKey: name)
        // One schema may have it as `$anchor` and as `$dynamicAnchor`.
        guard twin == nil || twin?.place == site.place else {
            throw error("two schemas have one anchor", at: site.place)
        }
    }

    /// Begins a resource.
    private mutating func open(_ site: inout SchemaSite, uri: String) throws(JSONError) {
        guard uri.utf8.count <= Self.longestURI else {
            throw error("the schema's URI is too long", at: site.place, code: .sizeLimit)
        }
        let number = resources.count
        let inherited = site.resource < 0 ? nil : resources[site.resource]
        var resource = Resource(
            uri: uri,
            site: SchemaSite(json: site.json, place: site.place, resource: number),
            dialect: inherited?.dialect ?? defaultDialect,
            vocabularies: inherited?.vocabularies ?? .standard
        )
        if let name = site.json["$schema"]?.string {
            let (dialect, vocabularies) = try self.dialect(name, site.place)
            resource = Resource(
                uri: uri,
                site: resource.site,
                dialect: dialect ?? defaultDialect,
                vocabularies: vocabularies,
                isKnown: dialect != nil
            )
        }
        site.resource = number
        resources.append(resource)
        resourceByPlace[site.place] = number
        // Another document may have the same name: the first counts.
        guard let twin = resourceByURI[uri] else {
            resourceByURI[uri] = number
            return
        }
        guard resources[twin].site.place.document != site.place.document else {
            throw error("two schemas have one $id", at: site.place)
        }
    }

    /// The dialect that a `$schema` names, and the vocabularies that its metaschema asks for.
    private mutating func dialect(
        _ name: String,
        _ place: SchemaPlace
    ) throws(JSONError) -> (dialect: JSONSchema.Dialect?, vocabularies: SchemaVocabularies) {
        if let dialect = JSONSchema.Dialect(uri: name) { return (dialect, .standard) }
        let (uri, _) = URIReference.split(name)
        guard let metaschema = given[uri] ?? given[uri + "#"] else {
            miss(uri)
            return (nil, .standard)
        }
        let dialect = metaschema["$schema"]?.string.flatMap(JSONSchema.Dialect.init(uri:))
        guard let dialect, dialect >= .draft2019, let names = metaschema["$vocabulary"]?.object else {
            return (dialect, .standard)
        }
        var vocabularies: SchemaVocabularies = []
        for (name, isRequired) in names {
            if let vocabulary = SchemaVocabularies(uri: name) {
                vocabularies.formUnion(vocabulary)
            } else if isRequired == true {
                throw error(
                    "the metaschema requires a vocabulary that is not known",
                    at: place,
                    code: .unsupportedVocabulary
                )
            }
        }
        return (dialect, vocabularies)
    }
}

/// A place in one of the documents.
struct SchemaPlace: Hashable {
    let document: Int
    let pointer: JSONPointer

    /// What keeping it costs, in units of 64 bytes: hostile names are long.
    var weight: Int { 1 + pointer.description.utf8.count / 64 }

    func appending(_ token: String) -> SchemaPlace {
        SchemaPlace(document: document, pointer: pointer.appending(token))
    }

    func appending(_ index: Int) -> SchemaPlace {
        SchemaPlace(document: document, pointer: pointer.appending(index))
    }
}

/// A subschema: its text, its place, and the resource it belongs to.
struct SchemaSite {
    let json: JSON
    let place: SchemaPlace
    var resource: Int
}
