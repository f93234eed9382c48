import Cryptography
import JSONCore
import Testing

@Suite("The published forms of a badge")
struct PublishedBadgeTests {
    private let workspace: Workspace

    init() async throws { workspace = try await Workspace.shared.value }

    /// `public/credentials/XX/UUID/NAME` in parts.
    private static func url(_ path: String) -> String { Workspace.baseURL + path.dropFirst("public".count) }

    private static func isUUID8(_ text: some StringProtocol) -> Bool {
        let groups = text.split(separator: "-", omittingEmptySubsequences: false)
        return groups.map(\.count) == [8, 4, 4, 4, 12] && text == text.lowercased()
            && groups.allSatisfy { $0.allSatisfy(\.isHexDigit) } && groups[2].first == "8"
            && "89ab".contains(groups[3].first ?? " ")
    }

    @Test("a badge lies in a folder of its own, named by a UUID of version 8, below its first two digits")
    func folders() throws {
        for name in ["credential.jwt", "credential.json", "assertion.json", "assertion.jws"] {
            let paths = try workspace.badges(name)
            #expect(paths.count == 3)
            for path in paths {
                let parts = path.split(separator: "/")
                #expect(parts.count == 5)
                #expect(parts[3].hasPrefix(parts[2]) && parts[2].count == 2)
                #expect(Self.isUUID8(parts[3]), "\(path)")
            }
        }
    }

    @Test("the header of a VC-JWT says algorithm, key and type, and nothing else")
    func header() throws {
        let kid = try workspace.signingKey().kid
        for path in try workspace.badges("credential.jwt") {
            let header = try OpenedJWS(workspace.read(path)).header
            #expect(header == ["alg": "RS256", "kid": .string("\(Workspace.issuerID)#\(kid)"), "typ": "JWT"])
        }
    }

    @Test("the claims of a VC-JWT repeat the credential, whose id is the URL of its JSON")
    func claims() throws {
        for path in try workspace.badges("credential.jwt") {
            let payload = try OpenedJWS(workspace.read(path)).payload
            #expect(payload["id"]?.string == Self.url(path.replacingSuffix("credential.jwt", by: "credential.json")))
            #expect(payload["jti"] == payload["id"])
            #expect(payload["iss"]?.string == Workspace.issuerID)
            #expect(payload["issuer"]?["id"] == payload["iss"])
            let subject = try #require(payload["sub"]?.string)
            #expect(payload["credentialSubject"]?["id"]?.string == subject)
            #expect(subject.hasPrefix("urn:uuid:") && Self.isUUID8(subject.dropFirst(9)), "\(subject)")
            #expect(payload["exp"] == nil && payload["validUntil"] == nil)
            #expect(payload["vc"] == nil, "the credential is the payload")
            #expect(payload["@context"]?[0]?.string == "https://www.w3.org/ns/credentials/v2")
            #expect(payload["type"] == ["VerifiableCredential", "OpenBadgeCredential"])
        }
    }

    @Test("a badge is dated by the end of the exam, in whole seconds, and its score is a result with a description")
    func content() throws {
        // Ada's: 37 of 40 points on 1 March 2026, 13:25:00 UTC.
        let payloads = try workspace.badges("credential.jwt").map { try OpenedJWS(workspace.read($0)).payload }
        let ada = try #require(payloads.first { $0["validFrom"]?.string == "2026-03-01T13:25:00Z" })
        #expect(ada["nbf"]?.int == 1_772_371_500)
        let subject = try #require(ada["credentialSubject"])
        let result = try #require(subject["result"]?[0])
        #expect(result["value"]?.string == "92.5")
        let descriptions = subject["achievement"]?["resultDescription"]?.array ?? []
        let description = try #require(descriptions.first { $0["id"] == result["resultDescription"] })
        #expect(description["resultType"]?.string == "Percent")
        #expect(description["requiredValue"]?.string == "60")
    }

