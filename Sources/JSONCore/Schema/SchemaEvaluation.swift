/// One instance being held against a schema.
///
/// It recurses as the schema applies its parts, no deeper than the limit, and counts its work. Where it must stop
/// before it knows, it stops everything: below a `not`, a part that was not checked would count for one that does not
/// match.
struct SchemaEvaluation {
    let program: SchemaProgram
    private let limits: JSONSchema.Limits

    /// What is left of ``JSONSchema/Limits/work``.
    var work = 0
    private var depth = 0
    /// The schema resources that evaluation has come through, for `$dynamicRef`.
    private var scope: [Int] = []
    /// Whether evaluation has given up.
    private(set) var isStopped = false
    /// Why there is no answer.
    private var obstacle: JSONSchemaViolation?

    /// Whether violations are wanted, or only whether there are any.
    private(set) var isCollecting = false
    /// How many violations are enough here.
    private var enough = 0
    private var found: [JSONSchemaViolation] = []
    private var path: [Step] = []
    /// How far back the same violation is sought: enough for schemas that are applied twice, and cheap.
    private static let twinsSought = 8

    /// One step inwards in the instance.
    enum Step {
        case key(String)
        case index(Int)
    }

    init(_ program: SchemaProgram, limits: JSONSchema.Limits) {
        self.program = program
        self.limits = limits
    }

    /// Whether an instance is known to be valid.
    mutating func isValid(_ instance: JSON) -> Bool {
        start()
        var evaluated: EvaluatedSet?
        return evaluate(program.root, instance, &evaluated)
    }

    /// The violations, or the one obstacle; empty where the instance is valid.
    mutating func violations(in instance: JSON, limit: Int) -> [JSONSchemaViolation] {
        // Most instances are valid, and finding that out takes no paths and no texts.
        if isValid(instance) { return [] }
        let isVerdict = !isStopped
        // Once more would be as much work again, and end the same.
        if let obstacle, obstacle.code == .workLimit { return [obstacle] }
        start()
        isCollecting = true
        enough = limit
        var evaluated: EvaluatedSet?
        _ = evaluate(program.root, instance, &evaluated)
        // What was found by then is wrong in any case.
        if !found.isEmpty { return found }
        if !isVerdict, let obstacle { return [obstacle] }
        // Writing down takes more work than finding out, and there was not enough for it.
        return [violation(.violation, .none, in: program.root, "does not match; where takes too much work to find out")]
    }

    private mutating func start() {
        work = max(limits.work, 0)
        isStopped = false
        obstacle = nil
    }

    /// Whether an instance is valid against a node. What it has looked at is noted if the caller wants to know.
    mutating func evaluate(_ index: Int, _ instance: JSON, _ evaluated: inout EvaluatedSet?) -> Bool {
        guard !isStopped else { return false }
        work -= 1
        guard depth < min(limits.depth, JSONSchema.Limits.maximumDepth) else {
            stop(.depthLimit, in: index, "schemas apply one another deeper than \(limits.depth)")
            return false
        }
        depth += 1
        defer { depth -= 1 }
        let node = program.nodes[index]
        let entersScope = !program.dynamicAnchors.isEmpty && scope.last != node.resource
        if entersScope { scope.append(node.resource) }
        defer { if entersScope { scope.removeLast() } }
        guard node.notesEvaluated else { return run(index, node, instance, &evaluated) }
        // Only what this schema and its parts have looked at counts, not what its neighbours have.
        var own: EvaluatedSet? = EvaluatedSet()
        let isValid = run(index, node, instance, &own)
        if isValid, let own { evaluated?.formUnion(own) }
        return isValid
    }

    private mutating func run(
        _ index: Int,
        _ node: SchemaProgram.Node,
        _ instance: JSON,
        _ evaluated: inout EvaluatedSet?
    ) -> Bool {
        var isValid = true
        for position in node.instructions {
            work -= 1
            guard work >= 0 else {
                stop(.workLimit, in: index, "checking takes more than \(limits.work) steps")
                return false
            }
            let instruction = program.instructions[position]
            // What an alternative that failed would have looked at is not known, and not a second violation.
            if !isValid, instruction.operation.isAboutUnevaluated { continue }
            if !apply(instruction, in: index, instance, &evaluated) {
                isValid = false
                if isSettled { return false }
            }
        }
        return isValid
    }

