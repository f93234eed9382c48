/// A decimal number as text, compared exactly: 79.99999999999999999999 is less than 80.
///
/// Digits, at most one point with digits behind it, a minus sign; nothing else is a number in a result.
struct DecimalText: Comparable {
    private let isNegative: Bool
    /// Without zeros in front.
    private let whole: [UInt8]
    /// Without zeros at the end.
    private let fraction: [UInt8]

    init?(_ text: String) {
        var bytes = Array(text.utf8)[...]
        let minus = bytes.first == UInt8(ascii: "-")
        if minus { bytes.removeFirst() }
        let parts = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count <= 2,
            parts.allSatisfy({ part in
                !part.isEmpty && part.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
            })
        else { return nil }
        whole = Array(parts[0].drop { $0 == UInt8(ascii: "0") })
        var digits = parts.count == 2 ? Array(parts[1]) : []
        while digits.last == UInt8(ascii: "0") { digits.removeLast() }
        fraction = digits
        isNegative = minus && !(whole.isEmpty && fraction.isEmpty)
    }

    static func < (left: DecimalText, right: DecimalText) -> Bool {
        if left.isNegative != right.isNegative { return left.isNegative }
        let (small, large) = left.isNegative ? (right, left) : (left, right)
        if small.whole.count != large.whole.count { return small.whole.count < large.whole.count }
        if small.whole != large.whole { return small.whole.lexicographicallyPrecedes(large.whole) }
        return small.fraction.lexicographicallyPrecedes(large.fraction)
    }
}
