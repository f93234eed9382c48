/// One chunk of a PNG datastream: where it stands in the file's bytes. PNG (Third Edition) §5.3
struct PNGChunk {
    /// The four letters of a chunk's name, as one number.
    struct Kind: RawRepresentable, Hashable {
        let rawValue: UInt32

        static let header = Kind(rawValue: 0x4948_4452)  // IHDR
        static let palette = Kind(rawValue: 0x504C_5445)  // PLTE
        static let data = Kind(rawValue: 0x4944_4154)  // IDAT
        static let end = Kind(rawValue: 0x4945_4E44)  // IEND
        static let text = Kind(rawValue: 0x7445_5874)  // tEXt
        static let compressedText = Kind(rawValue: 0x7A54_5874)  // zTXt
        static let internationalText = Kind(rawValue: 0x6954_5874)  // iTXt

        /// A decoder that does not know such a chunk cannot show the image. §5.4
        var isCritical: Bool { rawValue & 0x2000_0000 == 0 }

        /// Letters only. §5.4
        var isValid: Bool {
            [24, 16, 8, 0].allSatisfy { shift in
                let letter = UInt8(truncatingIfNeeded: rawValue >> UInt32(shift)) | 0x20
                return (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(letter)
            }
        }

        /// The name in letters; only of a valid kind.
        var name: String {
            String(decoding: [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: rawValue >> UInt32($0)) }, as: UTF8.self)
        }
    }

    let kind: Kind
    /// Where its length field begins.
    let start: Int
    /// Where its data stands.
    let data: Range<Int>

    /// Where the next chunk begins.
    var end: Int { data.upperBound + 4 }

    /// Whether its checksum is that of its kind and data.
    func hasGoodChecksum(in bytes: [UInt8]) -> Bool {
        bytes.bigEndianWord(at: data.upperBound) == Checksum.crc32(bytes[(start + 4)..<data.upperBound])
    }
}

/// Walks the chunks of a PNG from its signature to IEND, over the file's bytes as they lie.
///
/// What it makes sure of: the signature, every length against the file's size, IHDR first and IEND at the end. It looks
/// at no checksum: that of the picture would cost ten times what everything else costs together. Who takes a badge out
/// checks the chunks that hold it; who bakes one checks all.
struct PNGChunkReader {
    static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

    /// Whether a file begins as every PNG does.
    static func hasSignature(_ bytes: [UInt8]) -> Bool {
        bytes.count >= 8 && bytes.bigEndianWord(at: 0) == 0x8950_4E47 && bytes.bigEndianWord(at: 4) == 0x0D0A_1A0A
    }

    let bytes: [UInt8]
    private(set) var offset: Int
    private var count = 0
    private var isFinished = false
    private let maximumCount: Int

    init(_ bytes: [UInt8], limits: BakingLimits) throws(OpenBadgesError) {
        guard bytes.count <= limits.imageBytes else {
            throw OpenBadgesError(.limitExceeded, "the image is larger than \(limits.imageBytes >> 20) MiB")
        }
        guard Self.hasSignature(bytes) else {
            throw OpenBadgesError(
                .imageMalformed,
                "the PNG's first bytes are not as they must be: it was changed on the way, as a text would be"
            )
        }
        self.bytes = bytes
        offset = Self.signature.count
        maximumCount = limits.chunks
    }

    /// The next chunk, or `nil` after IEND.
    ///
    /// - Throws: `IMAGE_MALFORMED`, `LIMIT_EXCEEDED`.
    mutating func next() throws(OpenBadgesError) -> PNGChunk? {
        if isFinished { return nil }
        guard bytes.count - offset >= 12 else { throw Self.cutOff }
        let length = Int(bytes.bigEndianWord(at: offset))
        let kind = PNGChunk.Kind(rawValue: bytes.bigEndianWord(at: offset + 4))
        guard kind.isValid else { throw OpenBadgesError(.imageMalformed, "a chunk of the PNG has no name") }
        guard length <= Int(Int32.max) else {
            throw OpenBadgesError(.imageMalformed, "the chunk \(kind.name) says a length that no chunk can have")
        }
        guard length <= bytes.count - offset - 12 else { throw Self.cutOff }
        guard (count == 0) == (kind == .header) else {
            throw OpenBadgesError(.imageMalformed, "IHDR must be the first chunk of a PNG, and stand there alone")
        }
        count += 1
        guard count <= maximumCount else {
            throw OpenBadgesError(.limitExceeded, "the PNG has more than \(maximumCount) chunks")
        }
        let chunk = PNGChunk(kind: kind, start: offset, data: offset + 8..<offset + 8 + length)
        offset = chunk.end
        if kind == .end {
            guard length == 0 else { throw OpenBadgesError(.imageMalformed, "the chunk IEND holds something") }
            isFinished = true
        }
        return chunk
    }

    private static var cutOff: OpenBadgesError {
        OpenBadgesError(.imageMalformed, "the PNG ends in the middle of a chunk: it was cut off, or a length is wrong")
    }
}

extension [UInt8] {
    /// Four bytes, the most significant first; the caller knows that they are there.
    func bigEndianWord(at index: Int) -> UInt32 {
        UInt32(self[index]) << 24 | UInt32(self[index + 1]) << 16 | UInt32(self[index + 2]) << 8
            | UInt32(self[index + 3])
    }

    mutating func appendBigEndian(_ word: UInt32) {
        for shift: UInt32 in [24, 16, 8, 0] { append(UInt8(truncatingIfNeeded: word >> shift)) }
    }
}
