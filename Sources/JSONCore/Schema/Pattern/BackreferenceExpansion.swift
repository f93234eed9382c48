/// Backreferences written out, where what their group can match is a handful of strings.
///
/// A backreference in general takes more than linear time. But published schemas have dates such as
/// `^([0-9]{4})(-?)(1[0-2]|0[1-9])\2…`, whose group matches a hyphen or nothing: that is the same as two expressions,
/// one for each, and those are matched as all others.
struct BackreferenceExpansion {
    /// The most strings that a group may match. 16: known schemas have 2.
    private static let maximumStrings = 16
    /// The most expressions that may come of one.
    private static let maximumVariants = 16

    /// The same language without backreferences.
    static func expand(_ node: RegularExpressionNode) throws(RegularExpressionError) -> RegularExpressionNode {
        var variants = [node]
        var finished: [RegularExpressionNode] = []
        while let variant = variants.popLast() {
            guard let number = firstReference(in: variant) else {
                finished.append(variant)
                continue
            }
            guard let strings = language(ofGroup: number, in: variant) else {
                throw .unsupported("a backreference cannot be matched in linear time")
            }
            for string in strings { variants.append(substitute(string, forGroup: number, in: variant)) }
            guard variants.count + finished.count <= maximumVariants else {
                throw .tooLarge("its backreferences have too many meanings")
            }
        }
        return finished.count == 1 ? finished[0] : .choice(finished)
    }

    private static func firstReference(in node: RegularExpressionNode) -> Int? {
        switch node {
        case .backreference(let number): return number
        case .sequence(let parts), .choice(let parts):
            for part in parts { if let number = firstReference(in: part) { return number } }
            return nil
        case .repetition(let body, _, _), .group(let body, _), .look(let body, _, _): return firstReference(in: body)
        case .empty, .character, .assertion: return nil
        }
    }

    /// What a group can match; `nil` where that is too much, or where the group does not stand so that it has matched
    /// once, and once only, before each reference to it: inside of no choice, repetition or look, and before them all.
    private static func language(ofGroup number: Int, in node: RegularExpressionNode) -> [[UInt32]]? {
        switch node {
        case .group(let body, number): return language(of: body)
        case .group(let body, _): return language(ofGroup: number, in: body)
        case .sequence(let parts):
            for part in parts {
                if let strings = language(ofGroup: number, in: part) { return strings }
                if firstReference(in: part) != nil { return nil }
            }
            return nil
        default: return nil
        }
    }

    private static func language(of node: RegularExpressionNode) -> [[UInt32]]? {
        switch node {
        case .empty: return [[]]
        case .character(let set): return set.characters(atMost: maximumStrings)?.map { [$0] }
        case .group(let body, _): return language(of: body)
        case .sequence(let parts):
            var strings: [[UInt32]] = [[]]
            for part in parts {
                guard let more = language(of: part), strings.count * more.count <= maximumStrings else { return nil }
                strings = strings.flatMap { string in more.map { string + $0 } }
            }
            return strings
        case .choice(let branches):
            var strings: [[UInt32]] = []
            for branch in branches {
                guard let more = language(of: branch), strings.count + more.count <= maximumStrings else { return nil }
                strings += more
            }
            return strings
        case .repetition(let body, 0, 1):
            return language(of: body).map { [[]] + $0 }
        case .repetition, .assertion, .look, .backreference: return nil
        }
    }

    /// The tree with a string in place of a group and of all references to it.
    private static func substitute(
        _ string: [UInt32],
        forGroup number: Int,
        in node: RegularExpressionNode
    ) -> RegularExpressionNode {
        func substituted(_ node: RegularExpressionNode) -> RegularExpressionNode {
            substitute(string, forGroup: number, in: node)
        }
        switch node {
        case .group(_, number), .backreference(number):
            return .sequence(string.map { .character(CharacterClass($0)) })
        case .sequence(let parts): return .sequence(parts.map(substituted))
        case .choice(let branches): return .choice(branches.map(substituted))
        case .repetition(let body, let atLeast, let atMost):
            return .repetition(substituted(body), atLeast: atLeast, atMost: atMost)
        case .group(let body, let other): return .group(substituted(body), number: other)
        case .look(let body, let isAhead, let isNegative):
            return .look(substituted(body), isAhead: isAhead, isNegative: isNegative)
        case .empty, .character, .assertion, .backreference: return node
        }
    }
}
