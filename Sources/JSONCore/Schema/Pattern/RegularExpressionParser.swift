/// Reads a regular expression: ECMA-262 with the flag `u`, as JSON Schema recommends.
///
/// Two things are taken as browsers take them without that flag (ECMA-262 Annex B), since published schemas have them:
/// a backslash before any mark (`CC\-`), and braces and brackets that open or close nothing.
struct RegularExpressionParser {
    /// How deep groups may nest. 64: the parser recurses, and people lose count far earlier.
    private static let maximumDepth = 64
    /// The most times that `{n,m}` may ask for: more than a program can have instructions anyway.
    private static let maximumCount = 100_000

    let scalars: [UInt32]
    var position = 0
    private var depth = 0
    private var groups = 0
    private var names: [String: Int] = [:]
    /// Backreferences by name may stand before their group.
    private var namedReferences: [String] = []

    /// Reads a whole expression.
    static func parse(_ pattern: String) throws(RegularExpressionError) -> RegularExpressionNode {
        var parser = RegularExpressionParser(pattern)
        let node = try parser.parseChoice()
        guard parser.position == parser.scalars.count else { throw .malformed("a parenthesis closes nothing") }
        return try parser.resolvingNames(in: node)
    }

    private init(_ pattern: String) {
        scalars = pattern.unicodeScalars.map(\.value)
    }

    /// The next character, if there is one.
    var next: UInt32? { position < scalars.count ? scalars[position] : nil }

    /// Steps over a character if it is the next.
    mutating func skip(_ character: Unicode.Scalar) -> Bool {
        guard next == character.value else { return false }
        position += 1
        return true
    }

    private mutating func parseChoice() throws(RegularExpressionError) -> RegularExpressionNode {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.maximumDepth else { throw .tooLarge("groups nest deeper than \(Self.maximumDepth)") }
        var branches = [try parseSequence()]
        while skip("|") { branches.append(try parseSequence()) }
        return branches.count == 1 ? branches[0] : .choice(branches)
    }

    private mutating func parseSequence() throws(RegularExpressionError) -> RegularExpressionNode {
        var parts: [RegularExpressionNode] = []
        while let character = next, character != 0x7C, character != 0x29 {
            let term = try parseTerm()
            parts.append(try parseQuantifier(of: term))
        }
        return parts.count == 1 ? parts[0] : parts.isEmpty ? .empty : .sequence(parts)
    }

    private mutating func parseTerm() throws(RegularExpressionError) -> RegularExpressionNode {
        guard let character = next else { return .empty }
        position += 1
        switch Unicode.Scalar(character) {
        case "^": return .assertion(.start)
        case "$": return .assertion(.end)
        case ".": return .character(.dot)
        case "(": return try parseGroup()
        case "[": return .character(try parseClass())
        case "\\": return try parseEscape()
        case "*", "+", "?": throw .malformed("a quantifier has nothing to repeat")
        case "{" where isQuantifier(at: position - 1): throw .malformed("a quantifier has nothing to repeat")
        default: return .character(CharacterClass(character))
        }
    }

    private mutating func parseGroup() throws(RegularExpressionError) -> RegularExpressionNode {
        guard skip("?") else { return try parseCapture() }
        guard let mark = next else { throw .malformed("a group is not closed") }
        position += 1
        switch Unicode.Scalar(mark) {
        case ":": return try parseBody()
        case "=": return .look(try parseBody(), isAhead: true, isNegative: false)
        case "!": return .look(try parseBody(), isAhead: true, isNegative: true)
        case "<":
            if skip("=") { return .look(try parseBody(), isAhead: false, isNegative: false) }
            if skip("!") { return .look(try parseBody(), isAhead: false, isNegative: true) }
            let name = try parseName()
            guard names.updateValue(groups + 1, forKey: name) == nil else {
                throw .malformed("two groups have one name")
            }
            return try parseCapture()
        case "i", "m", "s", "-":
            // ES2025 has flags for a part of an expression, but only with a colon.
            position -= 1
            while let flag = next, "ims-".unicodeScalars.contains(where: { $0.value == flag }) { position += 1 }
            guard skip(":") else { throw .malformed("a group has flags, but no colon") }
            throw .unsupported("flags for a part of an expression are not supported")
        default: throw .malformed("a group opens with (? and something unknown")
        }
    }

    private mutating func parseCapture() throws(RegularExpressionError) -> RegularExpressionNode {
        groups += 1
        let number = groups
        return .group(try parseBody(), number: number)
    }

