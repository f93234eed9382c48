import OpenBadges
import Testing

@Suite("Mutated images")
struct BakingMutationTests {
    private static let images: [[UInt8]] = [
        Pictures.plain, Pictures.animated, Pictures.interlaced, Array(Pictures.svg.utf8),
        Pictures.svg("<style>a{b:url(#c)}</style><a href='#b' style='c: d\\65'/>"),
    ]

    @Test("no mutation of an image crashes, and what is taken out is what was put in", arguments: images.indices)
    func unbaking(_ index: Int) throws {
        var numbers = SeededNumbers(seed: UInt64(index))
        for credential in Credentials.all.values.sorted(by: { $0.count < $1.count }) {
            let baked = try Bakery.bake(credential, into: Self.images[index])
            for _ in 0..<300 {
                let mutated = numbers.mutated(baked)
                guard let found = try? Bakery.unbake(mutated) else { continue }
                // The checksum of its chunk guards a badge in a PNG; in an SVG its own signature has to.
                if found.format == .png { #expect(found.carriers.map(\.bytes) == [credential]) }
                #expect(found.warnings.count < 10)
            }
        }
    }

    @Test("a mutated image is baked as it is, or not at all", arguments: images.indices)
    func baking(_ index: Int) throws {
        var numbers = SeededNumbers(seed: 100 + UInt64(index))
        let options = BakingOptions(existing: .replace, activeContent: .strip)
        for _ in 0..<600 {
            let mutated = numbers.mutated(Self.images[index])
            guard let baked = try? Bakery.bake(Credentials.ob3JWT, into: mutated, options: options) else { continue }
            #expect(try Bakery.unbake(baked).preferred.bytes == Credentials.ob3JWT)
        }
    }

    @Test("no mutation of a credential crashes, and what is baked comes out")
    func credentials() throws {
        var numbers = SeededNumbers(seed: 7)
        let images = [Pictures.plain, Array(Pictures.svg.utf8)]
        for credential in Credentials.all.values.sorted(by: { $0.count < $1.count }) {
            for round in 0..<200 {
                let mutated = numbers.mutated(credential)
                guard let baked = try? Bakery.bake(mutated, into: images[round % 2]) else { continue }
                let found = try Bakery.unbake(baked)
                #expect(found.preferred.bytes.elementsEqual(mutated) || found.preferred.content == .jws)
            }
        }
    }

    @Test("no mutation of markup crashes", arguments: 0..<4 as Range<UInt64>)
    func markup(seed: UInt64) {
        var numbers = SeededNumbers(seed: seed)
        let pieces = [
            "<svg", ">", "/>", "</svg>", "<g ", "a='", "'", "\"", " xmlns='http://www.w3.org/2000/svg'", "<!--", "-->",
            "--",
            "<![CDATA[", "]]>", "<?xml version='1.0'?>", "<?a", "?>", "<!DOCTYPE svg", "[", "]", "&", "&lt;", "&#x",
            ";", "ä",
            "<o:assertion xmlns:o='http://openbadges.org' verify='x.y.z'>", "</o:assertion>", "xmlns:a=", ":", "=",
            "\u{FFFE}",
            "<style>", "</style>", "url(", "\\", "<script>", "</script>", "href=", " ", "{}", "\n",
        ]
        for _ in 0..<1500 {
            let count = Int.random(in: 1...24, using: &numbers)
            let text =
                "<svg xmlns='http://www.w3.org/2000/svg'"
                + (0..<count).map { _ in
                    pieces[Int.random(in: pieces.indices, using: &numbers)]
                }.joined()
            let image = Array((Bool.random(using: &numbers) ? text : text + "</svg>").utf8)
            _ = try? Bakery.unbake(image)
            let options = BakingOptions(existing: .replace, activeContent: .strip)
            if let baked = try? Bakery.bake(Credentials.ob3JWT, into: image, options: options) {
                #expect((try? Bakery.unbake(baked))?.preferred.bytes == Credentials.ob3JWT, "\(text)")
            }
        }
    }
}
