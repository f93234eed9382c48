import Cryptography
import Testing

@Suite("Public keys")
struct PublicKeyTests {
    @Test("a key comes back from PEM, DER and its components, equal and with equal hash", arguments: SigningTests.keys)
    func forms(key: PrivateKey) throws {
        let key = key.publicKey
        let rebuilt =
            switch key.components {
            case .rsa(let modulus, let exponent): try PublicKey(rsaModulus: [0, 0] + modulus, exponent: [0] + exponent)
            case .ec(let x, let y): try PublicKey(ecPoint: [4] + x + y, algorithm: key.algorithm)
            case .okp(let x): try PublicKey(ed25519: x)
            }
        let copies = try [PublicKey(pem: key.pem), PublicKey(der: key.der), rebuilt]
        for copy in copies {
            #expect(copy == key)
            #expect(copy.hashValue == key.hashValue)
            #expect(copy.algorithm == key.algorithm)
            #expect(copy.components == key.components)
        }
        #expect(Set(copies).count == 1)
    }

    @Test("a compressed point is the same key as the full one")
    func compressed() throws {
        let full = try PublicKey(pem: ForeignKeys.p256Public.utf8)
        let compressed = try PublicKey(pem: ForeignKeys.p256CompressedPublic.utf8)
        #expect(full == compressed)
        #expect(full.der == compressed.der)
        let point = try #require(full.compressedPoint)
        #expect(point.count == 33)
        #expect(try PublicKey(ecPoint: point, algorithm: .p256) == full)
        for kind in [KeyAlgorithm.p256, .p384] {
            for _ in 0..<8 {
                let key = try PrivateKey(generating: kind).publicKey
                #expect(try PublicKey(ecPoint: #require(key.compressedPoint), algorithm: kind) == key)
            }
        }
    }

    @Test(
        "a key is written as OpenSSL's own command writes it",
        arguments: [ForeignKeys.p256Public, ForeignKeys.rsaPublic]
    )
    func written(pem: String) throws {
        #expect(try String(decoding: PublicKey(pem: pem.utf8).pem, as: UTF8.self) == pem + "\n")
    }

    @Test("the PKCS#1 form of an RSA key is read")
    func pkcs1() throws {
        let key = try PublicKey(pem: ForeignKeys.rsaPublic.utf8)
        #expect(key.algorithm == .rsa(bits: 2048))
        #expect(try PublicKey(pem: ForeignKeys.rsaPublicPKCS1.utf8) == key)
        #expect(try String(decoding: key.pem, as: UTF8.self) == ForeignKeys.rsaPublic + "\n")
        #expect(key.rawRepresentation == nil)
    }

    @Test(
        "a key of another kind, curve or size is refused",
        arguments: [
            ForeignKeys.p521Public, ForeignKeys.secp256k1Public, ForeignKeys.explicitCurvePublic,
            ForeignKeys.x25519Public, ForeignKeys.ed448Public, ForeignKeys.rsa1024Public, ForeignKeys.rsaPSSPublic,
        ]
    )
    func unsupported(pem: String) {
        #expect(code { _ = try PublicKey(pem: pem.utf8) } == .keyUnsupported)
    }

    @Test(
        "a private key where a public one belongs is named as that",
        arguments: [ForeignKeys.p256, ForeignKeys.p256Legacy, ForeignKeys.encrypted]
    )
    func exposed(pem: String) {
        #expect(code { _ = try PublicKey(pem: pem.utf8) } == .privateKeyExposed)
    }

