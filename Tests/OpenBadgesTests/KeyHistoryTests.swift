import JSONCore
import OpenBadges
import Testing

/// What becomes of old badges when their issuer's keys change.
@Suite("Keys that were replaced or revoked")
struct KeyHistoryTests {
    private static let before = Exams.time("2026-05-01T00:00:00Z")
    private static let end: JSON = "2026-05-31T00:00:00Z"

    @Test("a key that was replaced stays listed, and its badges stay valid beside those of the new one")
    func replaced() async throws {
        for (kid, key) in [(Exams.kid, Exams.key), (Exams.did + "#k0", Exams.other)] {
            let report = await Exams.verify(try Exams.jwt(key: key, kid: kid))
            #expect(report.isVerified, "\(report.problems)")
        }
    }

    @Test(
        "a key that was revoked or has expired counts for no badge, not even for one that is dated before",
        arguments: ["revoked", "expires"],
        [Exams.kid, "k1", nil]
    )
    func ended(member: String, kid: String?) async throws {
        var method = Exams.method(Exams.kid, Exams.key)
        method[member] = Self.end
        var web = Documents()
        web.serve(Exams.didURL, Exams.didDocument(methods: [method]))
        let header = Exams.header(kid, embedding: kid == nil ? Exams.key : nil)
        let badge = try Exams.jws(header: header, payload: Exams.payload())
        let report = await Exams.verify(badge, web)
        #expect(report.verdict == .rejected)
        #expect(report.answers.authentic == .no)
        #expect(report.codes.contains("KEY_REVOKED"))
        #expect(await Exams.verify(badge, web, at: Self.before).isVerified)
    }

    @Test("an embedded proof of such a key says the same, in the issuer's document and in the key's own")
    func embedded() async throws {
        var method = Seal.multikey(Seal.method, Exams.key)
        method["revoked"] = Self.end
        var web = Documents()
        web.serve(Exams.didURL, Exams.didDocument(methods: [method]))
        let listed = await Seal.verify(try Seal.credential(), web)
        #expect(listed.verdict == .rejected)
        #expect(listed.codes.contains("KEY_REVOKED"))

        let own = await Seal.verify(
            try Seal.credential(Exams.credential(issuer: Exams.profileID), method: Seal.keyURL),
            Seal.httpsWeb { $0["revoked"] = Self.end }
        )
        #expect(own.verdict == .rejected)
        #expect(own.codes.contains("KEY_REVOKED"))
    }
}
