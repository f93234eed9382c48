import Cryptography
import Testing

@Suite("Private keys")
struct PrivateKeyTests {
    private let passphrase = Array("open sesame".utf8)

    @Test("a key comes back from PEM, from DER and from encrypted PEM", arguments: SigningTests.keys)
    func storage(key: PrivateKey) throws {
        let pem = try key.pem()
        #expect(String(decoding: pem, as: UTF8.self).hasPrefix("-----BEGIN PRIVATE KEY-----\n"))
        #expect(try PrivateKey(pem: pem).publicKey == key.publicKey)
        #expect(try PrivateKey(der: key.der()).publicKey == key.publicKey)

        let encrypted = try key.pem(passphrase: passphrase)
        #expect(String(decoding: encrypted, as: UTF8.self).hasPrefix("-----BEGIN ENCRYPTED PRIVATE KEY-----\n"))
        let opened = try PrivateKey(pem: encrypted, passphrase: passphrase)
        #expect(opened.publicKey == key.publicKey)
        #expect(try opened.der() == key.der())
    }

    @Test("a stored key names PBES2, PBKDF2 with HMAC-SHA-256 and 600,000 rounds, and AES-256-CBC")
    func derivation() throws {
        let text = try String(decoding: PrivateKey(generating: .p256).pem(passphrase: passphrase), as: UTF8.self)
        let base64 = text.split(separator: "\n").dropFirst().dropLast().joined()
        let der = try decodeBase64(base64)
        for part in [
            "06092a864886f70d01050d", "06092a864886f70d01050c", "06082a864886f70d0209", "060960864801650304012a",
            "0203" + "0927c0", "0410",
        ] {
            let wanted = try bytes(part)
            #expect(der.indices.contains { der[$0...].starts(with: wanted) }, "\(part)")
        }
    }

    @Test(
        "a foreign encrypted key opens with its passphrase and no other",
        arguments: [ForeignKeys.encrypted, ForeignKeys.encryptedByScrypt, ForeignKeys.encryptedLegacy]
    )
    func foreign(pem: String) throws {
        let expected = try PublicKey(pem: ForeignKeys.p256Public.utf8)
        #expect(try PrivateKey(pem: pem.utf8, passphrase: passphrase).publicKey == expected)
        #expect(code { _ = try PrivateKey(pem: pem.utf8) } == .passphraseRequired)
        #expect(code { _ = try PrivateKey(pem: pem.utf8, passphrase: Array("sesame".utf8)) } == .wrongPassphrase)
        #expect(code { _ = try PrivateKey(pem: pem.utf8, passphrase: []) } == .wrongPassphrase)
        let long = [UInt8](repeating: 0x61, count: 5000)
        #expect(code { _ = try PrivateKey(pem: pem.utf8, passphrase: long) } == .wrongPassphrase)
    }

    @Test(
        "a wrong passphrase is wrong even when it leaves a good padding by chance",
        arguments: ["wrong 72", "wrong 301"]
    )
    func luckyPadding(passphrase: String) {
        // Found by trying: one in 256 does, and OpenSSL then complains of the contents instead.
        let passphrase = Array(passphrase.utf8)
        let answer = code { _ = try PrivateKey(pem: ForeignKeys.encrypted.utf8, passphrase: passphrase) }
        #expect(answer == .wrongPassphrase)
    }

    @Test("a cipher that OpenSSL does not have is told apart from a wrong passphrase")
    func unknownCipher() {
        let pem = ForeignKeys.encryptedByDES.utf8
        #expect(code { _ = try PrivateKey(pem: pem, passphrase: passphrase) } == .keyUnsupported)
    }

    @Test("what is no private key is unreadable, and a passphrase does not change that")
    func unreadable() {
        let texts = [
            "", "\n", "no key", ForeignKeys.p256Public, String(ForeignKeys.p256.dropLast(40)),
            ForeignKeys.p256.replacing("MIGH", with: "MIGG"), String(repeating: "A", count: 70_000),
            "-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----\n",
            "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
        ]
        for text in texts {
            #expect(code { _ = try PrivateKey(pem: text.utf8) } == .keyUnreadable)
            #expect(code { _ = try PrivateKey(pem: text.utf8, passphrase: passphrase) } == .keyUnreadable)
        }
    }

    @Test("the older form without encryption is read, and a passphrase that nobody needs is ignored")
    func older() throws {
        let expected = try PublicKey(pem: ForeignKeys.p256Public.utf8)
        #expect(try PrivateKey(pem: ForeignKeys.p256Legacy.utf8).publicKey == expected)
        #expect(try PrivateKey(pem: ForeignKeys.p256.utf8, passphrase: passphrase).publicKey == expected)
    }

