/// Which of several alternatives the author of an instance meant, when none matches: what is wrong with that one is
/// what helps.
struct SchemaAlternatives {
    /// How many violations of one alternative are kept. 8: a person reads no more, and alternatives nest.
    static let violationsKept = 8

    private var best: [JSONSchemaViolation] = []
    private var bestRank = 0
    /// How many steps the path to the instance has.
    private let depth: Int

    init(depth: Int) {
        self.depth = depth
    }

    /// The violations of the alternative that comes closest; empty where none comes close.
    var violations: [JSONSchemaViolation] { best }

    /// Takes in the violations of one alternative.
    mutating func consider(_ violations: [JSONSchemaViolation]) {
        let rank = rank(violations)
        guard rank > bestRank || rank == bestRank && rank > 0 && violations.count < best.count else { return }
        (best, bestRank) = (violations, rank)
    }

    /// 0: another kind of value is wanted. 1: a member says that another alternative is meant. 2: the kind is right.
    private func rank(_ violations: [JSONSchemaViolation]) -> Int {
        guard !violations.isEmpty else { return 0 }
        var rank = 2
        for violation in violations {
            let distance = violation.path.tokens.count - depth
            guard ["type", "const", "enum", ""].contains(violation.keyword), distance <= 1 else { continue }
            rank = min(rank, distance)
        }
        return rank
    }
}
