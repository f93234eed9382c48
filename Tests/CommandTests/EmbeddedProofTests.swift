import Cryptography
import JSONCore
import Proofs
import Testing

@Suite("Embedded proofs, from issue to verify")
struct EmbeddedProofTests {
    private let workspace: Workspace

    init() async throws { workspace = try await Workspace.shared.value }

    /// The kid of the key that signs embedded proofs, as `badge init` made it.
    private static func proofKid(_ workspace: Workspace) throws -> String {
        let names = try FileTree.names(in: workspace.file("Keys")).filter {
            $0.hasPrefix("ed25519-") && $0.hasSuffix(".public.pem")
        }
        return String(try #require(names.first).dropLast(".public.pem".count))
    }

    @Test("each badge has a credential.json, signed with the key that issuer.yaml names for proofs")
    func published() throws {
        let kid = try Self.proofKid(workspace)
        let paths = try workspace.badges("credential.json")
        #expect(paths.count == 3)
        for path in paths {
            let credential = try workspace.json(path)
            #expect(credential["id"]?.string == Workspace.baseURL + path.dropFirst("public".count))
            #expect(credential["type"] == ["VerifiableCredential", "OpenBadgeCredential"])
            let proof = try #require(credential["proof"])
            #expect(proof["type"]?.string == "DataIntegrityProof")
            #expect(proof["cryptosuite"]?.string == "eddsa-rdfc-2022")
            #expect(proof["proofPurpose"]?.string == "assertionMethod")
            #expect(proof["verificationMethod"]?.string == "\(Workspace.issuerID)#\(kid)")
            let created = try #require(proof["created"]?.string)
            #expect(created.hasSuffix("Z") && created.count == 20, "whole seconds: \(created)")
        }
    }

    @Test("the VC-JWT is over the very credential that credential.json is, with its proof and its id")
    func bothForms() throws {
        for path in try workspace.badges("credential.json") {
            let credential = try workspace.json(path)
            let jws = try OpenedJWS(workspace.read(path.replacingSuffix("credential.json", by: "credential.jwt")))
            var payload = jws.payload
            #expect(payload["jti"] == credential["id"])
            for claim in ["iss", "sub", "jti", "nbf", "exp", "iat"] { payload[claim] = nil }
            #expect(payload == credential)
        }
    }

    @Test("did.json has the proof key as Multikey, and keys/KID.json is the same one")
    func keys() throws {
        let kid = try Self.proofKid(workspace)
        let key = try PublicKey(pem: workspace.read("Keys/\(kid).public.pem"))
        let text = try Multikey.text(of: key)
        let document = try workspace.json("public/.well-known/did.json")
        let methods = document["verificationMethod"]?.array ?? []
        #expect(Set(methods.compactMap { $0["type"]?.string }) == ["Multikey", "JsonWebKey"])
        let method = try #require(methods.first { $0["type"]?.string == "Multikey" })
        #expect(method["id"]?.string == "\(Workspace.issuerID)#\(kid)")
        #expect(method["publicKeyMultibase"]?.string == text)
        #expect(document["assertionMethod"]?.array?.contains(try #require(method["id"])) == true)
        let published = try workspace.json("public/keys/\(kid).json")
        #expect(published["publicKeyMultibase"]?.string == text)
        #expect(published["controller"]?.string == Workspace.issuerID)
    }

    @Test("credential.json verifies as a file, from standard input, and from elsewhere by the issuer's domain")
    func verify() async throws {
        let path = try #require(try workspace.badges("credential.json").first)
        let file = try await workspace.badge("verify", path, "--offline", "--json")
        #expect(file.code == 0, "\(file.speech)")
        let report = try #require(try file.reports.first)
        #expect(report.verdict == "verified")
        #expect(report.format == "ob3-proof")
        #expect(report.codes == [])
        let bytes = try workspace.read(path)
        let piped = try await workspace.badge("verify", "-", "--offline", "--json", input: bytes)
        #expect(piped.code == 0)

        let documents = try DocumentFolder(publishedBy: workspace)
        let (code, elsewhere) = try await documents.verify(bytes)
        #expect(code == 0)
        #expect(elsewhere.issuer == "domain")
        let (alone, unknown) = try await DocumentFolder().verify(bytes)
        #expect(alone == 3)
        #expect(unknown.authentic == "unknown")
    }

    @Test("a badge that was changed by one letter ends in 2")
    func tampered() async throws {
        let path = try #require(try workspace.badges("credential.json").first)
        let text = try workspace.text(path)
        let documents = try DocumentFolder(publishedBy: workspace)
        for (old, new) in [("Algebra I", "Algebra J"), ("2026-03-01T13", "2026-03-01T14"), ("urn:uuid:", "urn:uuid:0")]
        {
            let changed = text.replacing(old, new)
            #expect(changed != text)
            let (code, report) = try await documents.verify(Array(changed.utf8))
            #expect(code == 2)
            #expect(report.verdict == "rejected")
            #expect(report.authentic == "no")
            #expect(report.codes.contains("PROOF_VERIFICATION_ERROR"))
        }
        var added = try workspace.json(path)
        added["flavour"] = "sweet"
        let (code, report) = try await documents.verify(added.serialized())
        #expect(code == 2)
        #expect(report.codes.contains("UNDEFINED_TERM"))
        var bare = try workspace.json(path)
        bare["proof"] = nil
        let (missing, reason) = try await documents.verify(bare.serialized())
        #expect(missing == 2)
        #expect(reason.codes.contains("PROOF_MISSING"))
    }

    @Test("somebody else's proof under the issuer's name ends in 2")
    func forged() async throws {
        let other = try await Workspace.fresh()
        var path = try #require(try workspace.badges("credential.json").first)
        let genuine = try workspace.json(path)
        let kid = try await other.succeed("key", "generate", "--algorithm", "ed25519").text.replacing("\n", "")
        try other.edit("issuer.yaml") { text in
            text.split(separator: "\n").map { $0.hasPrefix("  ob3-proof:") ? "  ob3-proof: \(kid)" : "\($0)" }
                .joined(separator: "\n") + "\n"
        }
        try await other.succeed("issue", "results/sample.csv")
        try await other.succeed("publish")
        path = try #require(try other.badges("credential.json").first)
        let forged = try other.json(path)
        #expect(forged["issuer"] == genuine["issuer"], "it says that it is by the same issuer")
        let (code, report) = try await DocumentFolder(publishedBy: workspace).verify(forged.serialized())
        #expect(code == 2)
        #expect(report.authentic == "no")
    }

    @Test(
        "an issuer by URL names the Multikey's URL, which its controller document lists",
        arguments: ["ed25519", "p256", "p384"]
    )
    func https(algorithm: String) async throws {
        let workspace = try await Workspace.fresh()
        let old = try Self.proofKid(workspace)
        let kid = try await workspace.succeed("key", "generate", "--algorithm", algorithm).text.replacing("\n", "")
        try workspace.edit("issuer.yaml") {
            $0.replacing("issuer: did-web", "issuer: https").replacing("ob3-proof: \(old)", "ob3-proof: \(kid)")
        }
        try await workspace.succeed("issue", "results/sample.csv")
        try await workspace.succeed("publish")
        let path = try #require(try workspace.badges("credential.json").first)
        let credential = try workspace.json(path)
        let url = "\(Workspace.baseURL)/keys/\(kid).json"
        #expect(credential["proof"]?["verificationMethod"]?.string == url)
        #expect(
            credential["proof"]?["cryptosuite"]?.string
                == (algorithm == "ed25519" ? "eddsa-rdfc-2022" : "ecdsa-rdfc-2019")
        )
        let document = try workspace.json("public/keys/\(kid).json")
        #expect(document["id"]?.string == url)
        #expect(document["controller"]?.string == "\(Workspace.baseURL)/issuer.json")
        let issuer = try workspace.json("public/issuer.json")
        #expect(issuer["assertionMethod"]?.array?.contains(.string(url)) == true)

        let local = try await workspace.badge("verify", "public/credentials", "--offline", "--quiet")
        #expect(local.code == 0, "\(local.speech)")
        let (code, report) = try await DocumentFolder(publishedBy: workspace).verify(credential.serialized())
        #expect(code == 0)
        #expect(report.issuer == "domain")
    }

