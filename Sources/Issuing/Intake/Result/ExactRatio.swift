/// A score out of a maximum, compared with a mark by multiplication alone: never divided, so never rounded.
///
/// *For example:* 32 of 40 reaches 80 %; 31.984 of 40 (79.96 %) does not.
public struct ExactRatio: Sendable, Hashable {
    /// The score; not negative.
    public let part: ExactDecimal
    /// The maximum; above zero.
    public let whole: ExactDecimal

    /// `nil` where the part is negative, or the whole is not above zero.
    public init?(_ part: ExactDecimal, of whole: ExactDecimal) {
        guard !part.isNegative, !whole.isNegative, !whole.isZero else { return nil }
        self.part = part
        self.whole = whole
    }

    /// Whether this is at least so many percent: part × 100 ≥ percent × whole.
    public func reaches(percent: ExactDecimal) -> Bool {
        compared(toPercent: percent) >= 0
    }

    /// -1, 0 or 1: this is below, exactly, or above so many percent.
    func compared(toPercent percent: ExactDecimal) -> Int {
        guard !percent.isNegative else { return 1 }
        return ScaledProduct(part, 100).compared(to: ScaledProduct(percent, whole))
    }

    /// Whether a percentage that was written elsewhere can be this one, rounded or cut off to the places it shows.
    ///
    /// 66.67, 66.66 and 67 can be 2/3; 66.6 and 66.7 also, 66.68 and 68 cannot.
    func isShown(as percent: ExactDecimal) -> Bool {
        guard !percent.isNegative else { return false }
        let below = percent.oneUnitLess
        return compared(toPercent: percent.oneUnitMore) < 0 && (below.map { compared(toPercent: $0) > 0 } ?? true)
    }

    /// The percentage for people, without its sign: exact where it ends within 12 places, else rounded **down**.
    ///
    /// Down, to 2 places unless told otherwise, so that it never shows a mark that was not reached: 79.996 of 100.01 is
    /// `79.98`, never `80`. `nil` above 1,000 %.
    public func percentText(places: Int = 2) -> String? {
        let scale = max(part.scale, whole.scale)
        // Both on one scale: at most 60 digits each, and the remainder below stays below ten times the whole.
        guard let dividend = WideNumber(part.coefficient).timesTenToThe(scale - part.scale),
            var remainder = dividend.timesTenToThe(2),
            let divisor = WideNumber(whole.coefficient).timesTenToThe(scale - whole.scale)
        else { return nil }
        var percent = 0
        while remainder >= divisor {
            remainder = remainder.subtracting(divisor)
            percent += 1
            guard percent <= 1000 else { return nil }
        }
        var decimals: [UInt8] = []
        while !remainder.isZero, decimals.count < 12 {
            guard let next = remainder.timesTenToThe(1) else { return nil }
            remainder = next
            var digit: UInt8 = 0
            while remainder >= divisor {
                remainder = remainder.subtracting(divisor)
                digit += 1
            }
            decimals.append(UInt8(ascii: "0") + digit)
        }
        if !remainder.isZero { decimals = Array(decimals.prefix(max(0, places))) }
        while decimals.last == UInt8(ascii: "0") { decimals.removeLast() }
        return String(percent) + (decimals.isEmpty ? "" : "." + String(decoding: decimals, as: UTF8.self))
    }
}

extension ExactDecimal {
    /// One unit of the last place more; only of a number that is not negative.
    fileprivate var oneUnitMore: ExactDecimal {
        ExactDecimal(isNegative: false, coefficient: coefficient + 1, scale: scale)
    }

    /// One unit of the last place less; `nil` below zero.
    fileprivate var oneUnitLess: ExactDecimal? {
        coefficient == 0 ? nil : ExactDecimal(isNegative: false, coefficient: coefficient - 1, scale: scale)
    }
}
