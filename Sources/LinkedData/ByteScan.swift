/// Looking at eight bytes at a time.
///
/// Each test tells exactly whether one of the eight bytes is what is asked for, not which.
struct ByteWord {
    private static let ones: UInt64 = 0x0101_0101_0101_0101
    private static let highs: UInt64 = 0x8080_8080_8080_8080

    let word: UInt64

    /// The eight bytes at an offset, which must be there.
    @inline(__always)
    init(_ bytes: UnsafeRawBufferPointer, at offset: Int) {
        word = bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
    }

    private init(_ word: UInt64) {
        self.word = word
    }

    /// Up to seven bytes at an offset, filled up with the letter `a`.
    @inline(__always)
    init(padding bytes: UnsafeRawBufferPointer, from offset: Int) {
        var word: UInt64 = 0x6161_6161_6161_6161
        var shift: UInt64 = 0
        var index = offset
        while index < bytes.count {
            word = (word & ~(0xFF << shift)) | UInt64(bytes[index]) << shift
            shift &+= 8
            index &+= 1
        }
        self.word = word
    }

    /// A non-zero number where a byte is the one asked for, apart from the bits of a mask.
    @inline(__always)
    private func has(_ byte: UInt8, except mask: UInt8 = 0) -> UInt64 {
        let difference = (word & ~(Self.ones &* UInt64(mask))) ^ (Self.ones &* UInt64(byte))
        return (difference &- Self.ones) & ~difference
    }

    /// A non-zero number where a byte is less than a limit of at most 0x80.
    @inline(__always)
    private func hasLess(than limit: UInt8) -> UInt64 {
        (word &- Self.ones &* UInt64(limit)) & ~word
    }

    /// Whether a byte may have to be escaped in a literal: a control, `"`, `\`, DEL, or 0xEF, which U+FFFF starts with.
    @inline(__always)
    var mayNeedEscape: Bool {
        let found = hasLess(than: 0x20) | has(0x22) | has(0x5C) | has(0x7F) | has(0xEF)
        return found & Self.highs != 0
    }

    /// Whether a byte cannot stand in an IRI: a control, space, or one of `<>"{}|^`, backslash and backtick.
    @inline(__always)
    var isExcludedFromIRIs: Bool {
        // `<` and `>` differ in one bit, and so do `\` and `^`.
        let found =
            hasLess(than: 0x21) | has(0x22) | has(0x3C, except: 2) | has(0x5C, except: 2) | has(0x60)
            | has(0x7B) | has(0x7C) | has(0x7D)
        return found & Self.highs != 0
    }
}
