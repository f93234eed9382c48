// The applicator vocabulary: keywords that apply subschemas.
extension SchemaCompiler {
    /// Reads all keywords of the vocabulary.
    mutating func readApplicators(_ context: Context) throws(JSONError) {
        try readMembers(context)
        try readElements(context)
        for keyword in [SchemaKeyword.dependencies, .dependentSchemas] {
            guard let value = context.object[keyword.rawValue] else { continue }
            // 2019-09 has divided `dependencies` in two, and still allows it.
            guard keyword == .dependencies || context.dialect >= .draft2019 else { continue }
            try readDependencies(keyword, value, context)
        }
        if let range = try list(.allOf, context) { emit(.allOf, .allOf(range)) }
        if let range = try list(.anyOf, context) { emit(.anyOf, .anyOf(range)) }
        if let range = try list(.oneOf, context) { emit(.oneOf, .oneOf(range)) }
        if let node = try subschema(.not, context) { emit(.not, .not(node)) }
        if context.dialect >= .draft7, let condition = try subschema(.if, context) {
            let then = try subschema(.then, context) ?? -1
            let otherwise = try subschema(.else, context) ?? -1
            emit(.if, .conditional(condition: condition, then: then, otherwise: otherwise))
        }
    }

    /// `unevaluatedItems` and `unevaluatedProperties`, which look at what all others have done.
    mutating func readUnevaluated(_ context: Context, _ node: Int) throws(JSONError) {
        if let items = try subschema(.unevaluatedItems, context) {
            emit(.unevaluatedItems, .unevaluatedItems(items))
            parts.nodes[node].notesEvaluated = true
        }
        if let properties = try subschema(.unevaluatedProperties, context) {
            emit(.unevaluatedProperties, .unevaluatedProperties(properties))
            parts.nodes[node].notesEvaluated = true
        }
    }

    /// The keywords for objects.
    private mutating func readMembers(_ context: Context) throws(JSONError) {
        var shape = SchemaProgram.Shape()
        if let properties = try map(.properties, context) {
            shape.properties = properties
            for (name, value) in properties {
                shape.nodes.append(try node(site(value, context, .properties, name)))
            }
        }
        for (source, value) in try map(.patternProperties, context) ?? JSONObject() {
            let site = site(value, context, .patternProperties, source)
            shape.patterns.append((try pattern(source, at: site.place), try node(site)))
        }
        shape.additional = try subschema(.additionalProperties, context) ?? -1
        if !shape.nodes.isEmpty || !shape.patterns.isEmpty || shape.additional >= 0 {
            emit(.properties, .properties(parts.shapes.place(shape)))
        }
        if context.dialect >= .draft6, let names = try subschema(.propertyNames, context) {
            emit(.propertyNames, .propertyNames(names))
        }
    }

    /// The keywords for arrays.
    private mutating func readElements(_ context: Context) throws(JSONError) {
        if context.dialect >= .draft2020 {
            let first = try list(.prefixItems, context)
            let rest = try subschema(.items, context) ?? -1
            if first != nil || rest >= 0 { emit(.items, .items(first: first ?? 0..<0, rest: rest)) }
        } else if context.object["items"]?.array != nil {
            let first = try list(.items, context) ?? 0..<0
            emit(.items, .items(first: first, rest: try subschema(.additionalItems, context) ?? -1))
        } else if let rest = try subschema(.items, context) {
            emit(.items, .items(first: 0..<0, rest: rest))
        }
        guard context.dialect >= .draft6, let node = try subschema(.contains, context) else { return }
        var (atLeast, atMost) = (1, Int.max)
        if context.dialect >= .draft2019, context.vocabularies.contains(.validation) {
            if let value = context.object["minContains"] { atLeast = try count(value, .minContains, context) }
            if let value = context.object["maxContains"] { atMost = try count(value, .maxContains, context) }
        }
        let marks = context.dialect >= .draft2020
        emit(.contains, .contains(node: node, atLeast: atLeast, atMost: atMost, marks: marks))
    }

    /// `dependencies`, `dependentRequired` and `dependentSchemas`: by the name of a member, what else must hold.
    mutating func readDependencies(
        _ keyword: SchemaKeyword,
        _ value: JSON,
        _ context: Context
    ) throws(JSONError) {
        guard let object = value.object else { throw error(keyword, context, "is an object") }
        var dependencies: [SchemaProgram.Dependency] = []
        for (name, value) in object {
            if keyword == .dependentRequired || keyword == .dependencies && value.array != nil {
                let required = SchemaProgram.Names(try names(value, keyword, context))
                dependencies.append(SchemaProgram.Dependency(name: name, required: required, node: -1))
            } else {
                let node = try node(site(value, context, keyword, name))
                dependencies.append(SchemaProgram.Dependency(name: name, required: SchemaProgram.Names([]), node: node))
            }
        }
        emit(keyword, .dependencies(parts.dependencies.place(dependencies)))
    }

    private mutating func subschema(_ keyword: SchemaKeyword, _ context: Context) throws(JSONError) -> Int? {
        guard let value = context.object[keyword.rawValue] else { return nil }
        return try node(registry.site(value, context.site.place.appending(keyword.rawValue), in: context.site.resource))
    }

    private mutating func list(_ keyword: SchemaKeyword, _ context: Context) throws(JSONError) -> Range<Int>? {
        guard let value = context.object[keyword.rawValue] else { return nil }
        guard let elements = value.array else { throw error(keyword, context, "is an array of schemas") }
        let place = context.site.place.appending(keyword.rawValue)
        return try nodes(
            elements.indices.map { registry.site(elements[$0], place.appending($0), in: context.site.resource) }
        )
    }

    private func map(_ keyword: SchemaKeyword, _ context: Context) throws(JSONError) -> JSONObject? {
        guard let value = context.object[keyword.rawValue] else { return nil }
        guard let object = value.object else { throw error(keyword, context, "is an object of schemas") }
        return object
    }

    private func site(_ json: JSON, _ context: Context, _ keyword: SchemaKeyword, _ name: String) -> SchemaSite {
        let place = context.site.place.appending(keyword.rawValue).appending(name)
        return registry.site(json, place, in: context.site.resource)
    }
}
