extension JSONParser {
    /// Reads the string that starts at the quotation mark at `position`.
    mutating func parseString() throws(ParseFailure) -> ParsedString {
        let start = position &+ 1
        let stop = ByteScan.firstSpecial(base, from: start, to: end)
        guard stop < end else { throw failureInOpenString(from: start, to: end) }
        // Most strings are plain ASCII to their end.
        if base[stop] == UInt8(ascii: "\"") {
            position = stop &+ 1
            return string(UnsafeBufferPointer(start: base + start, count: stop &- start))
        }
        return try parseUnusualString(from: start, stop: stop)
    }

    /// Reads on in a string whose byte at `stop` is an escape, no ASCII, or an error.
    private mutating func parseUnusualString(from start: Int, stop: Int) throws(ParseFailure) -> ParsedString {
        var index = stop
        // Where what is not yet in `unescaped` begins.
        var pending = start
        var isASCII = true
        unescaped.removeAll(keepingCapacity: true)
        while index < end {
            let byte = base[index]
            if byte == UInt8(ascii: "\"") {
                position = index &+ 1
                let rest = UnsafeBufferPointer(start: base + pending, count: index &- pending)
                guard pending != start else {
                    if isASCII { return string(rest) }
                    return try validated(rest, offset: start)
                }
                if !isASCII { try validate(from: start, to: index) }
                unescaped.append(contentsOf: rest)
                return unescaped.withUnsafeBufferPointer { string($0) }
            } else if byte == UInt8(ascii: "\\") {
                unescaped.append(contentsOf: UnsafeBufferPointer(start: base + pending, count: index &- pending))
                index = try parseEscape(at: index)
                pending = index
            } else if byte >= 0x80 {
                isASCII = false
                index &+= 1
            } else if byte < 0x20 {
                throw failureBefore(.controlCharacter, at: index, from: start)
            } else {
                index = ByteScan.firstSpecial(base, from: index &+ 1, to: end)
            }
        }
        throw failureInOpenString(from: start, to: end)
    }

    /// Reads the escape at `index`, and returns where it ends.
    private mutating func parseEscape(at index: Int) throws(ParseFailure) -> Int {
        guard index &+ 1 < end else { throw ParseFailure(.unexpectedEnd, at: end) }
        switch base[index &+ 1] {
        case UInt8(ascii: "\""): unescaped.append(UInt8(ascii: "\""))
        case UInt8(ascii: "\\"): unescaped.append(UInt8(ascii: "\\"))
        case UInt8(ascii: "/"): unescaped.append(UInt8(ascii: "/"))
        case UInt8(ascii: "b"): unescaped.append(0x08)
        case UInt8(ascii: "f"): unescaped.append(0x0C)
        case UInt8(ascii: "n"): unescaped.append(0x0A)
        case UInt8(ascii: "r"): unescaped.append(0x0D)
        case UInt8(ascii: "t"): unescaped.append(0x09)
        case UInt8(ascii: "u"): return try parseUnicodeEscape(at: index)
        default: throw ParseFailure(.badEscape, at: index)
        }
        return index &+ 2
    }

    private mutating func parseUnicodeEscape(at index: Int) throws(ParseFailure) -> Int {
        let unit = try hexadecimal(at: index &+ 2, escape: index)
        switch unit {
        case 0xD800...0xDBFF:
            let low = index &+ 6
            guard low &+ 1 < end, base[low] == UInt8(ascii: "\\"), base[low &+ 1] == UInt8(ascii: "u") else {
                throw ParseFailure(.loneSurrogate, at: index)
            }
            let second = try hexadecimal(at: low &+ 2, escape: low)
            guard 0xDC00...0xDFFF ~= second else { throw ParseFailure(.loneSurrogate, at: index) }
            append(scalar: 0x10000 + (unit & 0x3FF) << 10 | (second & 0x3FF))
            return low &+ 6
        case 0xDC00...0xDFFF:
            throw ParseFailure(.loneSurrogate, at: index)
        default:
            append(scalar: unit)
            return index &+ 6
        }
    }

    private func hexadecimal(at index: Int, escape: Int) throws(ParseFailure) -> UInt32 {
        var value: UInt32 = 0
        for place in index..<(index &+ 4) {
            guard place < end else { throw ParseFailure(.unexpectedEnd, at: end) }
            let digit: UInt8
            switch base[place] {
            case let byte where byte &- UInt8(ascii: "0") < 10: digit = byte &- UInt8(ascii: "0")
            case let byte where (byte | 0x20) &- UInt8(ascii: "a") < 6: digit = (byte | 0x20) &- UInt8(ascii: "a") &+ 10
            default: throw ParseFailure(.badEscape, at: escape)
            }
            value = value << 4 | UInt32(digit)
        }
        return value
    }

    private mutating func append(scalar: UInt32) {
        guard let scalar = Unicode.Scalar(scalar) else { return }
        unescaped.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
    }

    // MARK: UTF-8

    private func validated(_ bytes: UnsafeBufferPointer<UInt8>, offset: Int) throws(ParseFailure) -> ParsedString {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw ParseFailure(.invalidUTF8, at: offset &+ (ByteScan.firstInvalidUTF8(bytes) ?? 0))
        }
        return ParsedString(text: text, fingerprint: fingerprint(bytes))
    }

    private func validate(from start: Int, to index: Int) throws(ParseFailure) {
        let bytes = UnsafeBufferPointer(start: base + start, count: index &- start)
        if let invalid = ByteScan.firstInvalidUTF8(bytes) { throw ParseFailure(.invalidUTF8, at: start &+ invalid) }
    }

    /// The failure of a string without an end, or the one in it that comes first.
    private func failureInOpenString(from start: Int, to index: Int) -> ParseFailure {
        failureBefore(.unexpectedEnd, at: index, from: start)
    }

    private func failureBefore(_ reason: ParseFailure.Reason, at index: Int, from start: Int) -> ParseFailure {
        let bytes = UnsafeBufferPointer(start: base + start, count: index &- start)
        guard let invalid = ByteScan.firstInvalidUTF8(bytes) else { return ParseFailure(reason, at: index) }
        return ParseFailure(.invalidUTF8, at: start &+ invalid)
    }

    // MARK: Making strings

    /// A string of bytes known to be UTF-8.
    @inline(__always)
    private func string(_ bytes: UnsafeBufferPointer<UInt8>) -> ParsedString {
        ParsedString(text: String(decoding: bytes, as: UTF8.self), fingerprint: fingerprint(bytes))
    }

    @inline(__always)
    private func fingerprint(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt8 {
        let count = bytes.count
        guard count > 0 else { return 0 }
        return (bytes[0] &* 5) &+ (bytes[count &- 1] &* 3) &+ bytes[count >> 1] &+ UInt8(truncatingIfNeeded: count)
    }
}
