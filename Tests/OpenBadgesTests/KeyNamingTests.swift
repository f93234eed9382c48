import Cryptography
import JSONCore
import OpenBadges
import Proofs
import Testing

/// The ways in which badges of the field name their issuer's key, and the forms in which issuers publish it.
@Suite("How a key is named and published")
struct KeyNamingTests {
    private static let multikey: String = {
        do {
            return try Multikey.text(of: Exams.key.publicKey)
        } catch {
            fatalError("no Multikey: \(error)")
        }
    }()

    private func verify(kid: String?, issuer: String = Exams.did, methods: [JSON], jwk: PrivateKey? = nil) async throws
        -> VerificationReport
    {
        var web = Documents()
        web.serve(Exams.didURL, Exams.didDocument(methods: methods))
        let payload = try Exams.payload(of: Exams.credential(issuer: issuer))
        return await Exams.verify(try Exams.jws(header: Exams.header(kid, embedding: jwk), payload: payload), web)
    }

    @Test("a did:key without its fragment names its only key, in a JWT and in a proof, and is warned of")
    func didKey() async throws {
        let did = "did:key:\(Self.multikey)"
        let jwt = try await verify(kid: did, issuer: did, methods: [])
        #expect(jwt.isVerified, "\(jwt.problems)")
        #expect(jwt.codes == ["KEY_NAMED_LOOSELY"])
        let sealed = try Seal.credential(Exams.credential(issuer: did), method: did)
        let proof = await Seal.verify(sealed, Documents())
        #expect(proof.isVerified, "\(proof.problems)")
        #expect(proof.outcome(of: .key) == .warned)
    }

    @Test("a did:web without a fragment names the only key of its document, and of several none")
    func didWeb() async throws {
        let own = Exams.method(Exams.kid, Exams.key)
        let one = try await verify(kid: Exams.did, methods: [own])
        #expect(one.isVerified, "\(one.problems)")
        let two = try await verify(kid: Exams.did, methods: [own, Exams.method(Exams.did + "#k0", Exams.other)])
        #expect(two.verdict == .undetermined)
        #expect(two.codes.contains("KEY_NOT_BOUND"))
        let stranger = try await verify(
            kid: "did:key:\(Self.multikey)",
            methods: [Exams.method(Exams.kid, Exams.other)]
        )
        #expect(stranger.verdict == .rejected)
        #expect(stranger.codes.contains("KEY_NOT_ISSUERS"))
    }

    @Test("a kid that says nothing is passed over where the jwk beside it is the issuer's, and a thumbprint is a name")
    func opaque() async throws {
        let own = Exams.method(Exams.kid, Exams.key)
        #expect(try await verify(kid: "2026", methods: [own], jwk: Exams.key).isVerified)
        #expect(try await verify(kid: JWK(Exams.key.publicKey).thumbprint(), methods: [own]).isVerified)
        // The key that it names cannot be fetched; the one that travels along is the issuer's own.
        let missing = "https://exams.example.org/gone.jwk"
        #expect(try await verify(kid: missing, methods: [own], jwk: Exams.key).isVerified)
        let other = Exams.method(Exams.kid, Exams.other)
        for kid in ["2026", missing] {
            let report = try await verify(kid: kid, methods: [other], jwk: Exams.key)
            #expect(report.verdict == .rejected)
            #expect(report.codes.contains("KEY_NOT_ISSUERS"))
        }
    }

    private static func method(_ members: JSONObject) -> JSON {
        var method: JSON = ["id": .string(Exams.kid), "controller": .string(Exams.did)]
        for (name, value) in members { method[name] = value }
        return method
    }

    @Test("keys in the forms of before are read")
    func olderForms() async throws {
        let raw = try #require(Exams.key.publicKey.rawRepresentation)
        let pem = String(decoding: try Exams.key.publicKey.pem, as: UTF8.self)
        for method in [
            Self.method(["type": "Ed25519VerificationKey2018", "publicKeyBase58": .string(Base58BTC.encode(raw))]),
            Self.method(["type": "JsonWebKey", "publicKeyPem": .string(pem)]),
        ] {
            let report = try await verify(kid: Exams.kid, methods: [method])
            #expect(report.isVerified, "\(report.problems)")
        }
    }

