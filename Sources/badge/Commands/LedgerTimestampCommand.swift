import ArgumentParser
import Issuing
import JSONCore
import OpenBadges

struct LedgerTimestampCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "timestamp",
        abstract: "Have an authority confirm that the signatures are there now (RFC 3161).",
        discussion: """
            Should a key ever be stolen, badges that were timestamped before stay good: badge publish then publishes the
            proof, and badge verify --timestamp-authority reads it. Run it daily. The authority sees one digest, and
            nothing of any badge.

            EXAMPLE:
              badge ledger timestamp --authority https://timestamps.example.org/ --certificates authority.pem
            """
    )

    @Option(help: ArgumentHelp("Where the authority is asked.", valueName: "url"))
    var authority: String

    @Option(help: ArgumentHelp("Certificates of the authority, or of who vouches for it.", valueName: "pem"))
    var certificates: String

    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let workspace = try workspace.open()
        guard workspace.hasLedger else {
            throw IssuingError(.notFound, "nothing was issued yet", hint: "badge issue RESULTS first")
        }
        let run = try TimestampRun(
            workspace: workspace,
            authority: authority,
            certificates: try CertificateFile.read(certificates)
        )
        let outcome = try await run.run(at: .now)
        if output.json {
            var line: JSONObject = ["signatures": JSON(outcome?.signatures ?? 0)]
            if let outcome {
                line["time"] = .string(outcome.time.description)
                line["root"] = .string(outcome.root)
            }
            Console.product(JSON.object(line).text)
        } else if let outcome {
            output.note("\(outcome.signatures) signatures are there since \(outcome.time), says the authority")
        } else {
            output.note("every signature has a timestamp already")
        }
    }
}
