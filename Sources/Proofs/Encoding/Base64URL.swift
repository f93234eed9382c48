/// Base64url without padding (RFC 4648 §5, RFC 7515 §2), strict: no other character, no white space, no padding, no
/// set bits behind the last byte. So each text has one meaning, and each value one text.
///
/// For example: `Base64URL.encode([0xFB, 0xFF]) == "-_8"`.
public enum Base64URL {
    /// The text of the bytes.
    public static func encode(_ bytes: [UInt8]) -> String {
        bytes.withUnsafeBytes { bytes in
            String(unsafeUninitializedCapacity: encodedLength(bytes.count)) {
                encode(bytes, into: UnsafeMutableRawBufferPointer($0))
                return encodedLength(bytes.count)
            }
        }
    }

    /// Appends the text of the bytes, in ASCII.
    public static func encode(_ bytes: [UInt8], into output: inout [UInt8]) {
        let start = output.count
        output.append(contentsOf: repeatElement(0, count: encodedLength(bytes.count)))
        output.withUnsafeMutableBytes { output in
            bytes.withUnsafeBytes { encode($0, into: UnsafeMutableRawBufferPointer(rebasing: output[start...])) }
        }
    }

    /// The bytes of an ASCII text; throws `PARSING_ERROR`.
    public static func decode(_ text: some Sequence<UInt8>) throws(ProofError) -> [UInt8] {
        // Not a return from inside the closure: it may leave its answer empty.
        let decoded = text.withContiguousStorageIfAvailable { decodeIfValid(UnsafeRawBufferPointer($0)) }
        guard let bytes = decoded ?? Array(text).withUnsafeBytes(decodeIfValid) else {
            throw ProofError(.parsing, "no base64url without padding")
        }
        return bytes
    }

    /// The bytes of a text; throws `PARSING_ERROR`.
    public static func decode(_ text: String) throws(ProofError) -> [UInt8] {
        try decode(text.utf8)
    }

