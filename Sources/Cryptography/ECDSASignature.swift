/// The two forms of an ECDSA signature: OpenSSL's DER and the raw `r ‖ s` of JOSE (RFC 7518 §3.4).
///
/// Ours are at most 104 bytes, so that DER lengths take one byte each; both ways work in the caller's memory.
enum ECDSASignature {
    /// The most bytes that the DER form takes for numbers of a length: two integers of one more byte, three headers.
    static func maximumDERLength(numberLength: Int) -> Int {
        2 * (numberLength + 3) + 2
    }

    /// Writes `r ‖ s` from DER as OpenSSL writes it; `false` if it is anything else.
    static func raw(fromDER der: UnsafeRawBufferPointer, into raw: UnsafeMutableRawBufferPointer) -> Bool {
        let length = raw.count / 2
        guard der.count >= 2, der[0] == 0x30, Int(der[1]) == der.count - 2 else { return false }
        var position = 2
        for part in 0..<2 {
            guard position + 2 <= der.count, der[position] == 0x02 else { return false }
            var count = Int(der[position + 1])
            position += 2
            guard count >= 1, count < 0x80, position + count <= der.count else { return false }
            if der[position] == 0, count > 1 {  // the sign byte of a number whose highest bit is set
                position += 1
                count -= 1
            }
            guard count <= length else { return false }
            for index in 0..<(length - count) { raw[part * length + index] = 0 }
            for index in 0..<count { raw[part * length + length - count + index] = der[position + index] }
            position += count
        }
        return position == der.count
    }

    /// Writes DER from `r ‖ s`, and gives its length; `nil` where `r` or `s` is zero, which no signature has.
    static func der(fromRaw raw: UnsafeRawBufferPointer, into der: UnsafeMutableRawBufferPointer) -> Int? {
        let length = raw.count / 2
        precondition(der.count >= maximumDERLength(numberLength: length) && length <= 48)
        var position = 2
        for part in 0..<2 {
            var start = part * length
            let end = start + length
            while start < end, raw[start] == 0 { start += 1 }
            guard start < end else { return nil }
            let needsSign = raw[start] >= 0x80
            der[position] = 0x02
            der[position + 1] = UInt8(truncatingIfNeeded: end - start + (needsSign ? 1 : 0))
            position += 2
            if needsSign {
                der[position] = 0
                position += 1
            }
            for index in start..<end {
                der[position] = raw[index]
                position += 1
            }
        }
        der[0] = 0x30
        der[1] = UInt8(truncatingIfNeeded: position - 2)
        return position
    }
}
