/// The three kinds of text chunks of a PNG (Third Edition, §11.3.3), as far as badges stand in them.
enum PNGTextChunk {
    /// The badge in a chunk; `nil` where it is no text chunk of a badge's keyword, or an empty one.
    ///
    /// - Throws: `IMAGE_MALFORMED` where such a chunk's checksum or parts are wrong, `LIMIT_EXCEEDED`.
    static func carrier(
        in chunk: PNGChunk,
        of bytes: [UInt8],
        place: Int,
        limits: BakingLimits
    ) throws(OpenBadgesError) -> BadgeCarrier? {
        guard let generation = generation(of: chunk, in: bytes) else { return nil }
        guard chunk.hasGoodChecksum(in: bytes) else {
            throw malformed(chunk, "does not have the checksum that it says")
        }
        let parts = bytes[chunk.data].dropFirst(generation.keyword.count + 1)
        let kind: BadgeCarrier.Kind
        let text: [UInt8]
        switch chunk.kind {
        case .text:
            (kind, text) = (.tEXt, try bounded(parts, limits))
        case .compressedText:
            guard parts.first == 0 else { throw malformed(chunk, "is compressed in a way that nobody knows") }
            (kind, text) = (.zTXt, try inflated(parts.dropFirst(), chunk, limits))
        default:
            // Compression flag and method, language tag and translated keyword, each of the two with a NUL behind.
            guard let flag = parts.first, let method = parts.dropFirst().first,
                let language = parts.dropFirst(2).firstIndex(of: 0),
                let translation = parts[(language + 1)...].firstIndex(of: 0)
            else { throw malformed(chunk, "does not have its parts") }
            let rest = parts[(translation + 1)...]
            switch (flag, method) {
            case (0, _): (kind, text) = (.iTXt, try bounded(rest, limits))
            case (1, 0): (kind, text) = (.compressedITXt, try inflated(rest, chunk, limits))
            default: throw malformed(chunk, "is compressed in a way that nobody knows")
            }
        }
        guard !text.isEmpty else { return nil }
        return BadgeCarrier(generation: generation, kind: kind, bytes: text, place: place)
    }

    /// Which generation's keyword a text chunk has; `nil` for every other chunk.
    static func generation(of chunk: PNGChunk, in bytes: [UInt8]) -> BadgeGeneration? {
        switch chunk.kind {
        case .internationalText, .text, .compressedText: break
        default: return nil
        }
        if hasKeyword(of: .ob3, chunk, bytes) { return .ob3 }
        return hasKeyword(of: .ob2, chunk, bytes) ? .ob2 : nil
    }

    private static func hasKeyword(of generation: BadgeGeneration, _ chunk: PNGChunk, _ bytes: [UInt8]) -> Bool {
        let keyword = generation.keyword
        let end = chunk.data.lowerBound + keyword.count
        return end < chunk.data.upperBound && bytes[end] == 0
            && bytes[chunk.data.lowerBound..<end].elementsEqual(keyword)
    }

    /// Whether a text chunk has a keyword at all: 1 to 79 bytes, and a NUL behind. §11.3.3.1
    static func hasKeyword(_ chunk: PNGChunk, in bytes: [UInt8]) -> Bool {
        let data = bytes[chunk.data]
        guard let end = data.prefix(80).firstIndex(of: 0) else { return false }
        return end > data.startIndex
    }

    /// The chunk that both specifications ask for: iTXt, not compressed, without language and translated keyword.
    static func append(_ credential: BakeableCredential, to output: inout [UInt8]) {
        let keyword = credential.generation.keyword
        output.appendBigEndian(UInt32(clamping: keyword.count + 5 + credential.bytes.count))
        let start = output.count
        output.appendBigEndian(PNGChunk.Kind.internationalText.rawValue)
        output += keyword
        output += [0, 0, 0, 0, 0]
        output += credential.bytes
        output.appendBigEndian(Checksum.crc32(output[start...]))
    }

    /// How many bytes ``append(_:to:)`` appends.
    static func length(of credential: BakeableCredential) -> Int {
        12 + credential.generation.keyword.count + 5 + credential.bytes.count
    }

    private static func bounded(
        _ text: ArraySlice<UInt8>,
        _ limits: BakingLimits
    ) throws(OpenBadgesError) -> [UInt8] {
        guard text.count <= limits.credentialBytes else {
            throw OpenBadgesError(.limitExceeded, "the badge is larger than \(limits.credentialBytes) bytes")
        }
        return Array(text)
    }

    private static func inflated(
        _ text: ArraySlice<UInt8>,
        _ chunk: PNGChunk,
        _ limits: BakingLimits
    ) throws(OpenBadgesError) -> [UInt8] {
        do {
            return try Zlib.decompress(text, limit: limits.credentialBytes)
        } catch {
            guard error.code.isAboutCompressedData else { throw error }
            throw malformed(chunk, "cannot be inflated (\(error.code))")
        }
    }

    private static func malformed(_ chunk: PNGChunk, _ what: String) -> OpenBadgesError {
        OpenBadgesError(.imageMalformed, "the badge's \(chunk.kind.name) chunk \(what)")
    }
}