    @Test("with ob3-proof alone there is credential.json and nothing else, and one key is enough")
    func proofOnly() async throws {
        let workspace = try await Workspace.fresh()
        try workspace.edit("issuer.yaml") { text in
            text.split(separator: "\n").map { line in
                line.hasPrefix("formats:") ? "formats: [ob3-proof]" : "\(line)"
            }
            .filter { !$0.hasPrefix("  ob3-jwt:") && !$0.hasPrefix("  ob2:") }.joined(separator: "\n") + "\n"
        }
        try await workspace.succeed("issue", "results/sample.csv")
        try await workspace.succeed("publish")
        let paths = try workspace.badges("credential.json")
        #expect(paths.count == 3)
        for name in ["credential.jwt", "assertion.json", "assertion.jws"] {
            #expect(try workspace.badges(name) == [])
        }
        let verified = try await workspace.badge("verify", "public/credentials", "--offline", "--json")
        #expect(verified.code == 0, "\(verified.speech)")
        #expect(try verified.reports.map(\.verdict) == Array(repeating: "verified", count: 6))
        #expect(try verified.reports.allSatisfy { $0.format == "ob3-proof" })
    }

    @Test("one key for JWT and proofs, and an RSA key for proofs, are refused in words")
    func keyChoice() async throws {
        for isShared in [true, false] {
            let workspace = try await Workspace.fresh()
            let proof = try Self.proofKid(workspace)
            let rsa = try workspace.signingKey().kid
            let second =
                isShared
                ? rsa
                : try await workspace.succeed("key", "generate", "--algorithm", "rsa2048")
                    .text.replacing("\n", "")
            try workspace.edit("issuer.yaml") { $0.replacing("ob3-proof: \(proof)", "ob3-proof: \(second)") }
            let outcome = try await workspace.badge("issue", "results/sample.csv")
            #expect(outcome.code == 1)
            #expect(outcome.speech.contains("badge: error: "))
            #expect(!FileTree.exists(workspace.file("public/credentials")))
        }
    }

