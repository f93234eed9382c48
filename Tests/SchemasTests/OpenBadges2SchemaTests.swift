import JSONCore
import Testing

@Suite("The JSON Schema of Open Badges 2.0")
struct OpenBadges2SchemaTests {
    private static let profile: JSON = [
        "@context": "https://w3id.org/openbadges/v2", "id": "https://exams.example.org/issuer", "type": "Issuer",
        "name": "Example Exams", "url": "https://exams.example.org/", "email": "badges@exams.example.org",
        "publicKey": "https://exams.example.org/key", "revocationList": "https://exams.example.org/revoked",
        "verification": [
            "type": "VerificationObject", "startsWith": "https://exams.example.org/badges/",
            "allowedOrigins": ["exams.example.org", "localhost:8080"], "verificationProperty": "id",
        ],
    ]

    private static let badgeClass: JSON = [
        "@context": "https://w3id.org/openbadges/v2", "id": "https://exams.example.org/algebra", "type": "BadgeClass",
        "name": "Algebra I", "description": "First-year algebra.", "image": "https://exams.example.org/algebra.png",
        "criteria": "https://exams.example.org/algebra/criteria", "issuer": profile, "tags": ["algebra"],
        "alignment": ["type": "AlignmentObject", "targetName": "A-1", "targetUrl": "https://framework.example/a-1"],
        "@language": "en-us", "version": 2,
        "related": [["id": "https://exams.example.org/algebra-es", "@language": "es", "version": "1"]],
    ]

    private static let assertion: JSON = [
        "@context": "https://w3id.org/openbadges/v2", "id": "https://exams.example.org/1", "type": "Assertion",
        "recipient": ["type": "email", "hashed": false, "identity": "ada@example.org"], "badge": badgeClass,
        "verification": ["type": "HostedBadge"], "issuedOn": "2016-12-31T23:59:59+00:00",
        "evidence": ["https://exams.example.org/1/paper", ["narrative": "A paper."]],
    ]

    private static let sha256 = "sha256$b5809d8a92f8858436d7e6b87c12ebc0ae1eac4baecc2c0b913aee2c922ef399"

    static let assertions: [SchemaCase] = [
        .good("no change", "id", value: "https://exams.example.org/1"),
        .good("a URN for its id", "id", value: "urn:uuid:0b0f4f5c-52e6-4ba4-93a5-4f9a5d2f6d11"),
        .bad("a URN without a UUID", "id", value: "urn:uuid:1"),
        .bad("a URN without a namespace", "id", value: "urn:1"),
        .good("a blank node", "id", value: "_:b0"),
        .bad("a relative id", "id", value: "/1"),
        .bad("an id with a space", "id", value: "https://exams.example.org/a b"),
        .good("a list of contexts", "@context", value: ["https://w3id.org/openbadges/v2", ["x": "https://x.example"]]),
        .bad("the context of 1.1", "@context", value: "https://w3id.org/openbadges/v1"),
        .bad("no context", "@context", value: nil),
        .good("a second class", "type", value: ["Assertion", "x:Y"]),
        .bad("a class that no context has", "type", value: ["Assertion", "Diploma"]),
        .bad("another class", "type", value: "Endorsement"),
        .bad("no class at all", "type", value: []),
        .bad("no verification", "verification", value: nil),
        .good("several kinds of verification", "verification", "type", value: ["HostedBadge", "x:Y"]),
        .bad("an unknown verification", "verification", "type", value: "BlockchainBadge"),
        .good("a key", "verification", value: ["type": "SignedBadge", "creator": "https://exams.example.org/key"]),
        .bad("a hash that is said to be clear", "recipient", "identity", value: .string(sha256)),
        .bad(
            "clear text that is said to be hashed",
            "recipient",
            value: ["type": "email", "hashed": true, "identity": "ada@example.org"]
        ),
        .bad("a recipient that does not say", "recipient", "hashed", value: nil),
        .bad("yes as text", "recipient", "hashed", value: "true"),
        .good("no seconds", "issuedOn", value: "2016-12-31T23:59Z"),
        .good("a zone without a colon", "issuedOn", value: "2016-12-31T23:59:59.25+0530"),
        .good("a zone of hours", "issuedOn", value: "2016-12-31T23:59:59-05"),
        .bad("a day", "issuedOn", value: "2016-12-31"),
        .bad("no zone", "issuedOn", value: "2016-12-31T23:59:59"),
        .bad("a number of seconds", "issuedOn", value: 1_483_228_799),
        .bad("a thirteenth month", "expires", value: "2016-13-31T23:59:59Z"),
        .good("a single evidence", "evidence", value: "https://exams.example.org/1/paper"),
        .bad("no evidence in a list", "evidence", value: []),
        .bad("two badges", "badge", value: ["https://exams.example.org/a", "https://exams.example.org/b"]),
        .bad("a badge class without criteria", "badge", "criteria", value: nil),
        .bad("an issuer without an address", "badge", "issuer", "email", value: nil),
        .good("a baked image", "image", value: "https://exams.example.org/1.png"),
        .bad("a picture within it", "image", value: "data:image/svg+xml;base64,PHN2Zy8+"),
        .bad("a picture within its image", "image", value: ["id": "data:image/png;base64,iVBO"]),
        .bad("an image without an id", "image", value: ["caption": "Algebra"]),
        .bad("null", "narrative", value: .null),
        .good("revoked, all else in place", "revoked", value: true),
        .bad("revoked in words", "revoked", value: "yes"),
    ]

