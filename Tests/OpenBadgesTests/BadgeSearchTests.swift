import JSONCore
import OpenBadges
import Testing

@Suite("Badges behind links and pages")
struct BadgeSearchTests {
    private static let uuid = "0b0f4f5c-52e6-4ba4-93a5-4f9a5d2f6d11"

    private static func verify(_ url: String, _ web: Documents) async -> VerificationReport {
        await Verifier(loader: web).verify(url: url, options: VerificationOptions(at: Exams.now))
    }

    /// What people paste, and where the host has the badge.
    static let pages: [(page: String, badge: String)] = [
        ("https://www.credly.com/badges/\(uuid)", "https://www.credly.com/api/v1/obi/v2/badge_assertions/\(uuid)"),
        (
            "https://credly.com/badges/\(uuid)/public_url",
            "https://www.credly.com/api/v1/obi/v2/badge_assertions/\(uuid)"
        ),
        (
            "https://www.youracclaim.com/badges/\(uuid)/linked_in_profile",
            "https://www.credly.com/api/v1/obi/v2/badge_assertions/\(uuid)"
        ),
        ("https://badgr.com/public/assertions/abc", "https://api.badgr.io/public/assertions/abc?v=2_0"),
        ("https://eu.badgr.com/public/assertions/abc", "https://api.eu.badgr.io/public/assertions/abc?v=2_0"),
        (
            "https://badges.parchment.com/public/assertions/abc",
            "https://api.badges.parchment.com/public/assertions/abc?v=2_0"
        ),
        ("https://www.credential.net/\(uuid)#gs.1", "https://api.accredible.com/v1/obi/badge_assertions/\(uuid)"),
        (
            "https://credentials.brand.example/\(uuid)#acc.Xy12",
            "https://api.accredible.com/v1/obi/badge_assertions/\(uuid)"
        ),
        (
            "https://moodle.example.org/lms/badges/badge.php?hash=0a1b",
            "https://moodle.example.org/lms/badges/assertion.php?b=0a1b"
        ),
    ]

    @Test("a host's page leads to the badge that the host serves elsewhere", arguments: pages)
    func hosts(page: String, badge: String) async {
        var web = Academy.web
        web.serve(badge, Academy.hosted().json)
        let report = await Self.verify(page, web)
        #expect(report.isVerified, "\(report.problems)")
        #expect(report.input == page)
        #expect(report.claims?.id == Academy.hostedID)
    }

    @Test(
        "a page of no known host is asked for itself",
        arguments: [
            "https://credly.com.evil.example/badges/\(uuid)", "https://www.credly.com/badges/none",
            "https://credentials.brand.example/\(uuid)",
        ]
    )
    func strangers(page: String) async {
        var web = Academy.web
        web.serve("https://www.credly.com/api/v1/obi/v2/badge_assertions/\(Self.uuid)", Academy.hosted().json)
        #expect(await Self.verify(page, web).codes == ["DOCUMENT_UNREACHABLE"])
        web.serve(page, Academy.hosted().json)
        #expect(await Self.verify(page, web).isVerified)
    }

    private static let page = "https://academy.example.org/earners/ada/1"

    private static func html(_ head: String) -> String {
        "<!DOCTYPE html>\n<html><head><!-- <link rel=alternate> -->\(head)</head><body>A badge</body></html>"
    }

    @Test(
        "a page says where its badge is",
        arguments: [
            #"<link rel="alternate" type="application/ld+json" href="/assertions/1/assertion.json">"#,
            #"<LINK TYPE='application/json; charset=utf-8' REL='canonical ALTERNATE' HREF=../../assertions/1/assertion.json>"#,
            #"<script type="application/ld+json">HERE</SCRIPT>"#,
        ]
    )
    func pageLinks(head: String) async {
        var web = Academy.web
        web.serve(Self.page, text: Self.html(head.replacing("HERE", with: Academy.hosted().json.text)))
        let report = await Self.verify(Self.page, web)
        #expect(report.isVerified, "\(report.problems)")
        #expect(report.format == .ob2Hosted)
    }

