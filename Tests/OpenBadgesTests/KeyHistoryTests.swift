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

    @Test("a stranger who writes that the issuer controls their key, and once did, gains nothing by it")
    func strangersEnd() async throws {
        for url in ["https://evil.example/k.json", "https://exams.example.org/uploads/k.json"] {
            var method = Exams.method(url, Exams.forger)
            method["revoked"] = Self.end
            method["timestamps"] = "https://evil.example/timestamps/"
            var web = Exams.web
            web.serve(url, method)
            let report = await Exams.verify(try Exams.jwt(key: Exams.forger, kid: url), web)
            #expect(report.verdict == .rejected)
            #expect(report.codes.contains("KEY_NOT_ISSUERS"), "\(report.problems)")
            #expect(!report.codes.contains("KEY_REVOKED_LATER"))
        }
    }

    @Test(
        "what is served as the timestamp of a signature leaves it open where it is none",
        arguments: [
            "{", "[]", "{}", #"{"timestamp":"https://x.example/1.tsr","index":0,"count":0,"path":[]}"#,
            #"{"timestamp":"https://x.example/1.tsr","index":-1,"count":1,"path":[]}"#,
            #"{"timestamp":"https://x.example/1.tsr","index":0,"count":9223372036854775807,"path":["DIGEST"]}"#,
            #"{"timestamp":"https://x.example/1.tsr","index":9223372036854775806,"count":9223372036854775807,"path":["DIGEST"]}"#,
            #"{"timestamp":"https://x.example/1.tsr","index":0,"count":2,"path":["00"]}"#,
            #"{"timestamp":"https://x.example/1.tsr","index":0,"count":2,"path":["zz"]}"#,
            #"{"timestamp":"file:///etc/passwd","index":0,"count":1,"path":[]}"#,
            #"{"timestamp":"https://x.example/1.tsr","index":0,"count":1,"path":[]}"#,
        ]
    )
    func hostileTimestamp(text: String) async throws {
        let badge = try Exams.jwt()
        let signature = try #require(SignatureTimestamp.signature(in: badge))
        var method = Exams.method(Exams.kid, Exams.key)
        method["revoked"] = Self.end
        method["timestamps"] = "https://exams.example.org/timestamps/"
        var web = Documents()
        web.serve(Exams.didURL, Exams.didDocument(methods: [method]))
        let place = SignatureTimestamp.name(of: SignatureTimestamp.leaf(of: signature))
        let digest = String(repeating: "0a", count: 32)
        web.serve(
            "https://exams.example.org/timestamps/\(place)",
            text: text.replacing("DIGEST", with: digest)
        )
        web.serve("https://x.example/1.tsr", text: "no reply")
        let report = await Exams.verify(badge, web)
        #expect(report.verdict == .undetermined)
        #expect(report.codes.contains("KEY_REVOKED_LATER"), "\(report.problems)")
    }
}
