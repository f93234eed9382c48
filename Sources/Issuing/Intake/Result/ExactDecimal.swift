/// A decimal number without rounding: what scores and pass marks are counted in.
///
/// 79.96 is not 80, and 0.1 + 0.2 is not a matter for exams: binary floating point never touches a mark. A number
/// is a whole coefficient of at most 30 digits and a count of decimal places of at most 30, in lowest terms, so
/// that `80`, `80.0` and `8e1` are equal.
///
/// *For example:* `ExactDecimal("79.96")! < ExactDecimal(80)` holds.
public struct ExactDecimal: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// Why a text is no such number.
    public enum Failure: String, Error, Sendable, Hashable {
        /// Not a decimal number: empty, `NaN`, `Infinity`, a decimal comma, a unit behind it.
        case malformed
        /// More digits than are kept exactly.
        case tooPrecise
    }

    /// Digits that a coefficient, and places that a fraction may have. 30: twice what a double or a spreadsheet holds
    /// (15 to 17), and products of two coefficients still fit into 256 bits.
    public static let maximumDigits = 30

    let isNegative: Bool
    let coefficient: UInt128
    let scale: Int

    /// A whole number.
    public init(_ value: Int) {
        self.init(isNegative: value < 0, coefficient: UInt128(value.magnitude), scale: 0)
    }

    /// Brings a number into lowest terms: no zero at the end of a fraction, no negative zero.
    init(isNegative: Bool, coefficient: UInt128, scale: Int) {
        var (coefficient, scale) = (coefficient, scale)
        while scale > 0, coefficient.isMultiple(of: 10) {
            coefficient /= 10
            scale -= 1
        }
        self.isNegative = isNegative && coefficient != 0
        self.coefficient = coefficient
        self.scale = scale
    }

    /// Reads a decimal number; `nil` if it is none. See ``init(parsing:)`` for the reason.
    public init?(_ text: some StringProtocol) {
        guard let parsed = try? ExactDecimal(parsing: text) else { return nil }
        self = parsed
    }

    /// Reads a decimal number: an optional sign, digits with at most one point (`.5` and `5.` too), and an optional
    /// exponent.
    ///
    /// Nothing else: no spaces, no grouping, no comma, no `%`; what these mean is for a mapping to say. Zeros at either
    /// end count for nothing.
    public init(parsing text: some StringProtocol) throws(Failure) {
        var text = String(text)
        let result: Result<ExactDecimal, Failure> = text.withUTF8 { bytes in
            do throws(Failure) {
                return .success(try ExactDecimal(bytes))
            } catch {
                return .failure(error)
            }
        }
        self = try result.get()
    }

    private init(_ text: UnsafeBufferPointer<UInt8>) throws(Failure) {
        var isNegative = false
        var coefficient: UInt128 = 0
        var (digitCount, significant, scale, pendingZeros) = (0, 0, 0, 0)
        var (hasPoint, isTooPrecise) = (false, false)
        var index = 0
        if let sign = text.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
            isNegative = sign == UInt8(ascii: "-")
            index = 1
        }
        scan: while index < text.count {
            let byte = text[index]
            switch byte {
            case UInt8(ascii: "."):
                guard !hasPoint else { throw .malformed }
                hasPoint = true
            case UInt8(ascii: "0"):
                digitCount += 1
                if significant > 0 { pendingZeros += 1 }
                if hasPoint { scale += 1 }
            case UInt8(ascii: "1")...UInt8(ascii: "9"):
                digitCount += 1
                if hasPoint { scale += 1 }
                significant += pendingZeros + 1
                if significant > Self.maximumDigits {
                    isTooPrecise = true
                } else {
                    for _ in 0...pendingZeros { coefficient *= 10 }
                    coefficient += UInt128(byte - UInt8(ascii: "0"))
                }
                pendingZeros = 0
            case UInt8(ascii: "e"), UInt8(ascii: "E"):
                break scan
            default:
                throw .malformed
            }
            index += 1
        }
        guard digitCount > 0 else { throw .malformed }
        let exponent = index == text.count ? 0 : try Self.exponent(Array(text[(index + 1)...]))
        guard !isTooPrecise else { throw .tooPrecise }
        // Zeros after the last other digit are a power of ten, whether a point stands among them or not.
        var places = scale - pendingZeros - exponent
        guard coefficient != 0 else {
            self.init(0)
            return
        }
        guard places <= Self.maximumDigits, significant - min(places, 0) <= Self.maximumDigits else {
            throw .tooPrecise
        }
        while places < 0 {
            coefficient *= 10
            places += 1
        }
        self.init(isNegative: isNegative, coefficient: coefficient, scale: places)
    }

    private static func exponent(_ text: [UInt8]) throws(Failure) -> Int {
        let hasSign = text.first == UInt8(ascii: "-") || text.first == UInt8(ascii: "+")
        let digits = text.dropFirst(hasSign ? 1 : 0)
        guard !digits.isEmpty, digits.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }) else {
            throw .malformed
        }
        let counting = digits.drop { $0 == UInt8(ascii: "0") }
        // Four digits are far beyond the budget already; more must not overflow.
        guard counting.count <= 4 else { throw .tooPrecise }
        let value = counting.reduce(0) { $0 * 10 + Int($1) - 48 }
        return text.first == UInt8(ascii: "-") ? -value : value
    }

    /// The number in plain decimals: `79.96`, `-3`, `0.5`.
    public var description: String {
        var digits = String(coefficient)
        if scale > 0 {
            let missing = scale + 1 - digits.utf8.count
            if missing > 0 { digits = String(repeating: "0", count: missing) + digits }
            digits.insert(".", at: digits.index(digits.endIndex, offsetBy: -scale))
        }
        return (isNegative ? "-" : "") + digits
    }

    /// Whether this is below zero.
    public var isBelowZero: Bool { isNegative }
    /// Whether this is zero.
    public var isZero: Bool { coefficient == 0 }
    /// The whole number, where this is one and fits.
    public var int: Int? {
        guard scale == 0, let magnitude = Int(exactly: coefficient) else { return nil }
        return isNegative ? -magnitude : magnitude
    }

    /// A hundred times this number: a fraction as a percentage; `nil` where that has too many digits.
    public var timesHundred: ExactDecimal? {
        let product = coefficient.multipliedReportingOverflow(by: scale >= 2 ? 1 : (scale == 1 ? 10 : 100))
        guard !product.overflow, product.partialValue < Self.bound else { return nil }
        return ExactDecimal(isNegative: isNegative, coefficient: product.partialValue, scale: max(scale - 2, 0))
    }

    private static let bound: UInt128 = 1_000_000_000_000_000_000_000_000_000_000

    /// Compares exactly.
    public static func < (left: ExactDecimal, right: ExactDecimal) -> Bool {
        guard left.isNegative == right.isNegative else { return left.isNegative }
        let order = ScaledProduct(left).compared(to: ScaledProduct(right))
        return left.isNegative ? order > 0 : order < 0
    }
}
