import Cryptography
import JSONCore
import Proofs
import Testing

/// The vectors of the did:key, did:jwk and did:web method specifications.
@Suite("DID methods, official vectors", .enabled(if: OfficialData.isThere, Comment(rawValue: OfficialData.reason)))
struct DIDTests {
    // MARK: did:key

    private static func keys(_ name: String) -> [(did: String, entry: JSON)] {
        let file = try? OfficialData.json("did/did-key/\(name).json").object
        return (file ?? [:]).map { ($0.key, $0.value) }
    }

    @Test("a did:key on P-256 or P-384 is the key of the vector's JWK, and one on P-521 is refused")
    func nistCurves() throws {
        var algorithms: [String] = []
        for (text, entry) in Self.keys("nist-curves") {
            let did = try #require(DID(text))
            let method = entry["verificationMethod"]
            algorithms.append(method?["publicKeyJwk"]?["crv"]?.string ?? method?["type"]?.string ?? "")
            if algorithms.last == "P-521" {
                #expect(throws: ProofError.self) { try DIDKey.publicKey(of: did) }
                continue
            }
            let key = try DIDKey.publicKey(of: did)
            #expect(try key == Self.key(try #require(method), .p256))
            #expect(try DIDKey.identifier(for: key) == text)
            try Self.checkDocument(did, entry)
        }
        #expect(algorithms.sorted() == ["P-256", "P-256", "P-384", "P-384", "P-521", "P-521", "P256Key2021"])
    }

    @Test("a did:key of Ed25519 is the key of the vector's seed")
    func ed25519() throws {
        let vectors = Self.keys("ed25519-x25519")
        #expect(vectors.count == 5)
        for (text, entry) in vectors {
            let did = try #require(DID(text))
            let key = try DIDKey.publicKey(of: did)
            let seed = try #require(entry["seed"]?.string)
            let pair = try PrivateKey(rawRepresentation: Self.bytes(hexadecimal: seed), algorithm: .ed25519)
            #expect(key == pair.publicKey)
            #expect(try key == Self.key(try #require(entry["verificationKeyPair"]), .ed25519))
            #expect(try DIDKey.identifier(for: key) == text)
            try Self.checkDocument(did, entry)
        }
    }

    @Test("did:keys that are not for signing, or on a curve of others, are refused by name")
    func otherCurves() throws {
        let x25519 = try #require(try OfficialData.json("did/did-key/x25519.json")["didDocument"]?.object)
        let others = Self.keys("secp256k1").map(\.did) + x25519.keys
        #expect(others.count == 10)
        for text in others {
            let error = #expect(throws: ProofError.self) { try DIDKey.document(of: try #require(DID(text))) }
            #expect(error?.code == .keyTypeUnsupported, "\(text)")
        }
    }

    /// The key of an older verification method: a JWK, or the bare bytes in base58.
    private static func key(_ method: JSON, _ algorithm: KeyAlgorithm) throws -> PublicKey {
        if let jwk = method["publicKeyJwk"] { return try JWK(json: jwk).publicKey }
        let bytes = try Base58BTC.decode(try #require(method["publicKeyBase58"]?.string))
        return algorithm == .ed25519
            ? try PublicKey(ed25519: bytes) : try PublicKey(ecPoint: bytes, algorithm: algorithm)
    }

    /// The document has the vector's id, and its one key under the vector's name.
    private static func checkDocument(_ did: DID, _ entry: JSON) throws {
        let document = try DIDKey.document(of: did)
        let name = try #require(entry["didDocument"]?["assertionMethod"]?[0]?.string)
        #expect(document.id == entry["didDocument"]?["id"]?.string)
        #expect(document.assertionMethods.map(\.id) == [name])
        #expect(try document.assertionMethod(id: name).key.publicKey == DIDKey.publicKey(of: did))
        #expect(try DIDKey.verificationMethod(for: DIDKey.publicKey(of: did)) == name)
    }

    // MARK: did:jwk

    @Test("a did:jwk stands for the vector's document, unless its key is not for signing")
    func jwk() throws {
        let vectors = try #require(try OfficialData.json("did/did-jwk.json").array)
        #expect(vectors.count == 2)
        for vector in vectors {
            let did = try #require(vector["did"]?.string.flatMap(DID.init(_:)))
            let name = try #require(vector["didUrl"]?.string)
            let expected = vector["didDocument"]
            guard expected?["assertionMethod"] != nil else {
                #expect(throws: ProofError.self) { try DIDJWK.document(of: did) }
                continue
            }
            let method = try DIDJWK.document(of: did).assertionMethod(id: name)
            #expect(method.controller == expected?["id"]?.string)
            #expect(method.key.json == expected?["verificationMethod"]?[0]?["publicKeyJwk"])
        }
    }

    // MARK: did:web

    @Test("a did:web is found at the vector's URL")
    func web() throws {
        let vectors = try OfficialData.json("did/did-web.json")
        for vector in try #require(vectors["valid"]?.array) {
            let did = try #require(vector["did"]?.string.flatMap(DID.init(_:)))
            #expect(DIDWeb.documentURL(of: did) == vector["url"]?.string)
            #expect(did.base == vector["did_without_fragment"]?.string ?? vector["did"]?.string)
        }
    }

    @Test("a did:web that could point elsewhere has no URL")
    func refusedWeb() throws {
        let vectors = try OfficialData.json("did/did-web.json")
        for vector in try #require(vectors["invalid"]?.array) {
            let text = try #require(vector["did"]?.string)
            #expect(DID(text).flatMap(DIDWeb.documentURL) == nil, "\(text): \(vector["why"]?.string ?? "")")
        }
    }

    private static func bytes(hexadecimal text: String) -> [UInt8] {
        let digits = text.compactMap(\.hexDigitValue)
        return stride(from: 0, to: digits.count - 1, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
    }
}
