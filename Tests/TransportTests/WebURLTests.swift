import Testing
import Transport

@Suite("URLs")
struct WebURLTests {
    @Test("a URL is taken apart")
    func parts() throws {
        let url = try WebURL("HTTPS://Exams.Example.org:8443/a/./b/../c?x=1&y=%20#top")
        #expect(url.scheme == "https")
        #expect(url.host == "exams.example.org")
        #expect(url.port == 8443)
        #expect(url.path == "/a/c")
        #expect(url.query == "x=1&y=%20")
        #expect(url.fragment == "top")
        #expect(url.origin == "https://exams.example.org:8443")
        #expect(url.description == "https://exams.example.org:8443/a/c?x=1&y=%20#top")
        #expect(url.withoutFragment == "https://exams.example.org:8443/a/c?x=1&y=%20")
        #expect(url.isHTTPS)
    }

    @Test(
        "spellings of the same URL become one",
        arguments: [
            ("https://a.example", "https://a.example/"),
            ("https://a.example:443/", "https://a.example/"),
            ("https://a.example:/", "https://a.example/"),
            ("http://a.example:80/", "http://a.example/"),
            ("http://a.example:443/", "http://a.example:443/"),
            ("https://a.example?q", "https://a.example/?q"),
            ("https://2130706433/", "https://127.0.0.1/"),
            ("https://0x7f.1/", "https://127.0.0.1/"),
            ("https://0177.0.0.1/", "https://127.0.0.1/"),
            ("https://127.1./", "https://127.0.0.1/"),
            ("https://0x7F000001/", "https://127.0.0.1/"),
            ("https://017700000001/", "https://127.0.0.1/"),
            ("https://10.0x10.0xffff/", "https://10.16.255.255/"),
            ("https://1.2.65535/", "https://1.2.255.255/"),
            ("https://1.16777215/", "https://1.255.255.255/"),
            ("https://4294967295/", "https://255.255.255.255/"),
            ("https://0/", "https://0.0.0.0/"),
            ("https://[::FFFF:127.0.0.1]/", "https://[::ffff:127.0.0.1]/"),
            ("https://a.example:00443/", "https://a.example/"),
            ("https://%41.ex%61mple/", "https://a.example/"),
            ("https://a.example./", "https://a.example./"),
            ("https://a.example/../../b/./c/..", "https://a.example/b/"),
            ("https://a.example//b/../c", "https://a.example//c"),
            ("https://a.example/?a b/../c#d e", "https://a.example/?a%20b/../c#d%20e"),
            ("https://a.example?#", "https://a.example/?#"),
            ("https://a.example/%7e%2e%2E/b", "https://a.example/%7e%2e%2E/b"),
            ("https://%31%32%37.0.0.1/", "https://127.0.0.1/"),
            ("https://１２７。0.0.1/", "https://127.0.0.1/"),
            ("https://[0:0::1]/", "https://[::1]/"),
            ("https://bücher.example/ä?ö", "https://xn--bcher-kva.example/%c3%a4?%c3%b6"),
            ("https://a.example/b c", "https://a.example/b%20c"),
        ]
    )
    func normalization(text: String, expected: String) throws {
        let url = try WebURL(text)
        #expect(url.description == expected)
        #expect(try WebURL(url.description) == url)
    }

    @Test(
        "what is no URL is refused",
        arguments: [
            "", " ", "https:", "https:/a", "https:///a", "https://", "https://:443/", "https://a b/", "https://a\\b/",
            "https://a:0/", "https://a:99999/", "https://a:x/", "https://[::1/", "https://[fe80::1%25eth0]/",
            "https://1.2.3.4.5/", "https://256.1.1.1/", "https://a/\u{1}", "https://a/\r\nX: y", "https://a/\u{0}b",
            "//a/b", "/a", "a", "https://%00/", "https://./", "https://a<b/", "https://\u{AD}/",
            "https://4294967296/", "https://0x100000000/", "https://1.2.3.256/", "https://1.2.65536/",
            "https://1.16777216/", "https://256.1/", "https://08.0.0.1/", "https://0x.0.0.1/", "https://0x/",
            "https://127..1/", "https://127.0.0.1../", "https://a..b/", "https://.a/", "https://a.0x1g.1/",
            "https://[::1]x/", "https://[::1]:x/", "https://[]/", "https://[127.0.0.1]/", "https://[::1",
            "https://::1/",
            "https://a:1:2/", "https://a:-1/", "https://a:+1/", "https://a:99999999999999999999/", "https://a%/",
            "https://a%4/", "https://a%zz/", "https://%ff/", "https://%40a/", "https://a%2fb/", "https://a%3a80/",
            "https://a\u{3002}\u{3002}b/", "https:\\\\a\\b", "https:/\\a/", "https:?a", "https://?a", "https://#a",
        ]
    )
    func malformed(text: String) async {
        #expect(await TransportError.Code.thrown { () throws(TransportError) in _ = try WebURL(text) } == .urlMalformed)
    }

    @Test("a URL that is longer than any server takes is refused")
    func tooLong() async {
        let text = "https://a.example/" + String(repeating: "a", count: WebURL.maximumLength)
        #expect(await TransportError.Code.thrown { () throws(TransportError) in _ = try WebURL(text) } == .urlMalformed)
    }

