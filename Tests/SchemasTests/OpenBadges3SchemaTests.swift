import JSONCore
import Testing

@Suite("The JSON Schemas of Open Badges 3.0")
struct OpenBadges3SchemaTests {
    private static let credential: JSON = [
        "@context": [
            "https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
        ],
        "id": "urn:uuid:1", "type": ["VerifiableCredential", "OpenBadgeCredential"], "name": "Algebra I",
        "issuer": ["id": "https://exams.example.org/issuer", "type": ["Profile"], "name": "Example Exams"],
        "validFrom": "2026-03-01T12:30:00Z",
        "credentialSubject": [
            "id": "urn:uuid:2", "type": ["AchievementSubject"],
            "achievement": [
                "id": "https://exams.example.org/algebra", "type": ["Achievement"], "name": "Algebra I",
                "description": "First-year algebra.", "criteria": ["narrative": "Score 60 %."],
                "achievementType": "ext:Exam-1.0",
            ],
            "result": [["type": ["Result"], "value": "87"]],
        ],
        "proof": [["type": "DataIntegrityProof", "proofValue": "z1"]],
    ]

    /// The same, as the Verifiable Credentials Data Model 1.1 has it.
    private static let older: JSON = {
        var older = credential
        older["@context"] = [
            "https://www.w3.org/2018/credentials/v1", "https://purl.imsglobal.org/spec/ob/v3p0/context.json",
        ]
        older["issuanceDate"] = older["validFrom"]
        older["validFrom"] = nil
        return older
    }()

    @Test("a credential is of one version of the data model, and each schema knows its own")
    func versions() throws {
        let newer = try EmbeddedSchema.named("open-badges-3.0-achievement-credential.json")
        let earlier = try EmbeddedSchema.named("open-badges-3.0-achievement-credential-1.1.json")
        let either = try EmbeddedSchema.named("open-badges-3.0.json")
        #expect(newer.isValid(Self.credential) && !newer.isValid(Self.older))
        #expect(earlier.isValid(Self.older) && !earlier.isValid(Self.credential))
        #expect(either.isValid(Self.credential) && either.isValid(Self.older))

        var dated = Self.older
        dated["issuanceDate"] = nil
        dated["validFrom"] = "2026-03-01T12:30:00Z"
        #expect(either.violations(in: dated).map(\.keyword) == ["required"])
        var without = Self.credential
        without["@context"] = nil
        let found = either.violations(in: without)
        #expect(found.map(\.keyword) == ["required"] && found.allSatisfy { $0.detail.contains("@context") })
        var bare = Self.older
        bare["issuer"] = "https://exams.example.org/issuer"
        #expect(either.violations(in: bare).map(\.path.description) == ["/issuer"], "1.1 wants the profile")
    }

