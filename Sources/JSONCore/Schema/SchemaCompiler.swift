/// Reads the keywords of a schema, and of all that it applies, into a program.
///
/// Only what can be reached is compiled, each subschema once. A list of what is yet to be read takes the place of
/// recursion, so references may go in circles.
struct SchemaCompiler {
    private(set) var registry: SchemaRegistry
    var parts = SchemaProgramParts()
    let formats: JSONSchema.FormatAssertion
    let limits: JSONSchema.Limits

    private var nodeByPlace: [SchemaPlace: Int] = [:]
    private var pending: [(site: SchemaSite, node: Int)] = []
    private var schemasLeft: Int
    /// The index of each dynamic anchor by its name; the empty name is `$recursiveAnchor`.
    private var dynamicAnchors: [DynamicKey: Int] = [:]
    /// The resources of the nodes, in the order in which they were first seen.
    private var usedResources: [Int] = []
    private var isUsed: Set<Int> = []
    private var anchorsSought = 0
    private var patterns: [String: Int] = [:]
    private var patternRoom: Int

    /// What a dynamic reference depends on.
    private struct DynamicKey: Hashable {
        let name: String
        let initial: Int
    }

    /// A subschema that is being read.
    struct Context {
        let site: SchemaSite
        let object: JSONObject
        let dialect: JSONSchema.Dialect
        let vocabularies: SchemaVocabularies
    }

    init(registry: SchemaRegistry, formats: JSONSchema.FormatAssertion, limits: JSONSchema.Limits) {
        self.registry = registry
        self.formats = formats
        self.limits = limits
        schemasLeft = max(limits.schemas, 0)
        patternRoom = max(limits.patternSize, 0)
    }

    /// Compiles a schema.
    mutating func compile(_ schema: JSON, baseURI: String) throws(JSONError) -> SchemaProgram {
        let site = try registry.add(schema, uri: baseURI)
        let root = try node(site)
        try readPending()
        return SchemaProgram(parts, root: root, documents: registry.documents, references: registry.missing)
    }

    private mutating func readPending() throws(JSONError) {
        while true {
            // In the order in which they were met, so that errors and references come in the order of the text.
            var next = 0
            while next < pending.count {
                try read(pending[next].site, pending[next].node)
                next += 1
            }
            pending.removeAll(keepingCapacity: true)
            // Anchors that can be reached dynamically have to be there, in each resource that is.
            try placeDynamicAnchors()
            if pending.isEmpty { return }
        }
    }

    /// The node of a subschema.
    mutating func node(_ site: SchemaSite) throws(JSONError) -> Int {
        if let node = nodeByPlace[site.place] { return node }
        schemasLeft -= site.place.weight
        guard schemasLeft >= 0 else { throw tooManySchemas(at: site.place) }
        let node = parts.nodes.place(SchemaProgram.Node(instructions: 0..<0, resource: site.resource))
        parts.locations.append(SchemaProgram.Location(document: site.place.document, pointer: site.place.pointer))
        nodeByPlace[site.place] = node
        if isUsed.insert(site.resource).inserted { usedResources.append(site.resource) }
        pending.append((site, node))
        return node
    }

    private func tooManySchemas(at place: SchemaPlace) -> JSONError {
        registry.error("there are too many schemas", at: place, code: .sizeLimit)
    }

    /// The nodes of some subschemas, one behind the other in the lists.
    mutating func nodes(_ sites: [SchemaSite]) throws(JSONError) -> Range<Int> {
        // All are placed first, as placing one may not add to the lists in between.
        var nodes: [Int] = []
        for site in sites { nodes.append(try node(site)) }
        let start = parts.lists.count
        parts.lists += nodes
        return start..<parts.lists.count
    }

    private mutating func read(_ site: SchemaSite, _ node: Int) throws(JSONError) {
        let start = parts.instructions.count
        let language = registry.resources[site.resource].language
        switch site.json {
        case .bool(true): break
        case .bool(false):
            emit(.none, .never)
            parts.nodes[node].isFalse = true
        case .object where !language.isKnown:
            emit(.schema, .unresolved)
        case .object(let object):
            let context = Context(
                site: site,
                object: object,
                dialect: language.dialect,
                vocabularies: language.vocabularies
            )
            try readReferences(context)
            // Before 2019-09 nothing counts beside a reference.
            if language.dialect >= .draft2019 || object["$ref"]?.string == nil {
                if context.vocabularies.contains(.validation) { try readAssertions(context) }
                try readFormat(context)
                if context.vocabularies.contains(.applicator) { try readApplicators(context) }
                if context.vocabularies.contains(.unevaluated), language.dialect >= .draft2019 {
                    try readUnevaluated(context, node)
                }
            }
        default:
            // Only what is applied must be a schema: an official extension of Open Badges 2.0 has `required`, with its
            // array, among its `properties`.
            guard node > 0 else { throw registry.error("a schema is an object, true or false", at: site.place) }
            emit(.none, .malformed)
        }
        parts.nodes[node].instructions = start..<parts.instructions.count
    }

