import Cryptography
import JSONCore
import Proofs
import Testing

/// `did:key`, and verification methods that are Multikeys.
@Suite("did:key and controller documents with Multikeys")
struct DIDKeyTests {
    @Test(
        "a key has a did:key, whose document lists it for asserting",
        arguments: [KeyAlgorithm.ed25519, .p256, .p384]
    )
    func roundTrip(algorithm: KeyAlgorithm) throws {
        let key = try PrivateKey(generating: algorithm).publicKey
        let name = try DIDKey.verificationMethod(for: key)
        let did = try #require(DID(name))
        #expect(did.base == (try DIDKey.identifier(for: key)))
        #expect(try DIDKey.publicKey(of: did) == key)
        let document = try DIDKey.document(of: did)
        #expect(document.id == did.base)
        let method = try document.assertionMethod(id: name)
        #expect(method.key.publicKey == key)
        #expect(method.controller == did.base)
    }

    @Test("a did:key has no other fragment than the key itself")
    func fragments() throws {
        let key = try PrivateKey(generating: .ed25519).publicKey
        let text = try DIDKey.identifier(for: key)
        for fragment in ["key-1", "0", "", "z6Mk"] {
            let did = try #require(DID("\(text)#\(fragment)"))
            #expect(error { _ = try DIDKey.document(of: did) }?.code == .invalidVerificationMethod)
        }
        let document = try DIDKey.document(of: try #require(DID(text)))
        #expect(error { _ = try document.assertionMethod(id: text) }?.code == .invalidVerificationMethod)
    }

    @Test(
        "what is no did:key of ours is refused",
        arguments: [
            ("did:web:z6Mk", "PARSING_ERROR"), ("did:key:6Mk", "PARSING_ERROR"), ("did:key:uK36", "PARSING_ERROR"),
            ("did:key:1.1:z6Mk", "PARSING_ERROR"), ("did:key:z6Mk", "KEY_TYPE_UNSUPPORTED"),
            ("did:key:z", "KEY_TYPE_UNSUPPORTED"),
            ("did:key:z6LSeu9HkTHSfLLeUs2nnzUSNedgDUevfNQgQjQC23ZCit6F", "KEY_TYPE_UNSUPPORTED"),
        ]
    )
    func refused(text: String, code: String) throws {
        let did = try #require(DID(text))
        #expect(error { _ = try DIDKey.document(of: did) }?.code.rawValue == code)
    }

    // MARK: Controller documents

    static let id = "did:web:exams.example.org"

    /// A document with one method `#k`, of these members beside its id and controller.
    static func document(_ members: JSONObject) throws -> ControllerDocument {
        var method: JSONObject = ["id": "#k", "controller": .string(id)]
        for (name, value) in members { method[name] = value }
        let json: JSON = [
            "id": .string(id), "verificationMethod": [.object(method)], "assertionMethod": ["#k"],
        ]
        return try ControllerDocument(json: json, expectedID: id)
    }

    @Test("a Multikey is read, under its new name and the one of 2020")
    func multikeys() throws {
        for (type, algorithm) in [
            ("Multikey", .ed25519), ("Multikey", .p256), ("Multikey", .p384), ("Ed25519VerificationKey2020", .ed25519),
        ] as [(String, KeyAlgorithm)] {
            let key = try PrivateKey(generating: algorithm).publicKey
            let text = try Multikey.text(of: key)
            let document = try Self.document(["type": .string(type), "publicKeyMultibase": .string(text)])
            #expect(try document.assertionMethod(id: Self.id + "#k").key.publicKey == key)
            #expect(document.assertionMethods.map(\.id) == [Self.id + "#k"])
        }
    }

    @Test("both forms of one key are one key, and of two keys an error")
    func conflict() throws {
        let key = try PrivateKey(generating: .ed25519).publicKey
        let other = try PrivateKey(generating: .ed25519).publicKey
        let text: JSON = .string(try Multikey.text(of: key))
        let same = try Self.document(["type": "Multikey", "publicKeyMultibase": text, "publicKeyJwk": JWK(key).json])
        #expect(try same.assertionMethod(id: Self.id + "#k").key.publicKey == key)
        for type in ["Multikey", "JsonWebKey"] {
            let document = try Self.document([
                "type": .string(type), "publicKeyMultibase": text, "publicKeyJwk": JWK(other).json,
            ])
            #expect(error { _ = try document.assertionMethod(id: Self.id + "#k") }?.code == .keyConflict)
            #expect(document.assertionMethods.isEmpty)
        }
    }

    @Test("a secret key in a document is an error, whatever else it holds")
    func secretKeys() throws {
        let key = try PrivateKey(generating: .ed25519).publicKey
        for name in ["secretKeyMultibase", "privateKeyMultibase", "secretKeyJwk", "privateKeyJwk"] {
            let document = try Self.document([
                "type": "Multikey", "publicKeyMultibase": .string(try Multikey.text(of: key)), name: "z3u2",
            ])
            let error = error { _ = try document.assertionMethod(id: Self.id + "#k") }
            #expect(error?.code == .privateKeyExposed)
        }
    }

    @Test("a method that cannot be read says why")
    func unreadable() throws {
        let p256 = try Multikey.text(of: PrivateKey(generating: .p256).publicKey)
        let cases: [(JSONObject, ProofError.Code)] = [
            ([:], .keyTypeUnsupported),
            (["type": "Multikey"], .keyTypeUnsupported),
            (["type": "Multikey", "publicKeyMultibase": 7], .invalidVerificationMethod),
            (["type": "Other2031", "publicKeyMultibase": .string(p256)], .keyTypeUnsupported),
            (["type": "Other2018", "publicKeyBase58": "1"], .keyTypeUnsupported),
            (["type": "Ed25519VerificationKey2018", "publicKeyBase58": "1"], .keyUnsupported),
            (["type": "RsaVerificationKey2018", "publicKeyPem": "-----BEGIN"], .init(rawValue: "KEY_UNREADABLE")),
            (["type": "Multikey", "publicKeyMultibase": "zzz"], .keyTypeUnsupported),
            (["type": "Multikey", "publicKeyMultibase": "uzz"], .parsing),
            (["type": "Ed25519VerificationKey2020", "publicKeyMultibase": .string(p256)], .keyUnsupported),
            (["type": "Multikey", "publicKeyMultibase": .string(p256), "revoked": true], .invalidVerificationMethod),
            (
                ["type": "Multikey", "publicKeyMultibase": .string(p256), "controller": "did:web:other"],
                .invalidVerificationMethod
            ),
        ]
        for (members, code) in cases {
            let document = try Self.document(members)
            #expect(error { _ = try document.assertionMethod(id: Self.id + "#k") }?.code == code)
        }
    }

    @Test("a key for another purpose is told from one that is not there")
    func relationships() throws {
        let key = try PrivateKey(generating: .ed25519).publicKey
        let method = try Multikey.verificationMethod(key, id: Self.id + "#k", controller: Self.id)
        let document = try ControllerDocument(
            json: ["id": .string(Self.id), "verificationMethod": [method], "authentication": ["#k"]],
            expectedID: Self.id
        )
        #expect(error { _ = try document.assertionMethod(id: Self.id + "#k") }?.code == .invalidRelationship)
        #expect(error { _ = try document.assertionMethod(id: Self.id + "#l") }?.code == .invalidVerificationMethod)
        #expect(document.assertionMethods.isEmpty)
        let embedded = try ControllerDocument(
            json: ["id": .string(Self.id), "assertionMethod": method],
            expectedID: Self.id
        )
        #expect(try embedded.assertionMethod(id: Self.id + "#k").key.publicKey == key)
    }

    @Test("a did:web of an IP address has no document")
    func addresses() throws {
        for text in ["did:web:127.0.0.1", "did:web:10.0.0.1%3A8443:a", "did:web:2130706433", "did:web:0x7f.0x1"] {
            #expect(DIDWeb.documentURL(of: try #require(DID(text))) == nil)
        }
        #expect(DIDWeb.identifier(forBaseURL: "https://127.0.0.1/badges") == nil)
        #expect(DIDWeb.documentURL(of: try #require(DID("did:web:1.example.org"))) != nil)
    }
}
