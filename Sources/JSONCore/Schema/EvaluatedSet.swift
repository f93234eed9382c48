/// Which members of an object, or elements of an array, some schema has looked at: what `unevaluatedProperties` and
/// `unevaluatedItems` leave alone.
///
/// Positions below 64 take no memory of their own.
struct EvaluatedSet {
    private var first: UInt64 = 0
    private var others: [UInt64] = []

    /// Whether the member or element of that position was looked at.
    func contains(_ position: Int) -> Bool {
        if position < 64 { return first >> UInt64(position) & 1 == 1 }
        let word = position / 64 - 1
        return word < others.count && others[word] >> UInt64(position % 64) & 1 == 1
    }

    /// Notes one.
    mutating func insert(_ position: Int) {
        if position < 64 {
            first |= 1 << UInt64(position)
            return
        }
        let word = position / 64 - 1
        while others.count <= word { others.append(0) }
        others[word] |= 1 << UInt64(position % 64)
    }

    /// Notes what another has noted.
    mutating func formUnion(_ other: EvaluatedSet) {
        first |= other.first
        for index in other.others.indices {
            if index < others.count {
                others[index] |= other.others[index]
            } else {
                others.append(other.others[index])
            }
        }
    }
}