    @Test("an endorsement within a credential follows the data model that its own context names")
    func endorsements() throws {
        let subject: JSON = ["id": "https://exams.example.org/algebra", "type": "EndorsementSubject"]
        for (credential, suffix) in [(Self.credential, ""), (Self.older, "-1.1")] {
            var endorsement = credential
            endorsement["type"] = ["VerifiableCredential", "EndorsementCredential"]
            endorsement["credentialSubject"] = subject
            #expect(
                try EmbeddedSchema.named("open-badges-3.0-endorsement-credential\(suffix).json").isValid(endorsement)
            )
            let any = try EmbeddedSchema.named("open-badges-3.0-any-endorsement-credential.json")
            #expect(any.isValid(endorsement))
            var endorsed = credential
            endorsed["endorsement"] = endorsement
            let either = try EmbeddedSchema.named("open-badges-3.0.json")
            #expect(either.isValid(endorsed))
            endorsement["issuer"] = nil
            endorsed["endorsement"] = [endorsement]
            #expect(either.violations(in: endorsed).map(\.path.description) == ["/endorsement/0"])
        }
    }

    static let cases: [SchemaCase] = [
        .good("no change", "name", value: "Algebra I"),
        .good("a status of 2.0", "credentialStatus", value: [["type": ["A", "B"]], ["type": "C"]]),
        .bad("a status of no class", "credentialStatus", value: [["id": "urn:1"]]),
        .bad("one context", "@context", value: ["https://www.w3.org/ns/credentials/v2"]),
        .bad(
            "a context of another server",
            "@context",
            value: ["https://www.w3.org/ns/credentials/v2", "https://x.example"]
        ),
        .bad("a class that stands alone", "type", value: "OpenBadgeCredential"),
        .bad("no class of ours", "type", value: ["VerifiableCredential", "DiplomaCredential"]),
        .bad("an issuer of another class", "issuer", "type", value: ["Person"]),
        .bad("a date without zone", "validFrom", value: "2026-03-01T12:30:00"),
        .bad("a date with a space", "validFrom", value: "2026-03-01 12:30:00Z"),
        .good("a date far off", "validFrom", value: "2026-03-01t14:30:00.123456789+02:00"),
        .bad("a subject that nobody knows", "credentialSubject", "id", value: nil),
        .good("criteria that are not told", "credentialSubject", "achievement", "criteria", value: [:]),
        .bad("a term that nobody knows", "credentialSubject", "achievement", "achievementType", value: "Exam"),
        .bad("an extension term with a space", "credentialSubject", "achievement", "achievementType", value: "ext:a b"),
        .bad("a value that is a number", "credentialSubject", "result", value: [["type": ["Result"], "value": 87]]),
        .bad("a language that is none", "name", value: ["not a language": "Algebra I"]),
        .bad("a JPEG", "image", value: ["id": "data:image/jpeg;base64,/9j/", "type": "Image"]),
        .bad("an image with more", "image", value: ["id": "https://x.example/1.png", "type": "Image", "alt": "A"]),
        .good("anything more", "urn:more", value: ["x": nil]),
    ]

    @Test("a credential", arguments: cases)
    func credential(_ test: SchemaCase) throws {
        test.check(try EmbeddedSchema.named("open-badges-3.0-achievement-credential.json"), Self.credential)
    }

    static let compacted: [SchemaCase] = [
        .bad("a proof that stands alone", "proof", value: ["type": "DataIntegrityProof"]),
        .bad("a class that stands alone", "issuer", "type", value: "Profile"),
        .bad("a result that stands alone", "credentialSubject", "result", value: ["type": ["Result"]]),
        .bad("a name by language", "name", value: ["en": "Algebra I"]),
        .bad("criteria that are not told", "credentialSubject", "achievement", "criteria", value: [:]),
        .bad("a status without an id", "credentialStatus", value: ["type": "X"]),
        .bad("several status entries", "credentialStatus", value: [["id": "urn:1", "type": "X"]]),
    ]

    @Test("what compaction leaves is read, and is not the canonical form", arguments: compacted)
    func canonical(_ test: SchemaCase) throws {
        let canonical = try EmbeddedSchema.named("open-badges-3.0-canonical.json")
        #expect(canonical.violations(in: Self.credential).isEmpty)
        test.check(canonical, Self.credential)
        let read = SchemaCase(name: test.name, members: test.members, value: test.value, isGood: true)
        read.check(try EmbeddedSchema.named("open-badges-3.0-achievement-credential.json"), Self.credential)
    }

    @Test("the official URLs answer with the schema of their class")
    func officialURLs() throws {
        let root = "https://purl.imsglobal.org/spec/ob/v3p0/schema"
        for folder in ["json", "json-ld"] {
            let schema = try EmbeddedSchema.at("\(root)/\(folder)/ob_v3p0_achievementcredential_schema.json")
            #expect(schema.isValid(Self.credential) && !schema.isValid(Self.older))
            let profile = try EmbeddedSchema.at("\(root)/\(folder)/ob_v3p0_profile_schema.json")
            #expect(profile.isValid(Self.credential["issuer"] ?? .null))
            let endorsement = try EmbeddedSchema.at("\(root)/\(folder)/ob_v3p0_endorsementcredential_schema.json")
            #expect(!endorsement.isValid(Self.credential))
        }
        let any = try EmbeddedSchema.at("\(root)/json/ob_v3p0_anyachievementcredential_schema.json")
        #expect(any.isValid(Self.credential) && any.isValid(Self.older))
        #expect(
            try EmbeddedSchema.named("open-badges-3.0-achievement.json").isValid(
                Self.credential["credentialSubject"]?["achievement"] ?? .null
            )
        )
    }
}
