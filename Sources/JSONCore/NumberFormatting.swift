/// Doubles as ECMAScript writes them (ECMA-262, Number::toString), which RFC 8785 §3.2.2.3 asks for.
///
/// Swift's own `description` already finds the shortest digits that read back as the same double; only their
/// layout differs: Swift writes `1e+16` and `1.0` where ECMAScript writes `10000000000000000` and `1`.
enum NumberFormatting {
    /// The text of a finite double.
    static func text(_ value: Double) -> String {
        var bytes: [UInt8] = []
        append(value, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Appends the text of a finite double.
    static func append(_ value: Double, to output: inout [UInt8]) {
        // Also -0, which ECMAScript writes without its sign.
        guard value != 0 else { return output.append(UInt8(ascii: "0")) }
        if value < 0 { output.append(UInt8(ascii: "-")) }
        let (digits, point) = decimal(value.magnitude)
        let count = digits.count
        // The four layouts of Number::toString, steps 6 to 12: k is `count`, n is `point`.
        switch point {
        case count...21 where count <= 21:
            output += digits
            output += repeatElement(UInt8(ascii: "0"), count: point - count)
        case 1...21:
            output += digits[..<point]
            output.append(UInt8(ascii: "."))
            output += digits[point...]
        case -5...0:
            output += [UInt8(ascii: "0"), UInt8(ascii: ".")]
            output += repeatElement(UInt8(ascii: "0"), count: -point)
            output += digits
        default:
            output.append(digits[0])
            if count > 1 {
                output.append(UInt8(ascii: "."))
                output += digits[1...]
            }
            output += [UInt8(ascii: "e"), UInt8(ascii: point > 0 ? "+" : "-")]
            output += String((point - 1).magnitude).utf8
        }
    }

    /// The shortest digits of a positive double, and where the decimal point stands among them:
    /// the value is 0.d₁d₂d₃… × 10^point.
    private static func decimal(_ value: Double) -> (digits: [UInt8], point: Int) {
        var digits: [UInt8] = []
        digits.reserveCapacity(20)
        var point: Int?
        var exponent = 0
        var isExponent = false
        var isNegativeExponent = false
        for byte in value.description.utf8 {
            switch byte {
            case UInt8(ascii: "."): point = digits.count
            case UInt8(ascii: "e"): isExponent = true
            case UInt8(ascii: "-"): isNegativeExponent = true
            case UInt8(ascii: "+"): break
            case _ where isExponent: exponent = exponent * 10 + Int(byte) - 48
            default: digits.append(byte)
            }
        }
        let zeros = digits.prefix { $0 == UInt8(ascii: "0") }.count
        let place = (point ?? digits.count) - zeros + (isNegativeExponent ? -exponent : exponent)
        digits.removeFirst(zeros)
        while digits.count > 1, digits.last == UInt8(ascii: "0") { digits.removeLast() }
        return (digits, place)
    }
}
