import Glibc

extension UnsafeRawBufferPointer {
    /// Whether both hold the same bytes.
    @inline(__always)
    func isSame(as other: UnsafeRawBufferPointer) -> Bool {
        guard count == other.count else { return false }
        guard count > 0, let left = baseAddress, let right = other.baseAddress else { return true }
        return memcmp(left, right, count) == 0
    }

    /// Negative, zero or positive, as this comes before, is, or comes after the other in byte order (which for UTF-8
    /// is code point order).
    @inline(__always)
    func compare(_ other: UnsafeRawBufferPointer) -> Int {
        let shorter = Swift.min(count, other.count)
        if shorter > 0, let left = baseAddress, let right = other.baseAddress {
            let order = memcmp(left, right, shorter)
            if order != 0 { return Int(order) }
        }
        return count - other.count
    }

    /// Where a byte stands first from an offset on.
    @inline(__always)
    func firstIndex(ofByte byte: UInt8, from offset: Int) -> Int? {
        guard offset < count, let base = baseAddress,
            let found = memchr(base + offset, Int32(byte), count - offset)
        else { return nil }
        return UnsafeRawPointer(found) - base
    }

    /// A part of the bytes.
    @inline(__always)
    func part(_ start: Int, _ end: Int) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: self[start..<end])
    }
}
