import Issuing
import JSONCore

/// Counts what became of the rows of an issue run, and says it in text or JSON.
struct IssueTally {
    var rows = 0
    var duplicates = 0
    var corrected = 0
    var skipped = 0
    private(set) var answers = 0
    private(set) var setAside = 0
    private(set) var awarded = 0
    private(set) var known = 0
    private(set) var denied = 0
    private(set) var held = 0
    private(set) var unmatched = 0
    private var reasons: [String: [String: Int]] = [:]

    mutating func count(_ outcome: IssueRun.Outcome) {
        answers += 1
        switch outcome.decision.decision {
        case .unmatched: unmatched += 1
        case .award where !outcome.isNew: known += 1
        case .award: awarded += 1
        case .deny:
            denied += 1
            reasons["denied", default: [:]][outcome.decision.code.rawValue, default: 0] += 1
        case .hold:
            held += 1
            reasons["held", default: [:]][outcome.decision.code.rawValue, default: 0] += 1
        }
    }

    mutating func setAside(_ problem: RowProblem) {
        setAside += 1
        reasons["set aside", default: [:]][problem.code.rawValue, default: 0] += 1
    }

    func text(isDryRun: Bool) -> String {
        var lines = ["\(isDryRun ? "would award" : "awarded"): \(awarded)"]
        if known > 0 { lines.append("awarded before: \(known)") }
        lines.append("denied: \(denied)\(why("denied"))")
        lines.append("held: \(held)\(why("held"))")
        lines.append("set aside: \(setAside)\(why("set aside"))")
        if duplicates > 0 { lines.append("duplicate rows skipped: \(duplicates)") }
        if skipped > 0 { lines.append("rows that are no results: \(skipped)") }
        if corrected > 0 { lines.append("corrected by their source: \(corrected)") }
        if unmatched > 0 { lines.append("of other exams: \(unmatched)") }
        return lines.joined(separator: "\n")
    }

    private func why(_ kind: String) -> String {
        guard let codes = reasons[kind] else { return "" }
        let counts = codes.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { "\($0.key) \($0.value)" }
        return " (\(counts.joined(separator: ", ")))"
    }

    func json(isDryRun: Bool) -> JSON {
        let counts: JSON = [
            "awarded": JSON(awarded), "awardedBefore": JSON(known), "denied": JSON(denied), "held": JSON(held),
            "setAside": JSON(setAside), "duplicates": JSON(duplicates), "unmatched": JSON(unmatched),
            "corrected": JSON(corrected), "skipped": JSON(skipped),
        ]
        return ["summary": counts, "dryRun": .bool(isDryRun)]
    }

    static func line(_ outcome: IssueRun.Outcome) -> JSON {
        [
            "result": .string(outcome.result),
            "policy": .string(outcome.decision.policy),
            "decision": .string(outcome.decision.decision.rawValue),
            "code": .string(outcome.decision.code.rawValue),
            "requirement": outcome.decision.requirement.map(JSON.string) ?? .null,
            "explanation": .string(outcome.decision.explanation),
            "badge": outcome.badge.map(JSON.string) ?? .null,
            "credential": outcome.credential.map(JSON.string) ?? .null,
            "new": .bool(outcome.isNew),
        ]
    }

    static func line(_ problem: RowProblem) -> JSON {
        [
            "decision": "set-aside",
            "code": .string(problem.code.rawValue),
            "file": problem.error.file.map(JSON.string) ?? .null,
            "line": JSON(problem.line),
            "column": JSON(problem.column),
            "explanation": .string(problem.detail),
        ]
    }
}
