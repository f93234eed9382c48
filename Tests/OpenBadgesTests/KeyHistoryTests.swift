import JSONCore
import OpenBadges
import Testing

/// What becomes of old badges when their issuer's keys change.
@Suite("Keys that were replaced or revoked")
struct KeyHistoryTests {
    private static let before = Exams.time("2026-05-01T00:00:00Z")
    private static let end: JSON = "2026-05-31T00:00:00Z"

    /// The badges are dated 2026-03-01, so this key ended before them.
    private static let earlierEnd: JSON = "2026-02-01T00:00:00Z"

    @Test("a key that was replaced stays listed, and its badges stay valid beside those of the new one")
    func replaced() async throws {
        for (kid, key) in [(Exams.kid, Exams.key), (Exams.did + "#k0", Exams.other)] {
            let report = await Exams.verify(try Exams.jwt(key: key, kid: kid))
            #expect(report.isVerified, "\(report.problems)")
        }
    }

    @Test(
        "a key that was revoked or has expired leaves open what is dated before, and counts for nothing dated after",
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
        // The date within the badge is the signer's own word, so it makes nothing certain.
        let older = await Exams.verify(badge, web)
        #expect(older.verdict == .undetermined)
        #expect(older.answers.authentic == .unknown)
        #expect(older.codes.contains("KEY_REVOKED_LATER"))
        #expect(await Exams.verify(badge, web, at: Self.before).isVerified)

        method[member] = Self.earlierEnd
        web.serve(Exams.didURL, Exams.didDocument(methods: [method]))
        let newer = await Exams.verify(badge, web)
        #expect(newer.verdict == .rejected)
        #expect(newer.answers.authentic == .no)
        #expect(newer.codes.contains("KEY_REVOKED"))
    }

    @Test("an embedded proof of such a key says the same, in the issuer's document and in the key's own")
    func embedded() async throws {
        for (end, verdict, code) in [
            (Self.end, VerificationReport.Verdict.undetermined, "KEY_REVOKED_LATER"),
            (Self.earlierEnd, .rejected, "KEY_REVOKED"),
        ] {
            var method = Seal.multikey(Seal.method, Exams.key)
            method["revoked"] = end
            var web = Documents()
            web.serve(Exams.didURL, Exams.didDocument(methods: [method]))
            let listed = await Seal.verify(try Seal.credential(), web)
            #expect(listed.verdict == verdict)
            #expect(listed.codes.contains(code))

            let own = await Seal.verify(
                try Seal.credential(Exams.credential(issuer: Exams.profileID), method: Seal.keyURL),
                Seal.httpsWeb { $0["revoked"] = end }
            )
            #expect(own.verdict == verdict)
            #expect(own.codes.contains(code))
        }
    }
}
