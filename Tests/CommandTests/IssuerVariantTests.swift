import JSONCore
import Proofs
import Testing

@Suite("Issuers by DID or URL, with each kind of key")
struct IssuerVariantTests {
    struct Variant: Sendable, CustomTestStringConvertible {
        let identity: String
        let algorithm: String
        let name: String
        var testDescription: String { "\(identity), \(algorithm)" }
    }

    private static let variants = [
        Variant(identity: "did-web", algorithm: "p256", name: "ES256"),
        Variant(identity: "did-web", algorithm: "p384", name: "ES384"),
        Variant(identity: "did-web", algorithm: "ed25519", name: "EdDSA"),
        Variant(identity: "https", algorithm: "rsa2048", name: "RS256"),
        Variant(identity: "https", algorithm: "p256", name: "ES256"),
        Variant(identity: "https", algorithm: "ed25519", name: "EdDSA"),
    ]

    @Test("a badge signed with a new key verifies, and its kid answers with the key", arguments: variants)
    func variant(_ variant: Variant) async throws {
        let workspace = try await Workspace.fresh()
        let generated = try await workspace.succeed("key", "generate", "--algorithm", variant.algorithm)
        let kid = generated.text.replacing("\n", "")
        try workspace.edit("issuer.yaml") { text in
            text.replacing("issuer: did-web", "issuer: \(variant.identity)").split(separator: "\n")
                .map {
                    $0.hasPrefix("  ob3-jwt:") || $0.hasPrefix("  ob2:")
                        ? "\($0.prefix { $0 != ":" }): \(kid)" : "\($0)"
                }
                .joined(separator: "\n") + "\n"
        }
        try await workspace.succeed("issue", "results/sample.csv")
        try await workspace.succeed("publish")
        let verified = try await workspace.badge("verify", "public/credentials", "--offline", "--json")
        #expect(verified.code == 0)
        #expect(try verified.reports.map(\.verdict) == Array(repeating: "verified", count: 15))

        let jws = try OpenedJWS(workspace.read(try #require(try workspace.badges("credential.jwt").first)))
        #expect(jws.header["alg"]?.string == variant.name)
        let jwk = try workspace.json("public/keys/\(kid).jwk")
        if variant.identity == "https" {
            #expect(jws.header["kid"]?.string == "\(Workspace.baseURL)/keys/\(kid).jwk")
            #expect(jws.payload["iss"]?.string == "\(Workspace.baseURL)/issuer.json")
            #expect(!FileTree.exists(workspace.file("public/.well-known/did.json")))
            let issuer = try workspace.json("public/issuer.json")
            #expect(issuer["id"] == jws.payload["iss"])
            #expect(issuer["assertionMethod"]?.array?.contains(try #require(jws.header["kid"])) == true)
        } else {
            #expect(jws.header["kid"]?.string == "\(Workspace.issuerID)#\(kid)")
            #expect(jws.payload["iss"]?.string == Workspace.issuerID)
        }
        #expect(jwk["kid"] == jws.header["kid"])
        #expect(jwk["kty"] != nil && jwk["d"] == nil)

        // Hosted elsewhere, the key is found under the issuer's own domain.
        let documents = try DocumentFolder(publishedBy: workspace)
        let (code, report) = try await documents.verify(jws.compact())
        #expect(code == 0)
        #expect(report.issuer == "domain")
    }

    @Test("a base URL with a path is a did:web whose document stands in that path")
    func basePath() async throws {
        let folder = try TemporaryFolder.make("path")
        let made = try await BadgeCommand.run(
            ["init", "demo", "--base-url", "https://example.org/badges/"],
            in: folder
        )
        #expect(made.code == 0)
        let workspace = Workspace(path: "\(folder)/demo")
        try await workspace.succeed("issue", "results/sample.csv")
        try await workspace.succeed("publish")
        #expect(try workspace.json("public/did.json")["id"]?.string == "did:web:example.org:badges")
        #expect(!FileTree.exists(workspace.file("public/.well-known/did.json")))
        let verified = try await workspace.badge("verify", "public/credentials", "--offline", "--quiet")
        #expect(verified.code == 0)
    }

    @Test("an old badge verifies after its key was replaced, and so does a new one")
    func rotation() async throws {
        let workspace = try await Workspace.published()
        let old = try workspace.signingKey().kid
        let kid = try await workspace.succeed("key", "generate", "--algorithm", "p256").text.replacing("\n", "")
        try workspace.edit("issuer.yaml") { $0.replacing("ob3-jwt: \(old)", "ob3-jwt: \(kid)") }
        try workspace.write(
            try workspace.text("results/sample.csv").replacing("R-", "S-").replacing("@example.org", "@example.net"),
            to: "results/later.csv"
        )
        try await workspace.succeed("issue", "results/later.csv")
        try await workspace.succeed("publish")
        let verified = try await workspace.badge("verify", "public/credentials", "--offline", "--quiet")
        #expect(verified.code == 0)
        let kids = try workspace.badges("credential.jwt").map {
            try OpenedJWS(workspace.read($0)).header["kid"]?.string ?? ""
        }
        #expect(Set(kids) == ["\(Workspace.issuerID)#\(old)", "\(Workspace.issuerID)#\(kid)"])
    }
}
