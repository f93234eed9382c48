import JSONCore

extension Expander {
    /// Expansion, steps 13.4.1 and 13.4.2: whether a keyword may stand here, and for the first time.
    func checkKeyword(_ keyword: Keyword, _ members: Members, _ result: ObjectBuilder) throws(LinkedDataError) {
        if case .reverse = members.property {
            throw LinkedDataError(.invalidReversePropertyMap, "a keyword stands in a map of reverse properties")
        }
        let mayRepeat = !contexts.is10 && (keyword == .included || keyword == .type)
        if !mayRepeat, result.has(keyword) {
            throw LinkedDataError(.collidingKeywords, "two members expand to the same keyword")
        }
    }

    /// Step 13.4: a member whose name expands to a keyword.
    mutating func expandKeyword(
        _ keyword: Keyword,
        _ value: JSON,
        _ members: Members,
        into result: inout ObjectBuilder
    ) throws(LinkedDataError) {
        try checkKeyword(keyword, members, result)
        switch keyword {
        case .id:
            // 13.4.3
            guard case .string(let text) = value else {
                throw LinkedDataError(.invalidIDValue, "@id is not a string")
            }
            result.id = try expandReference(text, members.active, vocab: false)
            result.hasNullID = result.id == nil
        case .type:
            // 13.4.4
            result.add(types: try expandTypes(value, members.typeScope))
        case .graph:
            // 13.4.5
            var values: [ExpandedValue] = []
            _ = try expand(members.active, .graph, value, into: &values)
            result.graph = values
        case .included:
            // 13.4.6
            if contexts.is10 { return }
            try expandIncluded(value, members, into: &result)
        case .value:
            // 13.4.7
            try expandValueEntry(value, members, into: &result)
        case .language:
            // 13.4.8
            guard case .string(let tag) = value else {
                throw LinkedDataError(.invalidLanguageTaggedString, "@language is not a string")
            }
            try checkLanguage(tag)
            result.language = tag
        case .direction:
            // 13.4.9
            if contexts.is10 { return }
            result.direction = try ContextProcessor.direction(value)
        case .index:
            // 13.4.10
            guard case .string(let index) = value else {
                throw LinkedDataError(.invalidIndexValue, "@index is not a string")
            }
            result.index = index
        case .list:
            // 13.4.11
            if members.property.isTopLevel {
                if isSafe { throw LinkedDataError(.droppedValue, "a list stands where only nodes may") }
                return
            }
            var values: [ExpandedValue] = []
            let property = members.property.seen(in: members.active)
            let shape = try expand(members.active, property, value, into: &values)
            // What the recommendation leaves open: a list whose value is null is empty.
            _ = shape
            result.list = values
        case .set:
            // 13.4.12
            var values: [ExpandedValue] = []
            let property = members.property.seen(in: members.active)
            let shape = try expand(members.active, property, value, into: &values)
            if shape != .none { result.set = (values, shape == .array) }
        case .reverse:
            // 13.4.13
            try expandReverse(value, members, into: &result)
        default:
            // 13.4.16: other keywords mean nothing in a document.
            if isSafe { throw LinkedDataError(.droppedValue, "this keyword means nothing outside a context") }
        }
    }

    /// Step 13.4.4.
    private mutating func expandTypes(
        _ value: JSON,
        _ typeScope: ActiveContext
    ) throws(LinkedDataError) -> ObjectBuilder.Types {
        switch value {
        case .string(let type):
            guard let expanded = try expandType(type, typeScope) else { return .absent }
            return .one(expanded)
        case .array(let elements):
            var types: [String] = []
            types.reserveCapacity(elements.count)
            for (index, element) in elements.enumerated() {
                guard case .string(let type) = element else {
                    throw LinkedDataError(.invalidTypeValue, "a type is not a string").within(index)
                }
                do throws(LinkedDataError) {
                    if let expanded = try expandType(type, typeScope) { types.append(expanded) }
                } catch {
                    throw error.within(index)
                }
            }
            return .many(types)
        default:
            throw LinkedDataError(.invalidTypeValue, "@type is neither a string nor an array of strings")
        }
    }

