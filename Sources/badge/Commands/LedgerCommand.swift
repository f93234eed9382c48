import ArgumentParser
import Glibc
import Issuing
import JSONCore
import OpenBadges

struct LedgerCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ledger",
        abstract: "Look after the record of all that was decided and issued.",
        discussion: """
            EXAMPLE:
              badge ledger check
              badge ledger timestamp --authority https://timestamps.example.org/ --certificates authority.pem
              badge ledger backup /var/backups/badges-$(date +%F).sqlite
            """,
        subcommands: [Check.self, LedgerTimestampCommand.self, Backup.self, Export.self, Import.self]
    )

    struct Check: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Say whether the ledger is whole: the file, its rules, and the chain over all rows.",
            discussion: """
                Prints the head of the chain. Note it somewhere else: --head proves later that nothing before it was changed,
                and that nothing was cut off. Exit code 2 where something is wrong.

                EXAMPLE:
                  badge ledger check
                """
        )

        @Option(help: ArgumentHelp("A head that was noted before.", valueName: "hex"))
        var head: String?

        @OptionGroup var workspace: WorkspaceOptions
        @OptionGroup var output: OutputOptions

        func run() throws {
            let health = try workspace.open().existingLedger().check(against: head)
            if output.json {
                let line: JSON = [
                    "whole": .bool(health.problems.isEmpty), "links": JSON(health.links), "head": .string(health.head),
                    "problems": .array(health.problems.map(JSON.string)),
                ]
                Console.product(line.text)
            } else {
                for problem in health.problems {
                    Console.product("\(output.style.bad("✗")) \(Console.printable(problem))")
                }
                if health.problems.isEmpty {
                    Console.product("\(output.style.good("✓")) whole, \(health.links) links, head \(health.head)")
                } else {
                    Console.hint(
                        "what is before the first of them can be trusted; take the last good backup for the rest"
                    )
                }
            }
            if !health.problems.isEmpty { throw ExitCode(ExitStatus.rejected.rawValue) }
        }
    }

    struct Backup: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Copy the ledger into a file, while others go on using it.",
            discussion: """
                The keys are not in it: Keys/ has to be kept as well, above all Keys/id.secret.

                EXAMPLE:
                  badge ledger backup ledger-2026-03-01.sqlite
                """
        )

        @Argument(help: "The file to make.")
        var file: String

        @OptionGroup var workspace: WorkspaceOptions
        @OptionGroup var output: OutputOptions

        func run() throws {
            try workspace.open().existingLedger().backUp(to: file)
            output.note("the ledger is copied to \(file); Keys/ has to be kept as well")
        }
    }

    struct Export: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print the whole ledger as JSON, a row a line.",
            discussion: """
                It has personal data: candidates' addresses and results.

                EXAMPLE:
                  badge ledger export > ledger.ndjson
                """
        )

        @OptionGroup var workspace: WorkspaceOptions

        func run() throws {
            var bytes: [UInt8] = []
            try workspace.open().existingLedger().export { line in
                line.serialize(into: &bytes)
                bytes.append(0x0A)
                if bytes.count > 1 << 16 {
                    Console.product(bytes)
                    bytes.removeAll(keepingCapacity: true)
                }
            }
            Console.product(bytes)
        }
    }

    struct Import: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "import",
            abstract: "Make the ledger of a workspace that has none from an export.",
            discussion: """
                What comes in is checked to be the ledger that went out, row by row and by its head.

                EXAMPLE:
                  badge ledger import ledger.ndjson
                """
        )

        @Argument(help: "A file that export has printed, or -.")
        var file: String

        @OptionGroup var workspace: WorkspaceOptions
        @OptionGroup var output: OutputOptions

        func run() throws {
            let workspace = try workspace.open()
            guard let stream = fopen(file == "-" ? "/dev/stdin" : file, "re") else {
                throw IssuingError(.fileUnreadable, "the export cannot be read", file: file)
            }
            defer { fclose(stream) }
            var line: UnsafeMutablePointer<CChar>?
            var room = 0
            defer { free(line) }
            let health = try Ledger.restore(to: workspace.ledgerPath) {
                let count = getline(&line, &room, stream)
                guard count > 0, let line else { return nil }
                return [UInt8](UnsafeRawBufferPointer(start: line, count: count))
            }
            Console.product(
                output.json
                    ? JSON.object(["links": JSON(health.links), "head": .string(health.head)]).text
                    : "imported: \(health.links) links, head \(health.head)"
            )
        }
    }
}

extension Workspace {
    /// The ledger, for reading.
    fileprivate func existingLedger() throws(IssuingError) -> Ledger {
        guard hasLedger else {
            throw IssuingError(.notFound, "nothing was issued yet", hint: "badge issue RESULTS first")
        }
        return try openLedger(readOnly: true)
    }
}
