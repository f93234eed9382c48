/// What IRIs and language tags may be made of.
enum WellFormedness {
    /// Whether bytes are an absolute IRI: as ``isAbsolute(_:)``, and with one fragment at most.
    static func isIRI(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard isAbsolute(bytes) else { return false }
        guard let hash = bytes.firstIndex(ofByte: UInt8(ascii: "#"), from: 0) else { return true }
        return bytes.firstIndex(ofByte: UInt8(ascii: "#"), from: hash + 1) == nil
    }

    /// Whether bytes have the form that N-Quads wants of an IRI: a scheme, a colon, and none of the characters that
    /// its grammar excludes.
    static func isAbsolute(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard let first = bytes.first, IRIReference.isLetter(first) else { return false }
        var index = 1
        while index < bytes.count, IRIReference.isSchemeByte(bytes[index]) { index &+= 1 }
        guard index < bytes.count, bytes[index] == UInt8(ascii: ":") else { return false }
        while index &+ 8 <= bytes.count {
            if ByteWord(bytes, at: index).isExcludedFromIRIs { return false }
            index &+= 8
        }
        return !ByteWord(padding: bytes, from: index).isExcludedFromIRIs
    }

    /// Whether a text has the form that N-Quads and JSON-LD want of a language tag: one to eight letters, then parts
    /// of one to eight letters or digits.
    static func isLanguageTag(_ text: String) -> Bool {
        text.withBytes { isLanguageTag($0) }
    }

    static func isLanguageTag(_ bytes: UnsafeRawBufferPointer) -> Bool {
        var length = 0
        var isFirst = true
        for byte in bytes {
            if byte == UInt8(ascii: "-") {
                guard length > 0 else { return false }
                length = 0
                isFirst = false
                continue
            }
            let isDigit = byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
            guard IRIReference.isLetter(byte) || (isDigit && !isFirst), length < 8 else { return false }
            length += 1
        }
        return length > 0
    }
}
