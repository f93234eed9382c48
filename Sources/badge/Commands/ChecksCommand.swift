import ArgumentParser
import JSONCore
import OpenBadges

struct ChecksCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "checks",
        abstract: "List the checks of a verification, or say what a code means and what to do.",
        discussion: """
            EXAMPLE:
              badge checks
              badge checks KEY_NOT_BOUND
            """
    )

    @Argument(help: "A code, as it stands in a report.")
    var code: String?

    @Flag(help: "Print the whole catalogue as Markdown.")
    var markdown = false

    @OptionGroup var output: OutputOptions

    func validate() throws {
        if markdown, code != nil || output.json {
            throw ValidationError("--markdown prints the whole catalogue, and nothing else")
        }
    }

    func run() throws {
        if markdown { return Console.product(Array(CheckCatalog.markdown.utf8)) }
        guard let code else {
            for rule in CheckCatalog.rules { Console.product(output.json ? json(rule).text : line(rule)) }
            return
        }
        // People copy codes from anywhere, also out of a sentence.
        let name = code.uppercased()
        let rules = CheckCatalog.rules(of: name)
        guard !rules.isEmpty, let advice = CheckCatalog.advice(on: name) else {
            Console.error("no report bears that code", hint: "badge checks lists them all")
            throw ExitCode(ExitStatus.failure.rawValue)
        }
        guard !output.json else {
            return Console.product(
                JSON.object(["code": .string(name), "rules": .array(rules.map(json)), "advice": .string(advice)]).text
            )
        }
        Console.product(text(name, rules, advice))
    }

    private func line(_ rule: CheckCatalog.Rule) -> String {
        let style = output.style
        return "\(style.strong(rule.check.rawValue)): \(rule.sentence)\n"
            + "  \(mark(rule.consequence, style)): \(rule.codes.joined(separator: ", "))"
            + style.quiet(" (\(rule.source))")
    }

    private func text(_ code: String, _ rules: [CheckCatalog.Rule], _ advice: String) -> String {
        let style = output.style
        var lines = ["\(style.strong(code)) is reported where one of these does not hold:"]
        for rule in rules {
            lines.append("  \(rule.check.rawValue): \(rule.sentence)")
            lines.append("    \(mark(rule.consequence, style))" + style.quiet(" (\(rule.source))"))
        }
        lines.append("What to do: \(advice)")
        return lines.joined(separator: "\n")
    }

    private func mark(_ consequence: CheckCatalog.Consequence, _ style: Style) -> String {
        switch consequence {
        case .rejects: style.bad(consequence.rawValue)
        case .leavesOpen, .warns: style.unsure(consequence.rawValue)
        }
    }

    private func json(_ rule: CheckCatalog.Rule) -> JSON {
        [
            "check": .string(rule.check.rawValue), "rule": .string(rule.sentence),
            "codes": .array(rule.codes.map(JSON.string)), "consequence": .string(rule.consequence.rawValue),
            "source": .string(rule.source),
        ]
    }
}
