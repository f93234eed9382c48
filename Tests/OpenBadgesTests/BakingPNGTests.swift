import OpenBadges
import Testing

@Suite("Baking PNG images")
struct BakingPNGTests {
    private static let pictures = [
        "plain": Pictures.plain, "interlaced": Pictures.interlaced, "animated": Pictures.animated,
        "trailing": Pictures.plain + Array("after the end".utf8),
    ]

    @Test(
        "a badge goes in and comes out, and all other bytes stay where they were",
        arguments: pictures.keys.sorted(),
        Credentials.names
    )
    func roundTrip(_ picture: String, _ credential: String) throws {
        let image = try #require(Self.pictures[picture])
        let text = try #require(Credentials.all[credential])
        let baked = try Bakery.bake(text, into: image)
        let found = try Bakery.unbake(baked)
        #expect(found.format == .png)
        #expect(found.carriers.map(\.kind) == [.iTXt])
        #expect(found.preferred.bytes == text)
        #expect(found.preferred.generation == (credential.hasPrefix("ob3") ? .ob3 : .ob2))
        #expect(found.warnings.map(\.code) == (picture == "trailing" ? [.trailing] : []))
        // Exactly as the specifications say: uncompressed, no language, no translated keyword, straight after IHDR.
        let keyword = credential.hasPrefix("ob3") ? "openbadgecredential" : "openbadges"
        let chunk = Pictures.iTXt(keyword, text)
        #expect(baked == image[..<33] + chunk + image[33...])
        #expect(try Bakery.removingBadges(from: baked) == image)
        #expect(try Bakery.digest(ofImage: baked) == Bakery.digest(ofImage: image))
    }

    @Test("a JWS loses the white space around it, and JSON only its byte order mark")
    func whiteSpace() throws {
        let spaced = [0x0A] + Credentials.ob3JWT + [0x0D, 0x0A]
        #expect(try Bakery.unbake(Bakery.bake(spaced, into: Pictures.plain)).preferred.bytes == Credentials.ob3JWT)
        let marked = [0xEF, 0xBB, 0xBF] + Credentials.ob3JSON
        #expect(try Bakery.unbake(Bakery.bake(marked, into: Pictures.plain)).preferred.bytes == Credentials.ob3JSON)
    }

    @Test("an image is not baked twice, unless the badge in it is to be replaced")
    func existing() throws {
        let once = try Bakery.bake(Credentials.ob2JWS, into: Pictures.plain)
        #expect(code { _ = try Bakery.bake(Credentials.ob2JWS, into: once) } == .alreadyBaked)
        #expect(code { _ = try Bakery.bake(Credentials.ob3JWT, into: once) } == .alreadyBaked)
        let replaced = try Bakery.bake(Credentials.ob3JWT, into: once, options: .init(existing: .replace))
        #expect(replaced == (try Bakery.bake(Credentials.ob3JWT, into: Pictures.plain)))
        let both = try Bakery.bake(Credentials.ob3JWT, into: once, options: .init(existing: .keepOtherGeneration))
        let found = try Bakery.unbake(both)
        #expect(found.carriers.map(\.bytes) == [Credentials.ob3JWT, Credentials.ob2JWS])
        #expect(found.warnings.map(\.code) == [.bothGenerations])
        let other = Array("openbadges\0https://example.org/assertions/1".utf8)
        let crowded = Pictures.png(
            before: Pictures.chunk("tEXt", other),
            after: Pictures.iTXt("openbadges", Credentials.ob2JWS) + Pictures.iTXt("openbadges", Credentials.ob2Hosted)
        )
        let cleared = try Bakery.bake(Credentials.ob2Hosted, into: crowded, options: .init(existing: .replace))
        #expect(cleared == (try Bakery.bake(Credentials.ob2Hosted, into: Pictures.png())))
    }

    @Test("badges of every kind of text chunk are found, wherever they stand")
    func kinds() throws {
        let jwt = Credentials.ob3JWT
        let key = Array("openbadgecredential\0".utf8)
        let compressed = try Zlib.compress(jwt)
        let cases: [(BadgeCarrier.Kind, [UInt8], [BakingWarning.Code])] = [
            (.iTXt, Pictures.iTXt("openbadgecredential", jwt, language: "de", translation: "Abzeichen"), []),
            (.compressedITXt, Pictures.iTXt("openbadgecredential", compressed, flag: 1), [.compressed]),
            (.tEXt, Pictures.chunk("tEXt", key + jwt), [.legacyText]),
            (.zTXt, Pictures.chunk("zTXt", key + [0] + compressed), [.legacyText]),
        ]
        for (kind, chunk, warnings) in cases {
            for image in [Pictures.png(before: chunk), Pictures.png(after: chunk)] {
                let found = try Bakery.unbake(image)
                #expect(found.carriers.map(\.kind) == [kind])
                #expect(found.preferred.bytes == jwt)
                #expect(found.preferred.content == .jws)
                #expect(found.warnings.map(\.code) == warnings)
            }
        }
    }

