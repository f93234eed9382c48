/// A path that is being built, next to the least one so far (RDFC-1.0 §4.8, `path` and `chosen path`).
struct CandidatePath {
    /// The path so far.
    var bytes: [UInt8] = []
    /// The least path so far; empty where there is none.
    private(set) var chosen: [UInt8] = []
    private var hasChosen = false
    private var compared = 0
    /// Whether the path is known to be less than the chosen one, whatever follows.
    private var isKnownLess = false

    /// Forgets all paths.
    mutating func reset() {
        chosen.removeAll(keepingCapacity: true)
        hasChosen = false
    }

    /// Starts another path.
    mutating func start() {
        bytes.removeAll(keepingCapacity: true)
        compared = 0
        isKnownLess = !hasChosen
    }

    /// Whether the path is greater than the chosen one already, whatever follows.
    var isBeaten: Bool {
        mutating get {
            if isKnownLess { return false }
            while compared < bytes.count {
                // Longer, and the same so far.
                guard compared < chosen.count else { return true }
                let byte = bytes[compared]
                let other = chosen[compared]
                if byte != other {
                    isKnownLess = byte < other
                    return !isKnownLess
                }
                compared += 1
            }
            return false
        }
    }

    /// Whether the whole path is less than the chosen one; to be asked after ``isBeaten`` was false.
    var isLess: Bool {
        isKnownLess || bytes.count < chosen.count
    }

    /// Makes this the least path so far.
    mutating func choose() {
        swap(&bytes, &chosen)
        hasChosen = true
    }
}

extension [Int32] {
    /// Makes this the next permutation in lexicographic order; `false` at the last one.
    ///
    /// With a number of places, all permutations that begin with the same elements in those are passed over.
    mutating func advance(keeping places: Int?) -> Bool {
        if let places, places < count {
            // The last permutation with this beginning: the rest in descending order.
            self[places...].sort(by: >)
        }
        var pivot = count - 2
        while pivot >= 0, self[pivot] >= self[pivot + 1] { pivot -= 1 }
        guard pivot >= 0 else { return false }
        var successor = count - 1
        while self[successor] <= self[pivot] { successor -= 1 }
        swapAt(pivot, successor)
        self[(pivot + 1)...].reverse()
        return true
    }
}
