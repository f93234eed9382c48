import Cryptography
import JSONCore
import Proofs
import Testing

@Suite("JSON Web Signatures")
struct JWSTests {
    /// One key of each kind; RSA keys take a moment to make.
    static let keys: [PrivateKey] = {
        let algorithms: [KeyAlgorithm] = [.rsa(bits: 2048), .p256, .p384, .ed25519]
        return algorithms.compactMap { try? PrivateKey(generating: $0) }
    }()

    private let payload = Array(#"{"a":1}"#.utf8)

    @Test("what a signer writes is read back and verifies with its key alone", arguments: keys)
    func roundTrip(key: PrivateKey) throws {
        let signer = try JWSSigner(key: key, kid: "https://example.org/keys/1", typ: "JWT", embedsKey: true)
        let jws = try JWS(compact: signer.compact(payload: payload))
        #expect(jws.payload == payload)
        #expect(jws.header.alg == signer.algorithm.rawValue)
        #expect(jws.header.kid == "https://example.org/keys/1")
        #expect(jws.header.typ == "JWT")
        #expect(jws.header.json.object?.keys == ["alg", "kid", "jwk", "typ"])
        #expect(try jws.header.embeddedKey()?.publicKey == key.publicKey)
        #expect(try jws.isValid(for: key.publicKey))
        #expect(try jws.isValid(for: JWK(key.publicKey)))
        #expect(try jws.isValid(for: key.publicKey.verifier(signer.algorithm)))
        #expect(try !jws.isValid(for: PrivateKey(generating: key.algorithm).publicKey))
    }

    @Test("payloads of all lengths come back", arguments: keys)
    func lengths(key: PrivateKey) throws {
        let signer = try JWSSigner(key: key)
        for length in [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 1000, 100_001] {
            let payload = (0..<length).map { UInt8(truncatingIfNeeded: $0) }
            let jws = try JWS(compact: signer.compact(payload: payload))
            #expect(jws.payload == payload)
            #expect(try jws.isValid(for: key.publicKey))
        }
    }

    @Test("the example of RFC 8037 §A.4 comes out as printed there")
    func rfc8037() throws {
        let seed = try Base64URL.decode("nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A")
        let key = try PrivateKey(rawRepresentation: seed, algorithm: .ed25519)
        let expected =
            "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc."
            + "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg"
        let text = try JWSSigner(key: key).compact(payload: Array("Example of Ed25519 signing".utf8))
        #expect(String(decoding: text, as: UTF8.self) == expected)
    }

    @Test("a text that is not three parts of base64url under an object is refused as such")
    func malformed() {
        let header = Base64URL.encode(Array(#"{"alg":"ES256"}"#.utf8))
        let texts = [
            "", ".", "..", "...", header, "\(header).", "\(header).e30", "\(header).e30.e30.", ".e30.e30",
            "\(header).e30.e30.e30", "\(header).e30.=", "\(header).e3=.e30", "\(header) .e30.e30",
            "\(header).e30.e30\n", " \(header).e30.e30", #"{"payload":"e30"}"#,
            encoded("[]"), encoded("null"), encoded("1"), encoded(""), encoded("{"), encoded("{} {}"),
            encoded(#"{"alg":1}"#), encoded(#"{"alg":"ES256","kid":null}"#), encoded(#"{"alg":"ES256","typ":[]}"#),
            encoded(#"{"alg":"ES256","jwk":"key"}"#), encoded(#"{"alg":"ES256","alg":"ES256"}"#),
            encoded(#"{"alg":"ES256","alg":"none"}"#), encoded("{\"alg\":\"ES256\"}\u{0}"),
        ]
        for text in texts {
            #expect(code { _ = try JWS(compact: text.utf8) } == .parsing, "\(text)")
        }
    }

    @Test("white space around is left out only where that was asked for, and never inside")
    func whiteSpace() throws {
        let text = encoded(#"{"alg":"ES256"}"#)
        #expect(try JWS(compact: " \r\n\t\(text)\n".utf8, trimmingWhiteSpace: true).compact == Array(text.utf8))
        #expect(code { _ = try JWS(compact: "\(text)\n".utf8) } == .parsing)
        let split = text.replacing(".", with: "\n.")
        #expect(code { _ = try JWS(compact: split.utf8, trimmingWhiteSpace: true) } == .parsing)
        #expect(code { _ = try JWS(compact: " \n ".utf8, trimmingWhiteSpace: true) } == .parsing)
    }

    @Test("a text, header or signature over its limit is refused")
    func limits() {
        let text = encoded(#"{"alg":"ES256"}"#)
        for limits in [JWSLimits(bytes: 20), JWSLimits(header: 10), JWSLimits(signature: 3)] {
            #expect(code { _ = try JWS(compact: text.utf8, limits: limits) } == .sizeLimit)
        }
        let deep = encoded(
            #"{"alg":"ES256","x":"# + String(repeating: "[", count: 1000) + String(repeating: "]", count: 1000) + "}"
        )
        #expect(code { _ = try JWS(compact: deep.utf8) } == .parsing)
    }

    @Test(
        "an algorithm that we do not accept is refused with every key",
        arguments: [
            "none", "None", "NONE", "", "HS256", "HS384", "HS512", "rs256", "Rs256", "RS256 ", "EdDSA ", "RSA1_5",
            "A128KW",
        ]
    )
    func algorithms(name: String) throws {
        let header: JSON = ["alg": .string(name)]
        for signature in ["", "e30e", String(repeating: "A", count: 342)] {
            let jws = try JWS(compact: (encoded(header.text, signature: signature)).utf8)
            #expect(jws.header.alg == name)
            for key in Self.keys {
                #expect(code { _ = try jws.isValid(for: key.publicKey) } == .algorithmRefused)
                #expect(code { _ = try jws.isValid(for: JWK(key.publicKey)) } == .algorithmRefused)
            }
        }
    }

    @Test(
        "an algorithm with a public key that we do not have is named as that, and verifies nothing",
        arguments: ["RS384", "RS512", "PS256", "PS384", "PS512", "ES512", "ES256K", "Ed25519", "Ed448"]
    )
    func othersAlgorithms(name: String) throws {
        let header: JSON = ["alg": .string(name)]
        let jws = try JWS(compact: encoded(header.text, signature: String(repeating: "A", count: 342)).utf8)
        for key in Self.keys {
            #expect(code { _ = try jws.isValid(for: key.publicKey) } == .algorithmUnsupported)
        }
    }

    @Test("a header without alg is refused")
    func noAlgorithm() throws {
        let jws = try JWS(compact: encoded("{}").utf8)
        #expect(code { _ = try jws.isValid(for: Self.keys[1].publicKey) } == .algorithmRefused)
    }

    @Test("a MAC made with the public key as its secret is refused (RFC 8725 §2.1)")
    func confusion() throws {
        for key in Self.keys {
            let header = Base64URL.encode(Array(#"{"alg":"HS256"}"#.utf8))
            let input = header + "." + Base64URL.encode(payload)
            for secret in [try key.publicKey.pem, key.publicKey.der, key.publicKey.rawRepresentation ?? []] {
                let mac = Base64URL.encode(HMAC.sha256(key: secret, Array(input.utf8)))
                let jws = try JWS(compact: "\(input).\(mac)".utf8)
                #expect(code { _ = try jws.isValid(for: key.publicKey) } == .algorithmRefused)
            }
        }
    }

    @Test("a header for another kind of key is a mismatch, not an invalid signature", arguments: keys)
    func mismatch(key: PrivateKey) throws {
        for algorithm in SignatureAlgorithm.allCases where !algorithm.suits(key.algorithm) {
            let header: JSON = ["alg": .string(algorithm.rawValue)]
            let input = Base64URL.encode(header.serialized()) + "." + Base64URL.encode(payload)
            let own = SignatureAlgorithm.preferred(for: key.algorithm)
            let signature = try key.signature(for: Array(input.utf8), algorithm: own)
            let jws = try JWS(compact: "\(input).\(Base64URL.encode(signature))".utf8)
            #expect(code { _ = try jws.isValid(for: key.publicKey) } == .algorithmMismatch)
            #expect(code { _ = try jws.isValid(for: key.publicKey.verifier(own)) } == .algorithmMismatch)
            #expect(code { _ = try JWSSigner(key: key, algorithm: algorithm) } == .algorithmMismatch)
        }
    }

    @Test(
        "any crit and any b64 is refused, even over a good signature",
        arguments: [
            #""crit":["exp"]"#, #""crit":["b64"],"b64":false"#, #""crit":[]"#, #""crit":null"#, #""crit":"alg""#,
            #""b64":false"#, #""b64":true"#,
        ]
    )
    func critical(members: String) throws {
        let key = Self.keys[1]
        let header = #"{"alg":"ES256",\#(members)}"#
        let input = Base64URL.encode(Array(header.utf8)) + "." + Base64URL.encode(payload)
        let signature = try key.signature(for: Array(input.utf8), algorithm: .es256)
        let jws = try JWS(compact: "\(input).\(Base64URL.encode(signature))".utf8)
        #expect(code { _ = try jws.isValid(for: key.publicKey) } == .criticalHeader)
    }

    @Test("a private or symmetric key in the header is refused, even over a good signature")
    func exposedKey() throws {
        let key = Self.keys[1]
        for jwk in [#"{"kty":"EC","d":"AQAB"}"#, #"{"kty":"oct","k":"AQAB"}"#] {
            let header = #"{"alg":"ES256","jwk":\#(jwk)}"#
            let input = Base64URL.encode(Array(header.utf8)) + "." + Base64URL.encode(payload)
            let signature = try key.signature(for: Array(input.utf8), algorithm: .es256)
            let jws = try JWS(compact: "\(input).\(Base64URL.encode(signature))".utf8)
            let error = error { _ = try jws.isValid(for: key.publicKey) }
            #expect(error?.code == .privateKeyExposed)
            #expect(error?.path.description.hasPrefix("/jwk/") == true)
            #expect(code { _ = try jws.header.embeddedKey() } == .privateKeyExposed)
        }
    }

    @Test("a key in the header is never used by itself: the caller's key decides, and both are there to compare")
    func foreignEmbeddedKey() throws {
        let attacker = try JWS(
            compact: JWSSigner(key: Self.keys[1], kid: "k1", embedsKey: true).compact(payload: payload)
        )
        let issuer = try PrivateKey(generating: .p256).publicKey
        #expect(try !attacker.isValid(for: issuer))
        #expect(attacker.header.kid == "k1")
        #expect(try attacker.header.embeddedKey()?.publicKey != issuer)
    }

    @Test("no change to a JWS crashes the reader, and none but the text itself verifies", arguments: keys)
    func mutations(key: PrivateKey) throws {
        let original = try JWSSigner(key: key, kid: "k", typ: "JWT", embedsKey: true).compact(payload: payload)
        for _ in 0..<2000 {
            let changed = mutated(original)
            guard let jws = try? JWS(compact: changed, trimmingWhiteSpace: true) else { continue }
            _ = try? jws.header.embeddedKey()
            let isValid = (try? jws.isValid(for: key.publicKey)) ?? false
            #expect(!isValid || jws.compact == original)
        }
    }

    private func encoded(_ header: String, signature: String = "e30e") -> String {
        Base64URL.encode(Array(header.utf8)) + ".e30." + signature
    }
}

/// A text with one to three random changes.
func mutated(_ original: [UInt8]) -> [UInt8] {
    var bytes = original
    for _ in 0..<Int.random(in: 1...3) where !bytes.isEmpty {
        let index = bytes.indices.randomElement() ?? 0
        switch Int.random(in: 0..<5) {
        case 0: bytes[index] = UInt8.random(in: 0...255)
        case 1: bytes[index] = bytes.randomElement() ?? 0
        case 2: bytes.remove(at: index)
        case 3: bytes.insert(bytes.randomElement() ?? 0, at: index)
        default: bytes.removeSubrange(index..<min(bytes.count, index + 20))
        }
    }
    return bytes
}

/// The error that the work throws; `nil` where it throws none.
func error(_ work: () throws -> Void) -> ProofError? {
    do {
        try work()
        return nil
    } catch {
        return error as? ProofError
    }
}

/// The code of the error that the work throws; `nil` where it throws none.
func code(_ work: () throws -> Void) -> ProofError.Code? {
    error(work)?.code
}
