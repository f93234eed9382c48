import Cryptography
import Proofs
import Testing

/// Base58, multibase and Multikey: each value has one text, and nothing else is read.
struct MultikeyTests {
    @Test(
        "base58 has the text of the number, and a 1 for each leading zero byte",
        arguments: [
            ([], ""), ([0], "1"), ([0, 0, 1], "112"), ([57], "z"), ([58], "21"), ([255], "5Q"), ([1, 0], "5R"),
            ([0, 255, 255, 255, 255, 255], "1VtB5VXc"),
            (Array("Hello World!".utf8), "2NEpo7TZRRrLZSi2U"),
        ] as [([UInt8], String)]
    )
    func base58(bytes: [UInt8], text: String) throws {
        #expect(Base58BTC.encode(bytes) == text)
        #expect(try Base58BTC.decode(text) == bytes)
    }

    @Test("whatever base58 writes, it reads back", arguments: 0...130)
    func roundTrip(count: Int) throws {
        for zeros in 0...min(count, 6) {
            let bytes = [UInt8](repeating: 0, count: zeros) + (try RandomBytes.generate(count: count - zeros))
            let text = Base58BTC.encode(bytes)
            #expect(try Base58BTC.decode(text) == bytes)
            #expect(Base58BTC.encode(try Base58BTC.decode(text)) == text)
        }
    }

    @Test(
        "a character that base58 does not have is refused",
        arguments: ["0", "O", "I", "l", "2 ", " 2", "2\n", "é", "2=", "-", "_", "2\u{0}"]
    )
    func foreignCharacter(text: String) {
        #expect(error { _ = try Base58BTC.decode(text) }?.code == .parsing)
    }

    @Test("a text that would take long to read is refused")
    func longText() throws {
        let longest = String(repeating: "z", count: Base58BTC.maximumLength)
        #expect(try Base58BTC.decode(longest).count == 750)
        #expect(error { _ = try Base58BTC.decode(longest + "z") }?.code == .sizeLimit)
    }

    @Test("multibase reads the alphabet that was asked for, and no other")
    func multibase() throws {
        #expect(Multibase.base58BTC.encode([0xED, 0x01]) == "zK36")
        #expect(Multibase.base64URL.encode([0xFB, 0xFF]) == "u-_8")
        #expect(try Multibase.base64URL.decode("u-_8") == [0xFB, 0xFF])
        for text in ["", "K36", "uK36", "ZK36", "mK36", "fed01", " zK36"] {
            #expect(error { _ = try Multibase.base58BTC.decode(text) }?.code == .parsing)
        }
        #expect(error { _ = try Multibase.base64URL.decode("z-_8") }?.code == .parsing)
    }

    @Test("a key has one Multikey, and comes back from it", arguments: [KeyAlgorithm.ed25519, .p256, .p384])
    func keys(algorithm: KeyAlgorithm) throws {
        for _ in 0..<8 {
            let key = try PrivateKey(generating: algorithm).publicKey
            let text = try Multikey.text(of: key)
            #expect(text.hasPrefix([.ed25519: "z6Mk", .p256: "zDn", .p384: "z82"][algorithm] ?? "?"))
            #expect(try Multikey.publicKey(text) == key)
        }
    }

    @Test("an RSA key has no Multikey")
    func rsa() throws {
        let key = try PrivateKey(generating: .rsa(bits: 2048)).publicKey
        #expect(error { _ = try Multikey.text(of: key) }?.code == .keyUnsupported)
    }

    @Test(
        "a secret key is read where one is expected, and refused where a public key belongs",
        arguments: [([0x80, 0x26], .ed25519), ([0x86, 0x26], .p256), ([0x87, 0x26], .p384)] as [([UInt8], KeyAlgorithm)]
    )
    func secretKeys(prefix: [UInt8], algorithm: KeyAlgorithm) throws {
        let key = try PrivateKey(generating: algorithm)
        let text = Multibase.base58BTC.encode(prefix + (try key.rawRepresentation()))
        #expect(try Multikey.privateKey(text).publicKey == key.publicKey)
        #expect(error { _ = try Multikey.publicKey(text) }?.code == .privateKeyExposed)
        let publicText = try Multikey.text(of: key.publicKey)
        #expect(error { _ = try Multikey.privateKey(publicText) }?.code == .keyUnsupported)
    }

