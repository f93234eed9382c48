import OpenBadges
import Testing

@Suite("What an SVG may do")
struct BakingSafetyTests {
    private static let xlink = " xmlns:xlink=\"http://www.w3.org/1999/xlink\""

    /// Each with a word of what the error says about it.
    private static let unsafe: [(content: String, word: String)] = [
        ("<script>alert(1)</script>", "script"), ("<SCRIPT/>", "script"), ("<script href='#a'/>", "script"),
        ("<x:script xmlns:x='u'/>", "script"), ("<g onload='a()'/>", "onload"), ("<g OnClick='a()'/>", "OnClick"),
        ("<foreignObject><p/></foreignObject>", "foreignobject"), ("<iframe src='#'/>", "iframe"),
        ("<embed/>", "embed"),
        ("<p xmlns='http://www.w3.org/1999/xhtml'/>", "HTML"), ("<handler/>", "handler"), ("<audio/>", "audio"),
        ("<a href='javascript:alert(1)'/>", "href"), ("<a xlink:href='java&#10;script:a()'/>", "xlink:href"),
        ("<a href=' &#1;'/>", ""), ("<use href='https://example.org/a.svg#b'/>", "href"),
        ("<use href='a.svg#b'/>", "href"),
        ("<image href='//example.org/a.png'/>", "href"), ("<image xlink:href='data:image/svg+xml,&lt;svg/>'/>", "href"),
        ("<image href='data:text/html,x'/>", "href"), ("<set attributeName='href' to='javascript:a()'/>", "set"),
        ("<animate attributeName=' xlink:href ' values='#a;javascript:a()'/>", "animate"),
        ("<animate attributeName='onclick' to='a()'/>", "animate"),
        ("<g xml:base='https://example.org/'/>", "xml:base"),
        ("<rect fill='url(https://example.org/a.svg#b)'/>", "fill"), ("<rect fill='URL( \"a.svg#b\" )'/>", "fill"),
        ("<rect fill='u\\72l(a)'/>", "fill"), ("<g style='background:url(a.png)'/>", "style"),
        ("<g style='behavior: x'/>", "style"), ("<style>@import 'a.css';</style>", "style sheet"),
        ("<style><![CDATA[@im]]>port 'a.css'</style>", "style sheet"),
        ("<style>a{b:u\\000072l(x)}</style>", "style sheet"),
        ("<style>/* */ a { b: image-set('a.png' 1x) }</style>", "style sheet"),
        ("<style><style>@import 'a'</style></style>", "style sheet"),
        ("<style>a{b:url(#c)}<g>@import</g></style>", "style sheet"),
        ("<?xml-stylesheet href='a.css'?>", "style sheet"),
        ("<animate attributeName='fill' values='red;url(https://example.org/)'/>", "values"),
    ]

    private static let safe = [
        "<a href='#b'/>", "<a xlink:href=''/>", "<image href='data:image/png;base64,AAAA'/>", "<rect fill='url(#a)'/>",
        "<image xlink:href=' DATA:image/jpeg;base64,AA\nAA'/>", "<rect fill=' url( \"#a\" ) '/>",
        "<g transform='scale(2)'/>",
        "<style>@font-face{src:url(data:font/woff2;base64,AA)} .a{fill:url('#b')}</style>",
        "<text>onload url(x)</text>",
        "<metadata xmlns:r='u'><r:type r:resource='http://purl.org/dc/dcmitype/StillImage'/></metadata>",
        "<metadata xmlns:d='http://purl.org/dc/elements/1.1/'><d:source>https://example.org/</d:source></metadata>",
        "<animate attributeName='fill' values='red;blue'/>", "<text>&lt;script></text>", "<!-- <script/> -->",
        "<g xml:space='preserve' class='on'/>", "<text><![CDATA[<script>]]></text>", "<?php echo ?>",
    ]

    private static func image(_ content: String) -> [UInt8] {
        Pictures.svg("\n<g/>\(content)<rect/>\n", attributes: xlink)
    }

    private func refusal(_ image: [UInt8], _ options: BakingOptions = .init()) -> OpenBadgesError? {
        do {
            _ = try Bakery.bake(Credentials.ob3JWT, into: image, options: options)
            return nil
        } catch {
            return error
        }
    }

