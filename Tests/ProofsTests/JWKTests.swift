import Cryptography
import JSONCore
import Proofs
import Testing

@Suite("JSON Web Keys")
struct JWKTests {
    /// The RSA key of RFC 7638 §3.1, whose thumbprint is printed there.
    static let rfc7638: JSON = [
        "kty": "RSA",
        "n": .string(
            "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3"
                + "oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0"
                + "zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44"
                + "-csFCur-kEgU8awapJzKnqDKgw"
        ),
        "e": "AQAB", "alg": "RS256", "kid": "2011-04-29",
    ]

    /// The key of RFC 8037 §A.2, whose thumbprint is printed in §A.3.
    static let rfc8037: JSON = ["kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"]

    @Test("thumbprints are those of RFC 7638 §3.1 and RFC 8037 §A.3")
    func thumbprints() throws {
        #expect(try JWK(json: Self.rfc7638).thumbprint() == "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs")
        #expect(try JWK(json: Self.rfc8037).thumbprint() == "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k")
    }

    @Test("a key comes back from its JWK, with its name, and says what it is for", arguments: JWSTests.keys)
    func roundTrip(key: PrivateKey) throws {
        let jwk = JWK(key.publicKey, kid: "k1")
        let read = try JWK(json: JSON(parsing: jwk.json.serialized()))
        #expect(read == jwk)
        #expect(read.publicKey == key.publicKey)
        #expect(read.kid == "k1")
        #expect(read.use == "sig")
        #expect(read.thumbprint() == JWK.thumbprint(of: key.publicKey))
        let algorithm = SignatureAlgorithm.preferred(for: key.algorithm)
        #expect(try read.verificationKey(for: algorithm) == key.publicKey)
    }

    @Test("members that mean nothing to us are kept")
    func unknownMembers() throws {
        var json = Self.rfc8037
        json["x-note"] = ["kept": true]
        #expect(try JWK(json: json).json == json)
    }

    @Test(
        "a private or symmetric member is refused whatever the key",
        arguments: ["d", "p", "q", "dp", "dq", "qi", "oth", "k"]
    )
    func privateMembers(name: String) {
        for base in [Self.rfc7638, Self.rfc8037, ["kty": "oct"], ["kty": "new"], [:]] as [JSON] {
            var json = base
            json[name] = "AQAB"
            let error = error { _ = try JWK(json: json) }
            #expect(error?.code == .privateKeyExposed)
            #expect(error?.path.description == "/\(name)")
        }
    }

    @Test("what is not a key that we accept is refused by its code")
    func refused() throws {
        let x = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"
        let ec = try JWK(PrivateKey(generating: .p256).publicKey).json
        let p384 = try JWK(PrivateKey(generating: .p384).publicKey).json
        let cases: [(JSON, ProofError.Code)] = [
            (nil, .parsing), ("text", .parsing), ([], .parsing), ([:], .parsing), (["kty": 1], .parsing),
            (["kty": "oct"], .keyTypeUnsupported), (["kty": "rsa"], .keyTypeUnsupported),
            (["kty": "OKP"], .keyTypeUnsupported),
            (["kty": "OKP", "crv": "X25519", "x": .string(x)], .keyTypeUnsupported),
            (["kty": "OKP", "crv": "Ed448", "x": .string(x)], .keyTypeUnsupported),
            (["kty": "OKP", "crv": "Ed25519"], .parsing),
            (["kty": "OKP", "crv": "Ed25519", "x": .string(x + "=")], .parsing),
            (["kty": "OKP", "crv": "Ed25519", "x": .string(x.dropLast(2) + "")], .parsing),
            (["kty": "OKP", "crv": "Ed25519", "x": "AAAA"], .keyUnsupported),
            (with(ec, "crv", "P-521"), .keyTypeUnsupported), (with(ec, "crv", "secp256k1"), .keyTypeUnsupported),
            (with(ec, "crv", "P-384"), .keyUnsupported), (with(p384, "crv", "P-256"), .keyUnsupported),
            (with(ec, "x", ec["y"]), .keyUnsupported), (with(ec, "y", nil), .parsing), (with(ec, "x", 7), .parsing),
            (with(ec, "alg", "RS256"), .algorithmMismatch), (with(ec, "alg", "ES384"), .algorithmMismatch),
            (with(ec, "alg", 5), .parsing), (with(ec, "kid", 5), .parsing), (with(ec, "use", true), .parsing),
            (with(ec, "key_ops", "verify"), .parsing), (with(ec, "key_ops", ["verify", 1]), .parsing),
            (with(ec, "key_ops", ["verify", "verify"]), .parsing),
            (with(Self.rfc7638, "n", "AQAB"), .keyUnsupported), (with(Self.rfc7638, "e", "AQ"), .keyUnsupported),
            (with(Self.rfc7638, "e", "AAEAAQ"), .parsing), (with(Self.rfc7638, "e", ""), .keyUnsupported),
            (with(Self.rfc7638, "n", ""), .keyUnsupported), (with(Self.rfc7638, "n", "+"), .parsing),
        ]
        for (json, expected) in cases {
            #expect(code { _ = try JWK(json: json) } == expected, "\(json.text)")
        }
    }

