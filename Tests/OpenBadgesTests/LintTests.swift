import JSONCore
import OpenBadges
import Testing

/// What a badge lacks for others: `badge lint`.
@Suite("Lint profiles") struct LintTests {
    /// A badge that is ready for everybody.
    private static let ready: JSON = [
        "@context": [
            "https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
        ],
        "id": "https://exams.example.org/badges/1",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "issuer": [
            "id": "did:web:exams.example.org", "type": ["Profile"], "name": "Exams", "url": "https://exams.example.org",
        ],
        "validFrom": "2026-03-01T12:00:00Z",
        "credentialStatus": ["id": "https://exams.example.org/status/1#7", "type": "BitstringStatusListEntry"],
        "endorsement": [["id": "urn:uuid:1"]],
        "evidence": [["id": "https://exams.example.org/works/1", "type": ["Evidence"], "name": "The work"]],
        "proof": [["type": "DataIntegrityProof", "cryptosuite": "eddsa-rdfc-2022"]],
        "credentialSubject": [
            "id": "urn:uuid:2", "type": ["AchievementSubject"], "licenseNumber": "1234-5678",
            "achievement": [
                "id": "https://exams.example.org/algebra", "type": ["Achievement"], "name": "Algebra",
                "description": "First-year algebra.", "achievementType": "MicroCredential", "inLanguage": "en",
                "criteria": ["narrative": "80 %."],
                "image": ["id": "https://exams.example.org/a.png", "type": "Image"],
                "alignment": [["targetName": "Algebra", "targetUrl": "https://skills.example/algebra"]],
                "resultDescription": [
                    [
                        "id": "urn:uuid:3", "type": ["ResultDescription", "AssessmentResultDescription"],
                        "resultType": "Percent", "requiredValue": "80", "assessmentType": "Exam",
                    ],
                    [
                        "id": "urn:uuid:4", "type": ["ResultDescription"], "resultType": "RubricCriterionLevel",
                        "requiredLevel": "urn:uuid:5",
                    ],
                ],
            ],
            "result": [
                ["type": ["Result"], "resultDescription": "urn:uuid:3", "value": "92.5"],
                ["type": ["Result"], "resultDescription": "urn:uuid:4", "achievedLevel": "urn:uuid:5"],
            ],
        ],
    ]

    /// The codes of what a badge lacks, after a member at a pointer was taken out or put in its place.
    private func codes(
        _ profile: LintProfile,
        at path: [String] = [],
        _ value: JSON? = nil,
        severity: LintFinding.Severity = .required
    ) throws -> [String] {
        let badge = path.isEmpty ? Self.ready : Self.changed(Self.ready, path[...], value)
        return try BadgeLint(badge.serialized()).findings(for: profile).filter { $0.severity == severity }.map(\.code)
    }

    private static func changed(_ json: JSON, _ path: ArraySlice<String>, _ value: JSON?) -> JSON {
        guard let name = path.first, var members = json.object else { return value ?? json }
        if path.count == 1 {
            if let value { members[name] = value } else { members.removeValue(forKey: name) }
        } else if let inner = members[name] {
            members[name] = changed(inner, path.dropFirst(), value)
        }
        return .object(members)
    }

    @Test("a badge that lacks nothing is ready", arguments: LintProfile.allCases) func ready(profile: LintProfile)
        throws
    {
        #expect(try BadgeLint(Self.ready.serialized()).findings(for: profile).isEmpty)
    }

    @Test(
        "what is taken out is missed, by its code",
        arguments: [
            (LintProfile.trustedKnowledge, ["credentialSubject", "result"], "RESULT_MISSING"),
            (.trustedKnowledge, ["credentialSubject", "achievement", "alignment"], "ALIGNMENT_MISSING"),
            (.trustedKnowledge, ["credentialSubject", "achievement", "description"], "ACHIEVEMENT_INCOMPLETE"),
            (.trustedKnowledge, ["credentialSubject", "achievement", "criteria"], "CRITERIA_MISSING"),
            (.trustedKnowledge, ["issuer", "url"], "ISSUER_INCOMPLETE"),
            (.trustedApplication, ["evidence"], "EVIDENCE_MISSING"),
            (.trustedApplication, ["credentialSubject", "result"], "PERFORMANCE_MISSING"),
            (.edt, ["proof"], "PROOF_MISSING"), (.edt, ["issuer", "name"], "ISSUER_INCOMPLETE"),
            (.linkedin, ["validFrom"], "DATE_MISSING"), (.linkedin, ["issuer", "name"], "ISSUER_UNNAMED"),
            (.linkedin, ["credentialSubject", "achievement", "name"], "NAME_MISSING"),
        ]
    ) func missing(profile: LintProfile, path: [String], code: String) throws {
        #expect(try codes(profile, at: path) == [code])
    }

    @Test("the quirks of the public validator are known") func quirks() throws {
        let suite: JSON = ["type": "DataIntegrityProof", "cryptosuite": "ecdsa-jcs-2019"]
        #expect(try codes(.edt, at: ["proof"], suite) == ["SUITE_UNKNOWN"])
        #expect(try codes(.edt, at: ["credentialStatus"], [["id": "a"], ["id": "b"]]) == ["STATUS_LIST"])
        #expect(try codes(.edt, at: ["endorsementJwt"], ["a.b.c"]) == ["ENDORSEMENT_JWT"])
        #expect(try codes(.edt, at: ["@context"], ["https://www.w3.org/ns/credentials/v2"]) == ["CONTEXT_ORDER"])
    }

    @Test("what is only wished for does not keep a badge from being ready") func wishes() throws {
        #expect(try codes(.trustedKnowledge, at: ["endorsement"], nil).isEmpty)
        #expect(
            try codes(.trustedKnowledge, at: ["endorsement"], nil, severity: .recommended) == ["ENDORSEMENT_MISSING"]
        )
        #expect(try codes(.linkedin, at: ["id"], "urn:uuid:7") == ["URL_MISSING"])
    }

    @Test("Open Badges 2.0 is told what it has no property for; what is no badge is refused") func others() throws {
        let assertion: JSON = [
            "@context": "https://w3id.org/openbadges/v2", "type": "Assertion", "id": "https://a.example/1",
            "badge": "https://a.example/b", "issuedOn": "2026-03-01T12:00:00Z", "recipient": ["type": "email"],
            "verification": ["type": "hosted"],
        ]
        let lint = try BadgeLint(assertion.serialized())
        #expect(lint.findings(for: .trustedKnowledge).map(\.code) == ["OB3_NEEDED"])
        #expect(lint.findings(for: .linkedin).isEmpty)
        #expect(throws: OpenBadgesError.self) { try BadgeLint(Array("{}".utf8)) }
    }
}
