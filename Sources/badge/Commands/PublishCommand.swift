import ArgumentParser
import Issuing
import JSONCore

struct PublishCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "publish",
        abstract: "Render the hosted directory from the ledger.",
        discussion: """
            Serve the directory under the base URL of issuer.yaml with any web server. Publishing again changes nothing
            unless something was issued since.

            EXAMPLE:
              badge publish --to /var/www/badges
            """
    )

    @Option(help: ArgumentHelp("Where to; the workspace's public/ if left out.", valueName: "dir"))
    var to: String?

    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if let to, to.hasPrefix("s3://") { throw ValidationError("publishing to a bucket is not there yet") }
    }

    func run() throws {
        let workspace = try workspace.open()
        let publisher = try Publisher(workspace: workspace, directory: to)
        var progress = ProgressBar("publishing", total: 1000, isQuiet: output.quiet || output.json)
        let summary = try publisher.publish { done, total in
            progress.update(done * 1000 / max(1, total), note: "\(done) of \(total) badges")
        }
        progress.erase()
        let place = to ?? workspace.publicDirectory
        if output.json {
            let line: JSON = [
                "directory": .string(place), "badges": JSON(summary.badges), "files": JSON(summary.files),
                "written": JSON(summary.written),
            ]
            Console.product(line.text)
        } else if !output.quiet {
            let change = summary.written == 0 ? "nothing had to be written" : "\(summary.written) were written"
            Console.product("\(summary.badges) badges in \(place): \(summary.files) files, \(change)")
        }
    }
}
