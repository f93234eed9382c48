import OpenBadges
import Testing

extension VerificationReport {
    /// Records an issue for each problem that the catalogue does not know: by its code, under its check, with what
    /// follows from it. So every test of the verifier guards the catalogue, and with it the published page.
    func isHeldAgainstCatalog() {
        for problem in problems where CheckName.standard.contains(problem.check) {
            let rules = CheckCatalog.rules(of: problem.code.rawValue).filter { $0.check == problem.check }
            if rules.isEmpty {
                Issue.record("CheckCatalog has no rule of \(problem.check.rawValue) with \(problem.code.rawValue)")
            } else if !rules.contains(where: { $0.consequence.suits(problem.severity) }) {
                Issue.record(
                    "CheckCatalog does not say that \(problem.code.rawValue) of \(problem.check.rawValue) can be \(problem.severity)"
                )
            }
        }
        for report in endorsements + credentials { report.isHeldAgainstCatalog() }
    }
}

extension CheckCatalog.Consequence {
    /// Whether a problem of a severity does this. A stronger rule may be softened by the place where it is broken (the
    /// second of two proofs, a term in a JWS), and says so; never the other way about.
    fileprivate func suits(_ severity: ProblemDetails.Severity) -> Bool {
        switch severity {
        case .failure: self == .rejects
        case .unknown: self != .warns
        case .warning: true
        }
    }
}
