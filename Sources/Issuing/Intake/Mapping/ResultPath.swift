import JSONCore

/// A place in `exam-result/1` that a column can fill, by its dotted path: `score.percent`, `items.41.level`.
enum ResultPath: Hashable, Sendable {
    case resultID, kind, examID, examForm, examName
    case email, given, family
    case candidateID(type: String)
    case attempt, startedAt, endedAt, tzAssumed
    case raw, min, max, percent, cut, cutUnit, correct, items
    case passedExplicit, status
    case itemScore(id: String)
    case itemMax(id: String)
    case itemLevel(id: String)
    case level, decision, comment
    case deciderID, deciderEmail, deciderName, deciderRole, deciderPanel
    case artifactURL, artifactWords, artifactDigest
    case proctored, sessions

    private static let plain: [(String, ResultPath)] = [
        ("resultId", .resultID), ("kind", .kind), ("exam.id", .examID), ("exam.form", .examForm),
        ("exam.name", .examName),
        ("candidate.email", .email), ("candidate.given", .given), ("candidate.family", .family),
        ("attempt", .attempt), ("startedAt", .startedAt), ("endedAt", .endedAt), ("tzAssumed", .tzAssumed),
        ("score.raw", .raw), ("score.min", .min), ("score.max", .max), ("score.percent", .percent),
        ("score.cut", .cut), ("score.cutUnit", .cutUnit), ("score.correct", .correct), ("score.items", .items),
        ("passedExplicit", .passedExplicit), ("status", .status), ("level", .level), ("decision", .decision),
        ("comment", .comment), ("by.id", .deciderID), ("by.email", .deciderEmail), ("by.name", .deciderName),
        ("by.role", .deciderRole), ("by.panel", .deciderPanel), ("artifact.url", .artifactURL),
        ("artifact.words", .artifactWords), ("artifact.sha256", .artifactDigest),
        ("delivery.proctored", .proctored), ("delivery.sessions", .sessions),
    ]

    /// Other kinds of records have other names for what they are about.
    private static let synonyms: [String: ResultPath] = [
        "activity.id": .examID, "activity.name": .examName, "survey.id": .examID, "survey.name": .examName,
        "artifact.id": .examID, "artifact.name": .examName,
    ]

    /// What no record can be without, and is not among these places. Where rows say of what kind they are, each of them
    /// has to say what it is about, as far as its kind asks for it.
    static func missing(from places: [ResultPath]) -> [ResultPath] {
        let required: [ResultPath] = places.contains(.kind) ? [.resultID, .email] : [.resultID, .examID, .email]
        return required.filter { !places.contains($0) }
    }

    /// Reads a dotted path; `nil` if the format has no such place.
    init?(_ dotted: String) {
        if let known = Self.plain.first(where: { $0.0 == dotted })?.1 ?? Self.synonyms[dotted] {
            self = known
            return
        }
        let parts = dotted.split(separator: ".", omittingEmptySubsequences: false).map { String($0) }
        guard parts.count >= 3, parts.allSatisfy({ !$0.isEmpty }) else { return nil }
        // Ids may have dots themselves: what stands between the outer parts is one id.
        switch (parts[0], parts[1], parts[parts.count - 1]) {
        case ("candidate", "ids", _): self = .candidateID(type: parts[2...].joined(separator: "."))
        case ("items", _, "score"): self = .itemScore(id: parts[1..<(parts.count - 1)].joined(separator: "."))
        case ("items", _, "max"): self = .itemMax(id: parts[1..<(parts.count - 1)].joined(separator: "."))
        case ("items", _, "level"): self = .itemLevel(id: parts[1..<(parts.count - 1)].joined(separator: "."))
        default: return nil
        }
    }

    /// The path as a header has it.
    var dotted: String {
        switch self {
        case .candidateID(let type): "candidate.ids.\(type)"
        case .itemScore(let id): "items.\(id).score"
        case .itemMax(let id): "items.\(id).max"
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
        case .raw, .min, .max, .percent, .cut, .correct, .items, .itemScore, .itemMax: true
        default: false
        }
    }
}
