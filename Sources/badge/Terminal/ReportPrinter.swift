import JSONCore
import OpenBadges

/// Prints verification reports: a JSON line each, or text for people.
struct ReportPrinter {
    private let output: OutputOptions
    private let paragraph = Paragraph()

    init(output: OutputOptions) {
        self.output = output
    }

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
        lines.append(paragraph.lines(Console.printable(report.sentence), indent: 2))
        let answers = report.answers
        lines.append(
            style.quiet(
                paragraph.lines(
                    "authentic: \(answers.authentic.rawValue) · current: \(answers.current.rawValue)"
                        + " · subject: \(answers.subject.rawValue) · issuer: \(answers.issuer.rawValue)"
                        + " · content: \(answers.content.rawValue)",
                    indent: 2
                )
            )
        )
        for problem in report.problems {
            let mark =
                switch problem.severity {
                case .failure: style.bad("✗")
                case .unknown: style.unsure("?")
                case .warning: style.unsure("!")
                }
            let text = paragraph.lines(Console.printable(problem.description), indent: 4)
            lines.append("  \(mark) \(text.dropFirst(4))")
        }
        if output.verbose {
            for check in report.checks {
                let text = "\(check.check.rawValue): \(check.outcome.rawValue), \(Console.printable(check.detail))"
                lines.append(paragraph.lines(text, indent: 2))
            }
        }
        return lines.joined(separator: "\n")
    }
}
