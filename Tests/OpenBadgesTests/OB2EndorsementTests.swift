import JSONCore
import OpenBadges
import Testing

/// Open Badges 2.0, "Endorsement": verified as a hosted badge is, and never shown as verified where it is not.
@Suite("Open Badges 2.0, endorsements")
struct OB2EndorsementTests {
    private static let url = "https://board.example/endorsements/1.json"
    private static let boardURL = "https://board.example/profile.json"

    private static let board: JSON = [
        "@context": "https://w3id.org/openbadges/v2", "type": "Profile", "id": .string(boardURL), "name": "The Board",
        "url": "https://board.example/", "email": "board@board.example",
    ]

    private static func endorsement(of id: String) -> JSON {
        [
            "@context": "https://w3id.org/openbadges/v2", "type": "Endorsement", "id": .string(url),
            "claim": ["id": .string(id), "endorsementComment": "Well done."], "issuer": .string(boardURL),
            "issuedOn": "2026-03-02T00:00:00Z", "verification": ["type": "hosted"],
        ]
    }

    /// Verifies the badge with an endorsement on one of its documents.
    private func verify(
        _ value: JSON = .string(url),
        on document: String = Academy.hostedID,
        _ change: (inout Documents) -> Void = { _ in }
    ) async throws -> VerificationReport {
        var web = Academy.web
        guard case .found(let found) = web.answers[document] else { fatalError("no such document") }
        var json = try JSON(parsing: found.body)
        json["endorsement"] = value
        web.serve(document, json)
        web.serve(Self.url, Self.endorsement(of: document))
        web.serve(Self.boardURL, Self.board)
        change(&web)
        let badge = document == Academy.hostedID ? json : Academy.hosted().json
        return await Academy.verify(badge.serialized(), web)
    }

    @Test(
        "a good endorsement is named with its endorser",
        arguments: [Academy.hostedID, Academy.classURL, Academy.issuerURL]
    )
    func good(document: String) async throws {
        for value in [.string(Self.url), [.string(Self.url)], ["id": .string(Self.url), "type": "Endorsement"]]
            as [JSON]
        {
            let report = try await verify(value, on: document)
            #expect(report.isVerified, "\(report.problems)")
            #expect(report.codes.isEmpty)
            let check = report.checks.first { $0.check == .endorsement }
            #expect(check?.outcome == .passed)
            #expect(check?.detail.contains("The Board") == true)
        }
    }

    static let changes: [(String, JSON?, code: String)] = [
        ("/claim", nil, "ENDORSEMENT_INVALID"), ("/claim", [:], "ENDORSEMENT_INVALID"),
        ("/claim/id", "https://academy.example.org/assertions/2.json", "ENDORSEMENT_ELSEWHERE"),
        ("/issuer", nil, "ENDORSEMENT_INVALID"), ("/issuer", "board", "ENDORSEMENT_INVALID"),
        ("/issuer", "https://evil.example/profile.json", "ENDORSEMENT_UNKNOWN"),
        ("/issuer", ["type": "Profile", "name": "x"], "ENDORSEMENT_INVALID"),
        ("/issuedOn", nil, "ENDORSEMENT_INVALID"), ("/issuedOn", "2026-03-02", "ENDORSEMENT_INVALID"),
        ("/issuedOn", "2027-03-02T00:00:00Z", "ENDORSEMENT_ENDED"),
        ("/expires", "2026-04-02T00:00:00Z", "ENDORSEMENT_ENDED"),
        ("/type", "Assertion", "ENDORSEMENT_INVALID"), ("/type", nil, "ENDORSEMENT_INVALID"),
        ("/verification", nil, "ENDORSEMENT_INVALID"),
        ("/verification", ["type": "signed"], "ENDORSEMENT_UNKNOWN"),
        ("/revoked", true, "ENDORSEMENT_ENDED"),
        ("/id", "https://board.example/other.json", "ENDORSEMENT_INVALID"),
        ("/@context", ["https://w3id.org/openbadges/v2", "https://nowhere.example/"], "ENDORSEMENT_UNKNOWN"),
    ]

    @Test("a bad endorsement is told, and says nothing against the badge", arguments: changes)
    func bad(pointer: String, value: JSON?, code: String) async throws {
        var json = Self.endorsement(of: Academy.hostedID)
        json.set(try #require(JSONPointer(pointer)).tokens[...], to: value)
        let report = try await verify { $0.serve(Self.url, json) }
        #expect(report.isVerified, "\(report.problems)")
        #expect(report.outcome(of: .endorsement) == .warned)
        #expect(report.codes.contains(code))
        #expect(report.problem(code)?.path?.description == "/endorsement")
        #expect(!report.sentence.contains("The Board"))
        #expect(!report.checks.contains { $0.detail.contains("endorsed by") })
    }

    @Test("an endorsement that is not there, was taken back, or lies elsewhere than its issuer, is told apart")
    func hosting() async throws {
        #expect(try await verify { $0.remove(Self.url) }.codes == ["ENDORSEMENT_UNKNOWN"])
        #expect(try await verify { $0.takeBack(Self.url, [:]) }.codes == ["ENDORSEMENT_ENDED"])
        #expect(try await verify { $0.serve(Self.url, text: "[]") }.codes == ["ENDORSEMENT_INVALID"])
        #expect(try await verify { $0.remove(Self.boardURL) }.codes == ["ENDORSEMENT_UNKNOWN"])
        let evil = "https://evil.example/1.json"
        var forged = Self.endorsement(of: Academy.hostedID)
        forged["id"] = .string(evil)
        let report = try await verify(.string(evil)) { $0.serve(evil, forged) }
        #expect(report.codes == ["ENDORSEMENT_INVALID"])
        #expect(try await verify("urn:uuid:1").codes.contains("ENDORSEMENT_INVALID"))
    }

    @Test("one that stands in the badge only is not believed; one with a URL is asked for there")
    func embedded() async throws {
        var json = Self.endorsement(of: Academy.hostedID)
        json["id"] = nil
        #expect(try await verify(json).codes == ["ENDORSEMENT_UNKNOWN"])
        let copy = Self.endorsement(of: "https://academy.example.org/assertions/2.json")
        #expect(try await verify(copy).codes.isEmpty, "the copy at its URL counts")
    }

    @Test("of several each is judged, and of very many the first few")
    func several() async throws {
        let report = try await verify([.string(Self.url), "https://nowhere.example/1"])
        #expect(report.codes == ["ENDORSEMENT_UNKNOWN"])
        #expect(report.problems.first?.path?.description == "/endorsement/1")
        let many = try await verify(.array((0..<500).map { .string("https://nowhere.example/\($0)") }))
        #expect(many.isVerified)
        #expect(many.problems.count < 100)
        #expect(many.problems.contains { $0.detail.contains("500") })
    }
}
