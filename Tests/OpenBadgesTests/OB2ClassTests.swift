import JSONCore
import LinkedData
import OpenBadges
import Testing

/// Every property of the classes of Open Badges 2.0, in each document of a badge, with a value that it does not take.
@Suite("Open Badges 2.0, classes and properties")
struct OB2ClassTests {
    /// One member of one document, and a value for it.
    struct Change: Sendable, CustomTestStringConvertible {
        let document: String
        let pointer: String
        let value: JSON?

        init(_ document: String, _ pointer: String, _ value: JSON?) {
            (self.document, self.pointer, self.value) = (document, pointer, value)
        }

        var testDescription: String { "\(document) \(pointer) = \(value?.text ?? "nothing")" }
    }

    static func report(_ changes: [Change]) async throws -> VerificationReport {
        var web = Academy.web
        var badge = Academy.hosted().json
        for change in changes {
            guard case .found(let document) = web.answers[change.document] else { continue }
            var json = try JSON(parsing: document.body)
            json.set(try #require(JSONPointer(change.pointer)).tokens[...], to: change.value)
            web.serve(change.document, json)
            if change.document == Academy.hostedID { badge = json }
        }
        return await Academy.verify(badge.serialized(), web)
    }

    private static let assertion = Academy.hostedID
    private static let badge = Academy.classURL
    private static let issuer = Academy.issuerURL

    static let good: [Change] = [
        Change(assertion, "/evidence", "https://academy.example.org/work.html"),
        Change(assertion, "/evidence", ["id": "https://academy.example.org/work.html", "genre": "Essay"]),
        Change(assertion, "/evidence", ["narrative": "x", "type": "Evidence", "name": "y", "audience": "z"]),
        Change(assertion, "/evidence", [["narrative": "x"], "urn:uuid:6f0d4e6e-6f3e-4f7c-9a53-0c6a3a1c2b10"]),
        Change(assertion, "/image", "https://academy.example.org/1.png"),
        Change(assertion, "/image", ["id": "https://academy.example.org/1.png", "caption": "x"]),
        Change(assertion, "/narrative", ["@value": "x", "@language": "en"]), Change(assertion, "/narrative", nil),
        Change(assertion, "/narrative", []), Change(assertion, "/narrative", .null),
        Change(assertion, "/type", ["Assertion"]), Change(assertion, "/type", ["Assertion", "https://a.example/T"]),
        Change(assertion, "/type", ["obi:Assertion"]), Change(assertion, "/@language", "de-AT-1996"),
        Change(assertion, "/version", 2), Change(assertion, "/version", "2"), Change(assertion, "/version", 1.5),
        Change(assertion, "/related", [["id": "https://a.example/1", "@language": "es"]]),
        Change(assertion, "/recipient", ["type": "email", "hashed": false, "identity": "ada@localhost"]),
        Change(assertion, "/recipient", ["type": "url", "hashed": false, "identity": "https://ada.example/"]),
        Change(assertion, "/recipient", ["type": "telephone", "hashed": false, "identity": "+15417522845"]),
        Change(assertion, "/recipient", ["type": "id", "hashed": false, "identity": "did:web:ada.example"]),
        Change(assertion, "/recipient/identity", .string("md5$" + String(repeating: "aB", count: 16))),
        Change(assertion, "/nickname", 7), Change(assertion, "/badge", [.string(badge)]),
        Change(badge, "/tags", "one"), Change(badge, "/tags", ["one", "two"]), Change(badge, "/tags", []),
        Change(badge, "/criteria", "https://academy.example.org/criteria.html"),
        Change(badge, "/criteria", ["id": "https://academy.example.org/criteria.html"]),
        Change(badge, "/alignment", ["targetName": "x", "targetUrl": "https://a.example/", "targetCode": "7"]),
        Change(badge, "/alignment", [["targetName": "x", "targetUrl": "http://a.example/#7"]]),
        Change(badge, "/type", ["BadgeClass", "extensions:X"]), Change(badge, "/@context", nil),
        Change(issuer, "/telephone", "+18006662344;ext=666"), Change(issuer, "/telephone", "+64010"),
        Change(issuer, "/type", "Profile"), Change(issuer, "/type", ["Profile", "Issuer"]),
        Change(issuer, "/url", "http://✪df.ws/123"), Change(issuer, "/url", "http://142.42.1.1:8080/"),
        Change(issuer, "/url", "http://-.~_!$&'()*+,;=:%40:80%2f::::::@example.com"),
        Change(issuer, "/email", "cool+uncool@example.org"), Change(issuer, "/publicKey", nil),
        Change(issuer, "/verification", ["type": "VerificationObject", "verificationProperty": "id"]),
        Change(issuer, "/verification", ["allowedOrigins": ["academy.example.org", "localhost"]]),
    ]

    @Test("what the tables allow is allowed", arguments: good)
    func allowed(change: Change) async throws {
        let report = try await Self.report([change])
        #expect(report.isVerified, "\(report.problems)")
    }

    /// A change, the code that it leads to, and the place: as if every document stood in the one that names it.
    static let bad: [(Change, code: String, path: String)] = [
        // Required.
        (Change(assertion, "/type", nil), "REQUIRED_PROPERTY_MISSING", ""),
        (Change(assertion, "/recipient", nil), "REQUIRED_PROPERTY_MISSING", ""),
        (Change(assertion, "/badge", nil), "REQUIRED_PROPERTY_MISSING", ""),
        (Change(assertion, "/verification", nil), "REQUIRED_PROPERTY_MISSING", ""),
        (Change(assertion, "/issuedOn", nil), "REQUIRED_PROPERTY_MISSING", ""),
        (Change(assertion, "/issuedOn", .null), "REQUIRED_PROPERTY_MISSING", ""),
        (Change(assertion, "/recipient/hashed", nil), "REQUIRED_PROPERTY_MISSING", "/recipient"),
        (Change(assertion, "/recipient/type", nil), "REQUIRED_PROPERTY_MISSING", "/recipient"),
        (Change(assertion, "/recipient/identity", nil), "REQUIRED_PROPERTY_MISSING", "/recipient"),
        (Change(assertion, "/image", [:]), "REQUIRED_PROPERTY_MISSING", "/image"),
        (Change(assertion, "/related", [:]), "REQUIRED_PROPERTY_MISSING", "/related"),
        (Change(badge, "/name", nil), "REQUIRED_PROPERTY_MISSING", "/badge"),
        (Change(badge, "/description", nil), "REQUIRED_PROPERTY_MISSING", "/badge"),
        (Change(badge, "/criteria", nil), "REQUIRED_PROPERTY_MISSING", "/badge"),
        (Change(badge, "/issuer", nil), "REQUIRED_PROPERTY_MISSING", "/badge"),
        (Change(badge, "/type", nil), "REQUIRED_PROPERTY_MISSING", "/badge"),
        (Change(badge, "/id", nil), "REQUIRED_PROPERTY_MISSING", "/badge"),
        (Change(badge, "/criteria", [:]), "REQUIRED_PROPERTY_MISSING", "/badge/criteria"),
        (Change(badge, "/criteria", ["id": "_:b0"]), "REQUIRED_PROPERTY_MISSING", "/badge/criteria"),
        (Change(badge, "/alignment", [["targetName": "x"]]), "REQUIRED_PROPERTY_MISSING", "/badge/alignment/0"),
        // Open Badges 1 called them so; 2.0 does not.
        (
            Change(badge, "/alignment", ["name": "x", "url": "https://a.example/"]), "REQUIRED_PROPERTY_MISSING",
            "/badge/alignment"
        ),
        (Change(issuer, "/name", nil), "REQUIRED_PROPERTY_MISSING", "/badge/issuer"),
        (Change(issuer, "/url", nil), "REQUIRED_PROPERTY_MISSING", "/badge/issuer"),
        (Change(issuer, "/email", nil), "REQUIRED_PROPERTY_MISSING", "/badge/issuer"),
        (Change(issuer, "/type", nil), "REQUIRED_PROPERTY_MISSING", "/badge/issuer"),
        (Change(issuer, "/id", nil), "REQUIRED_PROPERTY_MISSING", "/badge/issuer"),
        // Cardinality.
        (Change(assertion, "/narrative", ["a", "b"]), "CARDINALITY_VIOLATION", "/narrative"),
        (Change(assertion, "/issuedOn", ["2026-03-01T12:30:00Z", "x"]), "CARDINALITY_VIOLATION", "/issuedOn"),
        (Change(assertion, "/type", []), "CARDINALITY_VIOLATION", "/type"),
        (Change(badge, "/name", ["a", "b"]), "CARDINALITY_VIOLATION", "/badge/name"),
        (
            Change(badge, "/criteria", ["https://a.example/1", "https://a.example/2"]), "CARDINALITY_VIOLATION",
            "/badge/criteria"
        ),
        (
            Change(badge, "/image", ["https://a.example/1", "https://a.example/2"]), "CARDINALITY_VIOLATION",
            "/badge/image"
        ),
        (Change(issuer, "/email", ["a@b.example", "c@d.example"]), "CARDINALITY_VIOLATION", "/badge/issuer/email"),
        // Classes and types.
        (Change(assertion, "/type", "Assertions"), "INVALID_TYPE", "/type"),
        (Change(assertion, "/type", ["Assertion", "Unknown"]), "INVALID_TYPE", "/type/1"),
        (Change(assertion, "/type", ["Assertion", 7]), "MALFORMED_VALUE_ERROR", "/type/1"),
        (Change(assertion, "/evidence", ["type": "BadgeClass"]), "CLASS_MISMATCH", "/evidence/type"),
        (Change(assertion, "/evidence", ["type": "Nonsense"]), "INVALID_TYPE", "/evidence/type"),
        (Change(badge, "/type", "Assertion"), "CLASS_MISMATCH", "/badge/type"),
        (Change(issuer, "/type", "BadgeClass"), "CLASS_MISMATCH", "/badge/issuer/type"),
        (Change(issuer, "/verification", ["type": "Image"]), "CLASS_MISMATCH", "/badge/issuer/verification/type"),
        // Values.
        (Change(assertion, "/narrative", 300), "MALFORMED_VALUE_ERROR", "/narrative"),
        (Change(assertion, "/narrative", ["en": "x"]), "MALFORMED_VALUE_ERROR", "/narrative"),
        (Change(assertion, "/expires", "2027-01-01"), "MALFORMED_VALUE_ERROR", "/expires"),
        (Change(assertion, "/revoked", "false"), "MALFORMED_VALUE_ERROR", "/revoked"),
        (Change(assertion, "/recipient", "ada@example.org"), "MALFORMED_VALUE_ERROR", "/recipient"),
        (Change(assertion, "/recipient/hashed", "true"), "MALFORMED_VALUE_ERROR", "/recipient/hashed"),
        (Change(assertion, "/recipient/type", "sloths"), "MALFORMED_VALUE_ERROR", "/recipient/type"),
        (Change(assertion, "/recipient/salt", 7), "MALFORMED_VALUE_ERROR", "/recipient/salt"),
        (Change(assertion, "/evidence", "work.html"), "MALFORMED_VALUE_ERROR", "/evidence"),
        (Change(assertion, "/evidence", ["id": "urn:uuid:7"]), "MALFORMED_VALUE_ERROR", "/evidence/id"),
        (Change(assertion, "/evidence", [["id": "urn:uuid"]]), "MALFORMED_VALUE_ERROR", "/evidence/0/id"),
        (Change(assertion, "/evidence", 7), "MALFORMED_VALUE_ERROR", "/evidence"),
        (Change(assertion, "/image", "data:image/png;base64,iVBORw0KGgo="), "MALFORMED_VALUE_ERROR", "/image"),
        (
            Change(assertion, "/image", ["id": "data:image/png;base64,iVBORw0KGgo="]), "MALFORMED_VALUE_ERROR",
            "/image/id"
        ),
        (Change(assertion, "/image", "1.png"), "MALFORMED_VALUE_ERROR", "/image"),
        (Change(assertion, "/@language", "english, please"), "MALFORMED_VALUE_ERROR", "/@language"),
        (Change(assertion, "/version", true), "MALFORMED_VALUE_ERROR", "/version"),
        (
            Change(assertion, "/related", [["id": "https://a.example/", "@language": "e"]]), "MALFORMED_VALUE_ERROR",
            "/related/0/@language"
        ),
        (Change(badge, "/tags", ["a", 7]), "MALFORMED_VALUE_ERROR", "/badge/tags/1"),
        (Change(badge, "/alignment", "https://a.example/"), "MALFORMED_VALUE_ERROR", "/badge/alignment"),
        (
            Change(badge, "/alignment", ["targetName": "x", "targetUrl": "urn:isbn:1"]), "MALFORMED_VALUE_ERROR",
            "/badge/alignment/targetUrl"
        ),
        (Change(badge, "/criteria", "page.html"), "MALFORMED_VALUE_ERROR", "/badge/criteria"),
        (Change(badge, "/image", ["id": "data:image/gif;base64,R0lGODlh"]), "MALFORMED_VALUE_ERROR", "/badge/image/id"),
        (Change(issuer, "/url", "academy.example.org"), "MALFORMED_VALUE_ERROR", "/badge/issuer/url"),
        (Change(issuer, "/url", "ftp://academy.example.org/"), "MALFORMED_VALUE_ERROR", "/badge/issuer/url"),
        (Change(issuer, "/url", "https://"), "MALFORMED_VALUE_ERROR", "/badge/issuer/url"),
        (Change(issuer, "/email", "steveman [at] gee mail dot com"), "MALFORMED_VALUE_ERROR", "/badge/issuer/email"),
        (Change(issuer, "/email", " a@b.example"), "MALFORMED_VALUE_ERROR", "/badge/issuer/email"),
        (Change(issuer, "/telephone", "1-800-666-DEVIL"), "MALFORMED_VALUE_ERROR", "/badge/issuer/telephone"),
        (Change(issuer, "/telephone", "+18006664343 x666"), "MALFORMED_VALUE_ERROR", "/badge/issuer/telephone"),
        (Change(issuer, "/telephone", "+99 55 22 1234"), "MALFORMED_VALUE_ERROR", "/badge/issuer/telephone"),
        (Change(issuer, "/verification", "hosted"), "MALFORMED_VALUE_ERROR", "/badge/issuer/verification"),
        (
            Change(issuer, "/verification", ["allowedOrigins": "https://academy.example.org/"]),
            "MALFORMED_VALUE_ERROR", "/badge/issuer/verification/allowedOrigins"
        ),
        (
            Change(issuer, "/verification", ["allowedOrigins": ["academy.example.org", "666"]]),
            "MALFORMED_VALUE_ERROR", "/badge/issuer/verification/allowedOrigins/1"
        ),
        (
            Change(issuer, "/verification", ["startsWith": "academy.example.org"]),
            "MALFORMED_VALUE_ERROR", "/badge/issuer/verification/startsWith"
        ),
        (
            Change(issuer, "/verification", ["verificationProperty": "sloths"]),
            "MALFORMED_VALUE_ERROR", "/badge/issuer/verification/verificationProperty"
        ),
        (Change(issuer, "/revocationList", "list.json"), "MALFORMED_VALUE_ERROR", "/badge/issuer/revocationList"),
    ]

    @Test("what the tables do not allow is named with its place, in whichever document", arguments: bad)
    func refused(change: Change, code: String, path: String) async throws {
        let report = try await Self.report([change])
        #expect(report.verdict == .rejected)
        #expect(report.answers.content == .violates)
        let places = report.problems.filter { $0.code.rawValue == code }.map { $0.path?.description }
        #expect(places.contains(path), "\(report.problems)")
    }

    static let identities: [JSON] = [
        ["type": "email", "hashed": true, "identity": "ada@example.org"],
        ["type": "email", "hashed": true, "identity": "sha256$abc"],
        ["type": "email", "hashed": true, "identity": "sha1$da39a3ee5e6b4b0d3255bfef95601890afd80709"],
        ["type": "email", "hashed": false, "identity": "md5$d41d8cd98f00b204e9800998ecf8427e"],
        ["type": "email", "hashed": false, "identity": "sha256$abc"],
        ["type": "email", "hashed": false, "identity": "https://ada.example/"],
        ["type": "url", "hashed": false, "identity": "ada@example.org"],
        ["type": "telephone", "hashed": false, "identity": "ada@example.org"],
        ["type": "id", "hashed": false, "identity": "ada"],
    ]

    @Test("an identity that is not what it says it is has its place", arguments: identities)
    func identity(recipient: JSON) async throws {
        let report = try await Self.report([Change(Self.assertion, "/recipient", recipient)])
        #expect(report.verdict == .rejected)
        #expect(report.outcome(of: .subject) == .failed)
        #expect(report.problem("MALFORMED_VALUE_ERROR")?.path?.description == "/recipient/identity")
        // No report repeats an address that somebody gave wrongly.
        #expect(!report.problems.contains { $0.detail.contains("ada") })
    }

    @Test("every class of the context may stand in a type, and no other term without a colon")
    func classes() async throws {
        let context = try #require(KnownContexts.current.document(OB2.context)?["@context"]?.object)
        let names = context.keys.filter { $0.first?.isUppercase == true } + ["hosted", "signed"]
        #expect(names.count >= 20)
        for name in names {
            var assertion = Academy.hosted().json
            assertion["type"] = ["Assertion", .string(name)]
            #expect(OB2.Assertion.definition.violations(in: assertion).isEmpty, "\(name)")
        }
        for name in ["", "Badge", "assertion", " Assertion"] {
            var assertion = Academy.hosted().json
            assertion["type"] = ["Assertion", .string(name)]
            #expect(OB2.Assertion.definition.violations(in: assertion).map(\.code) == [.invalidType], "\(name)")
        }
    }

    @Test(
        "language tags are those of BCP 47",
        arguments: [
            ("en", true), ("en-US", true), ("de-CH-1996", true), ("zh-Hant-TW", true), ("zh-cmn-Hans-CN", true),
            ("sl-rozaj-biske", true), ("en-a-myext-b-another", true), ("x-whatever", true), ("en-x-a", true),
            ("i-klingon", true), ("es-419", true), ("sr-Latn-RS", true), ("", false), ("e", false), ("en-", false),
            ("-en", false), ("en--us", false), ("english language", false), ("en_US", false), ("en-a", false),
            ("en-a-x", false), ("en-a-bb-a-cc", false), ("x", false), ("x-", false), ("i", false), ("1a", false),
            ("abcdefghi", false), ("en-toolongsubtag", false), ("日本", false),
        ]
    )
    func languages(tag: String, isGood: Bool) {
        var assertion = Academy.hosted().json
        assertion["@language"] = .string(tag)
        #expect(OB2.Assertion.definition.violations(in: assertion).isEmpty == isGood)
    }
}

extension JSON {
    /// Sets the member that the names lead to.
    mutating func set(_ names: ArraySlice<String>, to value: JSON?) {
        guard let name = names.first else { return }
        if names.count == 1 {
            self[name] = value
        } else {
            var inner = self[name] ?? [:]
            inner.set(names.dropFirst(), to: value)
            self[name] = inner
        }
    }
}
