extension JSON {
    /// This value in its one canonical form, RFC 8785 (JCS), in UTF-8.
    ///
    /// Members are sorted by the UTF-16 code units of their names, and numbers are written as ECMAScript writes doubles.
    /// So integers beyond 2^53 lose digits, as JCS has it: carry such numbers in strings.
    ///
    /// - Throws: `NUMBER_RANGE` for a number that is too large for a double, with its path.
    public func canonicalized() throws(JSONError) -> [UInt8] {
        var canonicalizer = Canonicalizer()
        do throws(Canonicalizer.OutOfRange) {
            try canonicalizer.write(self)
        } catch {
            throw JSONError(
                code: .numberRange,
                detail: "the number is too large for an IEEE 754 double",
                path: canonicalizer.trail.pointer
            )
        }
        return Array(canonicalizer.sink.bytes)
    }
}

/// RFC 8785 §3.2.
private struct Canonicalizer: ~Copyable {
    var sink = ByteSink()
    /// Where the failure lies.
    private(set) var trail = PathTrail()
    private var digits: [UInt8] = []

    struct OutOfRange: Error {}

    mutating func write(_ value: JSON) throws(OutOfRange) {
        switch value {
        case .array(let elements):
            sink.append(UInt8(ascii: "["))
            for index in elements.indices {
                if index > 0 { sink.append(UInt8(ascii: ",")) }
                do throws(OutOfRange) {
                    try write(elements[index])
                } catch {
                    trail.leave(index)
                    throw error
                }
            }
            sink.append(UInt8(ascii: "]"))
        case .object(let object):
            try write(object)
        case .number(let number):
            try write(number)
        case .null, .bool, .string:
            // §3.2.2.1 and §3.2.2.2 are how we write these anyway.
            JSONSerializer.write(value, .compact, to: &sink)
        }
    }

    /// §3.2.3
    private mutating func write(_ object: JSONObject) throws(OutOfRange) {
        let members = object.stored
        // Positions are sorted, as moving members would count references.
        let order = members.indices.sorted { Self.precedes(members[$0].key, members[$1].key) }
        sink.append(UInt8(ascii: "{"))
        for (place, position) in order.enumerated() {
            if place > 0 { sink.append(UInt8(ascii: ",")) }
            JSONSerializer.write(members[position].key, to: &sink)
            sink.append(UInt8(ascii: ":"))
            do throws(OutOfRange) {
                try write(members[position].value)
            } catch {
                trail.leave(members[position].key)
                throw error
            }
        }
        sink.append(UInt8(ascii: "}"))
    }

    /// §3.2.2.3
    private mutating func write(_ number: JSONNumber) throws(OutOfRange) {
        let double = number.double
        guard double.isFinite else { throw OutOfRange() }
        digits.removeAll(keepingCapacity: true)
        NumberFormatting.append(double, to: &digits)
        digits.withUnsafeBufferPointer { sink.append($0) }
    }

    /// Whether a name comes before another by UTF-16 code units.
    private static func precedes(_ left: String, _ right: String) -> Bool {
        left.withUTF8Bytes { left in
            right.withUTF8Bytes { right in
                for index in 0..<min(left.count, right.count) where left[index] != right[index] {
                    let (a, b) = (left[index], right[index])
                    // The order of UTF-8 bytes is that of UTF-16, but for one thing: characters beyond U+FFFF (lead
                    // bytes from F0) are surrogates in UTF-16, and come before U+E000 to U+FFFF (leads EE and EF).
                    if a >= 0xEE, b >= 0xEE, (a >= 0xF0) != (b >= 0xF0) { return a >= 0xF0 }
                    return a < b
                }
                return left.count < right.count
            }
        }
    }
}
