/// A PNG whose every part was looked at: what a badge may be baked into.
///
/// Checked are the chunks' order and checksums, the header, the presence of a palette where it is needed, the keywords
/// of texts, and that the picture inflates to as much as the header says.
struct PNGImage {
    let bytes: [UInt8]
    /// Where a new chunk goes: straight after IHDR, where whoever reads along meets it first.
    let insertion: Int
    /// The chunks with a badge's keyword, whatever stands in them.
    let badges: [(generation: BadgeGeneration, range: Range<Int>)]

    /// - Parameter checksPicture: whether the picture is inflated too.
    /// - Throws: `IMAGE_MALFORMED`, `LIMIT_EXCEEDED`.
    init(_ bytes: [UInt8], checksPicture: Bool, limits: BakingLimits) throws(OpenBadgesError) {
        var reader = try PNGChunkReader(bytes, limits: limits)
        guard let first = try reader.next(), first.kind == .header else {
            throw OpenBadgesError(.imageMalformed, "the PNG has no header")
        }
        try Self.checkChecksum(first, bytes)
        let header = try PNGHeader(bytes[first.data])
        var badges: [(generation: BadgeGeneration, range: Range<Int>)] = []
        var picture: [Range<Int>] = []
        var hasPalette = false
        var last = first.kind
        while let chunk = try reader.next() {
            try Self.checkChecksum(chunk, bytes)
            switch chunk.kind {
            case .data:
                guard picture.isEmpty || last == .data else {
                    throw OpenBadgesError(.imageMalformed, "the picture's IDAT chunks do not follow one another")
                }
                picture.append(chunk.data)
            case .palette: hasPalette = true
            case .text, .compressedText, .internationalText:
                guard PNGTextChunk.hasKeyword(chunk, in: bytes) else {
                    throw OpenBadgesError(.imageMalformed, "a \(chunk.kind.name) chunk has no keyword")
                }
                if let generation = PNGTextChunk.generation(of: chunk, in: bytes) {
                    badges.append((generation, chunk.start..<chunk.end))
                }
            case .end: break
            case let kind where kind.isCritical:
                throw OpenBadgesError(.imageMalformed, "the PNG needs the chunk \(kind.name), which no standard knows")
            default: break
            }
            last = chunk.kind
        }
        guard !picture.isEmpty else { throw OpenBadgesError(.imageMalformed, "there is no picture in the PNG") }
        guard hasPalette || !header.needsPalette else {
            throw OpenBadgesError(.imageMalformed, "the PNG needs a palette, and has none")
        }
        if checksPicture { try Self.check(picture, of: bytes, header, limits) }
        self.bytes = bytes
        self.badges = badges
        insertion = first.end
    }

    /// The bytes without some of its badges.
    func removing(_ isUnwanted: (BadgeGeneration) -> Bool) -> [UInt8] {
        bytes.removing(badges.filter { isUnwanted($0.generation) }.map(\.range))
    }

    /// Every badge in a PNG. Only what that takes is checked: the structure, and the checksums of the badges' chunks.
    ///
    /// - Throws: `NOT_BAKED`, `IMAGE_MALFORMED`, `LIMIT_EXCEEDED`.
    static func unbake(_ bytes: [UInt8], limits: BakingLimits) throws(OpenBadgesError) -> BakedImage? {
        var reader = try PNGChunkReader(bytes, limits: limits)
        var carriers: [BadgeCarrier] = []
        while let chunk = try reader.next() {
            guard
                let carrier = try PNGTextChunk.carrier(in: chunk, of: bytes, place: carriers.count, limits: limits)
            else { continue }
            carriers.append(carrier)
            guard carriers.count <= limits.carriers else {
                throw OpenBadgesError(.limitExceeded, "there are more than \(limits.carriers) badges in the image")
            }
        }
        return BakedImage(format: .png, carriers: carriers, trailingBytes: bytes.count - reader.offset)
    }

    private static func checkChecksum(_ chunk: PNGChunk, _ bytes: [UInt8]) throws(OpenBadgesError) {
        guard chunk.hasGoodChecksum(in: bytes) else {
            throw OpenBadgesError(
                .imageMalformed,
                "the chunk \(chunk.kind.name) does not have the checksum that it says"
            )
        }
    }

    /// Inflates the picture without keeping it.
    private static func check(
        _ picture: [Range<Int>],
        of bytes: [UInt8],
        _ header: PNGHeader,
        _ limits: BakingLimits
    ) throws(OpenBadgesError) {
        guard header.pixelBytes <= limits.pixelBytes else {
            throw OpenBadgesError(.limitExceeded, "the picture is larger than \(limits.pixelBytes >> 20) MiB")
        }
        let stream = picture.count == 1 ? bytes[picture[0]] : picture.flatMap { bytes[$0] }[...]
        let count: Int
        do {
            count = try Zlib.measure(stream, limit: limits.pixelBytes)
        } catch {
            guard error.code.isAboutCompressedData else { throw error }
            throw OpenBadgesError(.imageMalformed, "the PNG's picture cannot be inflated (\(error.code))")
        }
        // Some encoders write a little too much; viewers let that pass.
        guard count >= header.pixelBytes else {
            throw OpenBadgesError(.imageMalformed, "the picture is shorter than the PNG's header says")
        }
    }
}

extension [UInt8] {
    /// The bytes without some ranges, which are in order and apart.
    func removing(_ ranges: [Range<Int>]) -> [UInt8] {
        guard !ranges.isEmpty else { return self }
        var output: [UInt8] = []
        output.reserveCapacity(count)
        var start = 0
        for range in ranges {
            output += self[start..<range.lowerBound]
            start = range.upperBound
        }
        return output + self[start...]
    }
}
