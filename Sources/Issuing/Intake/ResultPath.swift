import JSONCore

/// A place in `exam-result/1` that a column can fill, by its dotted path: `score.percent`, `items.41.level`.
enum ResultPath: Hashable, Sendable {
    case resultID, examID, examForm, examName
    case email, given, family
    case candidateID(type: String)
    case attempt, startedAt, endedAt, tzAssumed
    case raw, min, max, percent, cut, cutUnit
    case passedExplicit, status
    case itemScore(id: String)
    case itemLevel(id: String)
    case proctored, sessions

    private static let plain: [(String, ResultPath)] = [
        ("resultId", .resultID), ("exam.id", .examID), ("exam.form", .examForm), ("exam.name", .examName),
        ("candidate.email", .email), ("candidate.given", .given), ("candidate.family", .family),
        ("attempt", .attempt), ("startedAt", .startedAt), ("endedAt", .endedAt), ("tzAssumed", .tzAssumed),
        ("score.raw", .raw), ("score.min", .min), ("score.max", .max), ("score.percent", .percent),
        ("score.cut", .cut), ("score.cutUnit", .cutUnit), ("passedExplicit", .passedExplicit), ("status", .status),
        ("delivery.proctored", .proctored), ("delivery.sessions", .sessions),
    ]

    /// What no result can be without.
    static let required: [ResultPath] = [.resultID, .examID, .email]

    /// Reads a dotted path; `nil` if the format has no such place.
    init?(_ dotted: String) {
        if let known = Self.plain.first(where: { $0.0 == dotted }) {
            self = known.1
            return
        }
        let parts = dotted.split(separator: ".", omittingEmptySubsequences: false).map { String($0) }
        guard parts.count >= 3, parts.allSatisfy({ !$0.isEmpty }) else { return nil }
        // Ids may have dots themselves: what stands between the outer parts is one id.
        switch (parts[0], parts[1], parts[parts.count - 1]) {
        case ("candidate", "ids", _): self = .candidateID(type: parts[2...].joined(separator: "."))
        case ("items", _, "score"): self = .itemScore(id: parts[1..<(parts.count - 1)].joined(separator: "."))
        case ("items", _, "level"): self = .itemLevel(id: parts[1..<(parts.count - 1)].joined(separator: "."))
        default: return nil
        }
    }

    /// The path as a header has it.
    var dotted: String {
        switch self {
        case .candidateID(let type): "candidate.ids.\(type)"
        case .itemScore(let id): "items.\(id).score"
        case .itemLevel(let id): "items.\(id).level"
        default: Self.plain.first { $0.1 == self }?.0 ?? ""
        }
    }

    /// The path as a JSON Pointer.
    var pointer: JSONPointer {
        dotted.split(separator: ".").reduce(JSONPointer()) { $0.appending(String($1)) }
    }

    /// Whether this is a number that a unit can be said of.
    var isScore: Bool {
        switch self {
        case .raw, .min, .max, .percent, .cut, .itemScore: true
        default: false
        }
    }
}
