// Arrays.
extension SchemaEvaluation {
    /// Checks the keywords for arrays.
    mutating func checkArray(
        _ instruction: SchemaProgram.Instruction,
        in node: Int,
        _ elements: [JSON],
        _ evaluated: inout EvaluatedSet?
    ) -> Bool {
        let keyword = instruction.keyword
        switch instruction.operation {
        case .maxItems(let most):
            return elements.count <= most
                || fail(keyword, in: node, "must have at most \(SchemaQuotation.count(most, "element"))")
        case .minItems(let least):
            return elements.count >= least
                || fail(keyword, in: node, "must have at least \(SchemaQuotation.count(least, "element"))")
        case .uniqueItems:
            return checkUnique(elements, keyword, in: node)
        case .items(let first, let rest):
            return checkItems(elements, first, rest, in: node, &evaluated)
        case .contains(let child, let atLeast, let atMost, let marks):
            var count = 0
            for index in elements.indices {
                var ignored: EvaluatedSet?
                let isMatch = quietly(child, elements[index], &ignored)
                guard !isStopped else { return false }
                guard isMatch else { continue }
                count += 1
                if marks { evaluated?.insert(index) }
                // Enough, unless there can be too many, or someone wants to know which.
                if count >= atLeast, count > atMost || atMost == .max && (!marks || evaluated == nil) { break }
            }
            if count < atLeast {
                let name: SchemaKeyword = atLeast == 1 ? .contains : .minContains
                return fail(
                    name,
                    in: node,
                    "must have at least \(SchemaQuotation.count(atLeast, "element")) of the kind asked for"
                )
            }
            return count <= atMost
                || fail(
                    .maxContains,
                    in: node,
                    "must have at most \(SchemaQuotation.count(atMost, "element")) of the kind asked for"
                )
        case .unevaluatedItems(let child):
            var isValid = true
            for index in elements.indices where evaluated?.contains(index) != true {
                if checkElement(child, elements[index], at: index, keyword, in: node) {
                    evaluated?.insert(index)
                } else {
                    isValid = false
                    if isSettled { return false }
                }
            }
            return isValid
        default: return true
        }
    }

    private mutating func checkItems(
        _ elements: [JSON],
        _ first: Range<Int>,
        _ rest: Int,
        in node: Int,
        _ evaluated: inout EvaluatedSet?
    ) -> Bool {
        var isValid = true
        let end = rest < 0 ? min(first.count, elements.count) : elements.count
        for index in 0..<end {
            let child = index < first.count ? program.lists[first.lowerBound + index] : rest
            evaluated?.insert(index)
            if !checkElement(child, elements[index], at: index, .items, in: node) {
                isValid = false
                if isSettled { return false }
            }
        }
        return isValid
    }

    private mutating func checkElement(
        _ child: Int,
        _ element: JSON,
        at index: Int,
        _ keyword: SchemaKeyword,
        in node: Int
    ) -> Bool {
        if program.nodes[child].isFalse {
            return fail(at: .index(index), keyword, in: node, "the element is not allowed")
        }
        return descend(.index(index), child, element)
    }

    private mutating func checkUnique(_ elements: [JSON], _ keyword: SchemaKeyword, in node: Int) -> Bool {
        guard elements.count > 1 else { return true }
        for element in elements {
            guard spend(element.comparisonWeight, keyword, in: node) else { return false }
        }
        var seen = Set<JSON>(minimumCapacity: elements.count)
        for index in elements.indices where !seen.insert(elements[index]).inserted {
            return fail(at: .index(index), keyword, in: node, "must not be equal to an element before it")
        }
        return true
    }
}