    @Test("an Ed25519 key may have its public half behind the seed, if it is its own")
    func bothHalves() throws {
        let key = try PrivateKey(generating: .ed25519)
        let seed = try key.rawRepresentation()
        let own = Multibase.base58BTC.encode([0x80, 0x26] + seed + (key.publicKey.rawRepresentation ?? []))
        #expect(try Multikey.privateKey(own).publicKey == key.publicKey)
        let foreign = Multibase.base58BTC.encode([0x80, 0x26] + seed + seed)
        #expect(error { _ = try Multikey.privateKey(foreign) }?.code == .keyConflict)
    }

    @Test(
        "keys of other kinds, wrong lengths and points off the curve are refused",
        arguments: [
            [],
            [0xED], [0xED, 0x01],
            [0xED, 0x01] + [UInt8](repeating: 9, count: 31), [0xED, 0x01] + [UInt8](repeating: 9, count: 33),
            [0xED, 0x01] + [UInt8](repeating: 0, count: 32),  // of small order
            [0xED, 0x01] + [UInt8](repeating: 0xFF, count: 32),  // not reduced
            [0xEC, 0x01] + [UInt8](repeating: 9, count: 32),  // X25519
            [0xE7, 0x01, 0x02] + [UInt8](repeating: 9, count: 32),  // secp256k1
            [0x82, 0x24, 0x02] + [UInt8](repeating: 9, count: 66),  // P-521
            [0x80, 0x24, 0x02] + [UInt8](repeating: 0xFF, count: 32),  // beyond the field
            [0x80, 0x24, 0x05] + [UInt8](repeating: 9, count: 32),
            [0x80, 0x24, 0x04] + [UInt8](repeating: 9, count: 64),  // not compressed
            [0x80, 0x24, 0x02] + [UInt8](repeating: 9, count: 31),
            [0x81, 0x24, 0x03] + [UInt8](repeating: 9, count: 32),
            [0x80, 0x24, 0x00],  // the point at infinity
        ] as [[UInt8]]
    )
    func refusedKeys(bytes: [UInt8]) {
        let text = Multibase.base58BTC.encode(bytes)
        let isOurs = [[0xED, 0x01], [0x80, 0x24], [0x81, 0x24]].contains(Array(bytes.prefix(2)))
        #expect(error { _ = try Multikey.publicKey(text) }?.code == (isOurs ? .keyUnsupported : .keyTypeUnsupported))
    }

    @Test("an x without a point on P-256 is refused")
    func offCurve() throws {
        var refused = 0
        for x in UInt8(0)..<16 {
            let text = Multibase.base58BTC.encode([0x80, 0x24, 0x02] + [UInt8](repeating: 0, count: 31) + [x])
            if (try? Multikey.publicKey(text)) == nil { refused += 1 }
        }
        // About half of all numbers are the x of a point.
        #expect((1...15).contains(refused))
    }

    @Test("a mutated Multikey is another key or an error, and never a crash")
    func mutations() throws {
        var generator = SystemRandomNumberGenerator()
        for algorithm in [KeyAlgorithm.ed25519, .p256, .p384] {
            let text = Array(try Multikey.text(of: PrivateKey(generating: algorithm).publicKey).utf8)
            for _ in 0..<300 {
                var mutated = text
                switch Int.random(in: 0..<3, using: &generator) {
                case 0: mutated[Int.random(in: mutated.indices, using: &generator)] = UInt8.random(in: 0...127)
                case 1: mutated.remove(at: Int.random(in: mutated.indices, using: &generator))
                default:
                    mutated.insert(UInt8.random(in: 0...127), at: Int.random(in: mutated.indices, using: &generator))
                }
                guard mutated != text else { continue }
                let mutatedText = String(decoding: mutated, as: UTF8.self)
                if let key = try? Multikey.publicKey(mutatedText) {
                    #expect(try Multikey.text(of: key) == mutatedText)
                }
            }
        }
    }
}