    @Test("what is odd about an image is said, and the credential is preferred to an address")
    func oddities() throws {
        func codes(_ chunks: [UInt8]...) throws -> [BakingWarning.Code] {
            try Bakery.unbake(Pictures.png(before: Array(chunks.joined()))).warnings.map(\.code)
        }
        let legacy = Pictures.chunk("tEXt", Array("openbadges\0https://example.org/assertions/1".utf8))
        let signed = Pictures.iTXt("openbadges", Credentials.ob2JWS)
        #expect(try codes(signed, signed) == [.repeated])
        #expect(try codes(signed, Pictures.iTXt("openbadges", Credentials.ob2Hosted)) == [.disagreeing])
        #expect(try codes(Pictures.iTXt("openbadges", Credentials.ob3JWT)) == [.wrongPlace])
        #expect(try codes(Pictures.iTXt("openbadgecredential", Credentials.ob2JWS)) == [.wrongPlace])
        #expect(try codes(legacy) == [.legacyText, .urlOnly])
        #expect(try codes(Pictures.iTXt("openbadges", Array("a letter".utf8))) == [.unreadable])
        let found = try Bakery.unbake(Pictures.png(before: legacy + signed))
        #expect(found.preferred.bytes == Credentials.ob2JWS)
        #expect(found.carriers.first?.content == .url)
        #expect(found.carriers.first?.claimedGeneration == nil)
    }

    @Test("an image without a badge is not baked, whatever else stands in its texts")
    func notBaked() throws {
        let chunks =
            Pictures.iTXt("openbadge", [1]) + Pictures.iTXt("Openbadges", [1]) + Pictures.iTXt("openbadges", [])
            + Pictures.chunk("tEXt", Array("openbadges".utf8)) + Pictures.chunk("teXt", Array("openbadges\0x".utf8))
        for image in [Pictures.plain, Pictures.animated, Pictures.png(before: chunks)] {
            #expect(code { _ = try Bakery.unbake(image) } == .notBaked)
        }
    }

    @Test("a badge's chunk with a wrong checksum or wrong parts is no badge, and no crash")
    func malformedCarriers() throws {
        let key = Array("openbadges\0".utf8)
        let good = try Zlib.compress(Credentials.ob2JWS)
        let chunks = [
            Pictures.chunk("iTXt", key + [0, 0, 0, 0] + Credentials.ob2JWS, checksum: 1),
            Pictures.chunk("iTXt", key), Pictures.chunk("iTXt", key + [0]), Pictures.chunk("iTXt", key + [0, 0]),
            Pictures.chunk("iTXt", key + [0, 0, 0]), Pictures.chunk("iTXt", key + [2, 0, 0, 0] + good),
            Pictures.chunk("iTXt", key + [1, 1, 0, 0] + good), Pictures.chunk("iTXt", key + [1, 0, 0, 0] + [1, 2]),
            Pictures.chunk("iTXt", key + [1, 0, 0, 0] + good.dropLast()), Pictures.chunk("zTXt", key),
            Pictures.chunk("iTXt", key + [1, 0, 0, 0] + good + [0]), Pictures.chunk("zTXt", key + [1] + good),
        ]
        for chunk in chunks {
            #expect(code { _ = try Bakery.unbake(Pictures.png(before: chunk)) } == .imageMalformed)
        }
    }

    @Test("a compressed badge inflates up to its limit and no further")
    func bomb() throws {
        let bomb = try Zlib.compress([UInt8](repeating: 0x20, count: 8 << 20))
        let image = Pictures.png(before: Pictures.iTXt("openbadges", bomb, flag: 1))
        #expect(image.count < 20_000)
        #expect(code { _ = try Bakery.unbake(image) } == .limitExceeded)
        var limits = BakingLimits()
        limits.credentialBytes = Credentials.ob2JWS.count
        let fitting = Pictures.iTXt("openbadges", try Zlib.compress(Credentials.ob2JWS), flag: 1)
        #expect(try Bakery.unbake(Pictures.png(before: fitting), limits: limits).preferred.bytes == Credentials.ob2JWS)
        limits.credentialBytes -= 1
        for chunk in [fitting, Pictures.iTXt("openbadges", Credentials.ob2JWS)] {
            #expect(code { _ = try Bakery.unbake(Pictures.png(before: chunk), limits: limits) } == .limitExceeded)
        }
    }

