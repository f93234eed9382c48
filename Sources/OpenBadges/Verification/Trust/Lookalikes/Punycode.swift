/// Punycode: letters of any script in the letters, digits and hyphens of a domain label. Source: RFC 3492.
///
/// *For example:* `Punycode.decode("mnchen-3ya")` is the scalars of `münchen`. The prefix `xn--` is the caller's.
package enum Punycode {
    /// The parameters of RFC 3492 §5.
    private enum Parameter {
        static let base = 36
        static let tMin = 1
        static let tMax = 26
        static let skew = 38
        static let damp = 700
        static let initialBias = 72
        static let initialN = 0x80
    }

    /// A label has 63 bytes, and no more scalars than bytes (RFC 1035 §2.3.4).
    private static let maximumLength = 63

    /// The scalars that a text stands for (RFC 3492 §6.2); `nil` where it stands for none, or is longer than a label.
    package static func decode(_ text: some StringProtocol) -> [Unicode.Scalar]? {
        let input = Array(text.utf8)
        guard input.count <= maximumLength, input.allSatisfy({ $0 < 0x80 }) else { return nil }
        var output: [Unicode.Scalar] = []
        var next = 0
        if let delimiter = input.lastIndex(of: UInt8(ascii: "-")) {
            output = input[..<delimiter].map { Unicode.Scalar($0) }
            next = delimiter + 1
        }
        var (n, i, bias) = (Parameter.initialN, 0, Parameter.initialBias)
        while next < input.count {
            let oldI = i
            var weight = 1
            var k = Parameter.base
            while true {
                guard next < input.count, let digit = value(of: input[next]) else { return nil }
                next += 1
                let (product, productOverflows) = digit.multipliedReportingOverflow(by: weight)
                let (sum, sumOverflows) = i.addingReportingOverflow(product)
                guard !productOverflows, !sumOverflows else { return nil }
                i = sum
                let threshold = min(max(k - bias, Parameter.tMin), Parameter.tMax)
                if digit < threshold { break }
                let (heavier, overflows) = weight.multipliedReportingOverflow(by: Parameter.base - threshold)
                guard !overflows else { return nil }
                weight = heavier
                k += Parameter.base
            }
            let count = output.count + 1
            bias = adapt(i - oldI, count, isFirst: oldI == 0)
            let (code, overflows) = n.addingReportingOverflow(i / count)
            // Surrogates and what lies past U+10FFFF are no scalars; ASCII would be a second spelling.
            guard !overflows, let scalar = UInt32(exactly: code).flatMap(Unicode.Scalar.init) else { return nil }
            n = code
            i %= count
            output.insert(scalar, at: i)
            i += 1
        }
        return output
    }

    /// RFC 3492 §6.1.
    private static func adapt(_ delta: Int, _ count: Int, isFirst: Bool) -> Int {
        var delta = isFirst ? delta / Parameter.damp : delta / 2
        delta += delta / count
        var k = 0
        while delta > ((Parameter.base - Parameter.tMin) * Parameter.tMax) / 2 {
            delta /= Parameter.base - Parameter.tMin
            k += Parameter.base
        }
        return k + (Parameter.base - Parameter.tMin + 1) * delta / (delta + Parameter.skew)
    }

    private static func value(of digit: UInt8) -> Int? {
        switch digit {
        case UInt8(ascii: "a")...UInt8(ascii: "z"): Int(digit - UInt8(ascii: "a"))
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): Int(digit - UInt8(ascii: "A"))
        case UInt8(ascii: "0")...UInt8(ascii: "9"): Int(digit - UInt8(ascii: "0")) + 26
        default: nil
        }
    }
}
