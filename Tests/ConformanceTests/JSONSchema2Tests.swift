import Glibc
import JSONCore
import OpenBadges
import Testing

/// Our JSON Schema of Open Badges 2.0, of which there is no official one, against the official examples and the tables.
@Suite(
    "JSON Schemas, Open Badges 2.0",
    .enabled(if: getenv("OPENBADGES_CONFORMANCE") != nil, "OPENBADGES_CONFORMANCE names no folder of official data")
)
struct JSONSchema2Tests {
    /// What the schema says of the examples that are documents of a class: the pointers to what it refuses.
    ///
    /// Looked up in the tables of the specification, as there is no official schema.
    static let expectations: [(file: String, name: String, refused: [String])] = [
        ("001-assertion-example", "Assertion", []),
        ("002-badgeclass-example", "BadgeClass", []),
        ("003-issuer-profile-example", "Issuer", []),
        ("004-open-badges-in-linked-data", "Assertion", []),
        ("006-signed-badges-example", "Assertion", []),
        ("007-cryptographickey-example", "CryptographicKey", []),
        ("008-revocationlist-example", "RevocationList", []),
        // Without a type; a revoked assertion needs none.
        ("009-revoked-hosted-assertion-example", "Assertion", []),
        ("010-criteria-example", "Criteria", []),
        ("011-criteria-example", "Criteria", []),
        ("022-endorsement-examples", "Endorsement", []),
        ("023-endorsement-examples", "Endorsement", []),
        ("024-endorsement-examples", "Endorsement", []),
        ("025-endorsement-examples", "Endorsement", []),
        ("026-endorsement", "BadgeClass", []),
        // An assertion of 1.1: the old context, no verification, and a date for its time.
        ("027-endorsement", "Assertion", ["", "/@context", "/issuedOn"]),
        // "…" for most of its members.
        ("031-creative-commons-content-license", "BadgeClass", [""]),
        // A recipient that does not say whether it is hashed.
        ("040-introduction", "Assertion", ["/recipient"]),
        ("041-endorsement", "Endorsement", []),
    ]

    @Test("the examples of the specification are accepted, or refused for what they lack", arguments: expectations)
    func examples(expectation: (file: String, name: String, refused: [String])) throws {
        let own = try JSONSchemaEqualityTests.own("open-badges-2.0.json#/$defs/\(expectation.name)")
        let document = try OfficialBadges.json("ob-examples/ob2/\(expectation.file).json")
        let found = own.violations(in: document)
        #expect(Set(found.map(\.path.description)) == Set(expectation.refused), "\(found.map(\.description))")
    }

    /// Where the tables of classes, by which documents are read and verified, differ from the schema.
    static let differences: [SchemaDifference] = [
        SchemaDifference("contexts", acceptedBy: .other, because: "The check of contexts looks at them.") {
            $0.member == "@context"
        },
        SchemaDifference("hashes of identities", acceptedBy: .other, because: "The check of subjects compares them.") {
            $0.member == "identity" || $0.member == "hashed"
        },
        SchemaDifference(
            "values of JSON-LD",
            acceptedBy: .other,
            because: "The tables take one for the text in it, whatever stands beside that."
        ) { $0.path.tokens.first == "name" && $0.document["name"]?["@value"] != nil },
        SchemaDifference(
            "lists of revocations",
            acceptedBy: .other,
            because: "The check of the status reads them entry by entry."
        ) { $0.path.tokens.first == "revokedAssertions" },
        SchemaDifference(
            "lists without an id",
            acceptedBy: .ours,
            because: "The specification does not require one (Revocation List)."
        ) { $0.change == .removed && $0.member == "id" && $0.original["type"] == "RevocationList" },
        SchemaDifference(
            "revoked endorsements",
            acceptedBy: .ours,
            because: "Of one that was revoked, the id and the issuer may be all that is left (Endorsement)."
        ) { $0.original["revoked"] == true },
    ]

