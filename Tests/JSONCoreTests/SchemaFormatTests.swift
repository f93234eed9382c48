import JSONCore
import Testing

/// Formats: annotations unless the caller or the metaschema says otherwise.
@Suite("Formats in JSON Schema")
struct SchemaFormatTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let format: String
        let good: [String]
        let bad: [String]

        var testDescription: String { format }
    }

    static let cases = [
        Case(
            format: "date-time",
            good: [
                "2026-01-31T12:00:00Z", "2024-02-29t23:59:59.123+05:30", "1998-12-31T23:59:60Z",
                "1998-12-31T15:59:60.5-08:00",
            ],
            bad: [
                "2026-01-31", "2026-01-31T12:00:00", "2026-02-29T12:00:00Z", "2026-01-31T24:00:00Z",
                "2026-13-01T00:00:00Z",
                "2026-01-31T12:00:60Z", "2026-01-31 12:00:00Z", "2026-01-31T12:00:00.Z", "2026-01-31T12:00:00+0530",
                "২০26-01-31T12:00:00Z", "2026-01-31T12:00:00Z ", "",
            ]
        ),
        Case(
            format: "date",
            good: ["2000-02-29", "0001-01-01"],
            bad: ["1900-02-29", "2026-00-10", "2026-01-00", "26-01-01", "2026-1-1"]
        ),
        Case(
            format: "time",
            good: ["00:00:00Z", "23:59:59.9-01:00"],
            bad: ["00:00:00", "24:00:00Z", "00:60:00Z", "00:00:00+24:00"]
        ),
        Case(
            format: "duration",
            good: ["P1Y2M3DT4H5M6S", "P4W", "PT0S", "P1D"],
            bad: ["P", "PT", "P1S", "1D", "P1Y1W", "P1D2M", "PT1D", "P1YT"]
        ),
        Case(
            format: "email",
            good: ["ada@example.org", "a.b+c@x", "\"a b\\\"c\"@example.org", "a@[127.0.0.1]", "a@[IPv6:::1]"],
            bad: [
                "ada", "@example.org", "ada@", ".a@x.org", "a..b@x.org", "a@x..org", "a b@x.org", "a@[1.2.3]",
                "é@x.org", "\"a@x.org",
            ]
        ),
        Case(format: "idn-email", good: ["é@exämple.org"], bad: ["é", "@é"]),
        Case(
            format: "hostname",
            good: ["example.org", "x", "1-2.3"],
            bad: ["", "a_b", "-a", "a-", "a..b", "a.", String(repeating: "a", count: 64)]
        ),
        Case(
            format: "ipv4",
            good: ["127.0.0.1", "255.255.255.255"],
            bad: ["256.0.0.1", "1.2.3", "01.2.3.4", "1.2.3.4.5", "1.2.3.4/8", "0x7f.1.1.1", ""]
        ),
        Case(
            format: "ipv6",
            good: [
                "::", "::1", "1::", "1:2:3:4:5:6:7:8", "fe80::1:2", "::ffff:192.0.2.1", "1:2:3:4:5:6:1.2.3.4",
                "1:2:3:4:5:6:7::",
            ],
            bad: [
                ":", ":::", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1::2::3", "12345::", "::g", "1:", ":1",
                "1:2:3:4:5:6:7:1.2.3.4", "::1%eth0", "1:2:3:4:5:6:7:8::", "",
            ]
        ),
        Case(
            format: "uri",
            good: [
                "https://a@example.org:80/p?q=1#f", "urn:uuid:1", "mailto:a@b", "x:", "http://[::1]/",
                "http://a/%C3%A9",
            ],
            bad: [
                "/a", "//a/b", "", "a b:c", "http://a/\\", "http://a/%zz", "http://a/é", "1a:b", "http://a:b/",
                "http://[::1", "http://a#b#c", "http://a/[", ":a",
            ]
        ),
        Case(format: "uri-reference", good: ["/a", "", "#f", "../a?b", "a/b:c"], bad: ["\\a", "a b", "#a#b", "1:b"]),
        Case(format: "iri", good: ["https://exämple.org/é"], bad: ["é", "http://a b"]),
        Case(format: "iri-reference", good: ["é", "#é"], bad: ["\\é"]),
        Case(
            format: "uri-template",
            good: ["http://a/{b}", "{+a,b*}{?c:3}", "", "{a.b%20}"],
            bad: ["{", "{}", "}", "{a,}", "{a:0}", "{!a}", "{a..b}", "%z"]
        ),
        Case(
            format: "uuid",
            good: ["2EB8AA08-aa98-11ea-b4aa-73b441d16380"],
            bad: [
                "2eb8aa08aa9811eab4aa73b441d16380", "2eb8aa08-aa98-11ea-b4aa-73b441d1638",
                "2eb8aa08-aa98-11ea-b4ga-73b441d16380", "",
            ]
        ),
        Case(format: "json-pointer", good: ["", "/a~0~1", "/"], bad: ["a", "/~", "/~2", "#/a"]),
        Case(
            format: "relative-json-pointer",
            good: ["0", "1/a", "10#"],
            bad: ["", "/a", "01/a", "-1/a", "0##", "1a"]
        ),
        Case(format: "regex", good: ["^a+$", "(a)\\1"], bad: ["(", "a**", "\\a"]),
        Case(format: "unknown-format", good: ["", "anything"], bad: []),
    ]

    @Test("a format accepts and refuses by its specification, where it is asserted", arguments: cases)
    func assertion(expected: Case) throws {
        let schema = try JSONSchema(["format": .string(expected.format)], formats: .assertion)
        for text in expected.good { #expect(schema.violations(in: .string(text)) == [], "\(text)") }
        for text in expected.bad {
            #expect(schema.violations(in: .string(text)).map(\.keyword) == ["format"], "\(text)")
        }
        #expect(schema.isValid(1))
        let annotating = try JSONSchema(["format": .string(expected.format)])
        for text in expected.bad { #expect(annotating.isValid(.string(text))) }
    }

    @Test("the vocabulary format-assertion asserts, whatever the caller says")
    func vocabulary() throws {
        let metaschema: JSON = [
            "$schema": "https://json-schema.org/draft/2020-12/schema", "$id": "urn:meta",
            "$vocabulary": ["https://json-schema.org/draft/2020-12/vocab/format-assertion": false],
        ]
        let schema = try JSONSchema(["$schema": "urn:meta", "format": "date"], documents: ["urn:meta": metaschema])
        #expect(!schema.isValid("tomorrow"))
    }

    @Test("mutated texts never crash a format", arguments: cases)
    func mutate(expected: Case) throws {
        let schema = try JSONSchema(["format": .string(expected.format)], formats: .assertion)
        var random = Seeded(seed: 7)
        let alphabet = Array("0123456789:.-+%[]{}@\"\\/#?~()*TZPé\0 ".unicodeScalars)
        for text in expected.good + expected.bad {
            for _ in 0..<100 {
                var scalars = Array(text.unicodeScalars)
                for _ in 0...Int.random(in: 0..<3, using: &random) {
                    let place = Int.random(in: 0...scalars.count, using: &random)
                    switch Int.random(in: 0..<3, using: &random) {
                    case 0: scalars.insert(alphabet.randomElement(using: &random) ?? "0", at: place)
                    case 1 where place < scalars.count: scalars.remove(at: place)
                    default: scalars.removeLast(scalars.count - place)
                    }
                }
                var view = String.UnicodeScalarView()
                view.append(contentsOf: scalars)
                let instance = JSON.string(String(view))
                #expect(schema.isValid(instance) == schema.violations(in: instance).isEmpty)
            }
        }
    }
}
