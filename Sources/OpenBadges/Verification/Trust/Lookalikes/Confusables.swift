/// Characters that look like others, each replaced by one that stands for all of them.
///
/// Two texts with one skeleton look alike. A compact table of our own in the manner of Unicode Technical Standard 39
/// §4: what in Cyrillic, Greek, Armenian, fullwidth and accented letters looks like Latin, and what in Latin looks like
/// itself. It makes more alike than UTS 39 does (accents, capitals), as it only ever leads to a warning.
package enum Confusables {
    /// The skeleton of a text, in small Latin letters as far as its characters look like any.
    package static func skeleton(of scalars: some Sequence<Unicode.Scalar>) -> String {
        var bare = String.UnicodeScalarView()
        for scalar in scalars { append(scalar, to: &bare) }
        return joined(bare)
    }

    private static func append(_ scalar: Unicode.Scalar, to output: inout String.UnicodeScalarView) {
        let plain = asciiForm(of: scalar) ?? scalar
        if plain.isASCII {
            output.append(ascii(plain))
        } else if let latin = capitals[plain] ?? small[plain] {
            output.append(ascii(latin))
        } else {
            let properties = plain.properties
            // What shows nothing, or only sits on the letter before it, does not tell two names apart.
            if properties.isDefaultIgnorableCodePoint || properties.generalCategory == .nonspacingMark { return }
            for lower in properties.lowercaseMapping.unicodeScalars {
                if lower.isASCII { output.append(ascii(lower)) } else { output.append(small[lower] ?? lower) }
            }
        }
    }

    /// Small letters, and one for each of the groups i l 1 | and o 0.
    private static func ascii(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        switch scalar {
        case "i", "I", "l", "L", "1", "|", "!": "l"
        case "o", "O", "0": "o"
        case "A"..."Z": Unicode.Scalar(UInt8(truncatingIfNeeded: scalar.value) | 0x20)
        default: scalar
        }
    }

    /// Fullwidth forms and mathematical alphabets are ASCII in another coat.
    private static func asciiForm(of scalar: Unicode.Scalar) -> Unicode.Scalar? {
        switch scalar.value {
        case 0xFF01...0xFF5E: return Unicode.Scalar(scalar.value - 0xFEE0)
        case 0x1D400...0x1D6A3:
            // Thirteen alphabets of 26 capitals and 26 small letters each.
            let letter = (scalar.value - 0x1D400) % 52
            return Unicode.Scalar(letter < 26 ? 0x41 + letter : 0x61 + letter - 26)
        case 0x1D7CE...0x1D7FF: return Unicode.Scalar(0x30 + (scalar.value - 0x1D7CE) % 10)
        default: return nil
        }
    }

    /// Pairs that read as one letter: `rn` as m, `vv` as w.
    private static func joined(_ scalars: String.UnicodeScalarView) -> String {
        var output = String.UnicodeScalarView()
        for scalar in scalars {
            switch (output.last, scalar) {
            case ("r", "n"):
                output.removeLast()
                output.append("m")
            case ("v", "v"):
                output.removeLast()
                output.append("w")
            default: output.append(scalar)
            }
        }
        return String(output)
    }

    private static let small = table([
        "a":
            "\u{E0}\u{E1}\u{E2}\u{E3}\u{E4}\u{E5}\u{101}\u{103}\u{105}\u{1CE}\u{251}\u{3B1}\u{3AC}\u{430}\u{4D1}\u{4D3}",
        "b": "\u{184}\u{185}\u{253}\u{3B2}\u{432}\u{44A}\u{44C}\u{1E03}\u{1E05}",
        "c": "\u{A2}\u{E7}\u{107}\u{109}\u{10B}\u{10D}\u{188}\u{3F2}\u{441}\u{4AB}",
        "d": "\u{F0}\u{10F}\u{111}\u{256}\u{257}\u{501}\u{1E0B}\u{1E0D}",
        "e":
            "\u{E8}\u{E9}\u{EA}\u{EB}\u{113}\u{115}\u{117}\u{119}\u{11B}\u{3B5}\u{3AD}\u{435}\u{450}\u{451}\u{4BD}\u{4D7}\u{1EB9}",
        "f": "\u{17F}\u{192}\u{3DD}\u{584}\u{1E1F}",
        "g": "\u{11D}\u{11F}\u{121}\u{123}\u{1E7}\u{261}\u{260}\u{581}",
        "h": "\u{125}\u{127}\u{43D}\u{4BB}\u{570}\u{1E25}",
        "j": "\u{135}\u{237}\u{3F3}\u{458}",
        "k": "\u{137}\u{138}\u{199}\u{3BA}\u{43A}\u{49B}\u{1E33}",
        // The group of i, l and 1.
        "l": "\u{EC}\u{ED}\u{EE}\u{EF}\u{129}\u{12B}\u{12D}\u{12F}\u{131}\u{13A}\u{13C}\u{13E}\u{140}\u{142}\u{1C0}"
            + "\u{268}\u{269}\u{26B}\u{3AF}\u{3B9}\u{3CA}\u{456}\u{457}\u{4CF}\u{5C0}\u{5D5}\u{5DF}\u{1E37}",
        "m": "\u{271}\u{43C}\u{1E41}\u{1E43}",
        "n": "\u{F1}\u{144}\u{146}\u{148}\u{14B}\u{272}\u{3AE}\u{3B7}\u{43F}\u{578}\u{57C}\u{1E45}\u{1E47}",
        "o":
            "\u{F2}\u{F3}\u{F4}\u{F5}\u{F6}\u{F8}\u{14D}\u{14F}\u{151}\u{1D2}\u{275}\u{3BF}\u{3C3}\u{3CC}\u{43E}\u{4E7}"
            + "\u{4E9}\u{585}\u{5E1}\u{1ECD}",
        "p": "\u{FE}\u{1A5}\u{3C1}\u{440}\u{1E57}",
        "q": "\u{24B}\u{51B}\u{563}\u{566}",
        "r": "\u{155}\u{157}\u{159}\u{27C}\u{433}\u{1E5B}",
        "s": "\u{15B}\u{15D}\u{15F}\u{161}\u{219}\u{282}\u{455}\u{A731}\u{1E63}",
        "t": "\u{163}\u{165}\u{167}\u{21B}\u{3C4}\u{442}\u{1E6D}",
        "u":
            "\u{B5}\u{F9}\u{FA}\u{FB}\u{FC}\u{169}\u{16B}\u{16D}\u{16F}\u{171}\u{173}\u{1D4}\u{28B}\u{3BC}\u{3C5}\u{3CD}"
            + "\u{57D}\u{1EE5}",
        "v": "\u{3BD}\u{474}\u{475}\u{5D8}\u{1E7F}",
        "w": "\u{175}\u{26F}\u{3C9}\u{461}\u{51D}\u{561}\u{1E81}\u{1E83}\u{1E85}",
        "x": "\u{D7}\u{3C7}\u{445}\u{4B3}\u{1E8B}",
        "y": "\u{FD}\u{FF}\u{177}\u{263}\u{28F}\u{3B3}\u{443}\u{4AF}\u{4F1}\u{4F3}\u{1E8F}",
        "z": "\u{17A}\u{17C}\u{17E}\u{1B6}\u{290}\u{3B6}\u{1D22}\u{1E93}",
        // Hyphens of all lengths, and dots.
        "-": "\u{2010}\u{2011}\u{2012}\u{2013}\u{2014}\u{2212}\u{30FC}",
        ".": "\u{B7}\u{2024}\u{3002}",
    ])

    /// Capitals that look like a Latin capital where their small forms do not look like its small form.
    private static let capitals = table([
        "a": "\u{391}\u{410}", "b": "\u{392}\u{412}", "c": "\u{421}\u{3F9}", "e": "\u{395}\u{415}",
        "h": "\u{397}\u{41D}", "i": "\u{399}\u{406}\u{4C0}", "j": "\u{408}", "k": "\u{39A}\u{41A}",
        "m": "\u{39C}\u{41C}", "n": "\u{39D}", "o": "\u{39F}\u{41E}", "p": "\u{3A1}\u{420}", "s": "\u{405}",
        "t": "\u{3A4}\u{422}", "x": "\u{3A7}\u{425}", "y": "\u{3A5}\u{423}", "z": "\u{396}",
    ])

    private static func table(_ groups: [Unicode.Scalar: String]) -> [Unicode.Scalar: Unicode.Scalar] {
        var table: [Unicode.Scalar: Unicode.Scalar] = [:]
        for (latin, others) in groups {
            for other in others.unicodeScalars { table[other] = latin }
        }
        return table
    }
}

/// The skeleton of a name: of its letters and digits alone.
package enum NameSkeleton {
    /// A longer name is told apart within so many characters, or not at all.
    private static let maximumLength = 256

    /// `nil` where there is nothing to compare: fewer than three letters and digits.
    package static func of(_ name: String) -> String? {
        let letters = name.unicodeScalars.prefix(maximumLength).filter { scalar in
            switch scalar.properties.generalCategory {
            case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber:
                true
            default: scalar == "|" || scalar == "!"
            }
        }
        guard letters.count >= 3 else { return nil }
        return Confusables.skeleton(of: letters)
    }
}
