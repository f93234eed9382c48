// Objects.
extension SchemaEvaluation {
    /// Checks the keywords for objects; `instance` is the object as a value.
    mutating func checkObject(
        _ instruction: SchemaProgram.Instruction,
        in node: Int,
        _ object: JSONObject,
        _ instance: JSON,
        _ evaluated: inout EvaluatedSet?
    ) -> Bool {
        let keyword = instruction.keyword
        switch instruction.operation {
        case .maxProperties(let most):
            return object.count <= most
                || fail(keyword, in: node, "must have at most \(SchemaQuotation.count(most, "member"))")
        case .minProperties(let least):
            return object.count >= least
                || fail(keyword, in: node, "must have at least \(SchemaQuotation.count(least, "member"))")
        case .required(let index):
            return checkRequired(program.names[index], keyword, in: node, object)
        case .properties(let index):
            return checkProperties(program.shapes[index], in: node, object, &evaluated)
        case .propertyNames(let child):
            return checkNames(child, keyword, in: node, object)
        case .dependencies(let index):
            return checkDependencies(program.dependencies[index], keyword, in: node, object, instance, &evaluated)
        case .unevaluatedProperties(let child):
            var isValid = true
            for position in object.indices where evaluated?.contains(position) != true {
                if checkMember(child, object, position, keyword, in: node) {
                    evaluated?.insert(position)
                } else {
                    isValid = false
                    if isSettled { return false }
                }
            }
            return isValid
        default: return true
        }
    }

    private mutating func checkRequired(
        _ names: SchemaProgram.Names,
        _ keyword: SchemaKeyword,
        in node: Int,
        _ object: JSONObject
    ) -> Bool {
        guard spend(names.weight, keyword, in: node) else { return false }
        var isValid = true
        for name in names.list where !object.contains(key: name) {
            isValid = fail(keyword, in: node, "the member \(SchemaQuotation.name(name)) is missing")
            if isSettled { return false }
        }
        return isValid
    }

    private mutating func checkProperties(
        _ shape: SchemaProgram.Shape,
        in node: Int,
        _ object: JSONObject,
        _ evaluated: inout EvaluatedSet?
    ) -> Bool {
        var isValid = true
        for position in object.indices {
            let name = object[position].key
            work -= 1 + name.utf8.count / 64
            var isKnown = false
            if let place = shape.properties.position(of: name) {
                isKnown = true
                if !checkMember(shape.nodes[place], object, position, .properties, in: node) { isValid = false }
            }
            for (pattern, child) in shape.patterns {
                guard let isMatch = matches(pattern, name, .patternProperties, in: node) else { return false }
                guard isMatch else { continue }
                isKnown = true
                if !checkMember(child, object, position, .patternProperties, in: node) { isValid = false }
            }
            if !isKnown, shape.additional >= 0 {
                isKnown = true
                if !checkMember(shape.additional, object, position, .additionalProperties, in: node) { isValid = false }
            }
            if isKnown { evaluated?.insert(position) }
            if !isValid, isSettled { return false }
        }
        return isValid && spend(0, .properties, in: node)
    }

    private mutating func checkMember(
        _ child: Int,
        _ object: JSONObject,
        _ position: Int,
        _ keyword: SchemaKeyword,
        in node: Int
    ) -> Bool {
        let member = object[position]
        if program.nodes[child].isFalse {
            let detail = "the member \(SchemaQuotation.name(member.key)) is not allowed"
            return fail(at: .key(member.key), keyword, in: node, detail)
        }
        return descend(.key(member.key), child, member.value)
    }

    private mutating func checkNames(
        _ child: Int,
        _ keyword: SchemaKeyword,
        in node: Int,
        _ object: JSONObject
    ) -> Bool {
        var isValid = true
        for (name, _) in object {
            var ignored: EvaluatedSet?
            let isMatch = quietly(child, .string(name), &ignored)
            guard !isStopped else { return false }
            guard !isMatch else { continue }
            isValid = fail(
                at: .key(name),
                keyword,
                in: node,
                "no member may have the name \(SchemaQuotation.name(name))"
            )
            if isSettled { return false }
        }
        return isValid
    }

    private mutating func checkDependencies(
        _ dependencies: [SchemaProgram.Dependency],
        _ keyword: SchemaKeyword,
        in node: Int,
        _ object: JSONObject,
        _ instance: JSON,
        _ evaluated: inout EvaluatedSet?
    ) -> Bool {
        guard spend(dependencies.count / 2, keyword, in: node) else { return false }
        var isValid = true
        for dependency in dependencies {
            work -= dependency.name.utf8.count / 64
            guard object.contains(key: dependency.name) else { continue }
            if dependency.node >= 0, !evaluate(dependency.node, instance, &evaluated) { isValid = false }
            guard spend(dependency.required.weight, keyword, in: node) else { return false }
            for name in dependency.required.list where !object.contains(key: name) {
                let (given, needed) = (SchemaQuotation.name(dependency.name), SchemaQuotation.name(name))
                isValid = fail(keyword, in: node, "with the member \(given) there must be \(needed)")
            }
            if !isValid, isSettled { return false }
        }
        return isValid
    }
}