    @Test(
        "other schemes are refused as such",
        arguments: [
            "file:///etc/passwd", "ftp://a/", "data:,x", "urn:uuid:1", "did:web:a.example", "gopher://a/",
            "localhost:80",
        ]
    )
    func schemes(text: String) async {
        #expect(
            await TransportError.Code.thrown { () throws(TransportError) in _ = try WebURL(text) } == .schemeRefused
        )
    }

    @Test(
        "user information is refused and not repeated",
        arguments: [
            "https://secret@a/", "https://a:secret@b/", "https://:secret@b/", "https://secret@@b/",
            "https://a\\@b/", "https://@b/", "https://secret@[::1]/",
        ]
    )
    func userInformation(text: String) throws {
        let error = try #require(throws: TransportError.self) { try WebURL(text) }
        #expect(error.code == .userInfoRefused)
        #expect(!error.description.contains("secret"))
    }

    @Test(
        "references resolve as in RFC 3986 §5.4",
        arguments: [
            ("g", "/b/c/g"), ("./g", "/b/c/g"), ("g/", "/b/c/g/"), ("/g", "/g"), ("?y", "/b/c/d;p?y"),
            ("g?y", "/b/c/g?y"), ("#s", "/b/c/d;p?q#s"), ("g#s", "/b/c/g#s"), ("g?y#s", "/b/c/g?y#s"),
            (";x", "/b/c/;x"), ("g;x", "/b/c/g;x"), ("g;x?y#s", "/b/c/g;x?y#s"), ("", "/b/c/d;p?q"), (".", "/b/c/"),
            ("./", "/b/c/"), ("..", "/b/"), ("../", "/b/"), ("../g", "/b/g"), ("../..", "/"), ("../../", "/"),
            ("../../g", "/g"), ("../../../g", "/g"), ("../../../../g", "/g"), ("/./g", "/g"), ("/../g", "/g"),
            ("g.", "/b/c/g."), (".g", "/b/c/.g"), ("g..", "/b/c/g.."), ("..g", "/b/c/..g"), ("./../g", "/b/g"),
            ("./g/.", "/b/c/g/"), ("g/./h", "/b/c/g/h"), ("g/../h", "/b/c/h"), ("g;x=1/./y", "/b/c/g;x=1/y"),
            ("g;x=1/../y", "/b/c/y"), ("g?y/./x", "/b/c/g?y/./x"), ("g?y/../x", "/b/c/g?y/../x"),
            ("g#s/./x", "/b/c/g#s/./x"), ("a b", "/b/c/a%20b"),
        ]
    )
    func references(reference: String, expected: String) throws {
        let base = try WebURL("http://a/b/c/d;p?q#f")
        #expect(try base.resolving(reference).description == "http://a" + expected)
    }

    @Test("a reference may name another host, and never another kind of URL")
    func otherHosts() async throws {
        let base = try WebURL("https://a/b?x=/y/z#f/g")
        #expect(try base.resolving("//g:8/x").description == "https://g:8/x")
        #expect(try base.resolving("HTTP://h").description == "http://h/")
        #expect(try base.resolving("g").description == "https://a/g")
        for (reference, code) in [
            ("file:///x", TransportError.Code.schemeRefused), ("javascript:1", .schemeRefused),
            ("//u:p@g/", .userInfoRefused), ("https://u@g/", .userInfoRefused), ("//", .urlMalformed),
            ("https:g", .urlMalformed), ("/\u{7}", .urlMalformed), ("///etc/passwd", .urlMalformed),
        ] {
            let thrown = await TransportError.Code.thrown { () throws(TransportError) in
                _ = try base.resolving(reference)
            }
            #expect(thrown == code, "\(reference)")
        }
    }

    @Test("origins are the same by scheme, host and effective port")
    func origins() throws {
        let url = try WebURL("https://a.example/x")
        #expect(url.isSameOrigin(as: try WebURL("HTTPS://A.example:443/y?z")))
        #expect(!url.isSameOrigin(as: try WebURL("http://a.example/x")))
        #expect(!url.isSameOrigin(as: try WebURL("https://a.example:444/x")))
        #expect(!url.isSameOrigin(as: try WebURL("https://b.example/x")))
    }

    @Test("a text that was tampered with is read or refused, and what is read reads the same again")
    func mutations() throws {
        let seeds = [
            "https://user@Exams.example.org:8443/a/../b?c=d#e", "http://[2001:db8::1]:80/%7e",
            "https://bücher.example/ä",
        ]
        var random = SplitMix64(state: 1)
        for round in 0..<3000 {
            var bytes = Array(seeds[round % seeds.count].utf8)
            for _ in 0...Int.random(in: 0..<4, using: &random) {
                let index = Int.random(in: 0..<bytes.count, using: &random)
                switch Int.random(in: 0..<3, using: &random) {
                case 0: bytes[index] = UInt8.random(in: 0...255, using: &random)
                case 1:
                    bytes.insert(
                        UInt8(ascii: "/@:%[].#?\\".unicodeScalars.randomElement(using: &random) ?? "/"),
                        at: index
                    )
                default: if bytes.count > 1 { bytes.remove(at: index) }
                }
            }
            guard let url = try? WebURL(String(decoding: bytes, as: UTF8.self)) else { continue }
            #expect(try WebURL(url.description) == url, "\(url)")
            _ = try? url.resolving(String(decoding: bytes.dropFirst(5), as: UTF8.self))
        }
    }
}
