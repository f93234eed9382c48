import JSONCore

extension Expander {
    /// Expansion, steps 15 to 20: what the members of an object make.
    mutating func finish(
        _ result: inout ObjectBuilder,
        _ property: ActiveProperty,
        into values: inout [ExpandedValue]
    ) throws(LinkedDataError) -> ExpandedShape {
        // 15
        if result.value != nil {
            guard let value = try valueObject(result) else { return .none }
            // 19.1
            if property.isTopLevel { return try drop("a value stands where only nodes may") }
            values.append(value)
            return .single
        }
        // 17
        if result.list != nil || result.set != nil {
            guard !result.hasMoreThanContents else {
                throw LinkedDataError(.invalidSetOrListObject, "a set or list object has further entries")
            }
            if let set = result.set {
                values.append(contentsOf: set.values)
                return set.isArray ? .array : (set.values.isEmpty ? .none : .single)
            }
            if property.isTopLevel { return try drop("a list stands where only nodes may") }
            values.append(.list(ExpandedList(result.list ?? [], index: result.index)))
            return .single
        }
        // 18
        if result.isLanguageOnly { return try drop("an object has nothing but a language") }
        // 19
        if result.isEmptyNode, result.index == nil, result.language == nil, result.direction == nil {
            if result.hasID {
                if property.isTopLevel { return try drop("an object has nothing but an @id") }
                values.append(.reference(result.id))
                return .single
            }
            if property.isTopLevel { return try drop("an object is empty") }
        }
        if isSafe, result.language != nil || result.direction != nil {
            throw LinkedDataError(.droppedValue, "a node has a language or a direction, which only values can have")
        }
        values.append(.node(node(&result)))
        return .single
    }

    /// A value that has no place in the result.
    private func drop(_ reason: String) throws(LinkedDataError) -> ExpandedShape {
        if isSafe { throw LinkedDataError(.droppedValue, reason) }
        return .none
    }

    private func node(_ result: inout ObjectBuilder) -> ExpandedNode {
        let node = ExpandedNode()
        node.id = result.id
        node.hasNullID = result.hasNullID
        // 16
        switch result.types {
        case .absent: break
        case .one(let type): node.types = [type]
        case .many(let types): node.types = types
        }
        node.index = result.index
        node.language = result.language
        node.direction = result.direction
        node.graph = result.graph
        node.included = result.included
        node.reverse = result.reverse
        swap(&node.properties, &result.properties)
        return node
    }

    /// Step 15; `nil` where the value is null.
    private func valueObject(_ result: ObjectBuilder) throws(LinkedDataError) -> ExpandedValue? {
        // 15.1
        guard !result.hasMoreThanValue else {
            throw LinkedDataError(.invalidValueObject, "a value object has entries that none may have")
        }
        let value = result.value ?? .null
        var datatype: String?
        switch result.types {
        case .absent: break
        case .one(let type): datatype = type
        case .many:
            if value.isNull { return try dropNull() }
            throw LinkedDataError(.invalidTypedValue, "the type of a value is an array")
        }
        // 15.2
        if datatype != "@json" {
            // 15.3
            if value.isNull { return try dropNull() }
            // 15.4
            if result.language != nil, value.string == nil {
                throw LinkedDataError(.invalidLanguageTaggedValue, "a value that is no string has a language")
            }
            // 15.5
            if let datatype, !datatype.withBytes({ WellFormedness.isIRI($0) }) {
                throw LinkedDataError(.invalidTypedValue, "the type of a value is no IRI")
            }
        }
        try checkLiteral(datatype: datatype, direction: result.direction)
        if result.language == nil, result.direction == nil, result.index == nil {
            return .literal(value, datatype: datatype)
        }
        return .annotated(
            AnnotatedValue(
                value,
                datatype: datatype,
                language: result.language,
                direction: result.direction,
                index: result.index
            )
        )
    }

    private func dropNull() throws(LinkedDataError) -> ExpandedValue? {
        if isSafe { throw LinkedDataError(.droppedValue, "a value object has the value null") }
        return nil
    }
}