    @Test(
        "what could run code or fetch from elsewhere is refused, and said by its name and line",
        arguments: unsafe.indices
    )
    func refused(_ index: Int) throws {
        let (content, word) = Self.unsafe[index]
        guard !word.isEmpty else { return #expect(refusal(Self.image(content))?.code == .imageMalformed) }
        let error = try #require(refusal(Self.image(content)), "\(content)")
        #expect(error.code == .imageUnsafe)
        #expect(error.detail.contains(word) && error.detail.contains("line 2"), "\(error)")
    }

    @Test("it is taken out on request, and nothing else", arguments: unsafe.indices)
    func stripped(_ index: Int) throws {
        let (content, word) = Self.unsafe[index]
        guard !word.isEmpty else { return }
        let baked = try Bakery.bake(
            Credentials.ob3JWT,
            into: Self.image(content),
            options: .init(activeContent: .strip)
        )
        let image = String(decoding: try Bakery.removingBadges(from: baked), as: UTF8.self)
        let start = String(decoding: Self.image(""), as: UTF8.self).prefix { $0 != "\n" }
        #expect(image.hasPrefix(start + "\n<g/>"))
        #expect(image.hasSuffix("<rect/>\n</svg>"))
        #expect(image.utf8.count < Self.image(content).count)
        // What is left is safe by itself.
        #expect(refusal(Array(image.utf8)) == nil)
    }

    @Test("what pictures are made of is let pass, untouched", arguments: safe)
    func accepted(_ content: String) throws {
        for mode in [BakingOptions.ActiveContent.refuse, .strip] {
            let options = BakingOptions(activeContent: mode)
            let baked = try Bakery.bake(Credentials.ob3JWT, into: Self.image(content), options: options)
            #expect(try Bakery.removingBadges(from: baked) == Self.image(content))
        }
    }

    @Test(
        "entities are refused, and neither resolved nor read over",
        arguments: [
            "<!DOCTYPE svg [<!ENTITY a 'b'>]><svg xmlns='http://www.w3.org/2000/svg'/>",
            "<!DOCTYPE svg [ ]><svg xmlns='http://www.w3.org/2000/svg'/>",
            "<!DOCTYPE svg SYSTEM 'https://example.org/a.dtd' [<!-- ]> --> <?a ]> ?> <!ENTITY b \"]>\"> ] ><svg xmlns='http://www.w3.org/2000/svg'/>",
        ]
    )
    func entities(_ text: String) throws {
        let image = Array(text.utf8)
        #expect(refusal(image)?.code == .imageUnsafe)
        #expect(code { _ = try Bakery.unbake(image) } == .imageUnsafe)
        // Without its declarations the document is an ordinary one.
        let baked = try Bakery.bake(Credentials.ob3JWT, into: image, options: .init(activeContent: .strip))
        #expect(try Bakery.unbake(baked).preferred.bytes == Credentials.ob3JWT)
        #expect(!String(decoding: baked, as: UTF8.self).contains("ENTITY"))
    }

    @Test("a reference to an entity cannot be taken out")
    func references() {
        let image = Array("<!DOCTYPE svg [<!ENTITY a 'b'>]><svg xmlns='http://www.w3.org/2000/svg'>&a;</svg>".utf8)
        #expect(refusal(image, .init(activeContent: .strip))?.code == .imageUnsafe)
        #expect(refusal(Pictures.svg("&nbsp;"))?.code == .imageUnsafe)
        #expect(refusal(Pictures.svg("<g a='&nbsp;'/>"))?.code == .imageUnsafe)
    }

    @Test("of many findings the first three are named, and the rest counted")
    func many() {
        let detail = refusal(Pictures.svg(String(repeating: "\n<script/>", count: 10)))?.detail ?? ""
        #expect(detail.contains("line 2: ") && detail.contains("line 4: ") && !detail.contains("line 5: "))
        #expect(detail.hasSuffix("and 7 more"))
    }

    @Test("findings are counted no further than their limit")
    func limit() {
        var limits = BakingLimits()
        limits.findings = 9
        let image = Pictures.svg(String(repeating: "<script/>", count: 10))
        #expect(code { _ = try Bakery.bake(Credentials.ob3JWT, into: image, limits: limits) } == .limitExceeded)
    }

    @Test("a badge inside what is taken out goes with it, and a badge is read from an unsafe image, too")
    func badges() throws {
        let badge = "<o:assertion xmlns:o='http://openbadges.org' verify='https://example.org/1'/>"
        let image = Self.image("<foreignObject>\(badge)</foreignObject>")
        #expect(try Bakery.unbake(image).preferred.content == .url)
        #expect(refusal(image, .init(activeContent: .strip))?.code == .alreadyBaked)
        let options = BakingOptions(existing: .keepOtherGeneration, activeContent: .strip)
        let baked = try Bakery.bake(Credentials.ob3JWT, into: image, options: options)
        #expect(try Bakery.unbake(baked).carriers.map(\.bytes) == [Credentials.ob3JWT])
    }
}
