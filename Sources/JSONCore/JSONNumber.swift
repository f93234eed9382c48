/// A JSON number, kept exactly as it was written.
///
/// JSON puts no bounds on numbers, and a signature covers their spelling: `1.0` must not come back as `1`.
/// So the literal is the value, and conversions are asked for.
///
/// *For example:* `JSONNumber(literal: "1e2")` has the literal `1e2`, the `int` 100 and the `double` 100.0.
public struct JSONNumber: Sendable {
    /// The number as written, by the grammar of RFC 8259 §6.
    public let literal: String

    /// An integer.
    public init(_ value: Int) {
        literal = String(value)
    }

    /// A finite double in ECMAScript's form: `1`, `0.5`, `1e+21`.
    ///
    /// - Precondition: `value` is finite, as JSON has no other numbers; see ``init(finite:)``.
    public init(_ value: Double) {
        precondition(value.isFinite, "JSON has no infinite numbers and no NaN")
        literal = NumberFormatting.text(value)
    }

    /// A double in ECMAScript's form; `nil` where it is infinite or not a number.
    public init?(finite value: Double) {
        guard value.isFinite else { return nil }
        literal = NumberFormatting.text(value)
    }

    /// A literal, if it is one by the grammar of RFC 8259: no `+1`, `01`, `.5`, `1.`, `NaN`.
    public init?(literal: String) {
        let isNumber = literal.withUTF8Bytes { bytes in
            guard let base = bytes.baseAddress else { return false }
            let scan = NumberGrammar.scan(base, from: 0, to: bytes.count)
            return scan.isNumber && scan.end == bytes.count
        }
        guard isNumber else { return nil }
        self.literal = literal
    }

    /// A literal that the parser has checked.
    init(unchecked literal: String) {
        self.literal = literal
    }

    /// The number as an integer, where it is one exactly and fits: `1`, `1.0`, `1e2`, `-0`; not `0.5`, not `1e30`.
    public var int: Int? {
        if let value = Int(literal) { return value }
        return literal.withUTF8Bytes { NormalDecimal($0)?.int }
    }

    /// The nearest double; infinite where the number is too large for one.
    public var double: Double {
        Double(literal) ?? .nan
    }
}

extension JSONNumber: ExpressibleByIntegerLiteral {
    /// An integer literal.
    public init(integerLiteral value: Int) {
        self.init(value)
    }
}

extension JSONNumber: Hashable {
    /// Whether both are the same number, however written: `1`, `1.0` and `10e-1` are.
    ///
    /// Compare ``literal`` where the spelling counts.
    public static func == (left: JSONNumber, right: JSONNumber) -> Bool {
        if left.literal == right.literal { return true }
        return left.literal.withUTF8Bytes { leftBytes in
            right.literal.withUTF8Bytes { rightBytes in
                guard let left = NormalDecimal(leftBytes), let right = NormalDecimal(rightBytes) else { return false }
                return left == right
            }
        }
    }

    /// Hashes the number, not its spelling.
    public func hash(into hasher: inout Hasher) {
        let decimal = literal.withUTF8Bytes { NormalDecimal($0) }
        if let decimal { hasher.combine(decimal) } else { hasher.combine(literal) }
    }
}