    @Test("a passphrase that protects nothing, or that could not be read back, is refused for storing")
    func unsuitable() throws {
        let key = try PrivateKey(generating: .ed25519)
        #expect(code { _ = try key.pem(passphrase: []) } == .passphraseUnsuitable)
        #expect(code { _ = try key.pem(passphrase: [UInt8](repeating: 1, count: 1025)) } == .passphraseUnsuitable)
        let longest = [UInt8](repeating: 0x80, count: 1024)
        #expect(try PrivateKey(pem: key.pem(passphrase: longest), passphrase: longest).publicKey == key.publicKey)
    }

    @Test("a key whose public half is another key's is refused")
    func mixedHalves() throws {
        let key = try PrivateKey(generating: .p256)
        let other = try PrivateKey(generating: .p256)
        var der = try key.der()
        der.replaceSubrange((der.count - 64)..., with: other.publicKey.der.suffix(64))
        #expect(code { _ = try PrivateKey(der: der) } == .keyUnreadable)
    }

    @Test("a raw secret makes the same key again", arguments: SigningTests.keys)
    func raw(key: PrivateKey) throws {
        if case .rsa = key.algorithm {
            #expect(code { _ = try key.rawRepresentation() } == .keyUnsupported)
            #expect(
                code { _ = try PrivateKey(rawRepresentation: [1], algorithm: key.algorithm) } == .keyUnsupported
            )
        } else {
            let secret = try key.rawRepresentation()
            let again = try PrivateKey(rawRepresentation: secret, algorithm: key.algorithm)
            #expect(again.publicKey == key.publicKey)
            for wrong in [[], Array(secret.dropLast()), [0] + secret] {
                #expect(
                    code { _ = try PrivateKey(rawRepresentation: wrong, algorithm: key.algorithm) } == .keyUnsupported
                )
            }
        }
    }

    @Test("a scalar of zero, of the order or above it is no key", arguments: [(KeyAlgorithm.p256, 32), (.p384, 48)])
    func scalars(kind: KeyAlgorithm, length: Int) throws {
        let order = try bytes(
            kind == .p256
                ? "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551"
                : "ffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973"
        )
        let zero = [UInt8](repeating: 0, count: length)
        for scalar in [zero, order, [UInt8](repeating: 0xFF, count: length)] {
            #expect(code { _ = try PrivateKey(rawRepresentation: scalar, algorithm: kind) } == .keyUnsupported)
        }
        let one: [UInt8] = zero.dropLast() + [1]
        #expect(try PrivateKey(rawRepresentation: one, algorithm: kind).algorithm == kind)
        let greatest: [UInt8] = order.dropLast() + [order[length - 1] - 1]
        #expect(try PrivateKey(rawRepresentation: greatest, algorithm: kind).algorithm == kind)
    }

    @Test(
        "RSA keys are made in sizes from 2048 to 4096 only",
        arguments: [0, -1, 512, 1024, 2047, 2049, 4097, 8192, .max]
    )
    func sizes(bits: Int) {
        #expect(code { _ = try PrivateKey(generating: .rsa(bits: bits)) } == .keyUnsupported)
    }

    @Test("an RSA key of 4096 bits signs and is stored")
    func large() throws {
        let key = try PrivateKey(generating: .rsa(bits: 4096))
        #expect(key.algorithm == .rsa(bits: 4096))
        #expect(try key.signature(for: [1], algorithm: .rs256).count == 512)
        #expect(try PrivateKey(pem: key.pem()).publicKey == key.publicKey)
    }

    @Test("a description names the kind of key, and no key")
    func description() throws {
        let key = try PrivateKey(generating: .p384)
        #expect("\(key)" == "private P-384 key")
    }

    @Test("no change to a key file crashes the reader")
    func mutations() {
        var generator = SystemRandomNumberGenerator()
        for text in [ForeignKeys.p256, ForeignKeys.p256Legacy, ForeignKeys.encrypted, ForeignKeys.encryptedLegacy] {
            let original = Array(text.utf8)
            for _ in 0..<300 {
                var mutated = original
                for _ in 0..<Int.random(in: 1...3) {
                    let index = Int.random(in: 27..<(mutated.count - 25))
                    switch Int.random(in: 0..<3) {
                    case 0: mutated[index] = generator.next()
                    case 1: mutated.remove(at: index)
                    default: mutated.insert(generator.next(), at: index)
                    }
                }
                // The rounds of PBKDF2 stand in the file: an owner's own file may ask for many, so spare them here.
                if text == ForeignKeys.encrypted { mutated.replaceSubrange(0..<160, with: original[0..<160]) }
                _ = try? PrivateKey(pem: mutated, passphrase: passphrase)
            }
        }
    }
}

/// Bytes of plain base64.
private func decodeBase64(_ text: String) throws -> [UInt8] {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
    var bits = 0
    var count = 0
    var bytes: [UInt8] = []
    for character in text where character != "=" {
        bits = bits << 6 | (try #require(alphabet.firstIndex(of: character)))
        count += 6
        if count >= 8 {
            count -= 8
            bytes.append(UInt8(truncatingIfNeeded: bits >> count))
            bits &= 0xFF
        }
    }
    return bytes
}