    @Test("publishing twice changes nothing, and issuing again makes no second proof")
    func stable() async throws {
        let workspace = try await Workspace.published()
        let before = try FileTree.entries(of: workspace.file("public"))
        try await workspace.succeed("issue", "results/sample.csv")
        try await workspace.succeed("publish")
        #expect(try FileTree.entries(of: workspace.file("public")) == before)
    }

    @Test(
        "a replaced key keeps its document, so old badges verify from a directory made afresh",
        arguments: ["did-web", "https"]
    )
    func rotation(identity: String) async throws {
        let workspace = try await Workspace.fresh()
        let rsa = try workspace.signingKey().kid
        let proof = try Self.proofKid(workspace)
        var kids: [String] = []
        for algorithm in ["p256", "p256", "ed25519"] {
            let generated = try await workspace.succeed("key", "generate", "--algorithm", algorithm)
            kids.append(generated.text.replacing("\n", ""))
        }
        try workspace.edit("issuer.yaml") {
            $0.replacing("issuer: did-web", "issuer: \(identity)").replacing("ob3-jwt: \(rsa)", "ob3-jwt: \(kids[0])")
        }
        try await workspace.succeed("issue", "results/sample.csv")
        try await workspace.succeed("publish")
        let path = try #require(try workspace.badges("credential.json").first)
        let old = [
            try workspace.read(path),
            try workspace.read(path.replacingSuffix("credential.json", by: "credential.jwt")),
        ]
        try workspace.edit("issuer.yaml") {
            $0.replacing("ob3-jwt: \(kids[0])", "ob3-jwt: \(kids[1])").replacing(
                "ob3-proof: \(proof)",
                "ob3-proof: \(kids[2])"
            )
        }
        let removed = try await ChildProcess(["/bin/rm", "-r", workspace.file("public")], in: workspace.path).wait()
        #expect(removed.code == 0)
        try await workspace.succeed("publish")
        let documents = try DocumentFolder(publishedBy: workspace)
        for badge in old {
            let (code, report) = try await documents.verify(badge)
            #expect(code == 0, "\(report.format): \(report.sentence)")
        }
    }
}
