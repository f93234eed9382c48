/// A number that a schema compares with: exact, as badges write decimals and doubles would round them.
struct SchemaNumber: Sendable {
    let literal: String
    private let decimal: NormalDecimal
    /// Most numbers are small integers, which need no decimals.
    private let int: Int?

    init(_ number: JSONNumber) {
        literal = number.literal
        decimal = NormalDecimal(saturating: number)
        int = Int(number.literal)
    }

    /// Whether the number is above zero.
    var isPositive: Bool { !decimal.isNegative && !decimal.digits.isEmpty }

    /// Whether an instance's number is less than this, equal, or greater: -1, 0, 1.
    func order(of number: JSONNumber) -> Int {
        if let int, let other = Int(number.literal) { return other < int ? -1 : other == int ? 0 : 1 }
        return NormalDecimal(saturating: number).order(to: decimal)
    }

    /// Whether an instance's number is an integer times this; adds to `work` what it takes.
    func divides(_ number: JSONNumber, work: inout Int) -> Bool {
        if let int, int > 0, let other = Int(number.literal) { return other % int == 0 }
        return NormalDecimal(saturating: number).isMultiple(of: decimal, work: &work)
    }

    /// Whether a number has no fraction, however it is written.
    static func isInteger(_ number: JSONNumber) -> Bool {
        if Int(number.literal) != nil { return true }
        let decimal = NormalDecimal(saturating: number)
        return decimal.digits.isEmpty || decimal.exponent >= 0
    }
}

extension NormalDecimal {
    /// A number whose exponent no machine word holds is read as 10 to the power of 10^17 or of -10^17: with so long
    /// an exponent it is beyond every other number, in the same direction.
    init(saturating number: JSONNumber) {
        if let decimal = number.literal.withUTF8Bytes({ NormalDecimal($0) }) {
            self = decimal
        } else {
            let bytes = number.literal.utf8
            let isSmall =
                bytes.contains(UInt8(ascii: "e")) || bytes.contains(UInt8(ascii: "E"))
                ? bytes.lastIndex(of: UInt8(ascii: "-")).map { $0 != bytes.startIndex } ?? false : false
            self.init(
                isNegative: bytes.first == UInt8(ascii: "-"),
                digits: [UInt8(ascii: "1")],
                exponent: isSmall ? -100_000_000_000_000_000 : 100_000_000_000_000_000
            )
        }
    }

    /// Whether this is less than the other, equal, or greater: -1, 0, 1.
    func order(to other: NormalDecimal) -> Int {
        let (sign, otherSign) = (signum, other.signum)
        guard sign == otherSign else { return sign < otherSign ? -1 : 1 }
        guard sign != 0 else { return 0 }
        // Where the first digit stands; the digits have no zero before them.
        let (place, otherPlace) = (digits.count + exponent, other.digits.count + other.exponent)
        guard place == otherPlace else { return place < otherPlace ? -sign : sign }
        for (digit, otherDigit) in zip(digits, other.digits) where digit != otherDigit {
            return digit < otherDigit ? -sign : sign
        }
        // No zeros behind them either: more digits are more.
        guard digits.count != other.digits.count else { return 0 }
        return digits.count < other.digits.count ? -sign : sign
    }

    private var signum: Int { digits.isEmpty ? 0 : isNegative ? -1 : 1 }

    /// Whether this is an integer times a positive number, exactly; adds to `work` what it takes.
    func isMultiple(of divisor: NormalDecimal, work: inout Int) -> Bool {
        guard !digits.isEmpty else { return true }
        // This is d · 10^e, the divisor c · 10^f: so whether c divides d · 10^(e-f). With e < f it does not, as then
        // ten would have to divide d, which has no zeros at its end.
        let shift = exponent - divisor.exponent
        guard shift >= 0 else { return false }
        // Of the powers of ten only the twos and fives that are in c count, and c < 10^n has no more than 4n of them.
        let zeros = min(shift, 4 * divisor.digits.count)
        var remainder = LongRemainder(divisor: divisor.digits)
        for digit in digits { remainder.append(digit &- UInt8(ascii: "0")) }
        for _ in 0..<zeros { remainder.append(0) }
        work += (digits.count + zeros) * (1 + divisor.digits.count / 16) / 8
        return remainder.isZero
    }
}

/// Long division, of which only the remainder is kept.
private struct LongRemainder {
    // Least significant first, nine digits each, so that ten times one and a carry fit.
    private let divisor: [UInt64]
    private var value: [UInt64]
    private static let base: UInt64 = 1_000_000_000

    init(divisor digits: [UInt8]) {
        var limbs: [UInt64] = []
        for end in stride(from: digits.count, to: 0, by: -9) {
            limbs.append(digits[max(end - 9, 0)..<end].reduce(0) { $0 * 10 + UInt64($1 - UInt8(ascii: "0")) })
        }
        // One more, for ten times the remainder.
        divisor = limbs + [0]
        value = Array(repeating: 0, count: limbs.count + 1)
    }

    var isZero: Bool { value.allSatisfy { $0 == 0 } }

    /// The next digit of the dividend.
    mutating func append(_ digit: UInt8) {
        var carry = UInt64(digit)
        for index in value.indices {
            let product = value[index] * 10 + carry
            value[index] = product % Self.base
            carry = product / Self.base
        }
        // Nine times at most, as the remainder was less than the divisor.
        while isAtLeastDivisor { subtractDivisor() }
    }

    private var isAtLeastDivisor: Bool {
        for index in value.indices.reversed() where value[index] != divisor[index] {
            return value[index] > divisor[index]
        }
        return true
    }

    private mutating func subtractDivisor() {
        var borrow: UInt64 = 0
        for index in value.indices {
            let subtrahend = divisor[index] + borrow
            borrow = value[index] < subtrahend ? 1 : 0
            value[index] = value[index] + borrow * Self.base - subtrahend
        }
    }
}
