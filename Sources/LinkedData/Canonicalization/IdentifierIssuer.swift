/// A blank node identifier issuer (RDFC-1.0 §4.5): gives out `c14n0`, `c14n1` … or `b0`, `b1` ….
///
/// Identifiers differ only in their number, so the issuer keeps numbers. Hash N-Degree Quads copies issuers all the
/// time and throws most copies away; here it notes how many were issued, issues more, and takes them back instead.
struct IdentifierIssuer {
    /// The number issued to each blank node; negative where there is none.
    private(set) var numbers: [Int32]
    /// The blank nodes in the order in which they were issued to.
    private(set) var order: [Int32] = []

    /// An issuer for blank nodes 0 to `count - 1`.
    init(count: Int) {
        numbers = Array(repeating: -1, count: count)
    }

    /// How many identifiers were issued: what ``rollBack(to:)`` goes back to.
    @inline(__always)
    var mark: Int { order.count }

    /// The number issued to a node; negative where there is none.
    @inline(__always)
    func number(_ node: Int32) -> Int32 {
        numbers[Int(node)]
    }

    /// Issues the next identifier to a node, unless it has one (§4.6).
    @inline(__always)
    mutating func issue(_ node: Int32) {
        guard numbers[Int(node)] < 0 else { return }
        numbers[Int(node)] = Int32(truncatingIfNeeded: order.count)
        order.append(node)
    }

    /// Takes back what was issued since a mark.
    @inline(__always)
    mutating func rollBack(to mark: Int) {
        while order.count > mark { numbers[Int(order.removeLast())] = -1 }
    }
}
