/// A product of two coefficients with its decimal places: how exact numbers are compared without a big-number library.
struct ScaledProduct {
    private let value: WideNumber
    private let scale: Int

    init(_ number: ExactDecimal, _ factor: UInt128 = 1) {
        value = WideNumber(number.coefficient, times: factor)
        scale = number.scale
    }

    init(_ left: ExactDecimal, _ right: ExactDecimal) {
        value = WideNumber(left.coefficient, times: right.coefficient)
        scale = left.scale + right.scale
    }

    /// -1, 0 or 1 as this is less than, equal to, or greater than the other, both taken as not negative.
    func compared(to other: ScaledProduct) -> Int {
        if scale == other.scale { return value.compared(to: other.value) }
        if value.isZero || other.value.isZero { return value.compared(to: other.value) }
        // The position of the first digit decides, unless it is the same; then both have room for one scale.
        let place = value.digitCount - scale
        let otherPlace = other.value.digitCount - other.scale
        if place != otherPlace { return place < otherPlace ? -1 : 1 }
        if scale < other.scale {
            // Aligned, it has as many digits as the other, which fits: nil cannot come, and would say greater.
            return value.timesTenToThe(other.scale - scale)?.compared(to: other.value) ?? 1
        }
        return other.value.timesTenToThe(scale - other.scale).map { value.compared(to: $0) } ?? -1
    }
}

/// An unsigned number of 256 bits (77 digits) with the little arithmetic that comparing needs.
struct WideNumber: Comparable {
    private var high: UInt128
    private var low: UInt128

    init(_ value: UInt128) {
        (high, low) = (0, value)
    }

    init(_ left: UInt128, times right: UInt128) {
        let product = left.multipliedFullWidth(by: right)
        (high, low) = (product.high, product.low)
    }

    private init(high: UInt128, low: UInt128) {
        (self.high, self.low) = (high, low)
    }

    var isZero: Bool { high == 0 && low == 0 }

    static func < (left: WideNumber, right: WideNumber) -> Bool {
        (left.high, left.low) < (right.high, right.low)
    }

    func compared(to other: WideNumber) -> Int {
        self == other ? 0 : (self < other ? -1 : 1)
    }

    /// This less a number that is not greater.
    func subtracting(_ other: WideNumber) -> WideNumber {
        let (difference, borrow) = low.subtractingReportingOverflow(other.low)
        return WideNumber(high: high &- other.high &- (borrow ? 1 : 0), low: difference)
    }

    /// `nil` where it does not fit.
    func timesTenToThe(_ power: Int) -> WideNumber? {
        var result = self
        for _ in 0..<max(0, power) {
            let product = result.low.multipliedFullWidth(by: 10)
            let (upper, overflow) = result.high.multipliedReportingOverflow(by: 10)
            let (sum, carry) = upper.addingReportingOverflow(product.high)
            guard !overflow, !carry else { return nil }
            result = WideNumber(high: sum, low: product.low)
        }
        return result
    }

    /// How many decimal digits it has; 0 for zero.
    var digitCount: Int {
        var (count, power) = (0, WideNumber(1))
        while power <= self {
            count += 1
            guard let next = power.timesTenToThe(1) else { break }
            power = next
        }
        return count
    }
}