    /// Documents with the properties that no example has.
    static let documents: [JSON] = [
        [
            "@context": "https://w3id.org/openbadges/v2", "id": "https://exams.example.org/issuer", "type": "Issuer",
            "name": ["@value": "Example Exams", "@language": "en"], "url": "https://exams.example.org/",
            "email": "badges@exams.example.org", "telephone": "+16175551212", "description": "Exams.",
            "image": [
                "id": "https://exams.example.org/1.png", "type": "schema:ImageObject", "caption": "A",
                "author": "https://exams.example.org/artist",
            ],
            "publicKey": ["https://exams.example.org/key"], "revocationList": "https://exams.example.org/revoked",
            "verification": [
                "type": "VerificationObject", "startsWith": ["https://exams.example.org/badges/"],
                "allowedOrigins": "exams.example.org", "verificationProperty": "id",
            ],
            "@language": "en-us", "version": 2, "endorsement": ["https://endorser.example/1"],
        ],
        [
            "@context": "https://w3id.org/openbadges/v2", "id": "https://exams.example.org/algebra",
            "type": ["BadgeClass", "x:Y"], "name": "Algebra I", "description": "First-year algebra.",
            "image": "data:image/png;base64,iVBO", "criteria": ["type": "Criteria", "narrative": "Score 60 %."],
            "issuer": "https://exams.example.org/issuer", "tags": "algebra",
            "alignment": [
                "type": "AlignmentObject", "targetName": "A", "targetUrl": "https://framework.example/a",
                "targetDescription": "A.", "targetFramework": "F", "targetCode": "a",
            ],
            "related": [["id": "https://exams.example.org/algebra-es", "@language": "es", "version": "1"]],
        ],
        [
            "@context": "https://w3id.org/openbadges/v2", "id": "urn:uuid:0b0f4f5c-52e6-4ba4-93a5-4f9a5d2f6d11",
            "type": "Assertion", "recipient": ["type": "email", "hashed": false, "identity": "ada@example.org"],
            "badge": "https://exams.example.org/algebra", "expires": "2018-12-31T23:59:59Z",
            "verification": [
                "type": ["SignedBadge", "x:Y"], "creator": "https://exams.example.org/key",
                "url": "https://exams.example.org/key",
            ],
            "issuedOn": "2016-12-31T23:59:59+0100", "image": "https://exams.example.org/1.png", "narrative": "Well.",
            "revoked": false,
            "evidence": [
                [
                    "type": "Evidence", "id": "https://exams.example.org/paper", "narrative": "A paper.",
                    "name": "Paper",
                    "description": "A.", "genre": "Prose", "audience": "Teachers",
                ]
            ],
        ],
    ]

    @Test(
        "the tables of classes accept a change of an example where the schema does, but for what other checks look at"
    )
    func tables() throws {
        var seen: Set<String> = []
        let classes = ["Assertion", "BadgeClass", "Issuer", "CryptographicKey", "RevocationList", "Endorsement"]
        let schemas = try classes.reduce(into: [:]) { schemas, name in
            schemas[name] = try JSONSchemaEqualityTests.own("open-badges-2.0.json#/$defs/\(name)")
        }
        let examples = JSONSchemaEqualityTests.examples.filter { $0.file.hasPrefix("ob2") }
        let whole = Self.documents.map { (file: "a whole document", document: $0) }
        for (origin, document) in examples + whole {
            let types = OfficialBadges.types(of: document)
            for (name, definition, _) in OfficialBadges.classes where types.contains(name) {
                guard let own = schemas[name], own.isValid(document) else { continue }
                for mutation in DocumentMutation.all(of: document, depth: 3) {
                    let verdict = JSONSchemaEqualityTests.Verdict(
                        origin: origin,
                        mutation: mutation,
                        isAccepted: own.isValid(mutation.document)
                    )
                    let other = definition.violations(in: mutation.document).isEmpty
                    let difference = verdict.difference(to: other, among: Self.differences)
                    if let difference { seen.insert(difference) }
                }
            }
        }
        #expect(seen == Set(Self.differences.map(\.name)), "what no longer differs is taken out")
    }
}