    @Test("a page that names no badge is no badge, and says what to ask for")
    func pageWithout() async {
        var web = Academy.web
        web.serve(Self.page, text: Self.html(#"<link rel="alternate" type="text/html" href="/x"><meta name=og:image>"#))
        let report = await Self.verify(Self.page, web)
        #expect(report.verdict == .rejected)
        #expect(report.codes == ["NOT_A_BADGE"])
        #expect(report.sentence.contains("ask the candidate"))
    }

    @Test("a page that names another achievement than its badge has is warned of")
    func otherName() async {
        let link = #"<link rel="alternate" type="application/json" href="/badge.json">"#
        for (title, codes) in [
            ("Algebra&nbsp;I &ndash; Example", []), ("ALGEBRA\n I", []), ("Algebra &#73;", []),
            ("Doctor of Algebra", ["PAGE_DIFFERS"]), ("", ["PAGE_DIFFERS"]),
        ] {
            var web = Academy.web
            web.serve("https://academy.example.org/badge.json", Academy.hosted().json)
            let page = "<!doctype html><html><head>\(link)</head><h1>\(title)</h1></html>"
            web.serve("https://academy.example.org/p", text: page)
            let report = await Self.verify("https://academy.example.org/p", web)
            #expect(report.isVerified, "\(report.problems)")
            #expect(report.codes.filter { $0 == "PAGE_DIFFERS" } == codes, "\(title)")
        }
    }

    @Test("a hosted badge under another URL than its id is asked for by its id")
    func otherURL() async {
        var web = Academy.web
        let url = "https://academy.example.org/copy.json"
        web.serve(url, Academy.hosted().json)
        let report = await Self.verify(url, web)
        #expect(report.isVerified, "\(report.problems)")
        #expect(report.codes == ["ID_MISMATCH"])
        web.answers[Academy.hostedID] = .missing(status: 404)
        let gone = await Self.verify(url, web)
        #expect(gone.verdict == .rejected)
        #expect(gone.codes.contains("HOSTED_DIFFERS"))
    }

    @Test("pages that lead to pages end")
    func circles() async {
        var web = Documents()
        let link = #"<link rel="alternate" type="application/json" href="\#(Self.page)">"#
        web.serve(Self.page, text: Self.html(link))
        #expect(await Self.verify(Self.page, web).codes == ["NOT_A_BADGE"])
    }

    @Test("a text that is nothing but a URL is followed")
    func link() async {
        let report = await Academy.verify(Array(" \(Academy.hostedID)\n".utf8))
        #expect(report.isVerified, "\(report.problems)")
        #expect(report.input == "badge")
        let gone = await Academy.verify(Array("https://nobody.example/1".utf8))
        #expect(gone.verdict == .undetermined)
        #expect(gone.codes == ["DOCUMENT_UNREACHABLE"])
    }

    @Test("a page that the host takes back says so")
    func gone() async {
        var web = Academy.web
        web.takeBack(Self.page, ["revocationReason": "Issued in error"])
        let report = await Self.verify(Self.page, web)
        #expect(report.answers.current == .no)
        #expect(report.codes == ["REVOKED"])
    }

    @Test("no change to a page makes the verifier fall over")
    func mutations() async {
        let text = Array(
            Self.html(#"<link rel=alternate type="application/json" href="/a&amp;b"><script type=a>"#).utf8
        )
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<300 {
            var bytes = text
            for _ in 0..<3 {
                bytes[Int.random(in: 15..<bytes.count, using: &generator)] = UInt8.random(
                    in: 0...255,
                    using: &generator
                )
            }
            let report = await Exams.verify(Array(bytes.prefix(Int.random(in: 20...bytes.count, using: &generator))))
            #expect(report.verdict != .undetermined || report.format == .none)
        }
    }
}
