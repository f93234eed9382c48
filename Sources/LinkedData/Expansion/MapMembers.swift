import JSONCore

extension Expander {
    /// Expansion, step 13.7: a language map.
    func expandLanguageMap(
        _ map: JSONObject,
        _ active: ActiveContext,
        _ definition: TermDefinition?
    ) throws(LinkedDataError) -> [ExpandedValue] {
        // 13.7.2, 13.7.3
        var direction = active.state.direction
        switch definition?.mapping.direction ?? .unset {
        case .unset: break
        case .none: direction = nil
        case .value(let given): direction = given
        }
        var values: [ExpandedValue] = []
        for (language, value) in inOrder(map) {
            do throws(LinkedDataError) {
                let isNone = active.state.expandIRI(language, documentRelative: false, vocab: true).isKeyword(.none)
                for item in value.array ?? [value] {
                    if item.isNull { continue }
                    guard case .string = item else {
                        throw LinkedDataError(.invalidLanguageMapValue, "a value of a language map is not a string")
                    }
                    try checkLiteral(datatype: nil, direction: direction)
                    if isNone, direction == nil {
                        values.append(.literal(item, datatype: nil))
                        continue
                    }
                    if !isNone { try checkLanguage(language) }
                    let tag = isNone ? nil : language
                    values.append(.annotated(AnnotatedValue(item, language: tag, direction: direction)))
                }
            } catch {
                throw error.within(language)
            }
        }
        return values
    }

    private func inOrder(_ map: JSONObject) -> [JSONObject.Element] {
        options.ordered ? map.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) } : Array(map)
    }

    /// Step 13.8: an index map, a type map or an id map.
    mutating func expandMap(
        _ map: JSONObject,
        _ key: String,
        _ active: ActiveContext,
        _ definition: TermDefinition?,
        _ container: Container
    ) throws(LinkedDataError) -> [ExpandedValue] {
        var values: [ExpandedValue] = []
        for (index, value) in inOrder(map) {
            do throws(LinkedDataError) {
                let entry = MapEntry(index: index, container: container, indexKey: definition?.mapping.index)
                try expand(value, of: entry, key, active, into: &values)
            } catch {
                throw error.within(index)
            }
        }
        return values
    }

    /// One entry of a map, and what its key is.
    private struct MapEntry {
        let index: String
        let container: Container
        /// The property that the key is a value of; `nil` for `@index`.
        let indexKey: String?
    }

    private mutating func expand(
        _ value: JSON,
        of entry: MapEntry,
        _ key: String,
        _ active: ActiveContext,
        into values: inout [ExpandedValue]
    ) throws(LinkedDataError) {
        // 13.8.3.1 to 13.8.3.3
        var mapContext = active
        if !entry.container.isDisjoint(with: [.id, .type]) { mapContext = active.state.previous ?? active }
        if entry.container.contains(.type), let typed = mapContext.definition(entry.index), typed.hasContext {
            let step = ContextStep.typeMapScoped(TermIdentity(definition: typed))
            mapContext = try contexts.scoped(mapContext, step, typed)
        }
        // 13.8.3.4
        let expandedIndex = active.state.expandIRI(entry.index, documentRelative: false, vocab: true)
        // 13.8.3.5, 13.8.3.6
        var items: [ExpandedValue] = []
        let property = ActiveProperty.term(key, mapContext.definition(key))
        let elements: JSON = value.array == nil ? .array([value]) : value
        do throws(LinkedDataError) {
            _ = try expand(mapContext, property, elements, isFromMap: true, into: &items)
        } catch {
            // The pointer is to tell of arrays only where the document has one.
            throw value.array == nil ? error.withoutFirstStep : error
        }
        // 13.8.3.7
        for item in items {
            values.append(try indexed(item, entry, expandedIndex, active))
        }
    }

    /// Step 13.8.3.7 for one item.
    private mutating func indexed(
        _ item: ExpandedValue,
        _ entry: MapEntry,
        _ expandedIndex: ExpandedIRI,
        _ active: ActiveContext
    ) throws(LinkedDataError) -> ExpandedValue {
        var item = item
        // .1
        if entry.container.contains(.graph), !item.isGraph { item = .graph(of: item) }
        if expandedIndex.isKeyword(.none) { return item }
        if entry.container.contains(.index) {
            if let indexKey = entry.indexKey {
                // .2
                return try withIndexProperty(item, indexKey, entry.index, active)
            }
            // .3
            return withIndex(item, entry.index)
        }
        if entry.container.contains(.id) {
            // .4
            guard let node = item.asNode else {
                if isSafe { throw LinkedDataError(.droppedValue, "a value in an id map is no node") }
                return item
            }
            if node.id == nil, !node.hasNullID {
                node.id = try expandReference(entry.index, active, vocab: false)
                node.hasNullID = node.id == nil
            }
            return node.isReference ? .reference(node.id) : .node(node)
        }
        if entry.container.contains(.type) {
            // .5
            guard let node = item.asNode else {
                if isSafe { throw LinkedDataError(.droppedValue, "a value in a type map is no node") }
                return item
            }
            if isSafe {
                guard case .iri(let iri) = expandedIndex else {
                    throw LinkedDataError(.reservedTerm, "the key of a type map is reserved")
                }
                if checksIRIs { try check(iri: iri, isVocabulary: true) }
            }
            if let type = expandedIndex.text { node.types = [type] + (node.types ?? []) }
            return .node(node)
        }
        return item
    }

    /// Step 13.8.3.7.2.
    private mutating func withIndexProperty(
        _ item: ExpandedValue,
        _ indexKey: String,
        _ index: String,
        _ active: ActiveContext
    ) throws(LinkedDataError) -> ExpandedValue {
        guard let node = item.asNode else {
            throw LinkedDataError(.invalidValueObject, "a value in a map by property is no node")
        }
        let value = try expandValue(active, active.definition(indexKey), .string(index))
        let property = active.state.expandIRI(indexKey, documentRelative: false, vocab: true)
        if case .iri(let iri) = property { node.properties.add(iri, value) }
        return .node(node)
    }

    /// Step 13.8.3.7.3.
    private func withIndex(_ item: ExpandedValue, _ index: String) -> ExpandedValue {
        switch item {
        case .literal(let value, let datatype):
            return .annotated(AnnotatedValue(value, datatype: datatype, index: index))
        case .annotated(let value):
            if value.index == nil { value.index = index }
        case .list(let list):
            if list.index == nil { list.index = index }
        case .reference, .node:
            guard let node = item.asNode else { return item }
            if node.index == nil { node.index = index }
            return .node(node)
        }
        return item
    }
}

extension ExpandedNode {
    /// Whether there is nothing but an `@id`.
    fileprivate var isReference: Bool {
        (id != nil || hasNullID) && types == nil && index == nil && properties.isEmpty && reverse == nil && graph == nil
            && included == nil
    }
}

extension LinkedDataError {
    /// The same error without the outermost step of its path.
    fileprivate var withoutFirstStep: LinkedDataError {
        var pointer = JSONPointer()
        for token in path.tokens.dropFirst() { pointer = pointer.appending(token) }
        return LinkedDataError(code, detail, path: pointer)
    }
}
