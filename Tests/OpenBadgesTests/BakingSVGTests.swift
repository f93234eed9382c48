import OpenBadges
import Testing

@Suite("Baking SVG images")
struct BakingSVGTests {
    private static let ob2 = "http://openbadges.org"
    private static let ob3 = "https://purl.imsglobal.org/ob/v3p0"
    private static let images = [
        "plain": Array(Pictures.svg.utf8), "marked": [0xEF, 0xBB, 0xBF] + Array(Pictures.svg.utf8),
        "doctype": Array("<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" 'svg11.dtd'>\n".utf8) + Pictures.svg(" "),
        "prefixed": Array("<s:svg xmlns:s='http://www.w3.org/2000/svg' ><s:g/></s:svg >".utf8),
        "latin": Array("<?xml version='1.0' encoding='iso-8859-1' standalone='no'?>".utf8) + Pictures.svg("<g/>"),
    ]

    private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

    @Test(
        "a badge goes in and comes out, and all other bytes stay where they were",
        arguments: images.keys.sorted(),
        Credentials.names
    )
    func roundTrip(_ name: String, _ credential: String) throws {
        let image = try #require(Self.images[name])
        let badge = try #require(Credentials.all[credential])
        let baked = try Bakery.bake(badge, into: image)
        let found = try Bakery.unbake(baked)
        #expect(found.format == .svg)
        #expect(found.warnings == [])
        if name == "latin", credential == "ob3JSON" {
            // What its encoding does not have is written as JSON can write it.
            #expect(found.preferred.bytes.allSatisfy { $0 < 0x80 })
            #expect(text(found.preferred.bytes).contains("K\\u00e4se ]]> und ]]]]>>\\ud83e\\uddc0 <!-- & -->"))
        } else {
            #expect(found.preferred.bytes == badge)
        }
        #expect(try Bakery.removingBadges(from: baked) == image)
        #expect(try Bakery.digest(ofImage: baked) == Bakery.digest(ofImage: image))
        #expect(code { _ = try Bakery.bake(badge, into: baked) } == .alreadyBaked)
        let again = try Bakery.bake(badge, into: baked, options: .init(existing: .replace))
        #expect(again == baked)
    }

    @Test("the element is the specifications' own, as the first child of the root")
    func form() throws {
        func baked(_ credential: [UInt8]) throws -> String {
            text(try Bakery.bake(credential, into: Pictures.svg("<g/>", attributes: " width=\"8\"")))
        }
        func expected(_ namespace: String, _ element: String) -> String {
            "<svg xmlns:openbadges=\"\(namespace)\" xmlns=\"http://www.w3.org/2000/svg\" width=\"8\">\(element)<g/></svg>"
        }
        let jwt = text(Credentials.ob3JWT)
        let jws = text(Credentials.ob2JWS)

        #expect(
            try baked(Credentials.ob3JWT)
                == expected(Self.ob3, "<openbadges:credential verify=\"\(jwt)\"></openbadges:credential>")
        )
        #expect(try baked(Credentials.ob2JWS) == expected(Self.ob2, "<openbadges:assertion verify=\"\(jws)\"/>"))
        #expect(
            try baked(Credentials.ob3JSON)
                == expected(
                    Self.ob3,
                    "<openbadges:credential><![CDATA["
                        + text(Credentials.ob3JSON).replacing("]]>", with: "]]]]><![CDATA[>")
                        + "]]></openbadges:credential>"
                )
        )

