// Looking through a document.
extension SchemaRegistry {
    /// Registers the resources and anchors of a document, without recursion.
    mutating func index(_ root: SchemaSite, base: String) throws(JSONError) -> SchemaSite {
        var rootResource = -1
        var pending = [root]
        while var site = pending.popLast() {
            let isRoot = site.resource < 0
            guard let object = site.json.object else {
                if isRoot { try open(&site, uri: base, Language(dialect: defaultDialect)) }
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
        let language = try language(of: site)
        let dialect = language.dialect
        var id = object[dialect.idKeyword]?.string
        // Before 2019-09 nothing counts beside a reference.
        if dialect < .draft2019, object["$ref"]?.string != nil { id = nil }
        let (name, fragment) = URIReference.split(id ?? "")
        if isRoot || !name.isEmpty {
            let uri = URIReference.split(URIReference.resolve(name, against: base)).uri
            try open(&site, uri: uri, language)
            if isRoot, resourceByURI[base] == nil { resourceByURI[base] = site.resource }
        }
        if let fragment {
            guard dialect < .draft2019 else { throw error("an $id has no fragment", at: site.place) }
            try setAnchor(fragment, site)
        }
        guard dialect >= .draft2019 else { return }
        if let anchor = object["$anchor"]?.string { try setAnchor(anchor, site) }
        if dialect == .draft2020, let anchor = object["$dynamicAnchor"]?.string {
            try setAnchor(anchor, site)
            resources[site.resource].dynamicAnchors[anchor] = site
        }
        let isResource = resources[site.resource].site.place == site.place
        if dialect == .draft2019, isResource, object["$recursiveAnchor"]?.bool == true {
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
    private mutating func open(_ site: inout SchemaSite, uri: String, _ language: Language) throws(JSONError) {
        guard uri.utf8.count <= Self.longestURI else {
            throw error("the schema's URI is too long", at: site.place, code: .sizeLimit)
        }
        site.resource = resources.count
        resources.append(Resource(uri: uri, site: site, language: language))
        resourceByPlace[site.place] = site.resource
        // Another document may have the same name: the first counts.
        guard let twin = resourceByURI[uri] else {
            resourceByURI[uri] = site.resource
            return
        }
        guard resources[twin].site.place.document != site.place.document else {
            throw error("two schemas have one $id", at: site.place)
        }
    }

    /// What a schema is written in: what its `$schema` says, or else what is around it is written in.
    private mutating func language(of site: SchemaSite) throws(JSONError) -> Language {
        let around =
            site.resource < 0 ? Language(dialect: defaultDialect) : resources[site.resource].language
        guard let name = site.json["$schema"]?.string else { return around }
        if let dialect = JSONSchema.Dialect(uri: name) { return Language(dialect: dialect) }
        let (uri, _) = URIReference.split(name)
        guard let metaschema = given[uri] ?? given[uri + "#"] else {
            miss(uri)
            return Language(dialect: around.dialect, isKnown: false)
        }
        guard let dialect = metaschema["$schema"]?.string.flatMap(JSONSchema.Dialect.init(uri:)) else {
            return Language(dialect: around.dialect, isKnown: false)
        }
        guard dialect >= .draft2019, let names = metaschema["$vocabulary"]?.object else {
            return Language(dialect: dialect)
        }
        var vocabularies: SchemaVocabularies = []
        for (name, isRequired) in names {
            if let vocabulary = SchemaVocabularies(uri: name) {
                vocabularies.formUnion(vocabulary)
            } else if isRequired == true {
                let detail = "the metaschema requires a vocabulary that is not known"
                throw error(detail, at: site.place, code: .unsupportedVocabulary)
            }
        }
        return Language(dialect: dialect, vocabularies: vocabularies)
    }
}
