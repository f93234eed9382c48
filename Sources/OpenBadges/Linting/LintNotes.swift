import JSONCore

/// Findings as they are made.
struct LintNotes {
    private var findings: [LintFinding] = []

    mutating func need(_ code: String, _ path: String, _ detail: String, hint: String?) {
        add(.required, code, path, detail, hint)
    }

    mutating func wish(_ code: String, _ path: String, _ detail: String, hint: String?) {
        add(.recommended, code, path, detail, hint)
    }

    private mutating func add(
        _ severity: LintFinding.Severity,
        _ code: String,
        _ path: String,
        _ detail: String,
        _ hint: String?
    ) {
        let pointer = path.split(separator: "/").reduce(JSONPointer()) { $0.appending(String($1)) }
        findings.append(LintFinding(severity: severity, code: code, path: pointer, detail: detail, hint: hint))
    }

    /// What is required first, each in the order in which it was found.
    var sorted: [LintFinding] {
        findings.filter { $0.severity == .required } + findings.filter { $0.severity == .recommended }
    }
}
