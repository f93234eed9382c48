import JSONCore
import OpenBadges
import Testing

/// Nothing about a picture makes a badge good or bad, but people should know.
@Suite("Images that carry a badge to be verified")
struct BadgeImageTests {
    private static let url = "https://exams.example.org/achievements/algebra/image.png"

    private static func badge(picture: Bool = false, score: String? = nil) throws -> [UInt8] {
        var achievement = Exams.algebra
        if picture { achievement.image = Image(id: url) }
        if let score { achievement.description = score }
        return try Exams.jwt(Exams.credential(achievement: achievement))
    }

    private static func web(_ picture: [UInt8]) -> Documents {
        var web = Exams.web
        web.serve(url, image: picture)
        return web
    }

    @Test("in its achievement's own picture it is verified without a word, in another one with a warning")
    func picture() async throws {
        let baked = try Bakery.bake(Self.badge(picture: true), into: Pictures.plain)
        let same = await Exams.verify(baked, Self.web(Pictures.plain))
        #expect(same.isVerified, "\(same.problems)")
        #expect(same.codes.isEmpty)
        #expect(same.outcome(of: .image) == .passed)
        let other = await Exams.verify(baked, Self.web(Pictures.interlaced))
        #expect(other.isVerified)
        #expect(other.codes == ["IMAGE_DIFFERS"])
        #expect(other.outcome(of: .image) == .warned)
    }

    @Test("two badges that disagree, and everything else that is odd, is told beside the verdict")
    func oddities() async throws {
        let jwt = try Self.badge()
        func own(_ text: [UInt8]) -> [UInt8] { Pictures.iTXt("openbadgecredential", text) }
        let older = Pictures.iTXt("openbadges", JSON.object(["id": "urn:uuid:1"]).serialized())
        let cases: [(String, [UInt8], String)] = [
            ("twice", Pictures.png(before: own(jwt) + own(jwt)), "CARRIER_REPEATED"),
            ("two", Pictures.png(before: own(jwt) + own(try Self.badge(score: "Nothing"))), "CARRIERS_DISAGREE"),
            ("older place", Pictures.png(before: Pictures.iTXt("openbadges", jwt)), "WRONG_PLACE"),
            ("both", Pictures.png(before: own(jwt) + older), "BOTH_GENERATIONS"),
            (
                "tEXt", Pictures.png(before: Pictures.chunk("tEXt", Array("openbadgecredential\0".utf8) + jwt)),
                "LEGACY_TEXT"
            ),
            (
                "compressed",
                Pictures.png(before: Pictures.iTXt("openbadgecredential", try Zlib.compress(jwt), flag: 1)),
                "COMPRESSED_TEXT"
            ),
            ("letter", Pictures.png(before: own(jwt) + own(Array("a letter".utf8))), "NOT_A_CREDENTIAL"),
            ("trailing", Pictures.png(before: own(jwt)) + [0, 0], "TRAILING_DATA"),
        ]
        for (name, image, code) in cases {
            let report = await Exams.verify(image)
            #expect(report.problem(code)?.severity == .warning, "\(name): \(report.problems)")
            #expect(report.problem(code)?.check == .image, "\(name)")
            #expect(report.isVerified, "\(name): \(report.problems)")
        }
    }

    @Test("the address of a badge, as images of 2012 have it, is followed")
    func address() async throws {
        let image = Pictures.png(before: Pictures.chunk("tEXt", Array("openbadges\0\(Academy.hostedID)".utf8)))
        let report = await Exams.verify(image, Academy.web)
        #expect(report.isVerified, "\(report.problems)")
        #expect(report.claims?.id == Academy.hostedID)
        for code in ["URL_ONLY", "LEGACY_TEXT"] {
            #expect(report.problem(code)?.severity == .warning, "\(report.codes)")
        }
        #expect(await Exams.verify(image, Documents()).verdict == .undetermined)
    }

    @Test("an SVG with a document type, and a damaged PNG, are not read", arguments: [true, false])
    func damaged(isSVG: Bool) async throws {
        let svg = "<!DOCTYPE svg [<!ENTITY a 'b'>]><svg xmlns=\"http://www.w3.org/2000/svg\">&a;</svg>"
        let png = Pictures.signature + Pictures.chunk("IHDR", [0], checksum: 0)
        let report = await Exams.verify(isSVG ? Array(svg.utf8) : png)
        #expect(report.verdict == .rejected)
        #expect(report.answers.content == .violates)
        #expect(report.codes.first == (isSVG ? "IMAGE_UNSAFE" : "IMAGE_MALFORMED"), "\(report.codes)")
    }
}
