import Cryptography
import JSONCore
import Testing

/// `badge endorse`: a mentor's word, signed with the mentor's own key, inside the badge that it is about.
@Suite("Endorsements")
struct EndorseTests {
    private static let policy = """
        policy: award-policy/1
        id: https://badges.example.org/policies/algebra-2/1
        achievement: {id: algebra-2, name: Algebra II, image: algebra-1.svg}
        facts:
          exam: {kind: score, match: {exam: ALG-1}}
          mentor: {kind: recommendation, match: {role: mentor}, distinct_from: subject}
        requirements:
          - {id: mark, needs: exam, score: {min_percent: 60}}
          - {id: word, needs: mentor, decision: recommend}
        award: {dated: exam.at}
        publish: {mark: {as: result, value: percent}, word: {as: endorsement}}

        """

    /// A workspace with the results of one candidate, and the id that the badge will have.
    private func workspace(mentor: String? = nil) async throws -> (workspace: Workspace, credential: String) {
        let workspace = try await Workspace.signingFast()
        try workspace.write(Self.policy, to: "policies/algebra-1.yaml")
        let by = mentor.map { #"{"role":"mentor","email":"m@example.org","id":"\#($0)"}"# }
        let facts = """
            {"resultId":"X-1","exam":{"id":"ALG-1"},"candidate":{"email":"ada@example.org"},"score":{"raw":37,"max":40},"endedAt":"2026-03-03T13:25:00Z"}
            {"resultId":"W-1","kind":"recommendation","candidate":{"email":"ada@example.org"},"decision":"recommend","comment":"Quietly brilliant.","by":\(by ?? #"{"role":"mentor","email":"m@example.org"}"#),"endedAt":"2026-03-02T13:25:00Z"}

            """
        try workspace.write(facts, to: "results/all.ndjson")
        let dry = try await workspace.succeed("issue", "results/all.ndjson", "--dry-run", "--json")
        let credential = try #require(dry.json.first { $0["decision"]?.string == "award" }?["credential"]?.string)
        return (workspace, credential)
    }

    private func mentorKey(_ workspace: Workspace, _ algorithm: KeyAlgorithm) throws {
        try FileTree.write(
            try PrivateKey(generating: algorithm).pem(passphrase: nil),
            to: workspace.file("mentor.pem"),
            mode: 0o600
        )
    }

    /// The published credential, and what verifying it says.
    private func published(_ workspace: Workspace) async throws -> (credential: JSON, report: JSON) {
        try await workspace.succeed("publish")
        let file = try #require(try workspace.badges("credential.json").first)
        let report = try #require(try await workspace.succeed("verify", file, "--json").json.first)
        return (try workspace.json(file), report)
    }

    @Test(
        "a mentor endorses a badge that is not issued yet, with a key of their own",
        arguments: [KeyAlgorithm.ed25519, .p256]
    ) func mentor(algorithm: KeyAlgorithm) async throws {
        let (workspace, credential) = try await workspace()
        try mentorKey(workspace, algorithm)
        try FileTree.makeFolder(workspace.file("endorsements"))
        try await workspace.succeed(
            "endorse",
            credential,
            "--key",
            "mentor.pem",
            "--name",
            "Grace Hopper",
            "--comment",
            "Quietly brilliant.",
            "-o",
            "endorsements/ada.json"
        )
        try await workspace.succeed("issue", "results/all.ndjson")
        let (badge, report) = try await published(workspace)
        #expect(badge["id"]?.string == credential)
        #expect(badge["endorsement"]?.array?.count == 1)
        // The signed word stands there in the place of a plain one.
        #expect(badge["evidence"] == nil)
        #expect(report["verdict"]?.string == "verified")
        let endorsement = try #require(report["endorsements"]?.array?.first)
        #expect(endorsement["answers"]?["authentic"]?.string == "yes")
    }

    @Test("without an endorsement the recommendation is evidence") func without() async throws {
        let (workspace, _) = try await workspace()
        try await workspace.succeed("issue", "results/all.ndjson")
        let (badge, _) = try await published(workspace)
        #expect(badge["endorsement"] == nil)
        #expect(badge["evidence"]?.array?.first?["narrative"]?.string == "Quietly brilliant.")
    }

    @Test("where the record names the mentor, another one's word does not stand for theirs") func other() async throws {
        let (workspace, credential) = try await workspace(
            mentor: "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK"
        )
        try mentorKey(workspace, .ed25519)
        try FileTree.makeFolder(workspace.file("endorsements"))
        try await workspace.succeed(
            "endorse",
            credential,
            "--key",
            "mentor.pem",
            "--name",
            "Somebody",
            "-o",
            "endorsements/ada.json"
        )
        try await workspace.succeed("issue", "results/all.ndjson")
        let (badge, _) = try await published(workspace)
        #expect(badge["endorsement"]?.array?.count == 1)
        #expect(badge["evidence"]?.array?.count == 1)
    }

    @Test("an endorsement that was changed, or is none, is left out and named") func forged() async throws {
        let (workspace, credential) = try await workspace()
        try mentorKey(workspace, .ed25519)
        try FileTree.makeFolder(workspace.file("endorsements"))
        try await workspace.succeed(
            "endorse",
            credential,
            "--key",
            "mentor.pem",
            "--name",
            "Grace",
            "--comment",
            "Poor.",
            "-o",
            "endorsements/ada.json"
        )
        try workspace.edit("endorsements/ada.json") { $0.replacing("Poor.", with: "Best!") }
        try workspace.write("{}", to: "endorsements/none.json")
        // RSA has no embedded proof, and the contexts no term for a JWT.
        try mentorKey(workspace, .rsa(bits: 2048))
        try await workspace.succeed(
            "endorse",
            credential,
            "--key",
            "mentor.pem",
            "--name",
            "Grace",
            "--jwt",
            "-o",
            "endorsements/ada.jwt"
        )
        let issue = try await workspace.badge("issue", "results/all.ndjson")
        #expect(issue.code == 0)
        #expect(issue.speech.contains("endorsements/ada.json: ENDORSEMENT_INVALID"))
        #expect(issue.speech.contains("endorsements/ada.jwt: ENDORSEMENT_INVALID"))
        #expect(issue.speech.contains("endorsements/none.json: ENDORSEMENT_INVALID"))
        let (badge, _) = try await published(workspace)
        #expect(badge["endorsement"] == nil)
        #expect(badge["evidence"]?.array?.count == 1)
    }

    @Test("a published badge can be endorsed from its file, and the word verifies alone") func standalone() async throws
    {
        let workspace = try await Workspace.published()
        try mentorKey(workspace, .p256)
        let file = try #require(try workspace.badges("credential.json").first)
        let word = try await workspace.succeed("endorse", file, "--key", "mentor.pem", "--name", "Grace Hopper")
        #expect(try word.json.first?["credentialSubject"]?["id"] == workspace.json(file)["id"])
        try workspace.write(word.text, to: "word.json")
        let report = try #require(try await workspace.badge("verify", "word.json", "--json").json.first)
        #expect(report["format"]?.string == "endorsement")
        #expect(report["answers"]?["authentic"]?.string == "yes")
        try await workspace.succeed(
            "endorse",
            file,
            "--key",
            "new.pem",
            "--generate-key",
            "--name",
            "x",
            "-o",
            "x.json"
        )
        #expect(try FileTree.entries(of: workspace.path)["new.pem"]?.permissions == 0o600)
        let nobody = try await workspace.badge("endorse", "nobody", "--key", "mentor.pem", "--name", "x")
        #expect(nobody.code == 1)
        #expect(nobody.speech.contains("NOT_FOUND"))
    }
}