    @Test("a listed key that is not read here leaves open who signed, and one that is broken does not")
    func unreadable() async throws {
        let secp256k1 = Multibase.base58BTC.encode([0xE7, 0x01, 0x02] + [UInt8](repeating: 9, count: 32))
        let x: JSON = .string(Base64URL.encode([UInt8](repeating: 1, count: 66)))
        let open: [(JSONObject, String)] = [
            (["type": "EcdsaSecp256k1VerificationKey2019", "publicKeyHex": "02"], "KEY_TYPE_UNSUPPORTED"),
            (["type": "Multikey", "publicKeyMultibase": .string(secp256k1)], "KEY_TYPE_UNSUPPORTED"),
            (["type": "Multikey", "publicKeyMultibase": "uAQID"], "KEY_UNREADABLE"),
            (
                ["type": "JsonWebKey", "publicKeyJwk": ["kty": "EC", "crv": "P-521", "x": x, "y": x]],
                "KEY_TYPE_UNSUPPORTED"
            ),
            (["type": "JsonWebKey", "publicKeyPem": "-----BEGIN NOTHING-----"], "KEY_UNREADABLE"),
        ]
        for (members, code) in open {
            let report = try await verify(kid: Exams.kid, methods: [Self.method(members)])
            #expect(report.verdict == .undetermined, "\(report.problems)")
            #expect(report.codes.contains(code), "\(report.codes)")
        }
        let weak: JSON = [
            "kty": "RSA", "n": .string(Base64URL.encode([0xC1] + [UInt8](repeating: 1, count: 127))), "e": "AQAB",
        ]
        let broken: [(JSONObject, String)] = [
            (["type": "JsonWebKey", "publicKeyJwk": weak], "KEY_UNSUPPORTED"),
            (["type": "Ed25519VerificationKey2018", "publicKeyBase58": "2"], "KEY_UNSUPPORTED"),
        ]
        for (members, code) in broken {
            let report = try await verify(kid: Exams.kid, methods: [Self.method(members)])
            #expect(report.verdict == .rejected, "\(report.problems)")
            #expect(report.codes.contains(code), "\(report.codes)")
        }
    }

    @Test("two keys of one id are a conflict, and the same key in two forms is none")
    func twice() async throws {
        let own = Exams.method(Exams.kid, Exams.key)
        let conflict = try await verify(kid: Exams.kid, methods: [own, Exams.method(Exams.kid, Exams.other)])
        #expect(conflict.verdict == .rejected)
        #expect(conflict.codes.contains("KEY_CONFLICT"))
        #expect(try await verify(kid: Exams.kid, methods: [own, Seal.multikey(Exams.kid, Exams.key)]).isVerified)
    }

    @Test("a badge that is dated before its key was made is warned of")
    func created() async throws {
        var method = Exams.method(Exams.kid, Exams.key)
        for (date, codes) in [("2026-02-01T00:00:00Z", []), ("2026-04-01T00:00:00Z", ["KEY_NEWER_THAN_BADGE"])] {
            method["created"] = .string(date)
            let report = try await verify(kid: Exams.kid, methods: [method])
            #expect(report.isVerified)
            #expect(report.codes == codes)
        }
    }

    @Test("algorithms with a public key that are not ours leave open what they say")
    func algorithms() async throws {
        for algorithm in ["RS384", "PS256", "ES512", "ES256K"] {
            let badge = try Exams.jws(header: Exams.header(alg: algorithm), payload: Exams.payload())
            let report = await Exams.verify(badge)
            #expect(report.verdict == .undetermined)
            #expect(report.codes.contains("ALGORITHM_UNSUPPORTED"))
        }
    }
}
