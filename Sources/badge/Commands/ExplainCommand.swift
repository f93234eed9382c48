import ArgumentParser
import Issuing
import JSONCore
import OpenBadges

struct ExplainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Say why a badge was awarded, held or denied, requirement by requirement.",
        discussion: """
            It prints what the ledger recorded; with --as-of what a candidate's records come to at a date, worked out anew
            by the policies as they are, with the facts that were used.

            EXAMPLE:
              badge explain ada@example.org
              badge explain ada@example.org --as-of 2026-03-01T00:00:00Z
              badge explain R-0001
              badge explain --all --json
            """
    )

    @Argument(help: "A candidate's e-mail address, a result's id, or a badge's id.")
    var name: String?

    @Flag(help: "Where every candidate stands, a line each.")
    var all = false

    @Option(
        help: ArgumentHelp(
            "Decide anew with the facts up to then, RFC 3339 with zone; records nothing.",
            valueName: "date"
        )
    )
    var asOf: String?

    @Option(help: ArgumentHelp("The policy for --as-of; all in policies/ if left out.", valueName: "file"))
    var policy: String?

    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if let asOf, Timestamp(asOf) == nil {
            throw ValidationError("--as-of takes a date and time with a zone, such as 2026-03-01T12:00:00Z")
        }
        if asOf != nil, name == nil { throw ValidationError("--as-of is about one candidate: name their address") }
        if (name == nil) != all { throw ValidationError("name a candidate, a result or a badge; or --all") }
    }

    func run() throws {
        let workspace = try workspace.open()
        guard workspace.hasLedger else {
            throw IssuingError(.notFound, "nothing was issued yet", hint: "badge issue RESULTS first")
        }
        if let time = asOf.flatMap({ Timestamp($0) }), let name {
            let policies = try workspace.policies(named: policy)
            for evaluation in try workspace.evaluations(of: name, by: policies, asOf: time) {
                Console.product(output.json ? Self.json(evaluation).text : text(evaluation, time))
            }
            return
        }
        let ledger = try workspace.openLedger(readOnly: true)
        guard let name else {
            for decision in try ledger.standings() {
                Console.product(output.json ? Self.standing(decision).text : Self.line(decision))
            }
            return
        }
        var decisions = try ledger.decisions(about: name)
        if decisions.isEmpty, name.contains("@") {
            for address in try workspace.addresses(of: name) { decisions += try ledger.decisions(about: address) }
        }
        guard !decisions.isEmpty else {
            throw IssuingError(
                .notFound,
                "the ledger knows nobody and nothing by that name",
                hint: "give a candidate's e-mail address, a result's id, or a badge's id"
            )
        }
        for decision in decisions {
            Console.product(output.json ? json(decision).text : text(decision))
        }
    }

    /// Where a candidate stands, and which requirement it hangs on.
    private static func standing(_ decision: LedgerDecision) -> JSON {
        let code = decision.receipt["code"]?.string
        let requirement = decision.receipt["requirements"]?.array?.first {
            $0["code"]?.string == code && $0["state"]?.string != "met"
        }
        return [
            "candidate": .string(decision.candidate),
            "policy": .string(decision.policy),
            "decision": .string(decision.answer),
            "requirement": requirement?["id"] ?? .null,
            "reason": code.map(JSON.string) ?? .null,
            "badge": decision.badge.map(JSON.string) ?? .null,
        ]
    }

    private static func line(_ decision: LedgerDecision) -> String {
        let words = [decision.candidate, decision.answer, decision.receipt["code"]?.string ?? "", decision.policy]
        return words.map { Console.printable($0) }.joined(separator: "\t")
    }

    private func text(_ decision: LedgerDecision) -> String {
        let style = output.style
        let answer =
            switch decision.answer {
            case "award": style.good("awarded")
            case "deny": style.bad("denied")
            default: style.unsure("held")
            }
        var lines = [
            "\(style.strong(Console.printable(decision.result))): \(answer) on \(decision.decidedAt) by "
                + Console.printable(decision.policy)
        ]
        lines += reasons(decision.receipt)
        if let badge = decision.badge { lines.append("  badge \(badge)") }
        return lines.joined(separator: "\n")
    }

    private func text(_ evaluation: CandidateEvaluation, _ time: Timestamp) -> String {
        let style = output.style
        let answer =
            switch evaluation.decision.decision {
            case .award: style.good("award")
            case .deny: style.bad("deny")
            default: style.unsure("hold")
            }
        var lines = ["\(answer) as of \(time) by \(Console.printable(evaluation.decision.policy))"]
        lines += reasons(evaluation.decision.json())
        if let credential = evaluation.credential { lines.append("  credential \(credential)") }
        return lines.joined(separator: "\n")
    }

    private static func json(_ evaluation: CandidateEvaluation) -> JSON {
        [
            "evaluation": evaluation.decision.json(),
            "credential": evaluation.credential.map(JSON.string) ?? .null,
        ]
    }

    /// What a decision came to, requirement by requirement, with the facts that were used.
    private func reasons(_ receipt: JSON) -> [String] {
        let style = output.style
        var lines: [String] = []
        lines.append("  \(receipt["code"]?.string ?? ""): \(Console.printable(receipt["explanation"]?.string ?? ""))")
        for requirement in receipt["requirements"]?.array ?? [] {
            let state = requirement["state"]?.string ?? ""
            let mark =
                switch state {
                case "met": style.good("✓")
                case "unmet": style.bad("✗")
                default: style.unsure("?")
                }
            let id = Console.printable(requirement["id"]?.string ?? "")
            let explanation = Console.printable(requirement["explanation"]?.string ?? "")
            let facts = (requirement["facts"]?.array ?? []).compactMap(\.string).map { Console.printable($0) }
            let used = facts.isEmpty ? "" : " (\(facts.joined(separator: ", ")))"
            lines.append("  \(mark) \(id): \(state), \(explanation)\(used)")
        }
        return lines
    }

    private func json(_ decision: LedgerDecision) -> JSON {
        [
            "result": .string(decision.result),
            "policy": .string(decision.policy),
            "revision": JSON(decision.revision),
            "answer": .string(decision.answer),
            "decidedAt": .string(decision.decidedAt),
            "badge": decision.badge.map(JSON.string) ?? .null,
            "receipt": decision.receipt,
        ]
    }
}
