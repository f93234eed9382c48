import Cryptography
import JSONCore
import Proofs
import Testing

/// A key that is not the issuer's is never believed, wherever it comes from. Open Badges 3.0 §8.2.5.
@Suite("Forged credentials")
struct ForgedKeyTests {
    private let workspace: Workspace
    private let documents: DocumentFolder
    private let genuine: OpenedJWS
    private let attacker: PrivateKey

    init() async throws {
        workspace = try await Workspace.shared.value
        documents = try DocumentFolder(publishedBy: workspace)
        genuine = try OpenedJWS(workspace.read(try #require(try workspace.badges("credential.jwt").first)))
        attacker = try PrivateKey(generating: .p256)
    }

    private var trueKid: JSON { genuine.header["kid"] ?? .null }
    private var attackersJWK: JSON { JWK(attacker.publicKey).json }

    /// The genuine credential under another header, signed by the attacker.
    private func forged(_ header: JSON) throws -> [UInt8] {
        var jws = genuine
        jws.header = header
        return try jws.signed(by: attacker)
    }

    @Test("the badge itself verifies, or the other tests would prove nothing")
    func control() async throws {
        let (code, report) = try await documents.verify(genuine.compact())
        #expect(code == 0)
        #expect(report.authentic == "yes")
        #expect(report.issuer == "domain")
    }

    @Test("a key that travels with the badge is not the issuer's")
    func embeddedKey() async throws {
        let badge = try forged(["typ": "JWT", "jwk": attackersJWK])
        let (code, report) = try await documents.verify(badge)
        #expect(code == 2)
        #expect(report.verdict == "rejected")
        #expect(report.authentic == "no")
        #expect(report.codes.contains("KEY_NOT_ISSUERS"))
        #expect(report.outcome(of: "proof") == "passed", "the signature itself is good, and proves nothing")

        let alone = try await DocumentFolder().verify(badge)
        #expect(alone.code == 3)
        #expect(alone.report.authentic == "unknown")
        #expect(alone.report.codes.contains("KEY_NOT_BOUND"))
    }

    @Test("a key that travels with the badge under the issuer's kid is found out")
    func conflictingKey() async throws {
        let badge = try forged(["kid": trueKid, "jwk": attackersJWK])
        let (code, report) = try await documents.verify(badge)
        #expect(code == 2)
        #expect(report.authentic == "no")
        #expect(report.codes.contains("KEY_CONFLICT"))
        let alone = try await DocumentFolder().verify(badge)
        #expect(alone.code == 3)
        #expect(alone.report.authentic == "unknown")
    }

    @Test("the issuer's kid over somebody else's signature fails")
    func wrongSignature() async throws {
        var documents = documents
        let (code, report) = try await documents.verify(try forged(["kid": trueKid]))
        #expect(code == 2)
        #expect(report.authentic == "no")
        #expect(!Set(report.codes).isDisjoint(with: ["ALGORITHM_MISMATCH", "PROOF_VERIFICATION_ERROR"]))

        // The same with a key of the issuer's own kind.
        var jws = genuine
        jws.payload["name"] = "Algebra II"
        let other = try PrivateKey(generating: .rsa(bits: 2048))
        let second = try await documents.verify(try jws.signed(by: other))
        #expect(second.code == 2)
        #expect(second.report.codes.contains("PROOF_VERIFICATION_ERROR"))
        try documents.forget("\(Workspace.baseURL)/.well-known/did.json")
        #expect(try await documents.verify(try jws.signed(by: other)).report.authentic == "unknown")
    }

    @Test("a key of the attacker's own did:web, did:jwk or site is not the issuer's")
    func foreignKid() async throws {
        var documents = documents
        let did = "did:web:attacker.example"
        let method: JSON = [
            "id": .string("\(did)#key"), "type": "JsonWebKey", "controller": .string(did), "publicKeyJwk": attackersJWK,
        ]
        let document: JSON = [
            "id": .string(did), "verificationMethod": [method], "assertionMethod": [.string("\(did)#key")],
        ]
        try documents.answer("https://attacker.example/.well-known/did.json", document)
        try documents.answer("https://attacker.example/key.jwk", attackersJWK)
        try documents.answer("\(Workspace.baseURL).attacker.example/key.jwk", attackersJWK)
        let didJWK = "did:jwk:" + Base64URL.encode(attackersJWK.serialized()) + "#0"
        let kids = [
            "\(did)#key", didJWK, "https://attacker.example/key.jwk",
            "\(Workspace.baseURL).attacker.example/key.jwk",
        ]
        for kid in kids {
            for header: JSON in [["kid": .string(kid)], ["kid": .string(kid), "jwk": attackersJWK]] {
                let (code, report) = try await documents.verify(try forged(header))
                #expect(code == 2, "\(kid)")
                #expect(report.authentic == "no", "\(kid)")
                #expect(report.codes.contains("KEY_NOT_ISSUERS"), "\(kid)")
            }
        }
    }

    @Test("a URL of the issuer's site that redirects to another site names no key of the issuer's")
    func redirectedKid() async throws {
        var documents = documents
        try documents.answer("https://attacker.example/key.jwk", attackersJWK)
        try documents.redirect("\(Workspace.baseURL)/go", to: "https://attacker.example/key.jwk")
        var jws = genuine
        jws.header["kid"] = .string("\(Workspace.baseURL)/go")
        let (code, report) = try await documents.verify(try jws.signed(by: attacker))
        #expect(code == 2)
        #expect(report.authentic == "no")
    }

    @Test("a DID document about another DID, or fetched from another site, lends no key")
    func foreignDocument() async throws {
        var documents = documents
        let kid = "\(Workspace.issuerID)#key"
        let method: JSON = [
            "id": .string(kid), "type": "JsonWebKey", "controller": .string(Workspace.issuerID),
            "publicKeyJwk": attackersJWK,
        ]
        let document: JSON = [
            "id": .string(Workspace.issuerID), "verificationMethod": [method], "assertionMethod": [.string(kid)],
        ]
        try documents.answer("https://attacker.example/did.json", document)
        let url = "\(Workspace.baseURL)/.well-known/did.json"
        try documents.redirect(url, to: "https://attacker.example/did.json")
        let redirected = try await documents.verify(try forged(["kid": .string(kid)]))
        #expect(redirected.code == 3)
        #expect(redirected.report.authentic != "yes")

        var other = document
        other["id"] = "did:web:attacker.example"
        try documents.answer(url, other)
        let renamed = try await documents.verify(try forged(["kid": .string(kid)]))
        #expect(renamed.code != 0)
        #expect(renamed.report.authentic != "yes")
    }

    @Test("a key of the issuer's that is not for assertions signs no badges")
    func otherPurpose() async throws {
        var documents = documents
        let url = "\(Workspace.baseURL)/.well-known/did.json"
        var document = try workspace.json("public/.well-known/did.json")
        document["authentication"] = document["assertionMethod"]
        document["assertionMethod"] = []
        try documents.answer(url, document)
        let (code, report) = try await documents.verify(genuine.compact())
        #expect(code == 2)
        #expect(report.authentic == "no")
    }

    @Test("who is named as issuer decides: the attacker's own badge is authentically the attacker's, and nobody else's")
    func ownIssuer() async throws {
        var documents = documents
        let did = "did:web:attacker.example"
        let kid = "\(did)#key"
        let method: JSON = [
            "id": .string(kid), "type": "JsonWebKey", "controller": .string(did), "publicKeyJwk": attackersJWK,
        ]
        try documents.answer(
            "https://attacker.example/.well-known/did.json",
            ["id": .string(did), "verificationMethod": [method], "assertionMethod": [.string(kid)]] as JSON
        )
        var jws = genuine
        jws.header["kid"] = .string(kid)
        jws.payload["iss"] = .string(did)
        jws.payload["issuer"]?["id"] = .string(did)
        let trust = try TemporaryFolder.make("trust") + "/trust.yaml"
        try FileTree.write("issuers: [\"\(Workspace.issuerID)\"]\n", to: trust)
        let badge = try jws.signed(by: attacker)
        #expect(try await documents.verify(badge).report.issuer == "domain")
        let trusted = try await documents.verify(badge, "--trust", trust)
        #expect(trusted.code == 2)
        #expect(trusted.report.issuer == "untrusted")
    }
}
