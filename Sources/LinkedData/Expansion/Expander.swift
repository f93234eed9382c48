import JSONCore

/// The Expansion algorithm (JSON-LD 1.1 API §5.1).
///
/// The result is a tree of its own instead of JSON, which the conversion to RDF walks; as JSON it is what the
/// recommendation calls expanded form. Numbers in comments are the steps of the algorithm.
struct Expander {
    var contexts: ContextProcessor
    let options: JSONLDOptions
    let baseURL: String?
    let isSafe: Bool
    /// Whether IRIs are checked here. Where RDF is made, that checks them, and this runs again only to tell where.
    let checksIRIs: Bool
    var depth = 0

    init(store: ContextStore, options: JSONLDOptions, checksIRIs: Bool) {
        contexts = ContextProcessor(store: store, options: options)
        self.options = options
        self.checksIRIs = checksIRIs
        baseURL = options.documentURL ?? options.base
        isSafe = options.safe
    }

    /// Whose values are expanded: `active property`.
    enum ActiveProperty {
        case none
        case graph
        case reverse
        case term(String, TermDefinition?)

        /// The definition of the term, in the active context that goes with the property.
        @inline(__always)
        var definition: TermDefinition? {
            if case .term(_, let definition) = self { definition } else { nil }
        }

        /// Whether a value here would hang on no node.
        @inline(__always)
        var isTopLevel: Bool {
            switch self {
            case .none, .graph: true
            case .reverse, .term: false
            }
        }

        /// The same property, seen in another active context.
        func seen(in context: ActiveContext) -> ActiveProperty {
            if case .term(let name, _) = self { .term(name, context.definition(name)) } else { self }
        }
    }

    /// Expands an element, and appends what it expands to.
    mutating func expand(
        _ active: ActiveContext,
        _ property: ActiveProperty,
        _ element: JSON,
        isFromMap: Bool = false,
        into values: inout [ExpandedValue]
    ) throws(LinkedDataError) -> ExpandedShape {
        switch element {
        case .null:
            // 1
            return .none
        case .object(let object):
            try enter()
            defer { depth -= 1 }
            return try expand(active, property, object, isFromMap: isFromMap, into: &values)
        case .array(let elements):
            try enter()
            defer { depth -= 1 }
            try expand(active, property, elements, isFromMap: isFromMap, into: &values)
            return .array
        case .string, .number, .bool:
            // 4.1
            if property.isTopLevel {
                if isSafe { throw LinkedDataError(.droppedValue, "a value stands where only nodes may") }
                return .none
            }
            // 4.2
            var scope = active
            var definition = property.definition
            if let scoping = definition, scoping.hasContext {
                scope = try contexts.scoped(active, .propertyScoped(TermIdentity(definition: scoping)), scoping)
                definition = property.seen(in: scope).definition
            }
            // 4.3
            values.append(try expandValue(scope, definition, element))
            return .single
        }
    }

    private mutating func enter() throws(LinkedDataError) {
        depth += 1
        guard depth <= options.limits.depth else {
            throw LinkedDataError(.depthLimit, "the document is nested deeper than \(options.limits.depth)")
        }
    }

    /// Step 5: an array.
    private mutating func expand(
        _ active: ActiveContext,
        _ property: ActiveProperty,
        _ elements: [JSON],
        isFromMap: Bool,
        into values: inout [ExpandedValue]
    ) throws(LinkedDataError) {
        let isList = property.definition?.mapping.container.contains(.list) ?? false
        for (index, element) in elements.enumerated() {
            do throws(LinkedDataError) {
                if isList {
                    // 5.2.2
                    var items: [ExpandedValue] = []
                    let shape = try expand(active, property, element, isFromMap: isFromMap, into: &items)
                    if shape == .array { items = [.list(ExpandedList(items))] }
                    values.append(contentsOf: items)
                } else {
                    _ = try expand(active, property, element, isFromMap: isFromMap, into: &values)
                }
            } catch {
                throw error.within(index)
            }
        }
    }

    /// Steps 7 to 20: an object.
    private mutating func expand(
        _ outer: ActiveContext,
        _ property: ActiveProperty,
        _ element: JSONObject,
        isFromMap: Bool,
        into values: inout [ExpandedValue]
    ) throws(LinkedDataError) -> ExpandedShape {
        var result = ObjectBuilder()
        try build(&result, outer, property, element, isFromMap: isFromMap)
        return try finish(&result, property, into: &values)
    }

    /// Steps 7 to 14.
    mutating func build(
        _ result: inout ObjectBuilder,
        _ outer: ActiveContext,
        _ property: ActiveProperty,
        _ element: JSONObject,
        isFromMap: Bool
    ) throws(LinkedDataError) {
        var active = outer
        // 7
        if let previous = active.state.previous, !isFromMap, !isValueOrReference(element, active) {
            active = previous
        }
        // 8
        if let definition = property.definition, definition.hasContext {
            active = try contexts.scoped(active, .propertyScoped(TermIdentity(definition: definition)), definition)
        }
        // 9
        if let local = element["@context"] {
            do throws(LinkedDataError) {
                active = try contexts.process(active, local: local, baseURL: baseURL)
            } catch {
                throw error.within("@context")
            }
        }
        // 10
        let typeScope = active
        // 11
        for key in typeScope.typeKeys {
            guard let value = element[key] else { continue }
            active = try scoped(active, byTypes: value, typeScope)
        }
        // 12 to 14
        let members = Members(active: active, typeScope: typeScope, property: property, typed: element)
        result.properties.reserve(element.count)
        try expandMembers(of: element, members, into: &result)
    }

    /// Step 7: whether the object has an entry for `@value`, or only one for `@id`.
    private func isValueOrReference(_ element: JSONObject, _ active: ActiveContext) -> Bool {
        if element.count == 1, let key = element.first?.key {
            if active.state.expandIRI(key, documentRelative: false, vocab: true).isKeyword(.id) { return true }
        }
        return active.valueKeys.contains { element.contains(key: $0) }
    }

    /// Step 11, for one `@type`.
    private mutating func scoped(
        _ active: ActiveContext,
        byTypes types: JSON,
        _ typeScope: ActiveContext
    ) throws(LinkedDataError) -> ActiveContext {
        var terms: [String] = []
        switch types {
        case .string(let term):
            // The common case, without an array.
            guard let definition = typeScope.definition(term), definition.hasContext else { return active }
            return try contexts.scoped(active, .typeScoped(TermIdentity(definition: definition)), definition)
        case .array(let elements):
            for case .string(let term) in elements where typeScope.definition(term)?.hasContext == true {
                terms.append(term)
            }
        default:
            return active
        }
        if terms.count > 1 { terms.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) } }
        var active = active
        for term in terms {
            guard let definition = typeScope.definition(term) else { continue }
            active = try contexts.scoped(active, .typeScoped(TermIdentity(definition: definition)), definition)
        }
        return active
    }
}
