/// A set of characters (Unicode code points): what one step of a regular expression takes.
struct CharacterClass: Sendable {
    /// Sorted, neither overlapping nor touching.
    private(set) var ranges: [ClosedRange<UInt32>] = []
    /// Sets that ranges cannot write.
    let properties: [Property]
    private let isNegated: Bool
    /// The answers for ASCII, which is most of what is asked.
    private var low: UInt64 = 0
    private var high: UInt64 = 0

    private static let last: UInt32 = 0x10FFFF

    /// The characters with a property, or those without it.
    struct Property: Sendable {
        let property: UnicodeProperty
        let isNegative: Bool

        func contains(_ scalar: UInt32) -> Bool { property.contains(scalar) != isNegative }
    }

    /// A set of ranges in any order and of characters with properties; or, if negated, all others.
    init(_ ranges: [ClosedRange<UInt32>], properties: [Property] = [], isNegated: Bool = false) {
        for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let before = self.ranges.last, range.lowerBound <= before.upperBound &+ 1 {
                self.ranges[self.ranges.count - 1] = before.lowerBound...max(before.upperBound, range.upperBound)
            } else {
                self.ranges.append(range)
            }
        }
        self.properties = properties
        self.isNegated = isNegated
        for range in self.ranges where range.lowerBound < 128 {
            for scalar in range.lowerBound...min(range.upperBound, 127) { setASCII(scalar) }
        }
        for property in properties {
            for scalar: UInt32 in 0..<128 where property.contains(scalar) { setASCII(scalar) }
        }
        if isNegated { (low, high) = (~low, ~high) }
    }

    /// One character.
    init(_ scalar: UInt32) {
        self.init([scalar...scalar])
    }

    /// All other characters, as ranges, so that the set can become part of another; only for sets of ranges.
    var complement: CharacterClass {
        var gaps: [ClosedRange<UInt32>] = []
        var next: UInt32 = 0
        for range in ranges {
            if range.lowerBound > next { gaps.append(next...(range.lowerBound - 1)) }
            next = range.upperBound + 1
        }
        if next <= Self.last { gaps.append(next...Self.last) }
        return CharacterClass(gaps)
    }

    /// The characters one by one, if they are so few.
    func characters(atMost limit: Int) -> [UInt32]? {
        guard properties.isEmpty, !isNegated, ranges.reduce(0, { $0 + $1.count }) <= limit else { return nil }
        return ranges.flatMap { Array($0) }
    }

    /// Whether a character is in the set.
    @inline(__always)
    func contains(_ scalar: UInt32) -> Bool {
        if scalar < 64 { return low >> UInt64(scalar) & 1 == 1 }
        if scalar < 128 { return high >> UInt64(scalar & 63) & 1 == 1 }
        return search(scalar)
    }

    private mutating func setASCII(_ scalar: UInt32) {
        if scalar < 64 { low |= 1 << UInt64(scalar) } else { high |= 1 << UInt64(scalar & 63) }
    }

    private func search(_ scalar: UInt32) -> Bool {
        var (from, to) = (0, ranges.count)
        while from < to {
            let middle = (from + to) / 2
            if ranges[middle].upperBound < scalar { from = middle + 1 } else { to = middle }
        }
        if from < ranges.count, ranges[from].lowerBound <= scalar { return !isNegated }
        let hasProperty = properties.contains { $0.contains(scalar) }
        return hasProperty != isNegated
    }
}

extension CharacterClass {
    /// `\d`: ASCII digits alone (ECMA-262 CharacterClassEscape).
    static let digits = CharacterClass([0x30...0x39])
    /// `\w`: ASCII letters, digits and the underscore.
    static let word = CharacterClass([0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A])
    /// `\s`: WhiteSpace and LineTerminator, with the space separators (Zs) of Unicode.
    static let space = CharacterClass([
        0x09...0x0D, 0x20...0x20, 0xA0...0xA0, 0x1680...0x1680, 0x2000...0x200A, 0x2028...0x2029, 0x202F...0x202F,
        0x205F...0x205F, 0x3000...0x3000, 0xFEFF...0xFEFF,
    ])
    /// `.`: everything but the ends of lines.
    static let dot = CharacterClass([0x0A...0x0A, 0x0D...0x0D, 0x2028...0x2029]).complement
}
