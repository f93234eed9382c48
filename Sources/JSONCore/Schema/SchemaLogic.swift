// allOf, anyOf, oneOf, not, if.
extension SchemaEvaluation {
    /// Checks the keywords that combine schemas.
    mutating func checkLogic(
        _ instruction: SchemaProgram.Instruction,
        in node: Int,
        _ instance: JSON,
        _ evaluated: inout EvaluatedSet?
    ) -> Bool {
        switch instruction.operation {
        case .allOf(let range):
            var isValid = true
            for branch in range where !evaluate(program.lists[branch], instance, &evaluated) {
                isValid = false
                if isSettled { break }
            }
            return isValid
        case .anyOf(let range), .oneOf(let range):
            return checkAlternatives(range, instruction.keyword, in: node, instance, &evaluated)
        case .not(let branch):
            // What was looked at below a `not` that holds does not match, and so does not count.
            var ignored: EvaluatedSet?
            let isMatch = quietly(branch, instance, &ignored)
            guard !isStopped else { return false }
            return !isMatch || fail(instruction.keyword, in: node, "must not be what the schema excludes")
        case .conditional(let condition, let then, let otherwise):
            var branch: EvaluatedSet? = evaluated.map { _ in EvaluatedSet() }
            let isMatch = quietly(condition, instance, &branch)
            guard !isStopped else { return false }
            if isMatch, let branch { evaluated?.formUnion(branch) }
            let next = isMatch ? then : otherwise
            return next < 0 || evaluate(next, instance, &evaluated)
        default: return true
        }
    }

    private mutating func checkAlternatives(
        _ range: Range<Int>,
        _ keyword: SchemaKeyword,
        in node: Int,
        _ instance: JSON,
        _ evaluated: inout EvaluatedSet?
    ) -> Bool {
        var matches = 0
        var alternatives = SchemaAlternatives(depth: pathLength)
        for position in range {
            var branch: EvaluatedSet? = evaluated.map { _ in EvaluatedSet() }
            let (isMatch, violations) = tentatively(program.lists[position], instance, &branch)
            guard !isStopped else { return false }
            guard isMatch else {
                alternatives.consider(violations)
                continue
            }
            matches += 1
            if let branch { evaluated?.formUnion(branch) }
            // One more match of oneOf settles it; the first of anyOf too, unless what the others look at counts.
            if keyword == .oneOf ? matches > 1 : evaluated == nil { break }
        }
        if matches == 1 || keyword == .anyOf && matches > 0 { return true }
        if matches > 1 {
            return fail(
                keyword,
                in: node,
                "must match only one of \(SchemaQuotation.count(range.count, "alternative"))"
            )
        }
        let howMany = keyword == .oneOf ? "exactly" : "at least"
        let alternativeCount = SchemaQuotation.count(range.count, "alternative")
        _ = fail(keyword, in: node, "must match \(howMany) one of \(alternativeCount)")
        collect(alternatives.violations)
        return false
    }
}
