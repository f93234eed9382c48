// Escapes and classes: ECMA-262 AtomEscape, CharacterClass.
extension RegularExpressionParser {
    /// The most `\p{…}` in one class. 32: there are no more general categories, and each is asked for each character.
    private static let maximumProperties = 32

    /// What follows a backslash outside of a class.
    mutating func parseEscape() throws(RegularExpressionError) -> RegularExpressionNode {
        switch next.flatMap(Unicode.Scalar.init) {
        case "b":
            position += 1
            return .assertion(.wordBoundary)
        case "B":
            position += 1
            return .assertion(.noWordBoundary)
        case "k":
            position += 1
            return try parseNamedReference()
        case .some("1"..."9" as ClosedRange<Unicode.Scalar>):
            var number = 0
            while let digit = next, 0x30...0x39 ~= digit {
                number = number * 10 + Int(digit - 0x30)
                guard number < 10_000 else { throw .malformed("a backreference names no group") }
                position += 1
            }
            return .backreference(number)
        default:
            return .character(try parseClassEscape())
        }
    }

    /// `[…]`, after the opening bracket.
    mutating func parseClass() throws(RegularExpressionError) -> CharacterClass {
        var ranges: [ClosedRange<UInt32>] = []
        var properties: [CharacterClass.Property] = []
        let isNegated = skip("^")
        while !skip("]") {
            var atoms = [try parseClassAtom()]
            // A hyphen makes a range between two characters; at either end, or beside a set, it is itself.
            if next == 0x2D, position + 1 < scalars.count, scalars[position + 1] != 0x5D {
                position += 1
                let end = try parseClassAtom()
                if let from = atoms[0].character, let to = end.character {
                    guard from <= to else { throw .malformed("a range of characters is in the wrong order") }
                    ranges.append(from...to)
                    continue
                }
                atoms += [ClassAtom(character: 0x2D), end]
            }
            for atom in atoms {
                if let character = atom.character { ranges.append(character...character) }
                if let set = atom.set {
                    ranges += set.ranges
                    properties += set.properties
                }
            }
        }
        guard properties.count <= Self.maximumProperties else { throw .tooLarge("a class has too many properties") }
        return CharacterClass(ranges, properties: properties, isNegated: isNegated)
    }

    /// A character, or a set such as `\d`.
    private struct ClassAtom {
        var character: UInt32?
        var set: CharacterClass?
    }

    private mutating func parseClassAtom() throws(RegularExpressionError) -> ClassAtom {
        guard let character = next else { throw .malformed("a class of characters is not closed") }
        position += 1
        guard character == 0x5C else { return ClassAtom(character: character) }
        if skip("b") { return ClassAtom(character: 0x08) }
        let set = try parseClassEscape()
        if let only = set.characters(atMost: 1)?.first { return ClassAtom(character: only) }
        return ClassAtom(set: set)
    }

    /// An escape that stands for a character or a set of them.
    private mutating func parseClassEscape() throws(RegularExpressionError) -> CharacterClass {
        guard let character = next, let scalar = Unicode.Scalar(character) else {
            throw .malformed("a backslash stands at the end")
        }
        position += 1
        switch scalar {
        case "d": return .digits
        case "D": return CharacterClass.digits.complement
        case "w": return .word
        case "W": return CharacterClass.word.complement
        case "s": return .space
        case "S": return CharacterClass.space.complement
        case "p", "P": return try parseProperty(isNegative: scalar == "P")
        case "t": return CharacterClass(0x09)
        case "n": return CharacterClass(0x0A)
        case "v": return CharacterClass(0x0B)
        case "f": return CharacterClass(0x0C)
        case "r": return CharacterClass(0x0D)
        case "0":
            if let digit = next, 0x30...0x39 ~= digit { throw .malformed("there are no octal escapes") }
            return CharacterClass(0)
        case "c":
            guard let letter = next, 0x61...0x7A ~= letter | 0x20 else { throw .malformed("\\c needs a letter") }
            position += 1
            return CharacterClass(letter & 0x1F)
        case "x": return CharacterClass(try parseHexadecimal(digits: 2))
        case "u": return try parseUnicodeEscape()
        case "a"..."z", "A"..."Z", "1"..."9": throw .malformed("there is no such escape")
        default: return CharacterClass(character)
        }
    }

    private mutating func parseHexadecimal(digits: Int) throws(RegularExpressionError) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<digits {
            guard let digit = nextHexadecimal() else { throw .malformed("a hexadecimal escape has too few digits") }
            value = value << 4 | digit
        }
        return value
    }

    private mutating func nextHexadecimal() -> UInt32? {
        guard let scalar = next.flatMap(Unicode.Scalar.init), scalar.isASCII,
            let digit = Character(scalar).hexDigitValue
        else { return nil }
        position += 1
        return UInt32(digit)
    }

    /// `\uXXXX`, a pair of surrogates written so, or `\u{X…}`.
    private mutating func parseUnicodeEscape() throws(RegularExpressionError) -> CharacterClass {
        if skip("{") {
            var value: UInt32 = 0
            var digits = 0
            while let digit = nextHexadecimal() {
                value = value << 4 | digit
                digits += 1
                guard value <= 0x10FFFF else { throw .malformed("there is no such character") }
            }
            guard digits > 0, skip("}") else { throw .malformed("a hexadecimal escape is not closed") }
            return CharacterClass(value)
        }
        let lead = try parseHexadecimal(digits: 4)
        guard 0xD800...0xDBFF ~= lead, position + 1 < scalars.count, scalars[position] == 0x5C,
            scalars[position + 1] == 0x75
        else { return CharacterClass(lead) }
        let start = position
        position += 2
        let trail = try parseHexadecimal(digits: 4)
        guard 0xDC00...0xDFFF ~= trail else {
            // No pair: the half matches nothing, as texts have no halves.
            position = start
            return CharacterClass(lead)
        }
        return CharacterClass(0x10000 + (lead - 0xD800) << 10 + (trail - 0xDC00))
    }

    private mutating func parseProperty(isNegative: Bool) throws(RegularExpressionError) -> CharacterClass {
        guard skip("{") else { throw .malformed("\\p names no property") }
        var name = ""
        while let scalar = next.flatMap(Unicode.Scalar.init), scalar != "}" {
            name.unicodeScalars.append(scalar)
            position += 1
        }
        guard skip("}") else { throw .malformed("the name of a property is not closed") }
        guard let property = UnicodeProperty(name: name) else { throw .unsupported("\\p names an unknown property") }
        return CharacterClass([], properties: [CharacterClass.Property(property: property, isNegative: isNegative)])
    }
}
