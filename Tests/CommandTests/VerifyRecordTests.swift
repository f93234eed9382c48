import Cryptography
import JSONCore
import Proofs
import Testing

/// What `badge verify` leaves behind beside its answer.
@Suite("Archives, receipts and folders of `badge verify`")
struct VerifyRecordTests {
    private let workspace: Workspace
    private let good: String

    init() async throws {
        workspace = try await Workspace.shared.value
        good = try #require(try workspace.badges("assertion.jws").first)
    }

    @Test("--archive writes the folder that --documents reads")
    func archive() async throws {
        let folder = try TemporaryFolder.make("archive")
        try FileTree.write(workspace.read(good), to: "\(folder)/ada.jws")
        let first = try await BadgeCommand.run(
            ["verify", "ada.jws", "--offline", "--workspace", workspace.path, "--archive", "kept"],
            in: folder
        )
        #expect(first.code == 0, "\(first.speech)")
        let again = try await BadgeCommand.run(
            ["verify", "ada.jws", "--offline", "--documents", "kept", "--json"],
            in: folder
        )
        #expect(again.code == 0, "\(again.text)")
        // A second archive into the same folder adds to it.
        let other = try #require(try workspace.badges("assertion.json").first)
        try FileTree.write(workspace.read(other), to: "\(folder)/ada.json")
        _ = try await BadgeCommand.run(
            ["verify", "ada.json", "--offline", "--workspace", workspace.path, "--archive", "kept"],
            in: folder
        )
        let both = try await BadgeCommand.run(
            ["verify", "ada.jws", "ada.json", "--offline", "--documents", "kept"],
            in: folder
        )
        #expect(both.code == 0, "\(both.text)")
    }

    @Test("--receipt prints the signed report, and says the answer beside it")
    func receipt() async throws {
        let folder = try TemporaryFolder.make("receipt")
        let key = try PrivateKey(generating: .ed25519)
        try FileTree.write(try key.pem(), to: "\(folder)/hr.pem", mode: 0o600)
        try FileTree.write(workspace.read(good), to: "\(folder)/ada.jws")
        let outcome = try await BadgeCommand.run(
            ["verify", "ada.jws", "--offline", "--workspace", workspace.path, "--receipt", "hr.pem"],
            in: folder
        )
        #expect(outcome.code == 0, "\(outcome.speech)")
        let jws = try JWS(compact: Array(outcome.text.utf8.dropLast()))
        #expect(try jws.isValid(for: JWK(key.publicKey)))
        #expect(try JSON(parsing: jws.payload)["report"]?["verdict"] == "verified")
        #expect(outcome.speech.contains("signature good"))
        let exposed = try await ChildProcess(["/bin/chmod", "644", "\(folder)/hr.pem"], in: folder).wait()
        #expect(exposed.code == 0)
        let refused = try await BadgeCommand.run(
            ["verify", "ada.jws", "--offline", "--workspace", workspace.path, "--receipt", "hr.pem"],
            in: folder
        )
        #expect(refused.code == 1)
        #expect(refused.speech.contains("others on this machine can read"))
    }

    @Test("a folder's badges are answered in the order of their paths, whichever is done first")
    func order() async throws {
        let folder = try TemporaryFolder.make("folder")
        let bytes = try workspace.read(good)
        try FileTree.makeFolder("\(folder)/badges")
        for number in 100..<160 { try FileTree.write(bytes, to: "\(folder)/badges/\(number).jws") }
        let outcome = try await BadgeCommand.run(
            ["verify", "badges", "--offline", "--workspace", workspace.path, "--json"],
            in: folder
        )
        #expect(outcome.code == 0)
        let names = try outcome.reports.map { $0.json["input"]?.string }
        #expect(names == (100..<160).map { "badges/\($0).jws" })
    }
}
