import Cryptography
import JSONCore
import Testing

/// Open Badges 2.0, "RevocationList", "Hosted Badges".
@Suite("Open Badges 2.0, revoked or moved")
struct RevocationTests {
    private let workspace: Workspace
    private var documents: DocumentFolder
    private let signed: OpenedJWS
    private let hosted: JSON
    private let listURL = "\(Workspace.baseURL)/ob2/revocations.json"

    init() async throws {
        workspace = try await Workspace.shared.value
        documents = try DocumentFolder(publishedBy: workspace)
        signed = try OpenedJWS(workspace.read(try #require(try workspace.badges("assertion.jws").first)))
        hosted = try workspace.json(try #require(try workspace.badges("assertion.json").first))
    }

    private var hostedURL: String { hosted["id"]?.string ?? "" }

    @Test("a signed badge on its issuer's revocation list is revoked, in each form of the list")
    func list() async throws {
        var documents = documents
        let id = signed.payload["id"] ?? .null
        let entries: [JSON] = [
            [id], [["id": id, "revocationReason": "Exam void"]], [["uid": id]], ["urn:uuid:other", id],
        ]
        for entry in entries {
            var list = try workspace.json("public/ob2/revocations.json")
            list["revokedAssertions"] = entry
            try documents.answer(listURL, list)
            let (code, report) = try await documents.verify(signed.compact())
            #expect(code == 2)
            #expect(report.verdict == "rejected")
            #expect(report.current == "no")
            #expect(report.authentic == "yes")
            #expect(report.codes.contains("REVOKED"))
            if entry[0]?["revocationReason"] != nil { #expect(report.sentence.contains("Exam void")) }
        }
        var list = try workspace.json("public/ob2/revocations.json")
        list["revokedAssertions"] = ["urn:uuid:other"]
        try documents.answer(listURL, list)
        #expect(try await documents.verify(signed.compact()).code == 0)
    }

    @Test("without a list that can be read, nobody knows whether a signed badge is revoked")
    func listUnreadable() async throws {
        var documents = documents
        let answers: [(inout DocumentFolder) throws -> Void] = [
            { try $0.forget("\(Workspace.baseURL)/ob2/revocations.json") },
            { try $0.answer("\(Workspace.baseURL)/ob2/revocations.json", status: 404) },
            { try $0.answer("\(Workspace.baseURL)/ob2/revocations.json", Array("<html>".utf8)) },
            { try $0.answer("\(Workspace.baseURL)/ob2/revocations.json", ["id": "https://other.example/"] as JSON) },
        ]
        for answer in answers {
            try answer(&documents)
            let (code, report) = try await documents.verify(signed.compact())
            #expect(code == 3)
            #expect(report.verdict == "undetermined")
            #expect(report.current == "unknown")
            #expect(report.authentic == "yes")
            #expect(report.codes.contains("STATUS_RETRIEVAL_ERROR"))
        }
    }

    @Test("a hosted badge is what its host serves: the copy at hand counts for nothing")
    func servedCopy() async throws {
        var copy = hosted
        copy["recipient"] = ["type": "email", "hashed": false, "identity": "mallory@example.com"]
        let (_, report) = try await documents.verify(copy.serialized(), "--recipient", "mallory@example.com")
        #expect(report.subject == "mismatch")
        #expect(report.verdict == "rejected")
    }

    @Test("410 is revoked, and the body may say why")
    func gone() async throws {
        var documents = documents
        try documents.answer(hostedURL, status: 410)
        let bare = try await documents.verify(hosted.serialized())
        #expect(bare.code == 2)
        #expect(bare.report.current == "no")
        #expect(bare.report.codes.contains("REVOKED"))
        let body: JSON = ["id": .string(hostedURL), "revoked": true, "revocationReason": "Issued in error"]
        try documents.answer(hostedURL, body, status: 410)
        let reasoned = try await documents.verify(hosted.serialized())
        #expect(reasoned.code == 2)
        #expect(reasoned.report.sentence.contains("Issued in error"))
        // The URL itself as the input.
        let outcome = try await BadgeCommand.run(
            ["verify", hostedURL, "--json", "--offline", "--documents", documents.path],
            in: documents.path
        )
        #expect(outcome.code == 2)
        #expect(try outcome.reports.first?.current == "no")
    }

    @Test("`revoked: true` is revoked")
    func revokedMember() async throws {
        var documents = documents
        let context = hosted["@context"] ?? .null
        var whole = hosted
        whole["revoked"] = true
        let short: JSON = ["@context": context, "id": .string(hostedURL), "type": "Assertion", "revoked": true]
        for body in [whole, short] {
            try documents.answer(hostedURL, body)
            let (code, report) = try await documents.verify(hosted.serialized())
            #expect(code == 2)
            #expect(report.current == "no")
            #expect(report.codes.contains("REVOKED"))
        }
    }

    @Test("404, another status and silence do not say that it is revoked", arguments: [404, 403, 500, 0])
    func missing(status: Int) async throws {
        var documents = documents
        if status == 0 { try documents.forget(hostedURL) } else { try documents.answer(hostedURL, status: status) }
        let (code, report) = try await documents.verify(hosted.serialized())
        #expect(code == 3)
        #expect(report.verdict == "undetermined")
        #expect(report.current == "unknown")
        #expect(report.authentic == "unknown")
        #expect(!report.codes.contains("REVOKED"))
        #expect(report.codes.contains(status == 0 ? "DOCUMENT_UNREACHABLE" : "HOSTED_NOT_FOUND"))
    }

    @Test("a badge that moved within its site verifies", arguments: [301, 302, 303, 307, 308])
    func moved(status: Int) async throws {
        var documents = documents
        try documents.answer("\(Workspace.baseURL)/moved/1.json", hosted)
        try documents.redirect(hostedURL, to: "\(Workspace.baseURL)/moved/1.json", status: status)
        #expect(try await documents.verify(hosted.serialized()).code == 0)
    }

    @Test("what answers at the URL has to be this badge")
    func other() async throws {
        var documents = documents
        var other = hosted
        other["id"] = "https://badges.example.org/credentials/other/assertion.json"
        for body in [other.serialized(), Array("<html>gone</html>".utf8), Array("[]".utf8)] {
            try documents.answer(hostedURL, body)
            let (code, report) = try await documents.verify(hosted.serialized())
            #expect(code == 2)
            #expect(report.authentic == "no")
            #expect(report.codes.contains("HOSTED_DIFFERS"))
        }
    }

    @Test("a redirect without end, or to a place that nobody answers, is unknown")
    func loop() async throws {
        var documents = documents
        try documents.redirect(hostedURL, to: hostedURL)
        #expect(try await documents.verify(hosted.serialized()).code == 3)
        try documents.redirect(hostedURL, to: "https://elsewhere.example/1.json")
        #expect(try await documents.verify(hosted.serialized()).code == 3)
    }
}
