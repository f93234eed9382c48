/// How much work the canonicalization of one dataset may take (RDFC-1.0 §7.1, dataset poisoning).
///
/// The algorithm tries all permutations of blank nodes that look alike, and whoever writes a dataset can make that
/// take longer than the universe lasts. So each call of Hash N-Degree Quads and each permutation begun counts, over the
/// whole dataset, and counts once more for each eight quads or nodes that it looks at; a step takes less than a microsecond. What can be canonicalized at all seldom needs more than a few
/// calls a blank node.
public struct WorkBudget: Sendable, Hashable {
    /// Steps that any dataset may take: 600,000, a few tenths of a second. The hardest of the W3C tests that must pass
    /// takes 3,000, and the one that must not more than 50 million; a ring of 300 takes 270,000, a clique of 7 blank
    /// nodes 430,000, one of 8 already ten times that.
    public var steps: Int

    /// Steps that a dataset may take beside those, for each blank node. 32: so that a large dataset of
    /// simple nodes that look alike passes, and time stays proportional to its size.
    public var stepsPerBlankNode: Int

    /// How deep calls of Hash N-Degree Quads may be within one another: 500, the length of a chain of blank nodes that
    /// all look alike. Each takes up to 1.5 kB of stack, so that three quarters of a MiB are enough.
    public var depth: Int

    /// What is spent unless told otherwise.
    public static let standard = WorkBudget()

    /// A budget that differs from the standard in what is given.
    public init(steps: Int = 600_000, stepsPerBlankNode: Int = 32, depth: Int = 500) {
        self.steps = steps
        self.stepsPerBlankNode = stepsPerBlankNode
        self.depth = depth
    }

    /// The steps that a dataset of so many blank nodes may take.
    func steps(forBlankNodes count: Int) -> Int {
        let (more, overflow) = stepsPerBlankNode.multipliedReportingOverflow(by: count)
        let (sum, carry) = steps.addingReportingOverflow(more)
        return overflow || carry ? .max : sum
    }
}