    private mutating func expandType(_ type: String, _ typeScope: ActiveContext) throws(LinkedDataError) -> String? {
        // The common case: a term.
        if let definition = typeScope.definition(type), definition.keyword == nil, let iri = definition.iri,
            !type.startsLikeKeyword
        {
            return iri
        }
        let expanded = typeScope.state.expandIRI(type, documentRelative: true, vocab: true)
        if isSafe {
            switch expanded {
            case .null:
                throw LinkedDataError(.reservedTerm, "a type is reserved, or its term is mapped to null")
            case .keyword(.json), .keyword(.none): break
            case .keyword:
                throw LinkedDataError(.reservedTerm, "a type is a keyword")
            case .iri(let iri):
                if checksIRIs { try check(iri: iri, isVocabulary: true) }
            }
        }
        if case .iri(let iri) = expanded { try contexts.spend(text: iri, madeFrom: type) }
        return expanded.text
    }

    /// Step 13.4.6.
    private mutating func expandIncluded(
        _ value: JSON,
        _ members: Members,
        into result: inout ObjectBuilder
    ) throws(LinkedDataError) {
        var values: [ExpandedValue] = []
        let shape = try expand(members.active, .none, value, into: &values)
        guard shape != .none, values.allSatisfy(\.isNode) else {
            throw LinkedDataError(.invalidIncludedValue, "@included holds something that is no node")
        }
        result.included = (result.included ?? []) + values
    }

    /// Step 13.4.7.
    private func expandValueEntry(
        _ value: JSON,
        _ members: Members,
        into result: inout ObjectBuilder
    ) throws(LinkedDataError) {
        if isJSON(members) {
            if contexts.is10 { throw LinkedDataError(.invalidValueObjectValue, "@json is not JSON-LD 1.0") }
        } else {
            switch value {
            case .array, .object:
                throw LinkedDataError(.invalidValueObjectValue, "@value is neither a scalar nor null")
            case .null, .bool, .number, .string: break
            }
        }
        result.value = value
    }

    /// Step 12: whether the last type of the first entry that expands to `@type` is `@json`.
    private func isJSON(_ members: Members) -> Bool {
        for key in members.typeScope.typeKeys {
            guard let types = members.typed[key] else { continue }
            guard let last = (types.array?.last ?? types).string else { return false }
            return members.active.state.expandIRI(last, documentRelative: false, vocab: true).isKeyword(.json)
        }
        return false
    }

    /// Step 13.4.13.
    private mutating func expandReverse(
        _ value: JSON,
        _ members: Members,
        into result: inout ObjectBuilder
    ) throws(LinkedDataError) {
        guard case .object(let map) = value else {
            throw LinkedDataError(.invalidReverseValue, "@reverse is not an object")
        }
        var reversed = ObjectBuilder()
        depth += 1
        defer { depth -= 1 }
        guard depth <= options.limits.depth else {
            throw LinkedDataError(.depthLimit, "the document is nested deeper than \(options.limits.depth)")
        }
        try build(&reversed, members.active, .reverse, map, isFromMap: false)
        // 13.4.13.3: reversed twice
        if let twice = reversed.reverse { append(twice, to: &result.properties) }
        // 13.4.13.4
        guard !reversed.properties.isEmpty else { return }
        guard reversed.properties.values.allSatisfy(\.isNode) else { throw Self.invalidReverse }
        var reverse = result.reverse ?? PropertyMap()
        append(reversed.properties, to: &reverse)
        result.reverse = reverse
    }

    private func append(_ added: PropertyMap, to map: inout PropertyMap) {
        var start = 0
        for entry in added.entries {
            map.values.append(contentsOf: added.values[start..<entry.end])
            map.close(entry.property)
            start = entry.end
        }
    }
}