    @Test("each limit holds")
    func limits() throws {
        func outcome(_ image: [UInt8], _ change: (inout BakingLimits) -> Void) -> OpenBadgesError.Code? {
            var limits = BakingLimits()
            change(&limits)
            return code { _ = try Bakery.unbake(image, limits: limits) }
        }
        let image = try Bakery.bake(Credentials.ob3JWT, into: Pictures.plain)
        #expect(outcome(image) { $0.imageBytes = image.count } == nil)
        #expect(outcome(image) { $0.imageBytes = image.count - 1 } == .limitExceeded)
        #expect(outcome(image) { $0.chunks = 6 } == nil)
        #expect(outcome(image) { $0.chunks = 5 } == .limitExceeded)
        let many = Array(repeatElement(Pictures.iTXt("openbadges", [0x7B]), count: 17).joined())
        #expect(outcome(Pictures.png(before: many)) { _ in } == .limitExceeded)
        var limits = BakingLimits()
        limits.pixelBytes = Pictures.rows.count - 1
        #expect(
            code { _ = try Bakery.bake(Credentials.ob3JWT, into: Pictures.plain, limits: limits) } == .limitExceeded
        )
        limits = BakingLimits()
        limits.credentialBytes = Credentials.ob3JWT.count - 1
        #expect(
            code { _ = try Bakery.bake(Credentials.ob3JWT, into: Pictures.plain, limits: limits) } == .limitExceeded
        )
    }

    @Test("an image that is broken is not baked")
    func broken() throws {
        typealias P = Pictures
        let data = P.chunk("IDAT", P.picture())
        func image(_ chunks: [UInt8]...) -> [UInt8] { P.signature + chunks.joined() }
        var wrongDepth = Array(P.header())
        wrongDepth[16] = 3
        let images = [
            "no header": image(data, P.end), "no picture": image(P.header(), P.end), "no end": image(P.header(), data),
            "two headers": image(P.header(), P.header(), data, P.end),
            "split picture": image(P.header(), data, P.chunk("tIME", [1, 2, 3, 4, 5, 6, 7]), data, P.end),
            "no size": image(P.header(width: 0), data, P.end),
            "too large": image(P.header(width: 1 << 31), data, P.end),
            "larger than its picture": image(P.header(width: 4), data, P.end),
            "wrong depth": image(P.chunk("IHDR", Array(wrongDepth[8..<21])), data, P.end),
            "no palette": image(P.chunk("IHDR", P.word(3) + P.word(3) + [8, 3, 0, 0, 0]), data, P.end),
            "short header": image(P.chunk("IHDR", [0]), data, P.end),
            "unknown chunk": image(P.header(), P.chunk("ABCD"), data, P.end),
            "nameless chunk": image(P.header(), P.chunk("a\u{1}cd"), data, P.end),
            "text without keyword": image(P.header(), P.chunk("tEXt", [0, 1]), data, P.end),
            "text in the end": image(P.header(), data, P.chunk("IEND", [1])),
            "wrong checksum": image(P.header(), P.chunk("IDAT", P.picture(), checksum: 1), P.end),
            "broken picture": image(P.header(), P.chunk("IDAT", Array(P.picture().dropLast())), P.end),
            "cut off": Array(P.plain.dropLast()), "line ends": [0x89, 0x50, 0x4E, 0x47, 0x0A] + P.plain[6...],
            "huge length": image(P.header(), [0x7F, 0xFF, 0xFF, 0xFF] + data[4...]),
            "beyond all lengths": image(P.header(), [0xFF, 0xFF, 0xFF, 0xFF] + data[4...]),
        ]
        for (name, image) in images {
            #expect(code { _ = try Bakery.bake(Credentials.ob3JWT, into: image) } == .imageMalformed, "\(name)")
        }
        let huge = image(P.header(width: 1 << 30, height: 1 << 30), data, P.end)
        #expect(code { _ = try Bakery.bake(Credentials.ob3JWT, into: huge) } == .limitExceeded)
        #expect(code { _ = try Bakery.bake(Credentials.ob3JWT, into: [0xFF, 0xD8, 0xFF, 0xE0]) } == .imageUnsupported)
        #expect(code { _ = try Bakery.bake(Credentials.ob3JWT, into: []) } == .imageUnsupported)
        #expect(code { _ = try Bakery.unbake(Array("GIF89a".utf8)) } == .imageUnsupported)
    }

    @Test("a blank is looked at once and takes any number of badges, of its own generation")
    func blank() throws {
        let blank = try BlankBadge(Pictures.plain, for: .ob3)
        for text in [Credentials.ob3JWT, Credentials.ob3JSON] {
            let baked = try blank.baked(with: BakeableCredential(text))
            #expect(baked == (try Bakery.bake(text, into: Pictures.plain)))
        }
        #expect(code { _ = try blank.baked(with: BakeableCredential(Credentials.ob2JWS)) } == .notBakeable)
    }

    @Test("a picture of many pieces is put together before it is checked")
    func pieces() throws {
        let picture = Pictures.picture()
        let pieces = picture.map { Pictures.chunk("IDAT", [$0]) }.joined()
        let image = Pictures.signature + Pictures.header() + pieces + Pictures.end
        let baked = try Bakery.bake(Credentials.ob3JWT, into: image)
        #expect(try Bakery.removingBadges(from: baked) == image)
        // Who says that the picture need not be checked can bake into one that is broken behind its checksums.
        let broken = Pictures.signature + Pictures.header() + Pictures.chunk("IDAT", [1, 2, 3]) + Pictures.end
        #expect(code { _ = try Bakery.bake(Credentials.ob3JWT, into: broken) } == .imageMalformed)
        let options = BakingOptions(checksPicture: false)
        #expect(code { _ = try Bakery.bake(Credentials.ob3JWT, into: broken, options: options) } == nil)
    }
}
