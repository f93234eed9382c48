/// The grammar of numbers, RFC 8259 §6: `-? int frac? exp?`.
enum NumberGrammar {
    /// How far a number reaches, or where it stops being one.
    struct Scan {
        /// The first byte that does not belong to the number.
        let end: Int
        /// Whether what stands before `end` is a whole number literal.
        let isNumber: Bool
    }

    /// Reads the longest number that starts at `start`.
    @inline(__always)
    static func scan(_ bytes: UnsafePointer<UInt8>, from start: Int, to limit: Int) -> Scan {
        var index = start
        if index < limit, bytes[index] == UInt8(ascii: "-") { index &+= 1 }
        let integer = index
        skipDigits(bytes, &index, limit)
        guard index > integer else { return Scan(end: index, isNumber: false) }
        if bytes[integer] == UInt8(ascii: "0"), index &- integer > 1 {
            return Scan(end: integer &+ 1, isNumber: false)
        }
        if index < limit, bytes[index] == UInt8(ascii: ".") {
            index &+= 1
            let fraction = index
            skipDigits(bytes, &index, limit)
            guard index > fraction else { return Scan(end: index, isNumber: false) }
        }
        if index < limit, bytes[index] | 0x20 == UInt8(ascii: "e") {
            index &+= 1
            if index < limit, bytes[index] == UInt8(ascii: "+") || bytes[index] == UInt8(ascii: "-") { index &+= 1 }
            let exponent = index
            skipDigits(bytes, &index, limit)
            guard index > exponent else { return Scan(end: index, isNumber: false) }
        }
        return Scan(end: index, isNumber: true)
    }

    @inline(__always)
    private static func skipDigits(_ bytes: UnsafePointer<UInt8>, _ index: inout Int, _ limit: Int) {
        while index < limit, bytes[index] &- UInt8(ascii: "0") < 10 { index &+= 1 }
    }
}
