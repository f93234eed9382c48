/// A fast keyed hash of bytes, for tables that live in memory only.
///
/// Terms are hashed some hundred times a document, so Swift's SipHash would cost more than the rest of a look-up. The
/// keys are drawn once a process, so that nobody can prepare names or IRIs that collide.
enum ByteHash {
    private static let key0 = UInt64.random(in: .min ... .max) | 1
    private static let key1 = UInt64.random(in: .min ... .max) | 1

    /// The keys, read once by each table.
    static var keys: (UInt64, UInt64) { (key0, key1) }

    /// The hash of some bytes under two keys.
    @inline(__always)
    static func hash(_ bytes: UnsafeRawBufferPointer, _ keys: (UInt64, UInt64)) -> UInt32 {
        var state = keys.0 ^ UInt64(truncatingIfNeeded: bytes.count)
        let count = bytes.count
        guard let base = bytes.baseAddress, count > 0 else { return fold(state, keys.1) }
        if count >= 8 {
            var offset = 0
            while offset &+ 8 < count {
                state = mix(state ^ base.loadUnaligned(fromByteOffset: offset, as: UInt64.self), keys.1)
                offset &+= 8
            }
            // The last eight bytes, which may overlap what was read.
            state = mix(state ^ base.loadUnaligned(fromByteOffset: count &- 8, as: UInt64.self), keys.1)
        } else if count >= 4 {
            let low = UInt64(base.loadUnaligned(as: UInt32.self))
            let high = UInt64(base.loadUnaligned(fromByteOffset: count &- 4, as: UInt32.self))
            state = mix(state ^ (low | high << 32), keys.1)
        } else {
            let first = UInt64(base.load(as: UInt8.self))
            let middle = UInt64(base.load(fromByteOffset: count >> 1, as: UInt8.self))
            let last = UInt64(base.load(fromByteOffset: count &- 1, as: UInt8.self))
            state = mix(state ^ (first | middle << 8 | last << 16), keys.1)
        }
        return fold(state, keys.0)
    }

    @inline(__always)
    private static func mix(_ value: UInt64, _ key: UInt64) -> UInt64 {
        let product = (value ^ key).multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
        return product.low ^ product.high ^ key
    }

    @inline(__always)
    private static func fold(_ value: UInt64, _ key: UInt64) -> UInt32 {
        let mixed = mix(value, key)
        return UInt32(truncatingIfNeeded: mixed ^ (mixed >> 32))
    }
}

extension String {
    /// Runs a closure over the string's UTF-8 bytes.
    @inline(__always)
    func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        if let result = utf8.withContiguousStorageIfAvailable({ body(UnsafeRawBufferPointer($0)) }) { return result }
        var copy = self
        return copy.withUTF8 { body(UnsafeRawBufferPointer($0)) }
    }

    /// Whether both are the same code points; Swift's `==` takes canonically equivalent texts for equal.
    @inline(__always)
    func isExactly(_ other: String) -> Bool {
        ExactText(self) == ExactText(other)
    }
}

/// A text as a dictionary key, compared code point by code point as RDF and JSON do.
struct ExactText: Hashable, Sendable {
    let text: String

    init(_ text: String) {
        self.text = text
    }

    static func == (left: ExactText, right: ExactText) -> Bool {
        left.text.withBytes { left in
            right.text.withBytes { right in left.isSame(as: right) }
        }
    }

    func hash(into hasher: inout Hasher) {
        text.withBytes { hasher.combine(bytes: $0) }
    }
}