        let url = Academy.hostedID
        let hosted = "<openbadges:assertion verify=\"\(url)\"><![CDATA[\(text(Credentials.ob2Hosted))]]>"
        #expect(try baked(Credentials.ob2Hosted) == expected(Self.ob2, hosted + "</openbadges:assertion>"))
    }

    @Test("an empty root element is opened, and an address is written as XML asks for")
    func emptyRoot() throws {
        let image = Array("<s:svg xmlns:s='http://www.w3.org/2000/svg' />".utf8)
        let assertion = Array(#"{"type": "Assertion", "id": "https://example.org/a?b=1&c=ä"}"#.utf8)
        let start =
            "<s:svg xmlns:openbadges=\"http://openbadges.org\" xmlns:s='http://www.w3.org/2000/svg' >"
            + "<openbadges:assertion verify=\"https://example.org/a?b=1&amp;c="
        let end = "\"><![CDATA[\(text(assertion))]]></openbadges:assertion></s:svg>"
        let baked = try Bakery.bake(assertion, into: image)
        #expect(text(baked) == start + "ä" + end)
        #expect(try Bakery.unbake(baked).carriers.map(\.kind) == [.svgAttribute, .svgBody])
        #expect(try Bakery.unbake(baked).carriers[0].bytes == Array("https://example.org/a?b=1&c=ä".utf8))
        let ascii = Array("<?xml version=\"1.0\" encoding=\"US-ASCII\"?>".utf8) + image
        #expect(text(try Bakery.bake(assertion, into: ascii)).contains("c=%C3%A4\">"))
    }

    @Test("the namespace counts and not its prefix, wherever the element stands and however its text is written")
    func reading() throws {
        let jwt = text(Credentials.ob3JWT)
        func find(_ content: String, _ attributes: String = "") throws -> [BadgeCarrier] {
            try Bakery.unbake(Pictures.svg(content, attributes: attributes)).carriers
        }
        for (content, attributes) in [
            ("<credential xmlns=\"\(Self.ob3)\" verify='\(jwt)'/>", ""),
            ("<b:credential verify='\(jwt)' />", " xmlns:b=\"\(Self.ob3)\""),
            ("<g><metadata><x:credential xmlns:x=\"\(Self.ob3)\" verify='\(jwt)'></x:credential></metadata></g>", ""),
            (
                "<b:credential verify='&#101;&#x79;\(jwt.dropFirst(2))'/>",
                " xmlns:b=\"https://purl.imsglobal.org&#47;ob/v3p0\""
            ),
        ] {
            let found = try find(content, attributes)
            #expect(found.map(\.bytes) == [Credentials.ob3JWT])
            #expect(found.map(\.kind) == [.svgAttribute])
        }
        for (content, body) in [
            ("\n <![CDATA[{\"a\":1}]]>\n ", "{\"a\":1}"), ("{\"a\":&quot;1&#34;}", "{\"a\":\"1\"}"),
            ("{<![CDATA[\"<\"]]>:1}", "{\"<\":1}"), ("<!-- c --><![CDATA[{]]><?p?><![CDATA[}]]>", "{}"),
            (" {} ", " {} "),
        ] {
            let found = try find("<a:assertion>\(content)</a:assertion>", " xmlns:a=\"\(Self.ob2)\"")
            #expect(found.map { text($0.bytes) } == [body])
            #expect(found.map(\.kind) == [.svgBody])
            #expect(found.map(\.generation) == [.ob2])
        }
    }

    @Test("an element of another namespace or name, or one without a badge in it, is no badge")
    func notBaked() {
        for content in [
            "", "<credential verify=\"a.b.c\"/>",
            "<o:assertion xmlns:o=\"https://purl.imsglobal.org/ob/v3p0\" verify=\"x\"/>",
            "<openbadges:credential xmlns:openbadges=\"http://openbadges.org\" verify=\"x\"/>",
            "<o:credential xmlns:o=\"https://purl.imsglobal.org/ob/v3p0\" verify=\" \"> <![CDATA[ ]]></o:credential>",
            "<!-- <o:credential xmlns:o=\"https://purl.imsglobal.org/ob/v3p0\" verify=\"x\"/> -->",
        ] {
            #expect(code { _ = try Bakery.unbake(Pictures.svg(content)) } == .notBaked, "\(content)")
        }
    }

    @Test("an element that waits for a badge is replaced, so that there is one only")
    func placeholder() throws {
        let image = Pictures.svg(
            "<openbadges:credential verify=\"\"><![CDATA[ ]]></openbadges:credential><g/>",
            attributes: " xmlns:openbadges=\"\(Self.ob3)\""
        )
        let baked = try Bakery.bake(Credentials.ob3JWT, into: image)
        #expect(baked == (try Bakery.bake(Credentials.ob3JWT, into: Pictures.svg("<g/>"))))
    }

    @Test("a declaration that is there is used, and one of another namespace is left alone")
    func declarations() throws {
        let own = Pictures.svg("<g/>", attributes: " xmlns:openbadges='\(Self.ob3)'")
        #expect(text(try Bakery.bake(Credentials.ob3JWT, into: own)).components(of: "xmlns:openbadges") == 1)
        let other = Pictures.svg("<openbadges:g/>", attributes: " xmlns:openbadges=\"https://example.org/\"")
        let baked = text(try Bakery.bake(Credentials.ob3JWT, into: other))
        #expect(baked.contains("><openbadges:credential xmlns:openbadges=\"\(Self.ob3)\" verify="))
        #expect(try Bakery.removingBadges(from: Array(baked.utf8)) == other)
    }

    @Test("a badge of the other generation goes, or stays beside the new one")
    func generations() throws {
        let image = Array(Pictures.svg.utf8)
        let once = try Bakery.bake(Credentials.ob2Hosted, into: image)
        let replaced = try Bakery.bake(Credentials.ob3JWT, into: once, options: .init(existing: .replace))
        #expect(replaced == (try Bakery.bake(Credentials.ob3JWT, into: image)))
        let both = try Bakery.bake(Credentials.ob3JSON, into: once, options: .init(existing: .keepOtherGeneration))
        let found = try Bakery.unbake(both)
        #expect(found.carriers.map(\.generation) == [.ob3, .ob2, .ob2])
        #expect(found.preferred.bytes == Credentials.ob3JSON)
        #expect(found.warnings.map(\.code) == [.bothGenerations])
        #expect(try Bakery.removingBadges(from: both) == image)
        let two = Pictures.svg(
            "<o:assertion verify=\"https://example.org/1\"/><o:assertion verify=\"https://example.org/2\"/>",
            attributes: " xmlns:o=\"\(Self.ob2)\""
        )
        #expect(try Bakery.unbake(two).warnings.map(\.code) == [.disagreeing, .urlOnly])
    }

    @Test(
        "what is no well-formed XML is not read",
        arguments: [
            "<svg>", "<svg></g>", "<svg/><svg/>", "<svg/>x", "<svg><g></svg></g>", "<svg a='1'b='2'/>",
            "<svg a=1/>", "<svg a/>", "<svg a='<'/>", "<svg a='1' a='2'/>", "<svg>&</svg>", "<svg>&#0;</svg>",
            "<svg>&#xD800;</svg>", "<svg>&#x110000;</svg>", "<svg>&#;</svg>", "<svg>]]></svg>", "<svg><![CDATA[</svg>",
            "<svg><!-- -- --></svg>", "<svg><!--></svg>", "<svg><?xml version='1.0'?></svg>", "<svg><?p</svg>",
            " <?xml version='1.0'?><svg/>", "<?xml version='1.1'?><svg/>", "<?xml encoding='UTF-8'?><svg/>",
            "<?xml version='1.0' encoding='UTF-16'?><svg/>", "<?xml version='1.0' encoding='latin'?><svg/>",
            "<?xml version='1.0' encoding='iso-8859-1'?><svg>ä</svg>", "<svg><x:g/></svg>", "<svg x:a='1'/>",
            "<svg xmlns:x=''/>", "<svg xmlns:xml='http://openbadges.org'/>", "<svg xmlns:xmlns='u'/>",
            "<svg xmlns:='u'/>",
            "<svg xmlns='http://www.w3.org/2000/xmlns/'/>", "<svg xmlns:a='u' xmlns:b='u'><g a:c='1' b:c='2'/></svg>",
            "<svg xmlns:a='u'><a:b:c/></svg>", "<svg><1/></svg>", "<svg>\u{1}</svg>", "<svg>\u{FFFE}</svg>", "<svg",
            "<svg a", "<svg a=", "<svg a='", "<svg><!DOCTYPE svg></svg>",
            "<!DOCTYPE svg><!DOCTYPE svg><svg/>",
            "<!DOCTYPE svg <svg/>", "<svg><![CDATA[x]]", "<svg xmlns='http://www.w3.org/1999/xhtml'/>",
            "<svg><o:assertion xmlns:o='http://openbadges.org'><g/></o:assertion></svg>",
        ]
    )
    func malformed(_ image: String) {
        #expect(code { _ = try Bakery.unbake(Array(image.utf8)) } == .imageMalformed)
    }

    @Test("bytes that are not UTF-8 are not read")
    func encoding() {
        for bytes: [UInt8] in [
            [0xFF], [0xC0, 0x80], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xC3], [0x80],
            [0x7F, 0],
        ] {
            let image = Array("<svg>".utf8) + bytes + Array("</svg>".utf8)
            #expect(code { _ = try Bakery.unbake(image) } == .imageMalformed)
        }
    }

    @Test("an image that browsers would not show is not baked")
    func namespace() {
        #expect(code { _ = try Bakery.bake(Credentials.ob3JWT, into: Array("<svg/>".utf8)) } == .imageMalformed)
    }

    @Test("each limit holds")
    func limits() throws {
        func outcome(_ image: [UInt8], _ change: (inout BakingLimits) -> Void) -> OpenBadgesError.Code? {
            var limits = BakingLimits()
            change(&limits)
            return code { _ = try Bakery.unbake(image, limits: limits) }
        }
        let image = try Bakery.bake(Credentials.ob3JWT, into: Array(Pictures.svg.utf8))
        #expect(outcome(image) { $0.svgBytes = image.count - 1 } == .limitExceeded)
        #expect(outcome(image) { $0.svgBytes = image.count } == nil)
        #expect(outcome(image) { $0.depth = 3 } == .limitExceeded)
        #expect(outcome(image) { $0.depth = 4 } == nil)
        #expect(outcome(image) { $0.attributes = 2 } == .limitExceeded)
        #expect(outcome(image) { $0.namespaces = 1 } == .limitExceeded)
        #expect(outcome(image) { $0.credentialBytes = Credentials.ob3JWT.count } == nil)
        #expect(outcome(image) { $0.credentialBytes = Credentials.ob3JWT.count - 1 } == .limitExceeded)
        let body = Pictures.svg("<assertion xmlns=\"\(Self.ob2)\">{<![CDATA[}]]></assertion>")
        #expect(outcome(body) { $0.credentialBytes = 2 } == nil)
        #expect(outcome(body) { $0.credentialBytes = 1 } == .limitExceeded)
        let many = Pictures.svg(String(repeating: "<assertion xmlns=\"\(Self.ob2)\" verify=\"x\"/>", count: 17))
        #expect(outcome(many) { _ in } == .limitExceeded)
        let deep = String(repeating: "<g>", count: 300_000)
        #expect(outcome(Pictures.svg(deep)) { _ in } == .limitExceeded)
    }
}

extension String {
    /// How often a text stands in it.
    fileprivate func components(of text: String) -> Int { ranges(of: text).count }
}
