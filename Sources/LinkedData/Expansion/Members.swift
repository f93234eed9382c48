import JSONCore

extension Expander {
    /// What the members of one object are expanded with.
    struct Members {
        /// The active context of the members.
        let active: ActiveContext
        /// The active context of `@type`, before types applied theirs.
        let typeScope: ActiveContext
        /// The property whose value the object is.
        let property: ActiveProperty
        /// The object whose `@type` tells whether `@value` is JSON.
        let typed: JSONObject

        /// The same members in another active context.
        func within(_ active: ActiveContext) -> Members {
            Members(active: active, typeScope: typeScope, property: property, typed: typed)
        }
    }

    /// Expansion, steps 13 and 14.
    mutating func expandMembers(
        of element: JSONObject,
        _ members: Members,
        into result: inout ObjectBuilder
    ) throws(LinkedDataError) {
        var nests: [String] = []
        if options.ordered {
            let sorted = element.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
            for (key, value) in sorted {
                try expandMember(key, value, members, into: &result, &nests)
            }
        } else {
            for (key, value) in element {
                try expandMember(key, value, members, into: &result, &nests)
            }
        }
        // 14
        for key in nests {
            do throws(LinkedDataError) {
                try expandNest(key, element[key] ?? .null, members, into: &result)
            } catch {
                throw error.within(key)
            }
        }
    }

    /// Step 13 for one member.
    private mutating func expandMember(
        _ key: String,
        _ value: JSON,
        _ members: Members,
        into result: inout ObjectBuilder,
        _ nests: inout [String]
    ) throws(LinkedDataError) {
        do throws(LinkedDataError) {
            let definition = members.active.definition(key)
            // 13.2: the common cases first.
            if let definition, definition.keyword == nil, let iri = definition.iri, !key.startsLikeKeyword {
                try expandProperty(key, iri, definition, value, members.active, into: &result)
                return
            }
            let property: ExpandedIRI
            if let keyword = definition?.keyword, !key.startsLikeKeyword {
                property = .keyword(keyword)
            } else {
                // 13.1
                if key.isExactly("@context") { return }
                property = members.active.state.expandIRI(key, documentRelative: false, vocab: true)
            }
            switch property {
            case .keyword(let keyword):
                // 13.4
                if keyword == .nest {
                    try checkKeyword(keyword, members, result)
                    nests.append(key)
                } else {
                    try expandKeyword(keyword, value, members, into: &result)
                }
            case .iri(let iri) where iri.withBytes({ $0.contains(UInt8(ascii: ":")) }):
                try contexts.spend(text: iri, madeFrom: key)
                try expandProperty(key, iri, definition, value, members.active, into: &result)
            case .iri, .null:
                // 13.3
                if isSafe { throw undefined(key) }
            }
        } catch {
            throw error.within(key)
        }
    }

    private func undefined(_ key: String) -> LinkedDataError {
        if key.hasKeywordForm {
            return LinkedDataError(.reservedTerm, "a member has the form of a keyword, and is none")
        }
        return LinkedDataError(.undefinedTerm, "no context defines this term")
    }

