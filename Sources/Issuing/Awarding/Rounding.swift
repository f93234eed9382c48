/// How a score is rounded before it is held against a mark: not at all, unless a policy says so.
///
/// Nothing is ever rounded in fact: the mark is moved instead, so that 79.5 % reaches 80 % exactly where the rule says
/// that it does.
public struct Rounding: Sendable, Hashable {
    /// The rules.
    public enum Mode: String, Sendable, Hashable, CaseIterable {
        /// No rounding.
        case none
        /// To the nearest, a half upwards.
        case halfUp = "half_up"
        /// To the nearest, a half to the even neighbour.
        case halfEven = "half_even"
        /// Downwards: what is behind the last place is cut off.
        case down
        /// Upwards.
        case up
    }

    /// The rule.
    public var mode: Mode
    /// How many decimal places are kept; 0 for whole percents.
    public var places: Int

    /// No rounding.
    public static let none = Rounding(mode: .none, places: 0)

    /// Whether a value, rounded, is at least some mark.
    ///
    /// - Parameter compare: -1, 0 or 1 as the value is below, exactly, or above a number.
    func reaches(_ mark: ExactDecimal, _ compare: (ExactDecimal) -> Int) -> Bool {
        // Rounded values lie on a grid; the lowest of it that is no lower than the mark has to be reached.
        let point = mark.raised(toPlaces: places)
        switch mode {
        case .none: return compare(mark) >= 0
        case .down: return compare(point) >= 0
        case .up: return compare(point.lessOne(atPlace: places)) > 0
        case .halfUp: return compare(point.lessHalf(atPlace: places)) >= 0
        case .halfEven:
            let order = compare(point.lessHalf(atPlace: places))
            return order > 0 || (order == 0 && point.isEven(atPlace: places))
        }
    }

    /// Whether a value, rounded, is at most some mark.
    func stays(below mark: ExactDecimal, _ compare: (ExactDecimal) -> Int) -> Bool {
        guard mode != .none else { return compare(mark) <= 0 }
        let floor = mark.lowered(toPlaces: places)
        return !reaches(floor.moreOne(atPlace: places), compare)
    }
}
