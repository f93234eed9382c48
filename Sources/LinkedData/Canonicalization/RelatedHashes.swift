import Cryptography

/// The hashes that Hash Related Blank Node (RDFC-1.0 §4.7) has computed, by what they were computed from.
///
/// The same few inputs come up over and over while permutations are tried. Distinct inputs have distinct hashes, so
/// that a hash is known by its number here.
struct RelatedHashes {
    /// What stands for the related node in the input.
    enum Identity {
        /// Its canonical identifier.
        case canonical(Int32)
        /// Its temporary identifier.
        case temporary(Int32)
        /// Its first-degree hash, by its number among the distinct ones.
        case hashed(Int32)

        fileprivate var key: UInt64 {
            switch self {
            case .canonical(let number): UInt64(UInt32(bitPattern: number)) << 2
            case .temporary(let number): UInt64(UInt32(bitPattern: number)) << 2 | 1
            case .hashed(let number): UInt64(UInt32(bitPattern: number)) << 2 | 2
            }
        }
    }

    /// The hashes in hexadecimal, one after another.
    private(set) var hex: [UInt8] = []
    /// The first eight bytes of each hash as a number, which sorts as they do.
    private(set) var prefixes: [UInt64] = []
    private var keys: [(UInt64, UInt32)] = []
    private var slots: [Int32]
    private let hexLength: Int
    private var digest: [UInt8]
    private var input: [UInt8] = []

    /// No hashes yet; of so many bytes each.
    init(length: Int) {
        hexLength = length * 2
        digest = Array(repeating: 0, count: length)
        slots = Array(repeating: 0, count: 64)
    }

    /// The number of the hash of an input, if it is known, and where it belongs otherwise.
    @inline(__always)
    func find(_ identity: Identity, position: UInt8, predicate: Int32) -> (
        number: Int32, slot: Int, key: (UInt64, UInt32)
    ) {
        let key = (identity.key << 8 | UInt64(position), UInt32(bitPattern: predicate))
        let mask = slots.count &- 1
        let product = (key.0 ^ 0xA076_1D64_78BD_642F).multipliedFullWidth(by: UInt64(key.1) ^ 0xE703_7ED1_A0B4_28DB)
        var slot = Int(truncatingIfNeeded: (product.low ^ product.high) >> 1) & mask
        while slots[slot] > 0 {
            let number = slots[slot] &- 1
            if keys[Int(number)] == key { return (number, slot, key) }
            slot = (slot &+ 1) & mask
        }
        return (-1, slot, key)
    }

    /// Computes and keeps a hash: of the position, the predicate unless the position is `g`, and the identity.
    mutating func insert(
        _ identity: Identity,
        key: (UInt64, UInt32),
        slot: Int,
        position: UInt8,
        predicate: UnsafeRawBufferPointer,
        firstDegreeHashes: [UInt8],
        _ context: DigestContext
    ) -> Int32 {
        input.removeAll(keepingCapacity: true)
        input.append(position)
        if position != UInt8(ascii: "g") { input.append(contentsOf: predicate) }
        switch identity {
        case .canonical(let number): input.append(canonicalLabel: number)
        case .temporary(let number): input.append(temporaryLabel: number)
        case .hashed(let number):
            let start = Int(number) * digest.count
            firstDegreeHashes.withUnsafeBytes { input.append(hex: $0.part(start, start + digest.count)) }
        }
        input.withUnsafeBytes { context.update($0) }
        digest.withUnsafeMutableBytes { context.finish(into: $0) }
        digest.withUnsafeBytes { hex.append(hex: $0) }
        prefixes.append(digest.withUnsafeBytes { UInt64(bigEndian: $0.loadUnaligned(as: UInt64.self)) })
        keys.append(key)
        let number = Int32(truncatingIfNeeded: keys.count)
        slots[slot] = number
        if keys.count * 2 > slots.count { rebuild() }
        return number - 1
    }

    private mutating func rebuild() {
        let known = keys
        slots = Array(repeating: 0, count: slots.count * 4)
        let mask = slots.count - 1
        for (number, key) in known.enumerated() {
            let product = (key.0 ^ 0xA076_1D64_78BD_642F)
                .multipliedFullWidth(by: UInt64(key.1) ^ 0xE703_7ED1_A0B4_28DB)
            var slot = Int(truncatingIfNeeded: (product.low ^ product.high) >> 1) & mask
            while slots[slot] > 0 { slot = (slot + 1) & mask }
            slots[slot] = Int32(number + 1)
        }
    }

    /// Appends a hash in hexadecimal.
    @inline(__always)
    func appendHex(_ number: Int32, to bytes: inout [UInt8]) {
        let start = Int(number) &* hexLength
        hex.withUnsafeBytes { bytes.append(contentsOf: $0.part(start, start &+ hexLength)) }
    }

    private func hexRange(_ number: Int32) -> Range<Int> {
        Int(number) * hexLength..<(Int(number) + 1) * hexLength
    }

    /// Whether a hash sorts before another.
    @inline(__always)
    func precedes(_ left: Int32, _ right: Int32) -> Bool {
        let first = prefixes[Int(left)]
        let second = prefixes[Int(right)]
        if first != second { return first < second }
        return hex[hexRange(left)].lexicographicallyPrecedes(hex[hexRange(right)])
    }
}

extension [UInt8] {
    /// Appends bytes in lower-case hexadecimal.
    mutating func append(hex bytes: UnsafeRawBufferPointer) {
        withUnsafeTemporaryAllocation(byteCount: bytes.count * 2, alignment: 1) { digits in
            var offset = 0
            for byte in bytes {
                let high = byte >> 4
                let low = byte & 15
                digits[offset] = high < 10 ? 48 &+ high : 87 &+ high
                digits[offset &+ 1] = low < 10 ? 48 &+ low : 87 &+ low
                offset &+= 2
            }
            append(contentsOf: UnsafeRawBufferPointer(digits))
        }
    }

    /// Appends `_:c14nNUMBER`.
    @inline(__always)
    mutating func append(canonicalLabel number: Int32) {
        append(UInt8(ascii: "_"))
        append(UInt8(ascii: ":"))
        append(UInt8(ascii: "c"))
        append(UInt8(ascii: "1"))
        append(UInt8(ascii: "4"))
        append(UInt8(ascii: "n"))
        append(decimal: Int(number))
    }

    /// Appends `_:bNUMBER`.
    @inline(__always)
    mutating func append(temporaryLabel number: Int32) {
        append(UInt8(ascii: "_"))
        append(UInt8(ascii: ":"))
        append(UInt8(ascii: "b"))
        append(decimal: Int(number))
    }
}
