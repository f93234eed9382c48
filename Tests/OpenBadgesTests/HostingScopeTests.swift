import JSONCore
import OpenBadges
import Testing

/// Where an issuer's badges may be hosted, and the tricks of those who host elsewhere.
@Suite("Hosting scope")
struct HostingScopeTests {
    /// Verifies a badge hosted at `id` under an issuer with this policy.
    private func report(
        _ id: String,
        startsWith: [String] = [],
        allowedOrigins: [String] = [],
        issuer issuerID: String = Academy.issuerURL
    ) async -> VerificationReport {
        var issuer = Academy.issuer
        issuer.id = issuerID
        if !startsWith.isEmpty || !allowedOrigins.isEmpty {
            var policy = OB2.VerificationObject(uncheckedMembers: [:])
            policy.startsWith = startsWith
            policy.allowedOrigins = allowedOrigins
            issuer.verification = policy
        }
        var badge = Academy.badgeClass
        badge.issuer = issuerID
        var web = Documents()
        web.serve(issuerID, issuer.json)
        web.serve(Academy.classURL, badge.json)
        let url = id.split(separator: "#", omittingEmptySubsequences: false)[0]
        web.serve(String(url), Academy.hosted(id: id).json)
        return await Academy.verify(Academy.hosted(id: id).json.serialized(), web)
    }

    private func expectOutside(_ report: VerificationReport, sourceLocation: SourceLocation = #_sourceLocation) {
        #expect(report.verdict == .rejected, sourceLocation: sourceLocation)
        #expect(report.answers.authentic == .no, sourceLocation: sourceLocation)
        #expect(report.codes.contains("OUT_OF_SCOPE"), sourceLocation: sourceLocation)
    }

    @Test(
        "without a policy the issuer hosts on its own host",
        arguments: [
            "https://academy.example.org/a/1.json", "https://academy.example.org/1", "https://ACADEMY.example.org/1",
        ]
    )
    func ownHost(id: String) async {
        #expect(await report(id).isVerified)
    }

    @Test(
        "another host is not the issuer's, however much its URL looks like it",
        arguments: [
            "https://evil.example/academy.example.org/1.json", "https://academy.example.org.evil.example/1.json",
            "https://evil-academy.example.org/1", "https://example.org/1", "https://sub.academy.example.org/1",
            "https://academy.example.org@evil.example/1.json", "https://evil.example#academy.example.org",
            "https://evil.example?x=https://academy.example.org/", "https://xn--acadmy-gva.example.org/1",
            "https://academy.example.org:443@evil.example/1", "https://user@academy.example.org/1",
            "https://evil.example\\@academy.example.org/1", "https://academy.example.org%2eevil.example/1",
        ]
    )
    func otherHost(id: String) async {
        let report = await report(id)
        #expect(report.verdict != .undetermined)
        #expect(report.answers.authentic == .no)
        #expect(!report.isVerified)
    }

    private static let prefix = "https://academy.example.org/badges/"

    @Test(
        "a badge under startsWith is the issuer's",
        arguments: [
            prefix + "1.json", prefix + "a/b/c", prefix + "1?x=y", prefix,
        ]
    )
    func within(id: String) async {
        #expect(await report(id, startsWith: [Self.prefix]).isVerified)
        #expect(await report(id, startsWith: ["https://other.example/", Self.prefix]).isVerified)
    }

    @Test(
        "a badge outside of startsWith is not",
        arguments: [
            "https://academy.example.org/1.json", "https://academy.example.org/badges", "https://evil.example/badges/1",
            "http://academy.example.org/badges/1", "https://academy.example.org:8443/badges/1",
        ]
    )
    func outside(id: String) async {
        expectOutside(await report(id, startsWith: [Self.prefix]))
    }

    @Test("a prefix without a slash ends where a segment ends")
    func segments() async {
        let prefix = "https://academy.example.org/badges"
        #expect(await report(prefix + "/1", startsWith: [prefix]).isVerified)
        #expect(await report(prefix + "?id=1", startsWith: [prefix]).isVerified)
        #expect(await report(prefix, startsWith: [prefix]).isVerified)
        // The text fits, and it may be a neighbour's: nobody can tell.
        expectOutside(await report(prefix + "%2F1", startsWith: [prefix]))
        for id in ["-evil/1", ".evil"] {
            let report = await report(prefix + id, startsWith: [prefix])
            #expect(report.verdict == .undetermined)
            #expect(report.problem("OUT_OF_SCOPE")?.severity == .unknown)
        }
    }

    @Test("beside the issuer's own profile, a prefix may end within a name, as the specification has it")
    func besideProfile() async {
        let prefix = "https://academy.example.org/ob2/ass"
        #expect(await report(prefix + "ertion-1.json", startsWith: [prefix]).isVerified)
        expectOutside(await report("https://academy.example.org/ob2/other.json", startsWith: [prefix]))
    }

    @Test(
        "a prefix that is but a host does not open others",
        arguments: [
            "https://academy.example.org", "https://academy.example.org/", "https", "https://", "", "/",
        ]
    )
    func hosts(prefix: String) async {
        expectOutside(await report("https://academy.example.org.evil.example/1", startsWith: [prefix]))
        expectOutside(await report("https://evil.example/1", startsWith: [prefix]))
    }

    @Test(
        "dot segments do not climb out of a prefix",
        arguments: [
            prefix + "../uploads/mallory.json", prefix + "%2e%2e/uploads/mallory.json", prefix + "./../uploads/1",
            prefix + "a/../../uploads/1", prefix + "..%2fuploads/mallory.json",
        ]
    )
    func dotSegments(id: String) async {
        let report = await report(id, startsWith: [Self.prefix])
        #expect(report.answers.authentic == .no)
        #expect(!report.isVerified)
    }

    @Test(
        "allowedOrigins are hosts, compared as such",
        arguments: [
            ("https://badges.example.com/1", true), ("https://BADGES.example.com/1", true),
            ("https://academy.example.org/1", false), ("https://x.badges.example.com/1", false),
            ("https://badges.example.com.evil.example/1", false), ("https://badges.example.com@evil.example/1", false),
        ]
    )
    func origins(id: String, isWithin: Bool) async {
        let report = await report(id, allowedOrigins: ["badges.example.com", "other.example"])
        #expect(report.isVerified == isWithin)
        if !isWithin { #expect(report.answers.authentic == .no) }
        let upper = await self.report(id, allowedOrigins: ["Badges.Example.COM"])
        #expect(upper.isVerified == isWithin)
    }

    @Test("startsWith and allowedOrigins have to hold together")
    func both() async {
        let origins = ["academy.example.org"]
        #expect(await report(Self.prefix + "1", startsWith: [Self.prefix], allowedOrigins: origins).isVerified)
        expectOutside(await report(Self.prefix + "1", startsWith: [Self.prefix], allowedOrigins: ["other.example"]))
        expectOutside(
            await report("https://academy.example.org/1", startsWith: [Self.prefix], allowedOrigins: origins)
        )
    }

    @Test("an issuer whose id is no URL hosts nowhere")
    func noURL() async {
        let report = await report("https://academy.example.org/1", issuer: "urn:uuid:1")
        #expect(report.answers.authentic != .yes)
        #expect(!report.isVerified)
    }
}
