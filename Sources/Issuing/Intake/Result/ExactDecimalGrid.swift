/// Numbers on a grid of decimal places: what rounding is counted on. Marks only, so none is negative.
extension ExactDecimal {
    private static func power(_ exponent: Int) -> UInt128 {
        (0..<max(0, exponent)).reduce(UInt128(1)) { power, _ in power * 10 }
    }

    /// How many units of a place it has, and whether anything is left over.
    private func units(atPlace places: Int) -> (whole: UInt128, hasRest: Bool) {
        guard scale > places else { return (coefficient * Self.power(places - scale), false) }
        let (whole, rest) = coefficient.quotientAndRemainder(dividingBy: Self.power(scale - places))
        return (whole, rest != 0)
    }

    private static func number(ofUnits units: UInt128, place: Int) -> ExactDecimal {
        ExactDecimal(isNegative: false, coefficient: units, scale: place)
    }

    /// The lowest number of so many places that is no lower than this.
    func raised(toPlaces places: Int) -> ExactDecimal {
        let (whole, hasRest) = units(atPlace: places)
        return Self.number(ofUnits: hasRest ? whole + 1 : whole, place: places)
    }

    /// The greatest number of so many places that is no greater than this.
    func lowered(toPlaces places: Int) -> ExactDecimal {
        Self.number(ofUnits: units(atPlace: places).whole, place: places)
    }

    /// One unit of a place more.
    func moreOne(atPlace places: Int) -> ExactDecimal {
        Self.number(ofUnits: units(atPlace: places).whole + 1, place: places)
    }

    /// One unit of a place less; below zero where it is zero.
    func lessOne(atPlace places: Int) -> ExactDecimal {
        let whole = units(atPlace: places).whole
        guard whole > 0 else { return ExactDecimal(isNegative: true, coefficient: 1, scale: places) }
        return Self.number(ofUnits: whole - 1, place: places)
    }

    /// Half a unit of a place less; below zero where it is zero.
    func lessHalf(atPlace places: Int) -> ExactDecimal {
        let tens = units(atPlace: places).whole * 10
        guard tens > 0 else { return ExactDecimal(isNegative: true, coefficient: 5, scale: places + 1) }
        return Self.number(ofUnits: tens - 5, place: places + 1)
    }

    /// Whether the number of its units of a place is even.
    func isEven(atPlace places: Int) -> Bool { units(atPlace: places).whole % 2 == 0 }

    /// The difference; `nil` where it is below zero, or has too many digits.
    func minus(_ other: ExactDecimal) -> ExactDecimal? {
        guard !isNegative, !other.isNegative, other <= self else { return nil }
        let places = max(scale, other.scale)
        // Aligned, neither may have more digits than a coefficient holds.
        let digits = String(coefficient).utf8.count + places - scale
        guard digits <= Self.maximumDigits else { return nil }
        return Self.number(ofUnits: units(atPlace: places).whole - other.units(atPlace: places).whole, place: places)
    }
}
