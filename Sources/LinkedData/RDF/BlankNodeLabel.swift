/// The characters of blank node labels (RDF 1.1 N-Quads, productions PN_CHARS_U and PN_CHARS).
enum BlankNodeLabel {
    /// How many bytes the label's character at an index has; 0 where none can stand there.
    @inline(__always)
    static func length(_ bytes: UnsafeRawBufferPointer, at index: Int, isFirst: Bool) -> Int {
        let byte = bytes[index]
        if byte < 0x80 {
            let isLetterOrDigit = IRIReference.isLetter(byte) || (byte >= 0x30 && byte <= 0x39)
            if isLetterOrDigit || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ":") { return 1 }
            return byte == UInt8(ascii: "-") && !isFirst ? 1 : 0
        }
        return longLength(bytes, at: index, isFirst: isFirst)
    }

    private static func longLength(_ bytes: UnsafeRawBufferPointer, at index: Int, isFirst: Bool) -> Int {
        let length = bytes[index] >= 0xF0 ? 4 : bytes[index] >= 0xE0 ? 3 : 2
        guard index + length <= bytes.count,
            let scalar = String(decoding: bytes.part(index, index + length), as: UTF8.self).unicodeScalars.first
        else { return 0 }
        switch scalar.value {
        case 0xC0...0xD6, 0xD8...0xF6, 0xF8...0x2FF, 0x370...0x37D, 0x37F...0x1FFF, 0x200C...0x200D, 0x2070...0x218F,
            0x2C00...0x2FEF, 0x3001...0xD7FF, 0xF900...0xFDCF, 0xFDF0...0xFFFD, 0x10000...0xEFFFF:
            return length
        case 0xB7, 0x300...0x36F, 0x203F...0x2040:
            return isFirst ? 0 : length
        default:
            return 0
        }
    }
}