    @Test("the recipient's hash is that of the address with the salt behind it, and no salt is used twice")
    func hashes() throws {
        var hashes: [String: String] = [:]
        for path in try workspace.badges("credential.jwt") {
            let identifiers = try OpenedJWS(workspace.read(path)).payload["credentialSubject"]?["identifier"]?.array
            let identifier = try #require(identifiers?.first)
            #expect(identifiers?.count == 1)
            #expect(identifier["type"]?.string == "IdentityObject")
            #expect(identifier["identityType"]?.string == "emailAddress")
            #expect(identifier["hashed"] == true)
            hashes[try #require(identifier["salt"]?.string)] = identifier["identityHash"]?.string
        }
        #expect(hashes.count == 3)
        let expected = hashes.keys.flatMap { salt in
            ["ada", "carl", "emmy"].map { name in
                "sha256$" + DigestAlgorithm.sha256.digest(Array("\(name)@example.org\(salt)".utf8)).hexadecimal
            }
        }
        #expect(hashes.values.allSatisfy { expected.contains($0) })
    }

    @Test("a hosted assertion has its URL as id, and the same recipient as the credential")
    func hosted() throws {
        for path in try workspace.badges("assertion.json") {
            let assertion = try workspace.json(path)
            #expect(assertion["id"]?.string == Self.url(path))
            #expect(assertion["verification"] == ["type": "HostedBadge"])
            #expect(assertion["recipient"]?["hashed"] == true)
            #expect(assertion["recipient"]?["type"]?.string == "email")
            let narrative = assertion["evidence"]?[0]?["narrative"]?.string
            #expect(narrative?.contains("60 % were required") == true)
            let credential = path.replacingSuffix("assertion.json", by: "credential.jwt")
            let subject = try OpenedJWS(workspace.read(credential)).payload["credentialSubject"]
            #expect(subject?["identifier"]?[0]?["identityHash"] == assertion["recipient"]?["identity"])
        }
    }

    @Test("a signed assertion has a URN as id and names the issuer's key")
    func signed() throws {
        let kid = try workspace.signingKey().kid
        for path in try workspace.badges("assertion.jws") {
            let jws = try OpenedJWS(workspace.read(path))
            #expect(jws.header["alg"]?.string == "RS256")
            let id = try #require(jws.payload["id"]?.string)
            #expect(id.hasPrefix("urn:uuid:") && Self.isUUID8(id.dropFirst(9)), "\(id)")
            #expect(["SignedBadge", "signed"].contains(jws.payload["verification"]?["type"]?.string))
            #expect(
                jws.payload["verification"]?["creator"]?.string == "\(Workspace.baseURL)/ob2/keys/\(kid).json"
            )
        }
    }

    @Test("badges of one person share no id, salt or hash, so nobody can link them")
    func unlinkable() async throws {
        let workspace = try await Workspace.fresh()
        let policy = try workspace.text("policies/algebra-1.yaml")
        try workspace.write(
            policy.replacing("algebra-1/1", "algebra-2/1").replacing("id: algebra-1", "id: algebra-2")
                .replacing("ALG-1", "ALG-2"),
            to: "policies/algebra-2.yaml"
        )
        let sample = try workspace.text("results/sample.csv")
        let second = sample.replacing("ALG-1", "ALG-2").replacing("R-", "S-")
        try workspace.write(second, to: "results/second.csv")
        try await workspace.succeed("issue", "results/sample.csv", "results/second.csv")
        try await workspace.succeed("publish")
        let payloads = try workspace.badges("credential.jwt").map { try OpenedJWS(workspace.read($0)).payload }
        #expect(payloads.count == 6)
        let subjects = payloads.compactMap { $0["credentialSubject"] }
        #expect(Set(subjects.compactMap { $0["id"]?.string }).count == 6)
        #expect(Set(subjects.compactMap { $0["identifier"]?[0]?["salt"]?.string }).count == 6)
        #expect(Set(subjects.compactMap { $0["identifier"]?[0]?["identityHash"]?.string }).count == 6)
        let verified = try await workspace.badge("verify", "public/credentials", "--offline", "--quiet")
        #expect(verified.code == 0)
    }
}