    /// The bytes of an ASCII text, or `nil` where it is none of ours.
    package static func decodeIfValid(_ text: UnsafeRawBufferPointer) -> [UInt8]? {
        guard let count = decodedLength(text.count) else { return nil }
        var isValid = false
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            isValid = decode(
                text,
                into: UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(buffer)[..<count])
            )
            initialized = isValid ? count : 0
        }
        return isValid ? bytes : nil
    }

    // MARK: Into the caller's memory

    /// Characters for a number of bytes.
    package static func encodedLength(_ count: Int) -> Int {
        count / 3 * 4 + [0, 2, 3][count % 3]
    }

    /// Bytes from a number of characters; `nil` for a length that no text has.
    package static func decodedLength(_ count: Int) -> Int? {
        count % 4 == 1 ? nil : count / 4 * 3 + [0, 0, 1, 2][count % 4]
    }

    /// Writes the text of the bytes into exactly ``encodedLength(_:)`` bytes.
    ///
    /// Six bytes become eight characters at a time, by four look-ups of twelve bits each.
    package static func encode(_ bytes: UnsafeRawBufferPointer, into text: UnsafeMutableRawBufferPointer) {
        precondition(text.count == encodedLength(bytes.count), "the room is not the length of the text")
        guard let input = bytes.baseAddress, let output = text.baseAddress else { return }
        pairs.withUnsafeBufferPointer { pairs in
            var read = 0
            var write = 0
            while read + 8 <= bytes.count {
                let word = input.loadUnaligned(fromByteOffset: read, as: UInt64.self).bigEndian
                // The indices have twelve bits, and the table 4,096 entries.
                let low = UInt64(pairs[unchecked: word >> 52]) | UInt64(pairs[unchecked: word >> 40]) << 16
                let high = UInt64(pairs[unchecked: word >> 28]) | UInt64(pairs[unchecked: word >> 16]) << 16
                output.storeBytes(of: (low | high << 32).littleEndian, toByteOffset: write, as: UInt64.self)
                read += 6
                write += 8
            }
            while read < bytes.count {
                let rest = bytes.count - read
                var group = UInt64(bytes[read]) << 16
                if rest > 1 { group |= UInt64(bytes[read + 1]) << 8 }
                if rest > 2 { group |= UInt64(bytes[read + 2]) }
                let characters = UInt32(pairs[unchecked: group >> 12]) | UInt32(pairs[unchecked: group]) << 16
                for index in 0..<min(4, rest + 1) {
                    text[write + index] = UInt8(truncatingIfNeeded: characters >> (8 * UInt32(index)))
                }
                read += 3
                write += 4
            }
        }
    }

    /// Writes the bytes of a text into exactly ``decodedLength(_:)`` bytes; `false` where it is none of ours, and the
    /// contents are then meaningless.
    package static func decode(_ text: UnsafeRawBufferPointer, into bytes: UnsafeMutableRawBufferPointer) -> Bool {
        precondition(bytes.count == decodedLength(text.count), "the room is not the length of the bytes")
        guard let input = text.baseAddress, let output = bytes.baseAddress else { return true }
        return sextets.withUnsafeBufferPointer { sextets in
            var read = 0
            var write = 0
            var seen: UInt32 = 0
            // Eight bytes are written for six, so the last ones are left to the slower loop.
            while write + 8 <= bytes.count {
                let low = sextets.group(input + read)
                let high = sextets.group(input + read + 4)
                seen |= low | high
                let word = UInt64(low) | UInt64(high) << 24
                output.storeBytes(of: word.littleEndian, toByteOffset: write, as: UInt64.self)
                read += 8
                write += 6
            }
            while read + 4 <= text.count {
                let group = sextets.group(input + read)
                seen |= group
                for index in 0..<3 { bytes[write + index] = UInt8(truncatingIfNeeded: group >> (8 * UInt32(index))) }
                read += 4
                write += 3
            }
            if read < text.count {
                var group: UInt32 = 0
                for index in read..<text.count { group |= sextets[256 * (index - read) + Int(text[index])] }
                seen |= group
                let count = text.count - read - 1
                for index in 0..<count {
                    bytes[write + index] = UInt8(truncatingIfNeeded: group >> (8 * UInt32(index)))
                }
                // What lies behind the last byte must be zero.
                if group >> (8 * UInt32(count)) != 0 { return false }
            }
            return seen & invalid == 0
        }
    }

    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

    /// The two characters of twelve bits, the first in the low byte.
    private static let pairs: [UInt16] = (0..<4096).map { UInt16(alphabet[$0 >> 6]) | UInt16(alphabet[$0 & 63]) << 8 }

    /// Marks a character that is not in the alphabet, in the byte that no group of four characters uses.
    private static let invalid: UInt32 = 1 << 31

    /// The part of three bytes (the first in the low byte) that a character makes in each of four places.
    private static let sextets: [UInt32] = {
        var table = [UInt32](repeating: invalid, count: 4 * 256)
        for (value, character) in alphabet.enumerated() {
            let bits = UInt32(value)
            let places = [bits << 2, bits >> 4 | (bits & 15) << 12, (bits >> 2) << 8 | (bits & 3) << 22, bits << 16]
            for (place, part) in places.enumerated() { table[256 * place + Int(character)] = part }
        }
        return table
    }()
}

extension UnsafeBufferPointer<UInt16> {
    /// The entry for the lowest twelve bits.
    @inline(__always)
    fileprivate subscript(unchecked index: UInt64) -> UInt16 {
        baseAddress.unsafelyUnwrapped[Int(truncatingIfNeeded: index & 0xFFF)]
    }
}

extension UnsafeBufferPointer<UInt32> {
    /// Three bytes from four characters.
    @inline(__always)
    fileprivate func group(_ text: UnsafeRawPointer) -> UInt32 {
        let table = baseAddress.unsafelyUnwrapped
        let characters = text.loadUnaligned(as: UInt32.self).littleEndian
        return table[Int(characters & 0xFF)] | table[256 + Int(characters >> 8 & 0xFF)]
            | table[512 + Int(characters >> 16 & 0xFF)] | table[768 + Int(characters >> 24)]
    }
}