    @Test("an assertion", arguments: assertions)
    func assertion(_ test: SchemaCase) throws {
        test.check(try EmbeddedSchema.named("open-badges-2.0.json#/$defs/Assertion"), Self.assertion)
    }

    static let badgeClasses: [SchemaCase] = [
        .good("no change", "name", value: "Algebra I"),
        .bad("a name by language", "name", value: ["en": "Algebra I", "zh-Hans": "代数"]),
        .good("a name of JSON-LD", "name", value: ["@value": "Algebra I", "@language": "en"]),
        .bad("a language without a value", "name", value: ["@language": "en"]),
        .bad("a language and a value", "name", value: ["@value": "Algebra I", "en": "Algebra I"]),
        .bad("no language", "name", value: [:]),
        .bad("no image", "image", value: nil),
        .good("a picture in it", "image", value: "data:image/svg+xml;base64,PHN2Zy8+"),
        .bad("a JPEG", "image", value: "data:image/jpeg;base64,/9j/"),
        .bad("an image that is an assertion", "image", value: ["id": "https://a.example/1.png", "type": "Assertion"]),
        .good(
            "an image of a class elsewhere",
            "image",
            value: ["id": "https://a.example/1.png", "type": "schema:ImageObject"]
        ),
        .good("criteria in words", "criteria", value: ["narrative": "Score 60 %."]),
        .bad("criteria that are not told", "criteria", value: [:]),
        .bad("two criteria", "criteria", value: ["https://a.example/", "https://b.example/"]),
        .bad("an alignment by reference", "alignment", value: ["https://framework.example/a-1"]),
        .bad("an alignment to no URL", "alignment", value: [["targetName": "A", "targetUrl": "urn:x:1"]]),
        .bad("an alignment without a name", "alignment", value: [["targetUrl": "https://framework.example/a-1"]]),
        .bad("two issuers", "issuer", value: ["https://a.example/", "https://b.example/"]),
        .bad("a version of many", "version", value: [1, 2]),
        .bad("a language that is none", "@language", value: "English!"),
        .good("an endorsement by reference", "endorsement", value: "https://endorser.example/1"),
        .bad("an endorsement that says nothing", "endorsement", value: [["id": "https://endorser.example/1"]]),
        .bad("a relation to nothing", "related", value: [["@language": "es"]]),
    ]

