import Cryptography
import JSONCore
import Proofs
import Testing

@Suite("The hosted directory")
struct PublishedDocumentTests {
    private let workspace: Workspace

    init() async throws { workspace = try await Workspace.shared.value }

    private func published(_ name: String) throws -> JSON { try workspace.json("public/\(name)") }

    private func kids() throws -> [String] {
        try FileTree.names(in: workspace.file("Keys")).filter { $0.hasSuffix(".public.pem") }
            .map { String($0.dropLast(".public.pem".count)) }
    }

    /// The kid of the key that signs embedded proofs; it alone is published as Multikey.
    private func proofKid() throws -> String {
        let kids = try kids().filter { $0.hasPrefix("ed25519-") }
        #expect(kids.count == 1)
        return try #require(kids.first)
    }

    private func publicKey(_ kid: String) throws -> PublicKey {
        try PublicKey(pem: try workspace.read("Keys/\(kid).public.pem"))
    }

    @Test("an id is the URL of the file that answers it")
    func ids() throws {
        // The issuer and its keys are named by the DID.
        let nameless: Set = [
            ".well-known/did.json", ".well-known/jwks.json", "issuer.json", "keys/\(try proofKid()).json",
        ]
        var count = 0
        for (name, content) in try FileTree.contents(of: workspace.file("public")) where name.hasSuffix(".json") {
            guard !nameless.contains(name) else { continue }
            #expect(try JSON(parsing: content)["id"]?.string == "\(Workspace.baseURL)/\(name)")
            count += 1
        }
        #expect(count == 12)
    }

    @Test("every URL under the base URL that a document names is a file")
    func links() throws {
        for (name, content) in try FileTree.contents(of: workspace.file("public")) {
            let document: JSON
            switch name.split(separator: ".").last {
            case "json", "jwk": document = try JSON(parsing: content)
            case "jwt", "jws": document = try OpenedJWS(content).payload
            default: continue
            }
            for url in Self.strings(in: document) where url.hasPrefix(Workspace.baseURL + "/") {
                let path = url.dropFirst(Workspace.baseURL.count + 1).prefix { $0 != "#" }
                #expect(FileTree.exists(workspace.file("public/\(path)")), "\(name) names \(url)")
            }
        }
    }

    private static func strings(in json: JSON) -> [String] {
        switch json {
        case .string(let text): [text]
        case .array(let elements): elements.flatMap(strings)
        case .object(let members): members.flatMap { strings(in: $0.value) }
        default: []
        }
    }

