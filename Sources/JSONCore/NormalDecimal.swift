/// A number in its one normal form: a sign, digits without zeros at either end, and a power of ten.
struct NormalDecimal: Hashable {
    let isNegative: Bool
    let digits: [UInt8]
    let exponent: Int

    /// Reads a valid literal; `nil` where the exponent is beyond 10^17, which no spelling can shorten.
    init?(_ literal: UnsafeBufferPointer<UInt8>) {
        var digits: [UInt8] = []
        var fraction = 0
        var isFraction = false
        var index = literal.first == UInt8(ascii: "-") ? 1 : 0
        scan: while index < literal.count {
            switch literal[index] {
            case UInt8(ascii: "."):
                isFraction = true
            case UInt8(ascii: "e"), UInt8(ascii: "E"):
                break scan
            case let digit:
                if isFraction { fraction += 1 }
                if !digits.isEmpty || digit != UInt8(ascii: "0") { digits.append(digit) }
            }
            index += 1
        }
        guard !digits.isEmpty else {
            self.init()
            return
        }
        guard let power = Self.exponent(literal[min(index + 1, literal.count)...]) else { return nil }
        var zeros = 0
        while digits.last == UInt8(ascii: "0") {
            digits.removeLast()
            zeros += 1
        }
        let isNegative = literal.first == UInt8(ascii: "-")
        self.init(isNegative: isNegative, digits: digits, exponent: power - fraction + zeros)
    }

    /// Zero, which has no sign here: -0 and 0 are one number.
    private init() {
        self.init(isNegative: false, digits: [], exponent: 0)
    }

    /// A number of its parts, in normal form: no zeros at either end of the digits, and none at all for zero.
    init(isNegative: Bool, digits: [UInt8], exponent: Int) {
        self.isNegative = isNegative
        self.digits = digits
        self.exponent = exponent
    }

    /// The integer this is, if it is one that fits.
    var int: Int? {
        guard exponent >= 0 || digits.isEmpty else { return nil }
        // Nineteen digits are the most an Int can have: longer ones overflow below without a long loop.
        guard digits.count + exponent <= 19 else { return nil }
        var value = 0
        for place in 0..<(digits.count + exponent) {
            let digit = place < digits.count ? Int(digits[place]) - 48 : 0
            let (product, overflow) = value.multipliedReportingOverflow(by: 10)
            // Downwards for negative numbers, as Int.min has no positive twin.
            let (sum, carry) = product.addingReportingOverflow(isNegative ? -digit : digit)
            guard !overflow, !carry else { return nil }
            value = sum
        }
        return value
    }

    private static func exponent(_ digits: Slice<UnsafeBufferPointer<UInt8>>) -> Int? {
        var value = 0
        for byte in digits where byte != UInt8(ascii: "+") && byte != UInt8(ascii: "-") {
            guard value < 10_000_000_000_000_000 else { return nil }
            value = value * 10 + Int(byte) - 48
        }
        return digits.first == UInt8(ascii: "-") ? -value : value
    }
}
