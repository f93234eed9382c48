import ArgumentParser
import Issuing
import JSONCore
import OpenBadges

/// What `revoke`, `suspend` and `reinstate` have in common: which badges, why, and how it is told.
struct StatusOptions: ParsableArguments {
    @Argument(help: "Badges: ids, URLs, files of them, or candidates' e-mail addresses.")
    var names: [String] = []

    @Option(help: ArgumentHelp("All badges of a policy, by its id.", valueName: "id"))
    var policy: String?

    @Option(help: ArgumentHelp("A file with a name a line.", valueName: "file"))
    var list: String?

    @Option(help: ArgumentHelp("Why, for all to read: it is published.", valueName: "text"))
    var reason: String?

    @Option(help: ArgumentHelp("When, RFC 3339; now if left out.", valueName: "date"))
    var at: String?

    @OptionGroup var passphrase: PassphraseOptions
    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if names.isEmpty, policy == nil, list == nil { throw ValidationError("name a badge, or --policy, or --list") }
        if let at, Timestamp(at) == nil {
            throw ValidationError("--at takes a date and time with a zone, such as 2026-03-01T12:00:00Z")
        }
    }

    func run(_ action: StatusRun.Action, done: String) throws {
        let workspace = try workspace.open()
        let time = (at.flatMap { Timestamp($0) } ?? .now).wholeSeconds
        let run = try StatusRun(workspace: workspace, at: time, passphrase: passphrase.source)
        let ledger = try workspace.openLedger(readOnly: true)
        var badges: [String] = []
        var seen: Set<String> = []
        for selection in try selections() {
            for badge in try workspace.badges(selection, in: ledger) where seen.insert(badge).inserted {
                badges.append(badge)
            }
        }
        let outcomes = try run.apply(action, to: badges, reason: reason)
        let changed = outcomes.count { $0.isChanged }
        if output.json {
            for outcome in outcomes {
                let line: JSON = [
                    "badge": .string(outcome.badge), "action": .string(action.rawValue),
                    "changed": .bool(outcome.isChanged),
                ]
                Console.product(line.text)
            }
        } else if !output.quiet {
            Console.product(
                "\(changed) badges \(done)"
                    + (changed < outcomes.count ? ", \(outcomes.count - changed) were so before" : "")
            )
        }
        if changed > 0 { output.note("badge publish says so to the world") }
    }

    private func selections() throws -> [BadgeSelection] {
        var all = names
        if let list {
            guard let bytes = FileBytes.read(list, limit: 64 << 20) else {
                throw IssuingError(.fileUnreadable, "the list cannot be read", file: list)
            }
            all += String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline).map { String($0) }
                .filter { !$0.isEmpty }
        }
        var selections = try all.map { try Self.selection($0) }
        if let policy { selections.append(.policy(policy)) }
        return selections
    }

    /// What a name on the command line means.
    static func selection(_ name: String) throws -> BadgeSelection {
        guard FileStore.exists(name) else {
            return name.contains("@") && !name.contains("/") ? .candidate(name) : .badge(name)
        }
        guard let bytes = FileBytes.read(name, limit: 32 << 20) else {
            throw IssuingError(.fileUnreadable, "the badge cannot be read", file: name)
        }
        // A signed assertion of Open Badges 2.0 has an id of its own, and names its twin.
        let document = InspectedBadge(name: name, bytes: bytes).json["document"] ?? .null
        let related = document["related"]
        let ids = [document["id"], related?["id"], related?[0]?["id"], related, related?[0]].compactMap { $0?.string }
        guard let id = ids.first(where: { $0.contains("/credentials/") }) ?? ids.first else {
            throw IssuingError(.notFound, "there is no badge with an id in the file", file: name)
        }
        return .badge(id)
    }
}
