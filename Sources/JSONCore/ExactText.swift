extension String {
    /// Whether both strings are the same sequence of code points.
    ///
    /// Swift's `==` takes `é` and `e` with a combining accent for equal. JSON does not: they are two names,
    /// and a signature tells them apart.
    @inline(__always)
    func hasSameBytes(as other: String) -> Bool {
        let count = utf8.count
        guard count == other.utf8.count else { return false }
        let compared: Bool?? = utf8.withContiguousStorageIfAvailable { left in
            other.utf8.withContiguousStorageIfAvailable { right in
                left.hasSameBytes(as: right)
            }
        }
        return (compared ?? nil) ?? utf8.elementsEqual(other.utf8)
    }

    /// Hashes what `hasSameBytes` compares.
    ///
    /// Swift's own hash is the same for all spellings of a character. There are thousands of strings that are one to
    /// Swift and many to JSON, and a hostile document could fill a set with them, at quadratic cost.
    func hashBytes(into hasher: inout Hasher) {
        withUTF8Bytes { bytes in
            hasher.combine(bytes.count)
            hasher.combine(bytes: UnsafeRawBufferPointer(bytes))
        }
    }

    /// Runs a closure over the string's UTF-8 bytes.
    @inline(__always)
    func withUTF8Bytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        if let result = utf8.withContiguousStorageIfAvailable(body) { return result }
        var copy = self
        return copy.withUTF8(body)
    }
}

extension UnsafeBufferPointer<UInt8> {
    /// Whether both hold the same bytes.
    @inline(__always)
    func hasSameBytes(as other: UnsafeBufferPointer<UInt8>) -> Bool {
        guard count == other.count else { return false }
        var index = 0
        while index < count {
            if self[index] != other[index] { return false }
            index &+= 1
        }
        return true
    }
}
