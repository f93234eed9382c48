import Cryptography
import Testing

@Suite("Signatures")
struct SigningTests {
    /// One key of each kind; RSA keys take a moment to make.
    static let keys: [PrivateKey] = {
        let algorithms: [KeyAlgorithm] = [.rsa(bits: 2048), .p256, .p384, .ed25519]
        return algorithms.compactMap { try? PrivateKey(generating: $0) }
    }()

    private let message = Array("a credential".utf8)

    @Test("a signature verifies with its key, for its message, and for nothing else", arguments: keys)
    func roundTrip(key: PrivateKey) throws {
        let algorithm = SignatureAlgorithm.preferred(for: key.algorithm)
        let signature = try key.signature(for: message, algorithm: algorithm)
        #expect(try key.publicKey.isValid(signature: signature, for: message, algorithm: algorithm))
        #expect(try !key.publicKey.isValid(signature: signature, for: message + [0], algorithm: algorithm))
        #expect(try !key.publicKey.isValid(signature: signature, for: [], algorithm: algorithm))
        let stranger = try PrivateKey(generating: key.algorithm).publicKey
        #expect(try !stranger.isValid(signature: signature, for: message, algorithm: algorithm))
    }

    @Test("every flipped byte, cut or addition makes a signature invalid, and none crashes", arguments: keys)
    func mutations(key: PrivateKey) throws {
        let algorithm = SignatureAlgorithm.preferred(for: key.algorithm)
        let verifier = try key.publicKey.verifier(algorithm)
        let signature = try key.signature(for: message, algorithm: algorithm)
        for index in signature.indices {
            var changed = signature
            changed[index] ^= UInt8.random(in: 1...255)
            #expect(try !verifier.isValid(signature: changed, for: message))
            #expect(try !verifier.isValid(signature: Array(signature[..<index]), for: message))
        }
        #expect(try !verifier.isValid(signature: signature + [0], for: message))
        #expect(try !verifier.isValid(signature: [0] + signature, for: message))
        #expect(try verifier.isValid(signature: signature, for: message), "a verifier forgets the failures before")
    }

    @Test("a signer and a verifier serve many messages of all lengths", arguments: keys)
    func reuse(key: PrivateKey) throws {
        let algorithm = SignatureAlgorithm.preferred(for: key.algorithm)
        let signer = try key.signer(algorithm)
        let verifier = try key.publicKey.verifier(algorithm)
        for length in [0, 1, 63, 64, 65, 1000, 100_000] {
            let message = [UInt8](repeating: UInt8(truncatingIfNeeded: length), count: length)
            let signature = try signer.signature(for: message)
            #expect(signature.count == signer.signatureLength)
            #expect(try verifier.isValid(signature: signature, for: message))
        }
    }

    @Test("an algorithm that does not suit the key is refused, for signing and for verifying", arguments: keys)
    func mismatch(key: PrivateKey) throws {
        for algorithm in SignatureAlgorithm.allCases where !algorithm.suits(key.algorithm) {
            #expect(code { _ = try key.signature(for: message, algorithm: algorithm) } == .algorithmMismatch)
            #expect(code { _ = try key.publicKey.verifier(algorithm) } == .algorithmMismatch)
        }
        #expect(SignatureAlgorithm.allCases.count { $0.suits(key.algorithm) } == 1)
    }

    @Test("an ECDSA signature whose r or s is zero is invalid", arguments: [(KeyAlgorithm.p256, 32), (.p384, 48)])
    func zeros(kind: KeyAlgorithm, length: Int) throws {
        let key = try PrivateKey(generating: kind)
        let algorithm = SignatureAlgorithm.preferred(for: kind)
        let verifier = try key.publicKey.verifier(algorithm)
        let zero = [UInt8](repeating: 0, count: length)
        let one: [UInt8] = zero.dropLast() + [1]
        let all = [UInt8](repeating: 0xFF, count: length)
        for signature in [zero + zero, zero + one, one + zero, one + one, all + all, zero + all, all + zero] {
            #expect(try !verifier.isValid(signature: signature, for: message))
        }
    }

    @Test("a signature made to meet the point at infinity is invalid, and no failure of the library")
    func infinity() throws {
        // With the scalar 1, and r the negative of the digest, both terms of the sum cancel out. OpenSSL 3.0 calls
        // that an error of its own, and an error would have been reported as "could not be checked".
        let one = [UInt8](repeating: 0, count: 31) + [1]
        let key = try PrivateKey(rawRepresentation: one, algorithm: .p256)
        let order = try bytes("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551")
        let digest = DigestAlgorithm.sha256.digest(message)
        var r = [UInt8](repeating: 0, count: 32)
        var borrow = 0
        for index in (0..<32).reversed() {
            let difference = Int(order[index]) - Int(digest[index]) - borrow
            borrow = difference < 0 ? 1 : 0
            r[index] = UInt8(truncatingIfNeeded: difference)
        }
        #expect(borrow == 0)
        #expect(try !key.publicKey.isValid(signature: r + one, for: message, algorithm: .es256))
    }

    @Test("RS256 and EdDSA sign the same message alike, ECDSA never does")
    func determinism() throws {
        for key in Self.keys {
            let algorithm = SignatureAlgorithm.preferred(for: key.algorithm)
            let signer = try key.signer(algorithm)
            let isSame = try signer.signature(for: message) == signer.signature(for: message)
            #expect(isSame == (algorithm == .rs256 || algorithm == .edDSA))
        }
    }

    @Test("one key signs on several threads at once")
    func threads() async throws {
        for key in Self.keys {
            let algorithm = SignatureAlgorithm.preferred(for: key.algorithm)
            let good = try await withThrowingTaskGroup(of: Int.self) { group in
                for task in 0..<4 {
                    group.addTask {
                        let signer = try key.signer(algorithm)
                        let verifier = try key.publicKey.verifier(algorithm)
                        var good = 0
                        for round in 0..<25 {
                            let message = Array("\(task) \(round)".utf8)
                            if try verifier.isValid(signature: signer.signature(for: message), for: message) {
                                good += 1
                            }
                        }
                        return good
                    }
                }
                return try await group.reduce(0, +)
            }
            #expect(good == 100)
        }
    }

    @Test("the first signature of RFC 8032 §7.1 comes out as printed there")
    func rfc8032() throws {
        let seed = try bytes("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
        let key = try PrivateKey(rawRepresentation: seed, algorithm: .ed25519)
        let expected = try bytes(
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b"
                + "d25bf5f0595bbe24655141438e7a100b"
        )
        #expect(try key.signature(for: [], algorithm: .edDSA) == expected)
        let point = try bytes("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")
        #expect(key.publicKey.rawRepresentation == point)
    }
}

/// The code of the error that the work throws; `nil` where it throws none.
func code(_ work: () throws -> Void) -> CryptographyError.Code? {
    do {
        try work()
        return nil
    } catch {
        return (error as? CryptographyError)?.code
    }
}

/// Bytes from hexadecimal text.
func bytes(_ hexadecimal: String) throws -> [UInt8] {
    let digits = try hexadecimal.map { try #require($0.hexDigitValue) }
    return stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] * 16 + digits[$0 + 1]) }
}
