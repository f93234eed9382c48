import OpenBadges
import Testing

/// RFC 3492, the way back.
@Suite("Punycode")
struct LookalikePunycodeTests {
    @Test(
        "decodes to the letters that it stands for",
        arguments: [
            ("mnchen-3ya", "münchen"), ("bcher-kva", "bücher"), ("maana-pta", "mañana"),
            ("80akhbyknj4f", "испытание"), ("hxajbheg2az3al", "παράδειγμα"), ("r8jz45g", "例え"),
            ("--itbicrcqidd", "пример-мир"), ("MNCHEN-3YA", "MüNCHEN"), ("", ""), ("abc-", "abc"),
            // RFC 3492 §7.1 (L)
            ("3B-ww4c5e180e575a65lsy2b", "3年B組金八先生"),
        ]
    )
    func decodes(text: String, letters: String) {
        let decoded = Punycode.decode(text).map { scalars in
            var view = String.UnicodeScalarView()
            view.append(contentsOf: scalars)
            return String(view)
        }
        #expect(decoded == letters)
    }

    @Test(
        "what stands for nothing is refused",
        arguments: [
            "99999999", "zzzzzzzzzzzz", "a-99999999999999999999", "ü", "mnchen-3y!", "mnchen-9", "é-",
            String(repeating: "a", count: 64), String(repeating: "9", count: 63),
        ]
    )
    func refuses(text: String) {
        #expect(Punycode.decode(text) == nil)
    }

    @Test("no bytes crash it, and none make more scalars than there are bytes", arguments: 0..<4 as Range<UInt64>)
    func anything(seed: UInt64) {
        var numbers = SeededNumbers(seed: seed)
        let alphabet = Array("abcxyz0189-AZ-".unicodeScalars)
        var (count, longest) = (0, 0)
        for _ in 0..<5_000 {
            var text = String.UnicodeScalarView()
            for _ in 0..<Int.random(in: 0...63, using: &numbers) {
                text.append(alphabet[Int.random(in: 0..<alphabet.count, using: &numbers)])
            }
            guard let scalars = Punycode.decode(String(text)) else { continue }
            count += 1
            longest = max(longest, scalars.count - text.count)
        }
        #expect(count > 0)
        #expect(longest <= 0)
    }
}
