import OpenBadges
import Testing

/// Which domains look like which, and which do not.
@Suite("Look-alike domains")
struct LookalikeDomainTests {
    static let genuine = [
        "credly.com", "badges.exams.example.org", "stanmore.ac.uk", "modem.com", "xn--bcher-kva.example", "il.com",
        "oxford.school", "alice.github.io", "open-badges.net", "school1.example",
    ]
    static let index = LookalikeIndex(hosts: genuine)

    private func resemblance(_ host: String) throws -> String? {
        Self.index.resemblance(of: try #require(DomainName(host: host)))?.domain
    }

    @Test(
        "a domain that is made to look like another is seen",
        arguments: [
            // Cyrillic es, ie; a whole label in Cyrillic; an accent.
            ("xn--redly-0ye.com", "credly.com"), ("xn--crdly-0we.com", "credly.com"),
            ("xn--c1ae8ak31e9i.com", "credly.com"), ("xn--crdly-csa.com", "credly.com"),
            ("badges.xn--crdly-0we.com", "credly.com"), ("xn--crdly-0we.net", "credly.com"),
            ("xn--exms-63d.example.org", nil), ("xn--credly-.com", "credly.com"),
            // Latin that looks like Latin.
            ("cred1y.com", "credly.com"), ("crediy.com", "credly.com"), ("rnodem.com", "modem.com"),
            ("examp1e.org", "example.org"), ("0xford.school", "oxford.school"), ("stanrnore.ac.uk", "stanmore.ac.uk"),
            ("al1ce.github.io", "alice.github.io"), ("bucher.example", "xn--bcher-kva.example"),
            // A slip of the hand: another letter, one less, one more, two changed.
            ("credlu.com", "credly.com"), ("credy.com", "credly.com"), ("creddly.com", "credly.com"),
            ("creldy.com", "credly.com"), ("exmaple.org", "example.org"), ("stanmor.ac.uk", "stanmore.ac.uk"),
            // Hyphens.
            ("cred-ly.com", "credly.com"), ("openbadges.net", "open-badges.net"),
            ("o-pen-badges.net", "open-badges.net"),
            // A front that belongs to somebody else.
            ("credly.com.evil.example", "credly.com"), ("www.credly.com.evil.example", "credly.com"),
            ("badges.exams.example.org.evil.example", "example.org"), ("stanmore.ac.uk.evil.com", "stanmore.ac.uk"),
            ("xn--crdly-0we.com.evil.example", "credly.com"), ("credly-com.example", "credly.com"),
            ("www-credly-com.evil.example", "credly.com"), ("login.credly-com.evil.example", "credly.com"),
        ] as [(String, String?)]
    )
    func alike(host: String, domain: String?) throws {
        #expect(try resemblance(host) == domain)
    }

    @Test("the very domain, what lies under it, and its neighbours raise no alarm", arguments: genuine)
    func itself(host: String) throws {
        #expect(try resemblance(host) == nil)
        #expect(try resemblance("www.\(host)") == nil)
        #expect(try resemblance("\(host.uppercased()).") == nil)
        #expect(Self.index.contains(try #require(DomainName(host: host))))
    }

    @Test(
        "other domains raise no alarm",
        arguments: [
            "example.com", "other.example.org", "modern.org", "credly.org", "badges.example", "ll.com", "1l.com",
            "bob.github.io", "github.io", "stanmore.org.uk", "oxford.ac.uk", "school2.example",
            "xn--mnchen-3ya.example",
            "xn--80akhbyknj4f.com", "xn--r8jz45g.com", "credits.com", "creedly-works.com", "comcredly.net", "il.net",
            "art-com.example", "openbadges.org", "mode.com", "xn--99999999.com", "localhost", "a.b.c.d.e.f.g",
        ]
    )
    func unrelated(host: String) throws {
        #expect(try resemblance(host) == nil)
    }

    @Test(
        "what is no name is none",
        arguments: [
            "", ".", "a..b", ".a.example", "127.0.0.1", "[::1]", "a b.example", "müller.example",
            String(repeating: "a", count: 64) + ".example", String(repeating: "a.", count: 127) + "example",
        ]
    )
    func noName(host: String) {
        #expect(DomainName(host: host) == nil)
    }

    @Test("a name in other letters is shown in both forms")
    func shown() throws {
        #expect(
            try #require(DomainName(host: "a.xn--crdly-0we.com")).shown == "a.xn--crdly-0we.com (a.cr\u{435}dly.com)"
        )
        #expect(try #require(DomainName(host: "CREDLY.com")).shown == "credly.com")
        // A Punycode text for what ought to be shown to nobody stays harmless.
        #expect(try #require(DomainName(host: "xn--a-0hc.com")).shown.contains("xn--a-0hc.com"))
    }

    @Test(
        "names that look alike have one skeleton",
        arguments: [
            ("Example Exams", "ExampIe  Exarns"), ("STSI", "\u{405}TS\u{406}"), ("Harvard", "\u{397}arvard"),
            ("Credly", "\u{FF23}\u{FF32}edly"), ("Credly", "\u{1D402}redly"), ("Zürich", "Zu\u{308}rich"),
            ("Open Badges", "Open\u{200B}Badges"), ("Moscow", "\u{41C}\u{43E}\u{455}\u{441}\u{43E}w"),
            ("Level 10", "LEVEL lO"),
        ]
    )
    func names(left: String, right: String) {
        #expect(NameSkeleton.of(left) == NameSkeleton.of(right))
        #expect(NameSkeleton.of(left) != nil)
    }

    @Test("names that differ do not, and too short ones have none")
    func otherNames() {
        #expect(NameSkeleton.of("Example Exams") != NameSkeleton.of("Example Exam"))
        #expect(NameSkeleton.of("Московский университет") != NameSkeleton.of("Московская школа"))
        #expect(NameSkeleton.of("東京大学") != NameSkeleton.of("京都大学"))
        for short in ["", "A", "A.B.", "  ", "\u{200B}\u{200B}\u{200B}"] { #expect(NameSkeleton.of(short) == nil) }
    }

    @Test("one domain is held against ten thousand in no time")
    func many() throws {
        let index = LookalikeIndex(hosts: (0..<10_000).map { "school-of-\(String($0, radix: 26)).example" })
        let name = try #require(DomainName(host: "academy.example"))
        let time = ContinuousClock().measure {
            for _ in 0..<20 { #expect(index.resemblance(of: name) == nil) }
        }
        #expect(time < .seconds(2))
    }
}