    /// Steps 13.5 to 13.14: a member whose name expands to an IRI or a blank node identifier.
    private mutating func expandProperty(
        _ key: String,
        _ iri: String,
        _ definition: TermDefinition?,
        _ value: JSON,
        _ active: ActiveContext,
        into result: inout ObjectBuilder
    ) throws(LinkedDataError) {
        if isSafe { try checkProperty(iri, definition) }
        // 13.5
        let container = definition?.mapping.container ?? []
        if let definition, case .json = definition.mapping.type {
            // 13.6
            let literal = ExpandedValue.literal(value, datatype: Keyword.json.rawValue)
            try add([literal], .single, iri, definition, container, into: &result)
            return
        }
        let property = ActiveProperty.term(key, definition)
        let isSimple = container.subtracting(.set).isEmpty && !(definition?.mapping.isReverse ?? false)
        if isSimple {
            // 13.9, 13.10, 13.14
            let shape = try expand(active, property, value, into: &result.properties.values)
            if shape != .none {
                result.properties.close(iri, isWellFormed: definition?.hasWellFormedIRI ?? false)
            }
            return
        }
        var values: [ExpandedValue] = []
        var shape = ExpandedShape.array
        if container.contains(.language), case .object(let map) = value {
            // 13.7
            values = try expandLanguageMap(map, active, definition)
        } else if !container.isDisjoint(with: [.index, .type, .id]), case .object(let map) = value {
            // 13.8
            values = try expandMap(map, key, active, definition, container)
        } else {
            // 13.9
            shape = try expand(active, property, value, into: &values)
        }
        // 13.10
        if shape == .none { return }
        try add(values, shape, iri, definition, container, into: &result)
    }

    /// Steps 13.11 to 13.14.
    private func add(
        _ values: [ExpandedValue],
        _ shape: ExpandedShape,
        _ iri: String,
        _ definition: TermDefinition?,
        _ container: Container,
        into result: inout ObjectBuilder
    ) throws(LinkedDataError) {
        var values = values
        // 13.11
        if container.contains(.list), !(shape == .single && values.first?.isList == true) {
            values = [.list(ExpandedList(values))]
        }
        // 13.12
        if container.contains(.graph), container.isDisjoint(with: [.id, .index]) {
            values = values.map { .graph(of: $0) }
        }
        // 13.13
        if let definition, definition.mapping.isReverse {
            var reverse = result.reverse ?? PropertyMap()
            for value in values {
                guard value.isNode else { throw Self.invalidReverse }
                reverse.values.append(value)
            }
            if !values.isEmpty { reverse.close(iri) }
            result.reverse = reverse
            return
        }
        // 13.14
        result.properties.values.append(contentsOf: values)
        result.properties.close(iri)
    }

    static var invalidReverse: LinkedDataError {
        LinkedDataError(.invalidReversePropertyValue, "the value of a reverse property is no node")
    }

    private func checkProperty(_ iri: String, _ definition: TermDefinition?) throws(LinkedDataError) {
        if let definition, definition.hasWellFormedIRI { return }
        if iri.isBlankNodeIdentifier {
            if !options.produceGeneralizedRDF {
                throw LinkedDataError(.blankNodePredicate, "a property is a blank node")
            }
        } else if checksIRIs {
            try check(iri: iri, isVocabulary: false)
        }
    }

    /// Step 14 for one member that expands to `@nest`.
    private mutating func expandNest(
        _ key: String,
        _ value: JSON,
        _ members: Members,
        into result: inout ObjectBuilder
    ) throws(LinkedDataError) {
        depth += 1
        defer { depth -= 1 }
        guard depth <= options.limits.depth else {
            throw LinkedDataError(.depthLimit, "the document is nested deeper than \(options.limits.depth)")
        }
        for nested in value.array ?? [value] {
            // 14.2.1
            guard case .object(let object) = nested, !hasValue(object, members.active) else {
                throw LinkedDataError(.invalidNestValue, "a nested value is no object, or has a @value")
            }
            // 14.2.2, with steps 3 and 8 for the context of the nesting term.
            var active = members.active
            if let definition = active.definition(key), definition.hasContext {
                let step = ContextStep.propertyScoped(TermIdentity(definition: definition))
                active = try contexts.scoped(active, step, definition)
            }
            try expandMembers(of: object, members.within(active), into: &result)
        }
    }

    private func hasValue(_ object: JSONObject, _ active: ActiveContext) -> Bool {
        active.valueKeys.contains { object.contains(key: $0) }
    }
}

extension ExpandedValue {
    /// A graph object that holds a value.
    static func graph(of value: ExpandedValue) -> ExpandedValue {
        let node = ExpandedNode()
        node.graph = [value]
        return .node(node)
    }
}