    /// Gives up: nothing that is found out from here on counts.
    mutating func stop(
        _ code: JSONSchemaViolation.Code,
        _ keyword: SchemaKeyword = .none,
        in node: Int,
        _ detail: String
    ) {
        guard !isStopped else { return }
        isStopped = true
        obstacle = violation(code, keyword, in: node, detail)
    }

    /// Takes work off the budget; `false` where it is used up.
    mutating func spend(_ amount: Int, _ keyword: SchemaKeyword, in node: Int) -> Bool {
        work -= amount
        guard work < 0 else { return true }
        stop(.workLimit, keyword, in: node, "checking takes more than \(limits.work) steps")
        return false
    }
}

// Violations.
extension SchemaEvaluation {
    /// Whether nothing is left to find out, once something does not hold.
    var isSettled: Bool { !isCollecting || isStopped || found.count >= enough }

    /// Notes that a keyword does not hold, and returns `false`.
    mutating func fail(_ keyword: SchemaKeyword, in node: Int, _ detail: @autoclosure () -> String) -> Bool {
        if !isSettled {
            // Writing it down takes more than finding it out.
            work -= 32 + path.count + program.locations[node].pointer.description.utf8.count / 64
            let violation = violation(.violation, keyword, in: node, detail())
            // A schema that is applied twice here finds the same twice.
            if !found.suffix(Self.twinsSought).contains(violation) { found.append(violation) }
        }
        return false
    }

    private func violation(
        _ code: JSONSchemaViolation.Code,
        _ keyword: SchemaKeyword,
        in node: Int,
        _ detail: String
    ) -> JSONSchemaViolation {
        var trail = PathTrail()
        for step in path.reversed() {
            switch step {
            case .key(let key): trail.leave(key)
            case .index(let index): trail.leave(index)
            }
        }
        return JSONSchemaViolation(
            code: code,
            path: trail.pointer,
            keyword: keyword.rawValue,
            location: program.location(of: keyword, in: node),
            detail: detail
        )
    }

    /// Applies a node to a member or an element.
    mutating func descend(_ step: @autoclosure () -> Step, _ node: Int, _ instance: JSON) -> Bool {
        var evaluated: EvaluatedSet?
        guard isCollecting else { return evaluate(node, instance, &evaluated) }
        path.append(step())
        defer { path.removeLast() }
        return evaluate(node, instance, &evaluated)
    }

    /// As ``fail(_:in:_:)``, for a member or an element.
    mutating func fail(
        at step: @autoclosure () -> Step,
        _ keyword: SchemaKeyword,
        in node: Int,
        _ detail: @autoclosure () -> String
    ) -> Bool {
        guard isCollecting else { return false }
        path.append(step())
        defer { path.removeLast() }
        return fail(keyword, in: node, detail())
    }

    /// Evaluates without collecting violations: where not matching is no violation.
    mutating func quietly(_ node: Int, _ instance: JSON, _ evaluated: inout EvaluatedSet?) -> Bool {
        let wasCollecting = isCollecting
        isCollecting = false
        defer { isCollecting = wasCollecting }
        return evaluate(node, instance, &evaluated)
    }

    /// Evaluates one of several alternatives, and takes back what it has collected, and returns that beside.
    mutating func tentatively(
        _ node: Int,
        _ instance: JSON,
        _ evaluated: inout EvaluatedSet?
    ) -> (isValid: Bool, violations: [JSONSchemaViolation]) {
        guard isCollecting else { return (evaluate(node, instance, &evaluated), []) }
        let (outer, outerEnough) = (found, enough)
        found = []
        enough = SchemaAlternatives.violationsKept
        defer { (found, enough) = (outer, outerEnough) }
        let isValid = evaluate(node, instance, &evaluated)
        return (isValid, isValid ? [] : found)
    }

    /// Collects what was found tentatively.
    mutating func collect(_ violations: [JSONSchemaViolation]) {
        for violation in violations where found.count < enough { found.append(violation) }
    }

    /// How many steps the path has here.
    var pathLength: Int { path.count }

    /// What a dynamic reference means: the outermost resource on the way here that has the anchor.
    mutating func target(of anchor: SchemaProgram.DynamicAnchor) -> Int {
        work -= scope.count / 4
        for resource in scope {
            if let target = anchor.targets[resource] { return target }
        }
        return anchor.initial
    }
}
