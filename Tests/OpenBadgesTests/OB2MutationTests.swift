import JSONCore
import OpenBadges
import Testing

/// Documents of Open Badges 2.0 that something happened to: every one ends in a report.
@Suite("Mutated Open Badges 2.0")
struct OB2MutationTests {
    /// A badge with everything in it that has a check of its own.
    private static let rich: JSON = [
        "@context": ["https://w3id.org/openbadges/v2", ["ex": "https://a.example/#"]], "type": ["Assertion", "ex:T"],
        "id": .string(Academy.hostedID), "recipient": Academy.recipient.json, "badge": Academy.badgeClass.json,
        "verification": ["type": "HostedBadge"], "issuedOn": "2026-03-01T12:30:00Z",
        "evidence": [["id": "https://a.example/1", "narrative": "x"], "https://a.example/2"],
        "endorsement": ["https://a.example/endorsement"], "related": ["id": "https://a.example/3", "@language": "es"],
        "extensions:ApplyLink": [
            "@context": "https://w3id.org/openbadges/extensions/applyLinkExtension/context.json",
            "type": ["Extension", "extensions:ApplyLink"], "url": "https://a.example/4",
        ],
    ]

    @Test("the badge itself is a good one, or the other tests would prove little")
    func control() async {
        var web = Academy.web
        web.serve(Academy.hostedID, Self.rich)
        let report = await Academy.verify(Self.rich.serialized(), web)
        #expect(report.isVerified, "\(report.problems)")
    }

    @Test("no mutation of a badge or its documents crashes", arguments: 0..<6 as Range<UInt64>)
    func mutations(seed: UInt64) async {
        var numbers = SeededNumbers(seed: seed)
        for _ in 0..<80 {
            var web = Academy.web
            web.serve(Academy.hostedID, text: String(decoding: numbers.mutated(Self.rich.serialized()), as: UTF8.self))
            for url in [Academy.classURL, Academy.issuerURL] where Bool.random(using: &numbers) {
                guard case .found(let document) = web.answers[url] else { continue }
                web.serve(url, text: String(decoding: numbers.mutated(document.body), as: UTF8.self))
            }
            let report = await Academy.verify(Self.rich.serialized(), web)
            #expect(report.checks.map(\.check) == CheckName.standard)
        }
    }

    /// Values of every shape, in the place of every member.
    private static let shapes: [JSON] = [
        nil, true, 0, -1.5, "", "x", "https://a.example/", "_:b", [], [[]], [:], ["id": "x"], ["@value": 7], ["@id": 7],
        ["@list": ["x"]], ["@context": ["@vocab": "x:"]], ["type": "Extension"], [nil, "x"],
    ]

    @Test("no value in the place of a member crashes")
    func values() async throws {
        for (name, _) in try #require(Self.rich.object) {
            for value in Self.shapes {
                var badge = Self.rich
                badge[name] = value
                var web = Academy.web
                web.serve(Academy.hostedID, badge)
                let report = await Academy.verify(badge.serialized(), web)
                #expect(report.checks.map(\.check) == CheckName.standard, "\(name)")
            }
        }
    }
}