    @Test("a badge class", arguments: badgeClasses)
    func badgeClass(_ test: SchemaCase) throws {
        test.check(try EmbeddedSchema.named("open-badges-2.0.json#/$defs/BadgeClass"), Self.badgeClass)
    }

    static let issuers: [SchemaCase] = [
        .good("no change", "type", value: "Issuer"),
        .good("a profile", "type", value: ["Profile"]),
        .bad("no home page", "url", value: nil),
        .bad("a home page without a scheme", "url", value: "exams.example.org"),
        .bad("an address without an at", "email", value: "badges.exams.example.org"),
        .good("a telephone", "telephone", value: "+16175551212"),
        .bad("a telephone with spaces", "telephone", value: "+1 617 555 1212"),
        .good("several keys", "publicKey", value: ["https://exams.example.org/1", "https://exams.example.org/2"]),
        .bad("a key without its owner", "publicKey", value: ["id": "https://exams.example.org/1"]),
        .bad("an origin with a scheme", "verification", "allowedOrigins", value: "https://exams.example.org"),
        .bad("an origin with a path", "verification", "allowedOrigins", value: ["exams.example.org/badges"]),
        .bad("an origin with a user", "verification", "allowedOrigins", value: "exams.example.org@evil.example"),
        .good("an origin in another script", "verification", "allowedOrigins", value: "пример.example:8080"),
        .bad("an origin of one name", "verification", "allowedOrigins", value: "intranet"),
        .good("several beginnings", "verification", "startsWith", value: ["https://a.example/", "https://b.example/"]),
        .bad("a beginning without a scheme", "verification", "startsWith", value: "exams.example.org/"),
        .bad("another property", "verification", "verificationProperty", value: "name"),
    ]

    @Test("an issuer", arguments: issuers)
    func issuer(_ test: SchemaCase) throws {
        test.check(try EmbeddedSchema.named("open-badges-2.0.json#/$defs/Issuer"), Self.profile)
    }

    static let lists: [SchemaCase] = [
        .good("nothing revoked", "revokedAssertions", value: []),
        .good("one alone", "revokedAssertions", value: "urn:uuid:1"),
        .good("each form", "revokedAssertions", value: ["urn:uuid:1", ["id": "urn:uuid:2"], ["uid": "abc"]]),
        .bad("an entry that names nothing", "revokedAssertions", value: [["revocationReason": "Fraud"]]),
        .bad("a number", "revokedAssertions", value: [1]),
        .bad("no entries", "revokedAssertions", value: nil),
    ]

    @Test("a revocation list", arguments: lists)
    func list(_ test: SchemaCase) throws {
        let list: JSON = [
            "@context": "https://w3id.org/openbadges/v2", "id": "https://exams.example.org/revoked",
            "type": "RevocationList", "issuer": "https://exams.example.org/issuer", "revokedAssertions": [],
        ]
        test.check(try EmbeddedSchema.named("open-badges-2.0.json#/$defs/RevocationList"), list)
    }

    @Test("a document of any class stands alone, with its context; of a revoked one little has to be left")
    func documents() throws {
        let schema = try EmbeddedSchema.named("open-badges-2.0.json")
        let endorsement: JSON = [
            "@context": "https://w3id.org/openbadges/v2", "id": "https://endorser.example/1", "type": "Endorsement",
            "issuer": "https://endorser.example/", "revoked": true,
        ]
        for document in [Self.assertion, Self.badgeClass, Self.profile, endorsement] {
            #expect(schema.isValid(document))
            var without = document
            without["@context"] = nil
            #expect(!schema.isValid(without))
        }
        let context: JSON = "https://w3id.org/openbadges/v2"
        #expect(schema.isValid(["@context": context, "id": "https://exams.example.org/1", "revoked": true]))
        #expect(!schema.isValid(["@context": context, "id": "https://exams.example.org/1", "revoked": false]))
        #expect(!schema.isValid(["@context": context, "id": "https://exams.example.org/1", "type": "Evidence"]))
    }
}
