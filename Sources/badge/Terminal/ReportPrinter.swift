import JSONCore
import OpenBadges

/// Prints verification reports: a JSON line each, or text for people.
struct ReportPrinter {
    let output: OutputOptions

    func print(_ report: VerificationReport) {
        if output.json {
            Console.product(report.json.text)
            return
        }
        if output.quiet { return }
        Console.product(text(report))
    }

    private func text(_ report: VerificationReport) -> String {
        let style = output.style
        let verdict =
            switch report.verdict {
            case .verified: style.good("verified")
            case .rejected: style.bad("rejected")
            case .undetermined: style.unsure("undetermined")
            }
        var lines = ["\(style.strong(Console.printable(report.input))): \(verdict)"]
        lines.append("  " + Console.printable(report.sentence))
        let answers = report.answers
        lines.append(
            style.quiet(
                "  authentic: \(answers.authentic.rawValue) · current: \(answers.current.rawValue)"
                    + " · subject: \(answers.subject.rawValue) · issuer: \(answers.issuer.rawValue)"
                    + " · content: \(answers.content.rawValue)"
            )
        )
        for problem in report.problems {
            let mark =
                switch problem.severity {
                case .failure: style.bad("✗")
                case .unknown: style.unsure("?")
                case .warning: style.unsure("!")
                }
            lines.append("  \(mark) \(Console.printable(problem.description))")
        }
        if output.verbose {
            for check in report.checks {
                lines.append("  \(check.check.rawValue): \(check.outcome.rawValue), \(Console.printable(check.detail))")
            }
        }
        return lines.joined(separator: "\n")
    }
}
