import JSONCore
import OpenBadges
import Testing

@Suite("Open Badges 2.0, hosted")
struct HostedAssertionTests {
    private func report(
        _ web: Documents = Academy.web,
        given assertion: OB2.Assertion = Academy.hosted(),
        at: Timestamp = Exams.now
    ) async -> VerificationReport {
        await Academy.verify(assertion.json.serialized(), web, at: at)
    }

    @Test("a hosted badge is verified, as a file and by its URL")
    func good() async {
        let file = await report()
        #expect(file.isVerified, "\(file.problems)")
        #expect(file.format == .ob2Hosted)
        #expect(file.answers.issuer == .domain)
        let url = await Verifier(loader: Academy.web).verify(url: Academy.hostedID, options: .init(at: Exams.now))
        #expect(url.isVerified)
        #expect(url.input == Academy.hostedID)
    }

    @Test("the hosted copy decides, not the one that was handed in")
    func copy() async {
        var given = Academy.hosted()
        given.recipient = OB2.IdentityObject(plain: "mallory@example.org")
        given.expires = Exams.expires
        given.badge = "https://evil.example/class.json"
        let report = await report(given: given)
        #expect(report.isVerified)
        #expect(report.claims?.recipient == Academy.recipient.identity)
        #expect(report.claims?.validUntil == nil)
        #expect(report.claims?.name == "Algebra I")
    }

    @Test("a copy of another id at the URL is another badge")
    func otherID() async {
        var web = Academy.web
        web.serve(Academy.hostedID, Academy.hosted(id: "https://academy.example.org/assertions/2.json").json)
        let report = await report(web)
        #expect(report.verdict == .rejected)
        #expect(report.answers.authentic == .no)
        #expect(report.codes.contains("HOSTED_DIFFERS"))
    }

    @Test("what is no badge at the URL is another badge", arguments: ["", "[]", "{}", "<html></html>", "null"])
    func noBadge(text: String) async {
        var web = Academy.web
        web.serve(Academy.hostedID, text: text)
        let report = await report(web)
        #expect(report.verdict == .rejected)
        #expect(report.answers.authentic != .yes)
    }

    @Test("404, 410, revoked and unreachable are told apart")
    func toldApart() async {
        var web = Academy.web
        web.answers[Academy.hostedID] = .missing(status: 404)
        let missing = await report(web)
        #expect(missing.verdict == .undetermined)
        #expect(missing.answers.authentic == .unknown)
        #expect(missing.answers.current == .unknown)
        #expect(missing.codes.contains("HOSTED_NOT_FOUND"))
        #expect(missing.codes.contains("STATUS_RETRIEVAL_ERROR"))
        #expect(!missing.codes.contains("REVOKED"))

        web.takeBack(Academy.hostedID, ["id": .string(Academy.hostedID), "revocationReason": "Issued in error."])
        let gone = await report(web)
        #expect(gone.verdict == .rejected)
        #expect(gone.answers.current == .no)
        #expect(gone.codes.contains("REVOKED"))
        #expect(gone.sentence.contains("Issued in error."))

        web.takeBack(Academy.hostedID, nil)
        #expect(await report(web).answers.current == .no, "410 counts without a body")

        web.serve(
            Academy.hostedID,
            ["id": .string(Academy.hostedID), "revoked": true, "revocationReason": "Honor code violation"]
        )
        let revoked = await report(web)
        #expect(revoked.verdict == .rejected)
        #expect(revoked.answers.current == .no)
        #expect(revoked.codes.contains("REVOKED"))
        #expect(revoked.sentence.contains("Honor code violation"))

        web.remove(Academy.hostedID)
        let unreachable = await report(web)
        #expect(unreachable.verdict == .undetermined)
        #expect(unreachable.answers.authentic == .unknown)
        #expect(unreachable.answers.current == .unknown)
    }

    @Test("a copy that is revoked needs nothing but its id and the word")
    func bareRevoked() async {
        var web = Documents()
        web.serve(
            Academy.hostedID,
            ["@context": .string(OB2.context), "id": .string(Academy.hostedID), "revoked": true]
        )
        let report = await report(web)
        #expect(report.codes.contains("REVOKED"))
        #expect(!report.codes.contains("REQUIRED_PROPERTY_MISSING"))
        #expect(report.verdict == .rejected)
    }

    @Test("a file that says of itself that it is revoked is asked for at its host")
    func revokedFile() async {
        let given: JSON = ["@context": .string(OB2.context), "id": .string(Academy.hostedID), "revoked": true]
        let verified = await Academy.verify(given.serialized())
        #expect(verified.isVerified, "the host says otherwise, and the host decides")
        let offline = await Academy.verify(given.serialized(), Documents())
        #expect(offline.verdict == .undetermined, "anybody can write such a file")
    }

    @Test("by its URL, too, 404, 410 and unreachable are told apart")
    func byURL() async {
        var web = Academy.web
        let options = VerificationOptions(at: Exams.now)
        func verify(_ web: Documents) async -> VerificationReport {
            await Verifier(loader: web).verify(url: Academy.hostedID, options: options)
        }
        web.answers[Academy.hostedID] = .missing(status: 404)
        #expect(await verify(web).verdict == .undetermined)
        web.remove(Academy.hostedID)
        #expect(await verify(web).codes == ["DOCUMENT_UNREACHABLE"])
        #expect(await verify(web).verdict == .undetermined)
        web.takeBack(Academy.hostedID, ["revocationReason": "Issued in error."])
        let gone = await verify(web)
        #expect(gone.verdict == .rejected)
        #expect(gone.answers.current == .no)
        #expect(gone.codes == ["REVOKED"])
        #expect(gone.checks.map(\.check) == CheckName.standard)
        #expect(gone.sentence.contains("Issued in error."))
    }