    @Test("a coordinate without its leading zero is refused: the full length is the rule")
    func shortCoordinate() throws {
        for _ in 0..<2000 {
            let key = try PrivateKey(generating: .p256).publicKey
            guard case .ec(let x, let y) = key.components, x[0] == 0 else { continue }
            let json: JSON = [
                "kty": "EC", "crv": "P-256", "x": .string(Base64URL.encode(Array(x.dropFirst()))),
                "y": .string(Base64URL.encode(y)),
            ]
            #expect(code { _ = try JWK(json: json) } == .keyUnsupported)
            // Nor may the other coordinate make up for it.
            let lent: JSON = [
                "kty": "EC", "crv": "P-256", "x": .string(Base64URL.encode(x + [y[0]])),
                "y": .string(Base64URL.encode(Array(y.dropFirst()))),
            ]
            #expect(code { _ = try JWK(json: lent) } == .keyUnsupported)
            return
        }
    }

    @Test("alg, use and key_ops decide what a key may verify")
    func permissions() throws {
        var json = Self.rfc7638
        json["alg"] = nil
        let allowed: [(String, JSON)] = [
            ("use", "sig"), ("key_ops", ["verify"]), ("key_ops", ["sign", "verify"]), ("alg", "RS256"),
        ]
        for (name, value) in allowed {
            _ = try JWK(json: with(json, name, value)).verificationKey(for: .rs256)
        }
        let refused: [(String, JSON, ProofError.Code)] = [
            ("use", "enc", .keyUnsupported), ("use", "other", .keyUnsupported), ("key_ops", [], .keyUnsupported),
            ("key_ops", ["encrypt"], .keyUnsupported), ("key_ops", ["sign"], .keyUnsupported),
            ("alg", "PS256", .algorithmMismatch), ("alg", "RSA-OAEP", .algorithmMismatch),
        ]
        for (name, value, expected) in refused {
            let jwk = try JWK(json: with(json, name, value))
            #expect(code { _ = try jwk.verificationKey(for: .rs256) } == expected)
        }
        #expect(code { _ = try JWK(json: json).verificationKey(for: .es256) } == .algorithmMismatch)
    }

    @Test("a set gives keys by name, leaves out what it cannot use, and says why")
    func sets() throws {
        let one = try JWK(PrivateKey(generating: .p256).publicKey, kid: "one")
        let two = try JWK(PrivateKey(generating: .ed25519).publicKey, kid: "two")
        let json: JSON = ["keys": [one.json, ["kty": "future"], two.json, ["kty": "OKP", "crv": "Ed25519", "x": "*"]]]
        let set = try JWKSet(json: json)
        #expect(set.keys == [one, two])
        #expect(set.ignored.map(\.code) == [.keyTypeUnsupported, .parsing])
        #expect(set.ignored.map(\.path.description) == ["/keys/1", "/keys/3/x"])
        #expect(try set.key(kid: "two") == two)
        #expect(try set.key(kid: "three") == nil)
        #expect(try JWKSet(json: JWKSet(keys: [one, two]).json).keys == [one, two])
    }

    @Test("a set with a private key in it, two keys of one name, or too many keys is refused")
    func refusedSets() throws {
        let one = try JWK(PrivateKey(generating: .p256).publicKey, kid: "one")
        let other = try JWK(PrivateKey(generating: .p256).publicKey, kid: "one")
        let error = error { _ = try JWKSet(json: ["keys": [one.json, with(one.json, "d", "AQAB")]]) }
        #expect(error?.code == .privateKeyExposed)
        #expect(error?.path.description == "/keys/1/d")
        #expect(code { _ = try JWKSet(keys: [one, other]).key(kid: "one") } == .keyConflict)
        #expect(try JWKSet(keys: [one, one]).key(kid: "one") == one)
        #expect(code { _ = try JWKSet(json: ["keys": .array(Array(repeating: [:], count: 513))]) } == .sizeLimit)
        for json in [nil, [], [:], ["keys": [:]], ["keys": "k"]] as [JSON] {
            #expect(code { _ = try JWKSet(json: json) } == .parsing)
        }
    }

    @Test("no change to a JWK crashes the reader")
    func mutations() throws {
        let originals = [Self.rfc7638, Self.rfc8037, JWK(JWSTests.keys[1].publicKey, kid: "k").json]
        for original in originals.map({ $0.serialized() }) {
            for _ in 0..<3000 {
                guard let json = try? JSON(parsing: mutated(original)) else { continue }
                if let jwk = try? JWK(json: json) { #expect(try JWK(json: jwk.json).publicKey == jwk.publicKey) }
                _ = try? JWKSet(json: ["keys": [json]])
            }
        }
    }

    private func with(_ json: JSON, _ name: String, _ value: JSON?) -> JSON {
        var json = json
        json[name] = value
        return json
    }
}