    @Test("did.json names every key by an absolute id, as JsonWebKey or Multikey, under assertionMethod")
    func didDocument() throws {
        let document = try published(".well-known/did.json")
        #expect(document["id"]?.string == Workspace.issuerID)
        #expect(document["@context"]?[0]?.string == "https://www.w3.org/ns/did/v1")
        let ids = try kids().map { "\(Workspace.issuerID)#\($0)" }
        #expect(document["assertionMethod"]?.array?.map { $0.string ?? "" } == ids)
        let methods = try #require(document["verificationMethod"]?.array)
        #expect(methods.map { $0["id"]?.string ?? "" } == ids)
        let proofKid = try proofKid()
        for (kid, method) in zip(try kids(), methods) {
            #expect(method["controller"]?.string == Workspace.issuerID)
            if kid == proofKid {
                #expect(method.object?.keys == ["id", "type", "controller", "publicKeyMultibase"])
                #expect(method["type"]?.string == "Multikey")
                let text = try #require(method["publicKeyMultibase"]?.string)
                #expect(try Multikey.publicKey(text) == publicKey(kid))
            } else {
                #expect(method.object?.keys == ["id", "type", "controller", "publicKeyJwk"])
                #expect(method["type"]?.string == "JsonWebKey")
                let jwk = try JWK(json: try #require(method["publicKeyJwk"]))
                #expect(jwk.json["d"] == nil)
                #expect(jwk.publicKey == (try publicKey(kid)))
            }
        }
    }

    @Test("each key that signs JWS is a bare JWK with its kid, and stands in the JWK Set")
    func keys() throws {
        let proofKid = try proofKid()
        let kids = try kids().filter { $0 != proofKid }
        #expect(kids == [try workspace.signingKey().kid])
        let set = try JWKSet(json: try published(".well-known/jwks.json"))
        #expect(set.keys.map(\.kid) == kids)
        for (kid, member) in zip(kids, set.keys) {
            let jwk = try JWK(json: try published("keys/\(kid).jwk"))
            #expect(jwk.kid == "\(Workspace.issuerID)#\(kid)")
            #expect(jwk.publicKey == member.publicKey)
            #expect(jwk.publicKey == (try publicKey(kid)))
            #expect(!FileTree.exists(workspace.file("public/keys/\(kid).json")), "no key has two forms")
        }
    }

    @Test("the key that signs embedded proofs is a Multikey as in did.json, and no JWK")
    func proofKey() throws {
        let kid = try proofKid()
        let document = try published("keys/\(kid).json")
        #expect(document["@context"]?.string == "https://w3id.org/security/multikey/v1")
        let method = try published(".well-known/did.json")["verificationMethod"]?.array?.first {
            $0["id"]?.string == "\(Workspace.issuerID)#\(kid)"
        }
        var bare = document
        bare["@context"] = nil
        #expect(bare == method)
        #expect(!FileTree.exists(workspace.file("public/keys/\(kid).jwk")), "no key has two forms")
    }

    @Test("what `badge key jwks` and `badge key did` print is what is published")
    func printedKeys() async throws {
        #expect(try await workspace.badge("key", "jwks").output == workspace.read("public/.well-known/jwks.json"))
        #expect(try await workspace.badge("key", "did").output == workspace.read("public/.well-known/did.json"))
    }

    @Test("issuer.json is the Open Badges 3.0 profile of the issuer's DID")
    func profile() throws {
        let profile = try published("issuer.json")
        #expect(profile["id"]?.string == Workspace.issuerID)
        #expect(profile["type"] == ["Profile"])
        #expect(profile["name"]?.string == "Example Examinations Office")
        #expect(profile["email"]?.string == "exams@example.org")
    }

    @Test("the Open Badges 2.0 issuer names its one key as a string, and its revocation list")
    func ob2Issuer() throws {
        let issuer = try published("ob2/issuer.json")
        #expect(issuer["@context"]?.string == "https://w3id.org/openbadges/v2")
        #expect(["Issuer", "Profile"].contains(issuer["type"]?.string))
        #expect(issuer["email"]?.string == "exams@example.org")
        #expect(issuer["url"]?.string == Workspace.baseURL)
        let kid = try workspace.signingKey().kid
        #expect(issuer["publicKey"]?.string == "\(Workspace.baseURL)/ob2/keys/\(kid).json")
        #expect(issuer["revocationList"]?.string == "\(Workspace.baseURL)/ob2/revocations.json")
    }

    @Test("the Open Badges 2.0 key names its owner and holds the public half")
    func ob2Key() throws {
        let (kid, key) = try workspace.signingKey()
        let document = try published("ob2/keys/\(kid).json")
        #expect(document["type"]?.string == "CryptographicKey")
        #expect(document["owner"]?.string == "\(Workspace.baseURL)/ob2/issuer.json")
        let pem = try #require(document["publicKeyPem"]?.string)
        #expect(pem.hasPrefix("-----BEGIN PUBLIC KEY-----"))
        #expect(try PublicKey(pem: Array(pem.utf8)) == key.publicKey)
    }

    @Test("the revocation list is there before anything is revoked, and empty")
    func revocations() throws {
        let list = try published("ob2/revocations.json")
        #expect(list["type"]?.string == "RevocationList")
        #expect(list["issuer"]?.string == "\(Workspace.baseURL)/ob2/issuer.json")
        #expect(list["revokedAssertions"] == [])
    }

    @Test("an achievement is published as Achievement and as BadgeClass, with its image")
    func achievement() throws {
        let folder = "\(Workspace.baseURL)/achievements/algebra-1"
        let achievement = try published("achievements/algebra-1/achievement.json")
        #expect(achievement["type"] == ["Achievement"])
        #expect(achievement["image"]?["id"]?.string == "\(folder)/image.svg")
        #expect(achievement["criteria"]?["narrative"]?.string?.isEmpty == false)
        let badgeClass = try published("achievements/algebra-1/ob2.json")
        #expect(badgeClass["type"]?.string == "BadgeClass")
        #expect(badgeClass["image"]?.string == "\(folder)/image.svg")
        #expect(badgeClass["issuer"]?.string == "\(Workspace.baseURL)/ob2/issuer.json")
        #expect(
            try workspace.read("public/achievements/algebra-1/image.svg") == workspace.read("images/algebra-1.svg")
        )
    }
}
