extension [UInt8] {
    /// Appends a number that is not negative in decimal.
    @inline(__always)
    mutating func append(decimal number: Int) {
        if number < 10 {
            append(UInt8(truncatingIfNeeded: 48 &+ number))
        } else if number < 100 {
            append(UInt8(truncatingIfNeeded: 48 &+ number / 10))
            append(UInt8(truncatingIfNeeded: 48 &+ number % 10))
        } else {
            append(contentsOf: String(number).utf8)
        }
    }

    /// Appends the value of a literal with the escapes of canonical N-Quads (RDFC-1.0, appendix A).
    mutating func append(escaping value: UnsafeRawBufferPointer) {
        let count = value.count
        var start = 0
        var index = 0
        while index < count {
            // Eight bytes at a time while none of them is special.
            if index &+ 8 <= count, !ByteWord(value, at: index).mayNeedEscape {
                index &+= 8
                continue
            }
            let byte = value[index]
            if byte >= 0x20, byte != 0x22, byte != 0x5C, byte != 0x7F, byte != 0xEF {
                index &+= 1
                continue
            }
            // U+FFFE and U+FFFF, which XML 1.1 does not have: EF BF BE and EF BF BF.
            var length = 1
            var scalar = UInt16(byte)
            if byte == 0xEF {
                guard index + 2 < count, value[index + 1] == 0xBF, value[index + 2] >= 0xBE else {
                    index &+= 1
                    continue
                }
                length = 3
                scalar = 0xFF00 | UInt16(value[index + 2]) | 0x40
            }
            append(contentsOf: value.part(start, index))
            append(escape: scalar)
            index &+= length
            start = index
        }
        append(contentsOf: start == 0 ? value : value.part(start, count))
    }

    private mutating func append(escape scalar: UInt16) {
        append(UInt8(ascii: "\\"))
        switch scalar {
        case 0x08: append(UInt8(ascii: "b"))
        case 0x09: append(UInt8(ascii: "t"))
        case 0x0A: append(UInt8(ascii: "n"))
        case 0x0C: append(UInt8(ascii: "f"))
        case 0x0D: append(UInt8(ascii: "r"))
        case 0x22: append(UInt8(ascii: "\""))
        case 0x5C: append(UInt8(ascii: "\\"))
        default:
            append(UInt8(ascii: "u"))
            for shift in [12, 8, 4, 0] as [UInt16] {
                let digit = UInt8(truncatingIfNeeded: scalar >> shift & 15)
                append(digit < 10 ? 48 + digit : 55 + digit)
            }
        }
    }
}
