import Proofs
import Testing

@Suite("Base64url")
struct Base64URLTests {
    @Test(
        "the vectors of RFC 4648 §10 hold, without padding",
        arguments: [
            ("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foob", "Zm9vYg"), ("fooba", "Zm9vYmE"),
            ("foobar", "Zm9vYmFy"),
        ]
    )
    func vectors(text: String, encoded: String) throws {
        #expect(Base64URL.encode(Array(text.utf8)) == encoded)
        #expect(try Base64URL.decode(encoded) == Array(text.utf8))
    }

    @Test("the two characters that differ from base64 are the URL's")
    func alphabet() throws {
        #expect(Base64URL.encode([0xFB, 0xFF]) == "-_8")
        #expect(try Base64URL.decode("-_8") == [0xFB, 0xFF])
    }

    @Test("bytes of every length and value come back, from any kind of sequence")
    func roundTrip() throws {
        for length in 0..<300 {
            let bytes = (0..<length).map { _ in UInt8.random(in: 0...255) }
            let text = Base64URL.encode(bytes)
            #expect(try Base64URL.decode(text) == bytes)
            #expect(try Base64URL.decode(Array(text.utf8)) == bytes)
            #expect(try Base64URL.decode(AnySequence(text.utf8)) == bytes)
            var appended: [UInt8] = [1, 2]
            Base64URL.encode(bytes, into: &appended)
            #expect(appended == [1, 2] + Array(text.utf8))
            #expect(text == slowEncoding(bytes))
        }
    }

    @Test("what is not strict is refused: padding, white space, base64's own characters, a length of no text")
    func refused() {
        let texts = [
            "Zg==", "Zm8=", "Z", "Zm9vY", "Zm9v Zg", "Zm9v\n", " Zm9v", "+_8", "/_8", "Zm9vYmF.", "Zm9v\u{0}", "Zmé",
            "AAAAAAAAAAAAAAA*AAAA", "*AAAAAAAAAAAAAAAAAAA", "=",
        ]
        for text in texts {
            #expect(code { _ = try Base64URL.decode(text) } == .parsing, "\(text)")
        }
    }

    @Test("set bits behind the last byte are refused, so that each value has one text")
    func trailingBits() throws {
        for last in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_" {
            let one = (try? Base64URL.decode("A\(last)")) != nil
            let two = (try? Base64URL.decode("AA\(last)")) != nil
            #expect(one == "AQgw".contains(last))
            #expect(two == "AEIMQUYcgkosw048".contains(last))
        }
    }

    @Test("each byte that is not in the alphabet is refused in each place of a long text")
    func places() {
        let good = [UInt8](repeating: UInt8(ascii: "A"), count: 43)
        for place in good.indices {
            for byte in UInt8.min...UInt8.max {
                var text = good
                text[place] = byte
                let isLetter = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8).contains(
                    byte
                )
                let isRead = (try? Base64URL.decode(text)) != nil
                if place < 42 { #expect(isRead == isLetter) } else { #expect(!isRead || isLetter) }
            }
        }
    }

    /// The definition, bit by bit.
    private func slowEncoding(_ bytes: [UInt8]) -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
        let bits = bytes.flatMap { byte in (0..<8).map { Int(byte >> (7 - $0)) & 1 } }
        return String(
            stride(from: 0, to: bits.count, by: 6).map { start in
                alphabet[(0..<6).reduce(0) { $0 << 1 | (start + $1 < bits.count ? bits[start + $1] : 0) }]
            }
        )
    }
}
