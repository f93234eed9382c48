import Cryptography
import Testing

@Suite("Digests, HMAC, random bytes")
struct DigestTests {
    @Test(
        "the digests of \"abc\" are those of FIPS 180-4",
        arguments: [
            (DigestAlgorithm.sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
            (
                .sha384,
                "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7"
            ),
            (
                .sha512,
                "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
                    + "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f"
            ),
        ]
    )
    func vectors(algorithm: DigestAlgorithm, expected: String) throws {
        #expect(try algorithm.digest(Array("abc".utf8)) == bytes(expected))
        #expect(algorithm.digest("abc".utf8) == algorithm.digest(Array("abc".utf8)))
        #expect(algorithm.digest([]).count == algorithm.length)
    }

    @Test("a context fed in pieces gives the digest of the whole, and starts anew", arguments: DigestAlgorithm.allCases)
    func pieces(algorithm: DigestAlgorithm) {
        let context = DigestContext(algorithm)
        let message = (0..<1000).map { UInt8(truncatingIfNeeded: $0) }
        for size in [1, 7, 64, 999] {
            for start in stride(from: 0, to: message.count, by: size) {
                context.update(message[start..<min(start + size, message.count)])
            }
            #expect(context.finish() == algorithm.digest(message))
        }
        #expect(context.finish() == algorithm.digest([]))
        context.update([1, 2, 3])
        context.reset()
        #expect(context.finish() == algorithm.digest([]))
    }

    @Test("MD5 is there for old identity hashes, if OpenSSL has it")
    func md5() throws {
        guard let digest = LegacyDigest.md5(Array("abc".utf8)) else { return }
        #expect(try digest == bytes("900150983cd24fb0d6963f7d28e17f72"))
    }

    @Test("HMAC-SHA-256 gives the values of RFC 4231, for an empty key and a long one too")
    func hmac() throws {
        let expected = try bytes("b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7")
        #expect(HMAC.sha256(key: [UInt8](repeating: 0x0B, count: 20), Array("Hi There".utf8)) == expected)
        let long = try bytes("60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54")
        let message = Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8)
        #expect(HMAC.sha256(key: [UInt8](repeating: 0xAA, count: 131), message) == long)
        let empty = try bytes("b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad")
        #expect(HMAC.sha256(key: [], []) == empty)
    }

    @Test("random bytes come in the count asked for, and differ")
    func random() throws {
        for count in [0, 1, 16, 100_000] { #expect(try RandomBytes.generate(count: count).count == count) }
        #expect(try RandomBytes.generate(count: 32) != RandomBytes.generate(count: 32))
        #expect(code { _ = try RandomBytes.generate(count: -1) } == .invalidArgument)
    }

    @Test("the constant-time comparison compares")
    func comparison() {
        #expect(ConstantTime.equal([], []))
        #expect(ConstantTime.equal([1, 2], [1, 2]))
        #expect(!ConstantTime.equal([1, 2], [1, 3]))
        #expect(!ConstantTime.equal([1, 2], [1, 2, 0]))
    }

    @Test("an error says what OpenSSL said, and the next error does not say it again")
    func queue() throws {
        let first = try #require(throws: CryptographyError.self) { _ = try PublicKey(der: [0x30, 0x03, 1, 2, 3]) }
        #expect(!first.openSSLErrors.isEmpty)
        #expect("\(first)".hasPrefix("KEY_UNREADABLE: "))
        let second = try #require(throws: CryptographyError.self) { _ = try PublicKey(ed25519: []) }
        #expect(second.openSSLErrors.isEmpty)
    }
}
