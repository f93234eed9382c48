import OpenBadges
import Testing

/// PngSuite, libpng's crashers, and the specifications' own examples of baked SVG images.
@Suite("Baking official images", .enabled(if: OfficialData.isThere, Comment(rawValue: OfficialData.reason)))
struct BakingTests {
    private static let credential = Array(
        #"{"type": ["VerifiableCredential", "OpenBadgeCredential"], "name": "Käse", "proof": {"type": "x"}}"#.utf8
    )
    private static let suite = OfficialData.files(in: "png/pngsuite").filter { $0.hasSuffix(".png") }
    private static let crashers = OfficialData.files(in: "png/crashers").filter { $0.hasSuffix(".png") }

    @Test("a valid image is baked: one chunk more, straight after IHDR, and all others as they were")
    func valid() throws {
        let names = Self.suite.filter { !$0.hasPrefix("x") }
        #expect(names.count == 161)
        for name in names {
            let image = try OfficialData.bytes("png/pngsuite/\(name)")
            let baked = try Bakery.bake(Self.credential, into: image)
            #expect(Array(baked.prefix(33)) == Array(image.prefix(33)), "\(name)")
            #expect(Array(baked.suffix(image.count - 33)) == Array(image.dropFirst(33)), "\(name)")
            let found = try Bakery.unbake(baked)
            #expect(found.carriers.map(\.bytes) == [Self.credential], "\(name)")
            #expect(found.warnings.isEmpty, "\(name)")
            #expect(try Bakery.removingBadges(from: baked) == image, "\(name)")
            #expect(Self.code { _ = try Bakery.unbake(image) } == .notBaked, "\(name)")
        }
    }

    @Test("an image that is corrupt on purpose is neither baked nor unbaked")
    func corrupt() throws {
        let paths =
            Self.suite.filter { $0.hasPrefix("x") }.map { "png/pngsuite/\($0)" }
            + Self.crashers.map { "png/crashers/\($0)" }
        #expect(paths.count == 37)
        for path in paths {
            let image = try OfficialData.bytes(path)
            #expect(Self.code { _ = try Bakery.bake(Self.credential, into: image) } == .imageMalformed, "\(path)")
            let code = try #require(Self.code { _ = try Bakery.unbake(image) }, "\(path)")
            #expect([.imageMalformed, .notBaked].contains(code), "\(path)")
        }
    }

    @Test("the specifications' SVG examples unbake to what stands in them")
    func examples() throws {
        func carriers(_ name: String) throws -> [BadgeCarrier] {
            let image = try OfficialData.bytes("ob-examples/svg/\(name).svg")
            let found = try Bakery.unbake(image)
            #expect(found.warnings.allSatisfy { $0.code == .wrongPlace || $0.code == .unreadable }, "\(found.warnings)")
            #expect(
                try Bakery.unbake(Bakery.bake(Self.credential, into: Bakery.removingBadges(from: image)))
                    .preferred.bytes == Self.credential
            )
            return found.carriers
        }
        let hosted = try carriers("ob2-hosted")
        #expect(hosted.map(\.kind) == [.svgAttribute, .svgBody])
        #expect(hosted.map(\.content) == [.url, .json])
        #expect(hosted.allSatisfy { $0.generation == .ob2 })
        let embedded = try carriers("ob3-embedded")
        #expect(embedded.map(\.kind) == [.svgBody])
        #expect(embedded.first?.claimedGeneration == .ob3)
        let signed = try carriers("ob3-jwt")
        #expect(signed.map(\.bytes) == [Array("header.payload.signature".utf8)])
        #expect(signed.map(\.generation) == [.ob3])
    }

    private static func code(_ body: () throws -> Void) -> OpenBadgesError.Code? {
        do {
            try body()
            return nil
        } catch {
            return (error as? OpenBadgesError)?.code
        }
    }
}
