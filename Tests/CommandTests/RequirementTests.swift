import Cryptography
import JSONCore
import Proofs
import Testing

@Suite("What the verifying side asks for")
struct RequirementTests {
    private let workspace: Workspace
    private let documents: DocumentFolder
    private let badges: [[UInt8]]

    /// Ada's badge in each form.
    init() async throws {
        let workspace = try await Workspace.shared.value
        self.workspace = workspace
        documents = try DocumentFolder(publishedBy: workspace)
        let path = try #require(
            try workspace.badges("assertion.json").first {
                try workspace.json($0)["issuedOn"]?.string == "2026-03-01T13:25:00Z"
            }
        )
        badges = try ["credential.jwt", "assertion.jws", "assertion.json", "credential.json"].map {
            try workspace.read(path.replacingSuffix("assertion.json", by: $0))
        }
    }

    @Test(
        "the recipient is recognised in each spelling",
        arguments: [
            "ada@example.org", "ADA@Example.ORG", " ada@example.org ", "mailto:ada@example.org",
            "email:ada@example.org", "emailAddress:Ada@example.org",
        ]
    )
    func recipient(_ spelling: String) async throws {
        for badge in badges {
            let (code, report) = try await documents.verify(badge, "--recipient", spelling)
            #expect(code == 0)
            #expect(report.subject == "match")
            #expect(report.outcome(of: "recipient") == "passed")
        }
    }

    @Test("somebody else's badge is rejected, and with --report-only answered")
    func otherRecipient() async throws {
        for badge in badges {
            let (code, report) = try await documents.verify(badge, "--recipient", "carl@example.org")
            #expect(code == 2)
            #expect(report.verdict == "rejected")
            #expect(report.subject == "mismatch")
            #expect(report.authentic == "yes")
            #expect(report.codes.contains("RECIPIENT_MISMATCH"))
            let reported = try await documents.verify(badge, "--recipient", "carl@example.org", "--report-only")
            #expect(reported.code == 0)
            #expect(reported.report.subject == "mismatch")
        }
    }

    @Test("an identifier of another kind can be neither confirmed nor denied")
    func otherKind() async throws {
        for badge in badges {
            for recipient in ["did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK", "systemId:4711"] {
                let (code, report) = try await documents.verify(badge, "--recipient", recipient)
                #expect(code == 3)
                #expect(report.subject == "unknown")
                #expect(report.codes.contains("RECIPIENT_UNKNOWN"))
            }
        }
    }

    @Test("a badge issued to a DID is its holder's")
    func did() async throws {
        let workspace = try await Workspace.fresh()
        let holder = "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK"
        try workspace.edit("issuer.yaml") { $0.replacing("recipient: hashed", "recipient: did") }
        let record: JSON = [
            "schema": "exam-result/1", "resultId": "R-1", "exam": ["id": "ALG-1"],
            "candidate": ["email": "ada@example.org", "ids": [["type": "did", "value": .string(holder)]]],
            "score": ["raw": 37, "max": 40], "endedAt": "2026-03-01T13:25:00Z",
        ]
        try workspace.write(record.text + "\n", to: "results/did.ndjson")
        try await workspace.succeed("issue", "results/did.ndjson")
        try await workspace.succeed("publish")
        let badge = try #require(try workspace.badges("credential.jwt").first)
        let payload = try OpenedJWS(workspace.read(badge)).payload
        #expect(payload["sub"]?.string == holder)
        #expect(payload["credentialSubject"]?["id"]?.string == holder)
        let matched = try await workspace.badge("verify", badge, "--offline", "--recipient", holder)
        #expect(matched.code == 0)
        let other = try await workspace.badge("verify", badge, "--offline", "--recipient", "did:key:z6Mkother")
        #expect(other.code == 2)
    }

    @Test(
        "an issuer is trusted by id, prefix, domain or key",
        arguments: [
            "issuers: [\"did:web:badges.example.org\", \"https://badges.example.org/ob2/issuer.json\"]",
            "issuers: [\"did:web:badges.example.org\", \"https://badges.example.org/*\"]",
            "domains: [badges.example.org]", "domains: [BADGES.example.org]", "keys: [THUMBPRINT]",
        ]
    )
    func trusted(_ policy: String) async throws {
        let thumbprint = JWK.thumbprint(of: try workspace.signingKey().key.publicKey)
        let trust = try TemporaryFolder.make("trust") + "/trust.yaml"
        try FileTree.write(policy.replacing("THUMBPRINT", thumbprint) + "\n", to: trust)
        for badge in policy.hasPrefix("keys") ? Array(badges.prefix(2)) : badges {
            let (code, report) = try await documents.verify(badge, "--trust", trust)
            #expect(code == 0)
            #expect(report.issuer == "trusted")
        }
    }

    @Test(
        "an issuer outside the trust file is refused, however alike its name",
        arguments: [
            "issuers: [\"did:web:badges.example.org.evil.example\"]", "issuers: [\"did:web:badges.example.or*\"]",
            "issuers: [\"did:web:badges.example.org:*\"]", "domains: [example.org]", "domains: [evil.example]",
            "keys: [NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs]", "issuers: []",
        ]
    )
    func untrusted(_ policy: String) async throws {
        let trust = try TemporaryFolder.make("trust") + "/trust.yaml"
        try FileTree.write(policy + "\n", to: trust)
        for badge in badges {
            let (code, report) = try await documents.verify(badge, "--trust", trust)
            #expect(code == 2)
            #expect(report.issuer == "untrusted")
            #expect(report.codes.contains("ISSUER_UNTRUSTED"))
            let reported = try await documents.verify(badge, "--trust", trust, "--report-only")
            #expect(reported.code == 0)
            #expect(reported.report.issuer == "untrusted")
        }
    }

    @Test(
        "a trust file that cannot be read or understood ends the command",
        arguments: ["issuers: {a: b}", "issuer: [a]", "["]
    )
    func brokenTrust(_ policy: String) async throws {
        let folder = try TemporaryFolder.make("trust")
        try FileTree.write(policy + "\n", to: "\(folder)/trust.yaml")
        try FileTree.write(badges[0], to: "\(folder)/ada.jwt")
        for file in ["trust.yaml", "missing.yaml"] {
            let outcome = try await BadgeCommand.run(
                ["verify", "ada.jwt", "--offline", "--trust", file],
                in: folder
            )
            #expect(outcome.code == 1)
            #expect(outcome.speech.contains("badge: error: \(file)"))
        }
    }

    @Test("--require asks for more")
    func requirements() async throws {
        let badge = badges[0]
        #expect(try await documents.verify(badge, "--require", "issuer=domain").code == 0)
        let untrusted = try await documents.verify(badge, "--require", "issuer=trusted")
        #expect(untrusted.code == 2)
        #expect(untrusted.report.codes.contains("REQUIREMENT_NOT_MET"))
        #expect(try await documents.verify(badge, "--require", "subject=match").code == 3)
        let both = ["--require", "issuer=domain,subject=match", "--recipient", "ada@example.org"]
        #expect(try await documents.verify(badge, both[0], both[1], both[2], both[3]).code == 0)

        // In the workspace nobody but the issuer itself vouches for the issuer.
        let path = try #require(try workspace.badges("credential.jwt").first)
        let local = try await workspace.badge("verify", path, "--offline", "--require", "issuer=domain")
        #expect(local.code == 2)
        let lifted = try await workspace.badge(
            "verify",
            path,
            "--offline",
            "--require",
            "issuer=domain",
            "--report-only"
        )
        #expect(lifted.code == 0)
    }

    @Test("a badge holds from its first instant to its last")
    func dates() async throws {
        let key = try workspace.signingKey().key
        var jws = try OpenedJWS(badges[0])
        jws.payload["validUntil"] = "2027-03-01T13:25:00Z"
        jws.payload["exp"] = 1_803_907_500
        jws.payload["proof"] = nil  // it says nothing of an end
        let badge = try jws.signed(by: key)
        let times = [
            ("2026-03-01T13:24:59Z", "NOT_YET_VALID"), ("2026-03-01T13:25:00Z", ""),
            ("2027-03-01T14:25:00+01:00", ""), ("2027-03-01T13:25:01Z", "EXPIRED"), ("2031-01-01T00:00:00Z", "EXPIRED"),
        ]
        for (time, problem) in times {
            let (code, report) = try await documents.verify(badge, "--at", time)
            #expect(code == (problem.isEmpty ? 0 : 2), "\(time)")
            #expect(report.current == (problem.isEmpty ? "yes" : "no"), "\(time)")
            #expect(report.authentic == "yes", "\(time)")
            #expect(report.codes == (problem.isEmpty ? [] : [problem]), "\(time)")
        }
        for badge in badges {
            let (code, report) = try await documents.verify(badge, "--at", "2020-01-01T00:00:00Z")
            #expect(code == 2)
            #expect(report.codes.contains("NOT_YET_VALID"))
        }
    }
}
