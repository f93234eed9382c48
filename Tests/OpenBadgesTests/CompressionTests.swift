import OpenBadges
import Testing

@Suite("Compressed data")
struct CompressionTests {
    private static let texts: [[UInt8]] = [
        [], [0], Array("a badge".utf8), [UInt8](repeating: 0, count: 131_072),
        (0..<70_000).map { UInt8(truncatingIfNeeded: $0 &* 2_654_435_761 >> 13) },
    ]
    private static let story = Array("all work and no play, all work and no play".utf8)

    private func code(_ body: () throws -> [UInt8]) -> OpenBadgesError.Code? {
        do {
            _ = try body()
            return nil
        } catch {
            return (error as? OpenBadgesError)?.code
        }
    }

    @Test("what was compressed comes back as it was", arguments: texts.indices)
    func roundTrip(_ index: Int) throws {
        let text = Self.texts[index]
        #expect(try GZIP.decompress(GZIP.compress(text), limit: text.count) == text)
        #expect(try Zlib.decompress(Zlib.compress(text), limit: text.count) == text)
    }

    @Test("gzip output is deterministic: no time, no name, no system")
    func deterministic() throws {
        let once = try GZIP.compress(Self.story)
        #expect(Array(once.prefix(10)) == [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 2, 0xFF])
        #expect(try GZIP.compress(Self.story) == once)
    }

    @Test("a gzip file of another program is read, with name, comment, extra field and header checksum")
    func foreignHeader() throws {
        let own = try GZIP.compress(Self.story)
        var header: [UInt8] = [0x1F, 0x8B, 8, 0x1C, 1, 2, 3, 4, 0, 3]
        header += [5, 0] + Array("extra".utf8) + Array("list.json".utf8) + [0] + Array("a comment".utf8) + [0]
        #expect(try GZIP.decompress(header + own[10...], limit: 1000) == Self.story)
        // `printf 'hello' | gzip -n`, as any gzip writes it.
        let hello: [UInt8] = [
            0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 0xCB, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0, 0x86, 0xA6, 0x10, 0x36, 5, 0, 0,
            0,
        ]
        #expect(try GZIP.decompress(hello, limit: 5) == Array("hello".utf8))
        // A checksum of the header is the low half of its CRC-32.
        let bare: [UInt8] = [0x1F, 0x8B, 8, 2, 0, 0, 0, 0, 2, 0xFF]
        let sum = Pictures.crc32(bare)
        let right = [UInt8(truncatingIfNeeded: sum), UInt8(truncatingIfNeeded: sum >> 8)]
        #expect(try GZIP.decompress(bare + right + own[10...], limit: 1000) == Self.story)
        let wrong = [right[0], right[1] ^ 1]
        #expect(code { try GZIP.decompress(bare + wrong + own[10...], limit: 1000) } == .compressedChecksum)
    }

    @Test("each way in which gzip data can be wrong has a code of its own")
    func gzipErrors() throws {
        let good = try GZIP.compress(Self.story)
        func changed(_ index: Int, by mask: UInt8 = 0xFF) -> [UInt8] {
            var bytes = good
            bytes[index] ^= mask
            return bytes
        }
        func outcome(_ bytes: [UInt8], limit: Int = 1000) -> OpenBadgesError.Code? {
            code { try GZIP.decompress(bytes, limit: limit) }
        }
        #expect(outcome(changed(good.count - 8)) == .compressedChecksum)
        #expect(outcome(changed(good.count - 4)) == .compressedLength)
        #expect(outcome(good + [0]) == .compressedTrailing)
        #expect(outcome(good + good) == .compressedTrailing)
        #expect(outcome(changed(2)) == .compressedMalformed)
        #expect(outcome(changed(3, by: 0x20)) == .compressedMalformed)
        // A block type that does not exist.
        #expect(outcome(Array(good[..<10]) + [0x07] + good[11...]) == .compressedMalformed)
        #expect(outcome(Array("{}".utf8)) == .compressedMalformed)
        #expect(outcome([]) == .compressedMalformed)
        for length in 1..<good.count { #expect(outcome(Array(good[..<length])) == .compressedTruncated) }
        #expect(outcome(good, limit: Self.story.count) == nil)
        #expect(outcome(good, limit: Self.story.count - 1) == .limitExceeded)
        // Zlib's wrapping where gzip's belongs is told from it.
        #expect(outcome(try Zlib.compress(Self.story)) == .compressedMalformed)
    }

    @Test("each way in which zlib data can be wrong has a code of its own")
    func zlibErrors() throws {
        let good = try Zlib.compress(Self.story)
        func outcome(_ bytes: [UInt8], limit: Int = 1000) -> OpenBadgesError.Code? {
            code { try Zlib.decompress(bytes, limit: limit) }
        }
        #expect(outcome(Array(good.dropLast()) + [good[good.count - 1] ^ 1]) == .compressedChecksum)
        #expect(outcome(good + [0]) == .compressedTrailing)
        #expect(outcome([0x78, 0xDB] + good[2...]) == .compressedMalformed)
        // A preset dictionary, which nobody has.
        #expect(outcome([0x78, 0xBB] + good[2...]) == .compressedMalformed)
        for length in 0..<good.count { #expect(outcome(Array(good[..<length])) == .compressedTruncated) }
        #expect(outcome(good, limit: 10) == .limitExceeded)
    }

    @Test("a bomb is stopped at the limit, and a length at the end that is a lie reserves nothing")
    func bomb() throws {
        let bomb = try GZIP.compress([UInt8](repeating: 0, count: 32 << 20))
        #expect(bomb.count < 40_000)
        #expect(code { try GZIP.decompress(bomb, limit: 1 << 20) } == .limitExceeded)
        var liar = try GZIP.compress(Self.story)
        for index in liar.count - 4..<liar.count { liar[index] = 0xFF }
        #expect(code { try GZIP.decompress(liar, limit: .max) } == .compressedLength)
        #expect(code { try GZIP.decompress(liar, limit: -1) } == .limitExceeded)
    }

    @Test("changed bytes never crash, and never give another text")
    func mutations() throws {
        var numbers = SeededNumbers(seed: 1952)
        let gzip = try GZIP.compress(Self.story)
        let zlib = try Zlib.compress(Self.story)
        for _ in 0..<3000 {
            if let text = try? GZIP.decompress(numbers.mutated(gzip), limit: 4096) { #expect(text == Self.story) }
            if let text = try? Zlib.decompress(numbers.mutated(zlib), limit: 4096) { #expect(text == Self.story) }
        }
    }
}