    /// Adds an instruction to the node that is being read.
    mutating func emit(_ keyword: SchemaKeyword, _ operation: SchemaOperation) {
        parts.instructions.append(SchemaProgram.Instruction(keyword: keyword, operation: operation))
    }

    /// An error at a keyword.
    func error(_ keyword: SchemaKeyword, _ context: Context, _ detail: String) -> JSONError {
        registry.error("\"\(keyword.rawValue)\" \(detail)", at: context.site.place.appending(keyword.rawValue))
    }

    /// The index of a regular expression.
    mutating func pattern(_ source: String, at place: SchemaPlace) throws(JSONError) -> Int {
        if let known = patterns[source], parts.patterns[known].source.hasSameBytes(as: source) { return known }
        do throws(RegularExpressionError) {
            let index = parts.patterns.place(try RegularExpression(source, room: &patternRoom))
            patterns[source] = index
            return index
        } catch {
            let code: JSONError.Code =
                switch error.reason {
                case .malformed: .invalidSchema
                case .unsupported: .unsupportedPattern
                case .tooLarge: .sizeLimit
                }
            throw registry.error("the regular expression cannot be used: \(error.detail)", at: place, code: code)
        }
    }
}

// References.
extension SchemaCompiler {
    private mutating func readReferences(_ context: Context) throws(JSONError) {
        if let value = context.object["$ref"] {
            try readReference(.reference, value, context)
        }
        if context.dialect == .draft2019, let value = context.object["$recursiveRef"] {
            guard value.string == "#" else { throw error(.recursiveReference, context, "is always \"#\"") }
            try readReference(.recursiveReference, value, context)
        }
        if context.dialect == .draft2020, let value = context.object["$dynamicRef"] {
            try readReference(.dynamicReference, value, context)
        }
    }

    private mutating func readReference(
        _ keyword: SchemaKeyword,
        _ value: JSON,
        _ context: Context
    ) throws(JSONError) {
        guard let reference = value.string else { throw error(keyword, context, "is a string") }
        let place = context.site.place.appending(keyword.rawValue)
        guard case .site(let target) = try registry.resolve(reference, in: context.site.resource, from: place) else {
            return emit(keyword, .unresolved)
        }
        let node = try node(target)
        guard keyword != .reference, let name = dynamicName(of: target, reference, keyword) else {
            return emit(keyword, .reference(node))
        }
        let key = DynamicKey(name: name, initial: node)
        if dynamicAnchors[key] == nil {
            let anchor = SchemaProgram.DynamicAnchor(initial: node)
            dynamicAnchors[key] = parts.dynamicAnchors.place(anchor)
        }
        if let index = dynamicAnchors[key] { emit(keyword, .dynamicReference(index)) }
    }

    /// The anchor that a dynamic reference first leads to; `nil` where it is none, and the reference is like any other.
    private func dynamicName(of target: SchemaSite, _ reference: String, _ keyword: SchemaKeyword) -> String? {
        let anchors = registry.resources[target.resource].dynamicAnchors
        let name = keyword == .recursiveReference ? "" : URIReference.split(reference).fragment ?? ""
        guard keyword == .recursiveReference || !name.isEmpty else { return nil }
        guard let anchor = anchors[name], anchor.place == target.place else { return nil }
        return name
    }

    /// Gives each dynamic reference what its anchor is in each resource that a node belongs to.
    private mutating func placeDynamicAnchors() throws(JSONError) {
        for (key, index) in dynamicAnchors {
            // Placing an anchor can bring in more resources; they have their turn next time.
            let seen = parts.dynamicAnchors[index].resourcesSeen
            parts.dynamicAnchors[index].resourcesSeen = usedResources.count
            // Anchors times resources, of which a hostile schema has thousands each: sixteen cost as much as a schema.
            anchorsSought += usedResources.count - seen
            schemasLeft -= anchorsSought / 16
            anchorsSought %= 16
            guard schemasLeft >= 0 else { throw tooManySchemas(at: registry.resources[0].site.place) }
            for resource in usedResources[seen...] {
                guard let site = registry.resources[resource].dynamicAnchors[key.name] else { continue }
                parts.dynamicAnchors[index].targets[resource] = try node(site)
            }
        }
    }
}
