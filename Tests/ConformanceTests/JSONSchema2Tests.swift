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
            "language maps for codes",
            acceptedBy: .other,
            because: "The tables know one kind of text."
        ) { ["email", "publicKeyPem", "targetCode", "salt", "type"].contains($0.member) && $0.change == .languageMap },
        SchemaDifference(
            "recipients of no kind",
            acceptedBy: .other,
            because: "The check of recipients compares kinds that it knows."
        ) { $0.owner == "recipient" && $0.member == "type" && $0.change == .empty },
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

    @Test(
        "the tables of classes accept a change of an example where the schema does, but for what other checks look at"
    )
    func tables() throws {
        var seen: Set<String> = []
        let classes = ["Assertion", "BadgeClass", "Issuer", "CryptographicKey", "RevocationList", "Endorsement"]
        let schemas = try classes.reduce(into: [:]) { schemas, name in
            schemas[name] = try JSONSchemaEqualityTests.own("open-badges-2.0.json#/$defs/\(name)")
        }
        for (file, document) in JSONSchemaEqualityTests.examples where file.hasPrefix("ob2") {
            let types = OfficialBadges.types(of: document)
            for (name, definition, _) in OfficialBadges.classes where types.contains(name) {
                guard let own = schemas[name], own.isValid(document) else { continue }
                for mutation in DocumentMutation.all(of: document) {
                    let isAccepted = own.isValid(mutation.document)
                    let verdict = JSONSchemaEqualityTests.Verdict(
                        origin: file,
                        mutation: mutation,
                        isAccepted: isAccepted
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