    private mutating func parseBody() throws(RegularExpressionError) -> RegularExpressionNode {
        let body = try parseChoice()
        guard skip(")") else { throw .malformed("a group is not closed") }
        return body
    }

    /// A group's name, up to and with its `>`.
    private mutating func parseName() throws(RegularExpressionError) -> String {
        var name = ""
        while let character = next {
            position += 1
            guard let scalar = Unicode.Scalar(character), scalar != ">" else { break }
            guard scalar.properties.isIDContinue || scalar == "$" else { throw .malformed("a group has no such name") }
            name.unicodeScalars.append(scalar)
        }
        guard !name.isEmpty, scalars[position - 1] == 0x3E else { throw .malformed("a group's name is not closed") }
        return name
    }
}

// Quantifiers.
extension RegularExpressionParser {
    private mutating func parseQuantifier(
        of term: RegularExpressionNode
    ) throws(RegularExpressionError) -> RegularExpressionNode {
        let bounds: (atLeast: Int, atMost: Int?)
        switch next.flatMap(Unicode.Scalar.init) {
        case "*": bounds = (0, nil)
        case "+": bounds = (1, nil)
        case "?": bounds = (0, 1)
        case "{" where isQuantifier(at: position): bounds = try parseBounds()
        default: return term
        }
        position += 1
        _ = skip("?")
        if case .assertion = term { throw .malformed("a quantifier has nothing to repeat") }
        return .repetition(term, atLeast: bounds.atLeast, atMost: bounds.atMost)
    }

    /// Whether `{n}`, `{n,}` or `{n,m}` stands here.
    private func isQuantifier(at start: Int) -> Bool {
        var commas = 0
        for index in (start + 1)..<max(scalars.count, start + 1) {
            switch scalars[index] {
            case 0x30...0x39: continue
            case 0x2C where index > start + 1 && commas == 0: commas = 1
            case 0x7D: return index > start + 1
            default: return false
            }
        }
        return false
    }

    /// The numbers in braces, up to the closing brace.
    private mutating func parseBounds() throws(RegularExpressionError) -> (atLeast: Int, atMost: Int?) {
        position += 1
        let atLeast = try parseCount() ?? 0
        guard skip(",") else { return (atLeast, atLeast) }
        guard let atMost = try parseCount() else { return (atLeast, nil) }
        guard atLeast <= atMost else { throw .malformed("a quantifier's numbers are in the wrong order") }
        return (atLeast, atMost)
    }

    private mutating func parseCount() throws(RegularExpressionError) -> Int? {
        var count: Int?
        while let character = next, 0x30...0x39 ~= character {
            count = (count ?? 0) * 10 + Int(character - 0x30)
            guard let count, count <= Self.maximumCount else { throw .tooLarge("a quantifier counts too far") }
            position += 1
        }
        return count
    }
}

// References by name.
extension RegularExpressionParser {
    /// `\k<name>`, for which a number below zero stands until all names are known.
    mutating func parseNamedReference() throws(RegularExpressionError) -> RegularExpressionNode {
        guard skip("<") else { throw .malformed("\\k names no group") }
        namedReferences.append(try parseName())
        return .backreference(-namedReferences.count)
    }

    private func resolvingNames(in node: RegularExpressionNode) throws(RegularExpressionError) -> RegularExpressionNode
    {
        switch node {
        case .backreference(let number):
            let resolved = number < 0 ? names[namedReferences[-number - 1]] : number
            guard let resolved, resolved <= groups else { throw .malformed("a backreference names no group") }
            return .backreference(resolved)
        case .sequence(let parts): return .sequence(try resolvingNames(in: parts))
        case .choice(let branches): return .choice(try resolvingNames(in: branches))
        case .repetition(let body, let atLeast, let atMost):
            return .repetition(try resolvingNames(in: body), atLeast: atLeast, atMost: atMost)
        case .group(let body, let number): return .group(try resolvingNames(in: body), number: number)
        case .look(let body, let isAhead, let isNegative):
            return .look(try resolvingNames(in: body), isAhead: isAhead, isNegative: isNegative)
        case .empty, .character, .assertion: return node
        }
    }

    private func resolvingNames(
        in nodes: [RegularExpressionNode]
    ) throws(RegularExpressionError) -> [RegularExpressionNode] {
        var resolved: [RegularExpressionNode] = []
        for node in nodes { resolved.append(try resolvingNames(in: node)) }
        return resolved
    }
}