    @Test("an RSA modulus must have 2048 to 4096 bits and be odd")
    func moduli() throws {
        let e: [UInt8] = [1, 0, 1]
        for bytes in [0, 1, 128, 255, 513, 1024] {
            let modulus = [UInt8](repeating: 0xFF, count: bytes)
            #expect(code { _ = try PublicKey(rsaModulus: modulus, exponent: e) } == .keyUnsupported)
        }
        let short = [0x7F] + [UInt8](repeating: 0xFF, count: 255)
        #expect(code { _ = try PublicKey(rsaModulus: short, exponent: e) } == .keyUnsupported)
        let even = [UInt8](repeating: 0xFF, count: 255) + [0xFE]
        #expect(code { _ = try PublicKey(rsaModulus: even, exponent: e) } == .keyUnsupported)
        for bytes in [256, 257, 384, 512] {
            #expect(
                try PublicKey(rsaModulus: [UInt8](repeating: 0xFF, count: bytes), exponent: e).algorithm
                    == .rsa(bits: bytes * 8)
            )
        }
    }

    @Test(
        "an RSA exponent must be odd, at least 3 and at most 64 bits long",
        arguments: [
            ([], false), ([0], false), ([1], false), ([0, 1], false), ([2], false), ([4], false), ([1, 0, 0], false),
            ([3], true), ([17], true), ([1, 0, 1], true), ([0, 3], true),
            ([UInt8](repeating: 0xFF, count: 8), true), ([UInt8](repeating: 0xFF, count: 9), false),
        ] as [([UInt8], Bool)]
    )
    func exponents(exponent: [UInt8], isAccepted: Bool) throws {
        guard case .rsa(let modulus, _) = try PublicKey(pem: ForeignKeys.rsaPublic.utf8).components else { return }
        let answer = code { _ = try PublicKey(rsaModulus: modulus, exponent: exponent) }
        #expect(answer == (isAccepted ? nil : .keyUnsupported))
    }

    @Test("a point off the curve, of another length or in another form is refused")
    func points() throws {
        let key = try PublicKey(pem: ForeignKeys.p256Public.utf8)
        guard case .ec(let x, let y) = key.components else { return }
        var wrong = y
        wrong[31] ^= 1
        let refused: [[UInt8]] = [
            [], [0], [4], [4] + x, [4] + x + wrong, [4] + y + x, [4] + x + y + [0], [6] + x + y, [7] + x + y,
            [5] + x + y, [2], [2] + x.dropLast(), [2] + [UInt8](repeating: 0xFF, count: 32),
            [4] + [UInt8](repeating: 0, count: 64), [4] + [UInt8](repeating: 0xFF, count: 64), x + y,
        ]
        for point in refused {
            #expect(code { _ = try PublicKey(ecPoint: point, algorithm: .p256) } == .keyUnsupported)
        }
        for algorithm in [KeyAlgorithm.p384, .ed25519, .rsa(bits: 2048)] {
            #expect(code { _ = try PublicKey(ecPoint: [4] + x + y, algorithm: algorithm) } == .keyUnsupported)
        }
    }

    @Test("an Ed25519 key must be 32 bytes, reduced, and not of small order")
    func edwards() throws {
        let ones = [UInt8](repeating: 0xFF, count: 31)
        let zeros = [UInt8](repeating: 0, count: 31)
        let refused: [[UInt8]] = [
            [], ones, zeros, [1] + zeros, [1] + zeros.dropLast() + [0x80], [0] + zeros, [0] + zeros.dropLast() + [0x80],
            [0xEC] + ones.dropLast() + [0x7F], [0xEC] + ones, [0xED] + ones.dropLast() + [0x7F],
            [0xEE] + ones.dropLast() + [0x7F], ones + [0xFF], ones + [0x7F],
            try bytes("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"),
            try bytes("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85"),
            try bytes("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"),
            try bytes("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa"),
        ]
        for key in refused {
            #expect(code { _ = try PublicKey(ed25519: key) } == .keyUnsupported)
        }
    }

    @Test("bytes after a key, or a key cut short, make it unreadable")
    func framing() throws {
        let der = try PublicKey(pem: ForeignKeys.p256Public.utf8).der
        #expect(code { _ = try PublicKey(der: der + [0]) } == .keyUnreadable)
        for count in 0..<der.count {
            #expect(code { _ = try PublicKey(der: der[..<count]) } == .keyUnreadable)
        }
        #expect(code { _ = try PublicKey(der: [UInt8](repeating: 0x30, count: 100_000)) } == .keyUnreadable)
        for text in ["", "key", "-----BEGIN PUBLIC KEY-----", ForeignKeys.rsaPublic.replacing("MIIB", with: "MIIC")] {
            #expect(code { _ = try PublicKey(pem: text.utf8) } == .keyUnreadable)
        }
    }

    @Test("no change to a public key crashes the reader, and what is read can be written")
    func mutations() throws {
        var generator = SystemRandomNumberGenerator()
        for text in [ForeignKeys.p256Public, ForeignKeys.rsaPublic, ForeignKeys.explicitCurvePublic] {
            let original = try text == ForeignKeys.explicitCurvePublic ? [] : PublicKey(pem: text.utf8).der
            for _ in 0..<2000 {
                var mutated = original.isEmpty ? Array(text.utf8) : original
                for _ in 0..<Int.random(in: 1...3) {
                    let index = Int.random(in: 0..<mutated.count)
                    switch Int.random(in: 0..<3) {
                    case 0: mutated[index] = generator.next()
                    case 1: mutated.remove(at: index)
                    default: mutated.insert(generator.next(), at: index)
                    }
                }
                let key = original.isEmpty ? try? PublicKey(pem: mutated) : try? PublicKey(der: mutated)
                if let key { #expect(try PublicKey(pem: key.pem) == key) }
            }
        }
    }
}
