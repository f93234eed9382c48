import Cryptography
import JSONCore
import Testing

/// Open Badges 2.0, "VerificationObject": whose host, whose key.
@Suite("Forged Open Badges 2.0")
struct OB2ForgeryTests {
    private let workspace: Workspace
    private let documents: DocumentFolder
    private let signed: OpenedJWS
    private let hosted: JSON
    private let attacker: PrivateKey
    private let issuerURL = "\(Workspace.baseURL)/ob2/issuer.json"

    init() async throws {
        workspace = try await Workspace.shared.value
        documents = try DocumentFolder(publishedBy: workspace)
        signed = try OpenedJWS(workspace.read(try #require(try workspace.badges("assertion.jws").first)))
        hosted = try workspace.json(try #require(try workspace.badges("assertion.json").first))
        attacker = try PrivateKey(generating: .p256)
    }

    private func keyDocument(_ url: String, owner: String) throws -> JSON {
        [
            "@context": "https://w3id.org/openbadges/v2", "id": .string(url), "type": "CryptographicKey",
            "owner": .string(owner),
            "publicKeyPem": .string(String(decoding: try attacker.publicKey.pem, as: UTF8.self)),
        ]
    }

    @Test("the badges themselves verify, or the other tests would prove nothing")
    func control() async throws {
        #expect(try await documents.verify(signed.compact()).code == 0)
        #expect(try await documents.verify(hosted.serialized()).code == 0)
    }

    @Test("an embedded copy of the issuer with another key is not believed")
    func embeddedIssuer() async throws {
        let keyURL = "https://attacker.example/key.json"
        var issuer = try workspace.json("public/ob2/issuer.json")
        issuer["publicKey"] = try keyDocument(keyURL, owner: issuerURL)
        var badgeClass = try workspace.json("public/achievements/algebra-1/ob2.json")
        badgeClass["issuer"] = issuer
        var jws = signed
        jws.payload["badge"] = badgeClass
        jws.payload["verification"]?["creator"] = .string(keyURL)
        let badge = try jws.signed(by: attacker)
        var documents = documents
        try documents.answer(keyURL, try keyDocument(keyURL, owner: issuerURL))
        let (code, report) = try await documents.verify(badge)
        #expect(code == 2)
        #expect(report.authentic == "no")
        #expect(report.codes.contains("KEY_NOT_ISSUERS"))
        let alone = try await DocumentFolder().verify(badge)
        #expect(alone.code == 3)
        #expect(alone.report.authentic == "unknown")
    }

    @Test("a key that the issuer does not list is not the issuer's, whoever is said to own it")
    func unlistedKey() async throws {
        var documents = documents
        for url in ["https://attacker.example/key.json", "\(Workspace.baseURL)/uploads/key.json"] {
            try documents.answer(url, try keyDocument(url, owner: issuerURL))
            var jws = signed
            jws.payload["verification"]?["creator"] = .string(url)
            let (code, report) = try await documents.verify(try jws.signed(by: attacker))
            #expect(code == 2)
            #expect(report.codes.contains("KEY_NOT_ISSUERS"))
        }
        var jws = signed
        jws.payload["verification"]?["creator"] = nil
        #expect(try await documents.verify(try jws.signed(by: attacker)).report.authentic == "no")
    }

    @Test("a key that says it is another's is not the issuer's")
    func foreignOwner() async throws {
        var documents = documents
        let url = try #require(signed.payload["verification"]?["creator"]?.string)
        var key = try JSON(parsing: try workspace.read("public/" + url.dropFirst(Workspace.baseURL.count + 1)))
        key["owner"] = "https://attacker.example/issuer.json"
        try documents.answer(url, key)
        let (code, report) = try await documents.verify(signed.compact())
        #expect(code == 2)
        #expect(report.codes.contains("KEY_NOT_ISSUERS"))
    }

    @Test("a badge class that names the issuer, hosted by somebody else, makes the issuer's badge all the same or none")
    func foreignBadgeClass() async throws {
        // Signed with the attacker's key, it stays a forgery wherever its class is hosted.
        var documents = documents
        var badgeClass = try workspace.json("public/achievements/algebra-1/ob2.json")
        badgeClass["id"] = "https://attacker.example/class.json"
        try documents.answer("https://attacker.example/class.json", badgeClass)
        var jws = signed
        jws.payload["badge"] = "https://attacker.example/class.json"
        #expect(try await documents.verify(try jws.signed(by: attacker)).report.authentic == "no")
    }

    @Test(
        "a badge hosted outside of the issuer's scope is not the issuer's",
        arguments: [
            "https://badges.example.org.evil.example/1.json", "https://badges.example.org@evil.example/1.json",
            "https://evil.example/badges.example.org/1.json",
            "https://badges.example.org%2eevil.example/1.json", "https://evil.example#@badges.example.org/1.json",
            "https://evil.example\\@badges.example.org/1.json",
        ]
    )
    func scope(_ url: String) async throws {
        var assertion = hosted
        assertion["id"] = .string(url)
        let policies: [JSON?] = [
            nil, ["startsWith": .string(Workspace.baseURL)], ["startsWith": .string(Workspace.baseURL + "/")],
            ["allowedOrigins": "badges.example.org"], ["allowedOrigins": ["badges.example.org"]],
            ["startsWith": .string(Workspace.baseURL), "allowedOrigins": "badges.example.org"],
        ]
        for policy in policies {
            var documents = documents
            var issuer = try workspace.json("public/ob2/issuer.json")
            issuer["verification"] = policy
            try documents.answer(issuerURL, issuer)
            try documents.answer(url, assertion)
            try documents.answer(String(url.prefix { $0 != "#" }), assertion)
            let (code, report) = try await documents.verify(assertion.serialized())
            #expect(code != 0, "\(policy?.text ?? "no policy")")
            #expect(report.authentic != "yes", "\(policy?.text ?? "no policy")")
        }
    }

    @Test("a scope ends where a path segment does")
    func pathScope() async throws {
        let cases = [
            ("https://badges.example.org/credentials", "https://badges.example.org/credentials/1.json", true),
            ("https://badges.example.org/credentials/", "https://badges.example.org/credentials/1.json", true),
            (
                "https://badges.example.org/credentials", "https://badges.example.org/credentials-of-mallory/1.json",
                false
            ),
            ("https://badges.example.org/credentials/", "https://badges.example.org/uploads/1.json", false),
            (
                "https://badges.example.org/credentials/",
                "https://badges.example.org/credentials/../uploads/1.json", false
            ),
            ("https://badges.example.org/", "https://badges.example.org:8443/1.json", false),
            ("https://badges.example.org/", "http://badges.example.org/1.json", false),
        ]
        for (prefix, url, isWithin) in cases {
            var documents = documents
            var issuer = try workspace.json("public/ob2/issuer.json")
            issuer["verification"] = ["startsWith": .string(prefix)]
            try documents.answer(issuerURL, issuer)
            var assertion = hosted
            assertion["id"] = .string(url)
            try documents.answer(url, assertion)
            let (code, report) = try await documents.verify(assertion.serialized())
            #expect((code == 0) == isWithin, "\(prefix) \(url)")
            if !isWithin { #expect(report.codes.contains("OUT_OF_SCOPE"), "\(prefix) \(url)") }
        }
    }

    @Test("an open redirect on the issuer's site lends the issuer's name to nobody")
    func openRedirect() async throws {
        // Whoever finds a page of the issuer's that redirects anywhere could host badges "there".
        var documents = documents
        let url = "\(Workspace.baseURL)/go?to=1"
        var assertion = hosted
        assertion["id"] = .string(url)
        assertion["recipient"] = ["type": "email", "hashed": false, "identity": "mallory@example.com"]
        try documents.answer("https://attacker.example/1.json", assertion)
        try documents.redirect(url, to: "https://attacker.example/1.json")
        let badge = try await documents.verify(assertion.serialized())
        #expect(badge.code != 0)
        #expect(badge.report.authentic != "yes")
    }

    @Test("an issuer's profile behind an open redirect is not the site's own")
    func redirectedIssuer() async throws {
        var documents = documents
        let (issuerURL, classURL) = ("\(Workspace.baseURL)/go?to=issuer", "https://attacker.example/class.json")
        let keyURL = "https://attacker.example/key.json"
        var issuer = try workspace.json("public/ob2/issuer.json")
        issuer["id"] = .string(issuerURL)
        issuer["publicKey"] = .string(keyURL)
        issuer["revocationList"] = nil
        try documents.answer("https://attacker.example/issuer.json", issuer)
        try documents.redirect(issuerURL, to: "https://attacker.example/issuer.json")
        try documents.answer(keyURL, try keyDocument(keyURL, owner: issuerURL))
        var badgeClass = try workspace.json("public/achievements/algebra-1/ob2.json")
        badgeClass["id"] = .string(classURL)
        badgeClass["issuer"] = .string(issuerURL)
        try documents.answer(classURL, badgeClass)
        var jws = signed
        jws.payload["badge"] = .string(classURL)
        jws.payload["verification"]?["creator"] = .string(keyURL)
        let trust = try TemporaryFolder.make("trust") + "/trust.yaml"
        try FileTree.write("domains: [badges.example.org]\n", to: trust)
        let (code, report) = try await documents.verify(try jws.signed(by: attacker), "--trust", trust)
        #expect(code != 0)
        #expect(report.issuer != "trusted")
    }
}
