import JSONCore
import OpenBadges
import Testing

/// A holder may write a signed credential in another way without breaking a proof over RDF; no such way may hide
/// anything from the checks, which read by name.
@Suite("What a proof over RDF covers, the checks see")
struct CompactedFormTests {
    private static let end = "https://www.w3.org/2018/credentials#validUntil"
    private static let dateTime = "http://www.w3.org/2001/XMLSchema#dateTime"

    /// A credential that ended long ago, signed so.
    private static func ended() throws -> JSON {
        var credential = Exams.credential()
        credential.validUntil = Timestamp("2026-03-02T00:00:00Z")
        return try Seal.json(credential.json, by: Seal.signer())
    }

    @Test("the end of a credential counts under its own name")
    func plain() async throws {
        let report = await Seal.verify(try Self.ended())
        #expect(report.answers.current == .no)
        #expect(report.answers.authentic == .yes)
    }

    @Test("the end of a credential cannot be hidden as its IRI")
    func iri() async throws {
        var document = try Self.ended()
        let value = try #require(document["validUntil"])
        document["validUntil"] = nil
        document[Self.end] = ["@type": .string(Self.dateTime), "@value": value]
        let report = await Seal.verify(document)
        #expect(report.verdict == .rejected)
        #expect(report.codes.contains("INVALID_CONTEXT"))
    }

    @Test(
        "the end of a credential cannot be hidden under another name by a context of the holder's",
        arguments: [
            ["ends": .string(end)],
            ["ends": ["@id": .string(end), "@type": .string(dateTime)]],
            ["cred": "https://www.w3.org/2018/credentials#", "ends": "cred:validUntil"],
            ["@vocab": "https://www.w3.org/2018/credentials#"],
        ] as [JSON]
    )
    func alias(context: JSON) async throws {
        var document = try Self.ended()
        let value = try #require(document["validUntil"])
        document["validUntil"] = nil
        document["ends"] = ["@type": .string(Self.dateTime), "@value": value]
        document["@context"] = Seal.contexts(and: context)
        #expect(!(await Seal.verify(document)).isVerified)
    }

    @Test("nor with its value as an object", arguments: ["@value", "@set", "@list"])
    func value(keyword: String) async throws {
        var document = try Self.ended()
        let value = try #require(document["validUntil"])
        document["validUntil"] = [keyword: value, "@type": .string(Self.dateTime)] as JSON
        #expect(!(await Seal.verify(document)).isVerified)
    }

    @Test("keywords in place of their aliases are refused", arguments: [("id", "@id"), ("type", "@type")])
    func keywords(alias: String, keyword: String) async throws {
        var document = try Seal.credential()
        document[keyword] = document[alias]
        document[alias] = nil
        #expect(await Seal.verify(document).verdict == .rejected)
    }
}