    @Test("what a host writes beside its 410 cannot command a terminal")
    func controlCharacters() async {
        var web = Academy.web
        web.takeBack(Academy.hostedID, ["revocationReason": "\u{1B}[2Jverified"])
        let file = await report(web)
        #expect(!file.sentence.unicodeScalars.contains("\u{1B}"))
        let url = await Verifier(loader: web).verify(url: Academy.hostedID)
        #expect(!url.sentence.unicodeScalars.contains("\u{1B}"))
    }

    @Test("a badge that is served by the URL that redirected there is the badge of its own id")
    func redirect() async {
        var web = Academy.web
        let short = "https://academy.example.org/b/1"
        web.serve(short, Academy.hosted().json, redirectedTo: Academy.hostedID)
        #expect(await Verifier(loader: web).verify(url: short, options: .init(at: Exams.now)).isVerified)
        // A copy elsewhere says where the badge is, and proves nothing more.
        let copy = "https://evil.example/copy.json"
        var forged = Academy.hosted()
        forged.recipient = OB2.IdentityObject(plain: "mallory@example.org")
        web.serve(copy, forged.json)
        let report = await Verifier(loader: web).verify(url: copy, options: .init(at: Exams.now))
        #expect(report.claims?.recipient == Academy.recipient.identity)
    }

    @Test("the id of a hosted badge is its URL", arguments: ["urn:uuid:1", "1", "", "file:///etc/passwd", "did:web:a"])
    func noURL(id: String) async {
        let report = await report(given: Academy.hosted(id: id))
        #expect(report.verdict == .rejected)
        #expect(report.answers.authentic == .no)
    }

    @Test(
        "a document that the badge needs and that is out of reach leaves it unknown",
        arguments: [
            Academy.classURL, Academy.issuerURL,
        ]
    )
    func unreachable(url: String) async {
        var web = Academy.web
        web.remove(url)
        let report = await report(web)
        #expect(report.verdict == .undetermined)
        #expect(report.answers.authentic == .unknown)
        #expect(report.answers.issuer == .unknown)
    }

    @Test("a badge expires after its very last instant")
    func expiry() async {
        var assertion = Academy.hosted()
        assertion.expires = Exams.expires
        var web = Academy.web
        web.serve(Academy.hostedID, assertion.json)
        #expect(await report(web, given: assertion, at: Exams.expires).isVerified)
        let later = Exams.time("2028-03-01T12:30:00.000000001Z")
        #expect(await report(web, given: assertion, at: later).codes == ["EXPIRED"])
        let earlier = Exams.time("2026-03-01T12:29:59.999999999Z")
        #expect(await report(web, given: assertion, at: earlier).codes == ["NOT_YET_VALID"])
    }

    @Test(
        "times may be written in each form of ISO 8601 that the specification takes",
        arguments: [
            "2026-03-01T12:30:00Z", "2026-03-01T12:30:00+00:00", "2026-03-01T12:30:00.5Z", "2026-03-01T12:30Z",
            "2026-03-01T12:30:00+0000", "2026-03-01T12:30:00+00",
        ]
    )
    func times(text: String) async {
        var assertion = Academy.hosted()
        assertion.members["issuedOn"] = .string(text)
        var web = Academy.web
        web.serve(Academy.hostedID, assertion.json)
        let report = await report(web)
        #expect(report.isVerified)
    }

    @Test(
        "times without a zone, without a time, or as numbers are none",
        arguments: [
            "2026-03-01T12:30:00", "2026-03-01", "1772368200", 1_772_368_200 as JSON,
        ]
    )
    func noTimes(value: JSON) async {
        var assertion = Academy.hosted()
        assertion.members["issuedOn"] = value
        var web = Academy.web
        web.serve(Academy.hostedID, assertion.json)
        let report = await report(web)
        #expect(report.verdict == .rejected)
        #expect(report.codes.contains("MALFORMED_VALUE_ERROR"))
    }

    @Test("verify is another name for verification")
    func alias() async {
        var assertion = Academy.hosted()
        assertion.members["verify"] = ["type": "hosted"]
        assertion.members["verification"] = nil
        var web = Academy.web
        web.serve(Academy.hostedID, assertion.json)
        #expect(await report(web).isVerified)
    }

    @Test("a kind of verification that nobody knows is none")
    func unknownVerification() async {
        var assertion = Academy.hosted()
        assertion.verification = OB2.VerificationObject(uncheckedMembers: ["type": "Trust me"])
        #expect(assertion.verification.kind == nil)
        var web = Academy.web
        web.serve(Academy.hostedID, assertion.json)
        let report = await report(web, given: assertion)
        #expect(report.codes == ["MALFORMED_VALUE_ERROR"])
    }

    @Test("a badge class without an image passes with a warning")
    func noImage() async {
        var badge = Academy.badgeClass
        badge.image = nil
        var web = Academy.web
        web.serve(Academy.classURL, badge.json)
        let report = await report(web)
        #expect(report.isVerified)
        #expect(report.outcome(of: .schema) == .warned)
        #expect(report.codes == ["REQUIRED_PROPERTY_MISSING"])
    }
}
