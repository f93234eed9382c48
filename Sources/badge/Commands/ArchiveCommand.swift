import ArgumentParser
import Issuing
import JSONCore
import OpenBadges

struct ArchiveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "archive",
        abstract: "Write what is needed to verify badges without the issuer's site.",
        discussion: """
            DIR gets badges/ with every form of the badges, and the documents that they name: keys, classes, status lists as
            they are published. badge verify DIR/badges --documents DIR --offline --at DATE reads it, years later.

            EXAMPLE:
              badge archive --all /var/archive/badges
              badge archive ada@example.org /tmp/ada
            """
    )

    @Argument(help: "Badges (ids, URLs, files, candidates' addresses), and at the end the folder.")
    var arguments: [String]

    @Flag(help: "All badges.")
    var all = false

    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if all != (arguments.count == 1) { throw ValidationError("name badges and a folder, or --all and a folder") }
    }

    func run() async throws {
        let workspace = try workspace.open()
        guard workspace.hasLedger else {
            throw IssuingError(.notFound, "nothing was issued yet", hint: "badge issue RESULTS first")
        }
        guard FileStore.isDirectory(workspace.publicDirectory) else {
            throw IssuingError(.notFound, "nothing was published yet", hint: "badge publish first")
        }
        let folder = arguments[arguments.count - 1]
        let ledger = try workspace.openLedger(readOnly: true)
        var badges: [String] = []
        if all {
            try ledger.forEachDecision { decision in if let badge = decision.badge { badges.append(badge) } }
        } else {
            for name in arguments.dropLast() {
                badges += try workspace.badges(StatusOptions.selection(name), in: ledger)
            }
        }
        let archive = DocumentArchive(workspace.siteLoader)
        let verifier = Verifier(loader: archive)
        var files = 0
        for badge in badges {
            let source = "\(workspace.publicDirectory)/credentials/\(badge.prefix(2))/\(badge)"
            guard FileStore.isDirectory(source) else {
                throw IssuingError(.notFound, "the badge \(badge) is not published yet", hint: "badge publish first")
            }
            try FileStore.createDirectory("\(folder)/badges/\(badge)")
            for name in try FileStore.names(in: source).sorted() where !name.hasPrefix(".") {
                guard let bytes = FileBytes.read("\(source)/\(name)", limit: 64 << 20) else {
                    throw IssuingError(.fileUnreadable, "the badge's file cannot be read", file: "\(source)/\(name)")
                }
                try FileStore.replace("\(folder)/badges/\(badge)/\(name)", bytes, mode: 0o644)
                // Verifying it asks for everything that it names.
                _ = await verifier.verify(bytes, name: name)
                files += 1
            }
        }
        try ArchiveFolder.add(archive, to: folder)
        if output.json {
            Console.product(JSON.object(["badges": JSON(badges.count), "files": JSON(files)]).text)
        } else if !output.quiet {
            Console.product(
                "\(badges.count) badges in \(folder): badge verify \(folder)/badges --documents \(folder) --offline"
            )
        }
    }
}
