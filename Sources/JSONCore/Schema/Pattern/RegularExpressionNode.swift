/// A regular expression as a tree.
indirect enum RegularExpressionNode {
    /// Matches the empty string.
    case empty
    /// One character.
    case character(CharacterClass)
    /// A place between characters.
    case assertion(Assertion)
    case sequence([RegularExpressionNode])
    case choice([RegularExpressionNode])
    /// So many times; without end where `atMost` is `nil`. Whether there is a match does not depend on greed.
    case repetition(RegularExpressionNode, atLeast: Int, atMost: Int?)
    /// A capturing group, numbered from 1 as its parenthesis opens.
    case group(RegularExpressionNode, number: Int)
    case look(RegularExpressionNode, isAhead: Bool, isNegative: Bool)
    /// What the group of that number has matched.
    case backreference(Int)

    enum Assertion: Sendable {
        case start, end, wordBoundary, noWordBoundary
    }

    /// Whether a match can only begin where the string does.
    var isAnchored: Bool {
        switch self {
        case .assertion(.start): true
        case .sequence(let parts): parts.first?.isAnchored ?? false
        case .choice(let branches): branches.allSatisfy(\.isAnchored)
        case .group(let body, _): body.isAnchored
        case .repetition(let body, let atLeast, _): atLeast > 0 && body.isAnchored
        case .empty, .character, .assertion, .look, .backreference: false
        }
    }
}

/// Why a regular expression cannot be used.
struct RegularExpressionError: Error {
    enum Reason {
        case malformed, unsupported, tooLarge
    }

    let reason: Reason
    /// One phrase for a person.
    let detail: String

    static func malformed(_ detail: String) -> Self { Self(reason: .malformed, detail: detail) }
    static func unsupported(_ detail: String) -> Self { Self(reason: .unsupported, detail: detail) }
    static func tooLarge(_ detail: String) -> Self { Self(reason: .tooLarge, detail: detail) }
}
