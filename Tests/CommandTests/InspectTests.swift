import Cryptography
import JSONCore
import Testing

@Suite("Looking inside")
struct InspectTests {
    @Test("inspect shows header and document as they stand, and that nothing was verified")
    func inspect() async throws {
        let workspace = try await Workspace.shared.value
        let badge = try #require(try workspace.badges("credential.jwt").first)
        var jws = try OpenedJWS(workspace.read(badge))
        jws.payload["name"] = "Forged"
        let outcome = try await workspace.badge("inspect", "-", "--json", input: jws.compact())
        #expect(outcome.code == 0)
        let shown = try #require(try outcome.json.first)
        #expect(shown["format"]?.string == "ob3-jwt")
        #expect(shown["header"] == jws.header)
        #expect(shown["document"] == jws.payload)
        #expect(shown["verified"] == false)
        #expect(outcome.speech.contains("nothing was verified"))
    }

    @Test("what cannot be read is said to be unreadable")
    func unreadable() async throws {
        let folder = try TemporaryFolder.make("inspect")
        try FileTree.write("A letter.", to: "\(folder)/letter.txt")
        let letter = try await BadgeCommand.run(["inspect", "letter.txt"], in: folder)
        #expect(letter.code == 2)
        #expect(letter.speech.contains("NOT_A_BADGE"))
        #expect(try await BadgeCommand.run(["inspect", "missing.jwt"], in: folder).code == 1)
    }

    @Test("key list says what each key signs, and key show gives its public half alone")
    func keys() async throws {
        let workspace = try await Workspace.shared.value
        let (kid, key) = try workspace.signingKey()
        let listed = try await workspace.badge("key", "list", "--json")
        let line = try #require(try listed.json.first { $0["kid"]?.string == kid })
        #expect(line["signs"] == ["ob2-signed", "ob3-jwt"])
        let shown = try await workspace.badge("key", "show", kid)
        #expect(shown.code == 0)
        #expect(shown.output == (try key.publicKey.pem))
        #expect(try await workspace.badge("key", "show", "none").code == 1)
    }
}
