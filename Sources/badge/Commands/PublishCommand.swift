import ArgumentParser
import Issuing
import JSONCore
import OpenBadges

struct PublishCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "publish",
        abstract: "Render the hosted directory from the ledger.",
        discussion: """
            Serve the directory under the base URL of issuer.yaml with any web server. Publishing again changes nothing
            unless something was issued, revoked or configured since; of a large directory only that is looked at, and
            everything with --full. Files of ours that are no longer part of it are taken away, others are left alone.

            A bucket is written as s3://NAME/PREFIX; endpoint, region and credentials are the AWS conventions' own
            (AWS_ENDPOINT_URL, AWS_REGION, AWS_ACCESS_KEY_ID, …, ~/.aws).

            EXAMPLE:
              badge publish --to /var/www/badges
              badge publish --to s3://badges-example/public
            """
    )

    @Option(help: ArgumentHelp("Where to; the workspace's public/ if left out.", valueName: "dir|s3://…"))
    var to: String?

    @Flag(help: "Say what would change, and change nothing.")
    var dryRun = false

    @Flag(help: "Look at every file, also of a large directory.")
    var full = false

    @Option(help: ArgumentHelp("When, RFC 3339; now if left out. Status lists are renewed by it.", valueName: "date"))
    var at: String?

    @OptionGroup var passphrase: PassphraseOptions
    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if let at, Timestamp(at) == nil {
            throw ValidationError("--at takes a date and time with a zone, such as 2026-03-01T12:00:00Z")
        }
    }

    func run() throws {
        let workspace = try workspace.open()
        if !dryRun { try renew(workspace) }
        var options = Publisher.Options()
        (options.isDryRun, options.isFull) = (dryRun, full)
        let publisher: Publisher
        if let to, to.hasPrefix("s3://") {
            publisher = try Publisher(workspace: workspace, bucket: BucketLocation(parsing: to), options: options)
        } else {
            publisher = try Publisher(workspace: workspace, directory: to, options: options)
        }
        var progress = ProgressBar("publishing", total: 1000, isQuiet: output.quiet || output.json)
        let (isShown, isJSON) = (dryRun || output.verbose, output.json)
        let summary = try publisher.publish { change, path in
            guard isShown else { return }
            let line: JSON = ["change": .string(change.rawValue), "path": .string(path)]
            Console.product(isJSON ? line.text : "\(change.rawValue) \(path)")
        } progress: { done, total in
            progress.update(done * 1000 / max(1, total), note: "\(done) of \(total) badges")
        }
        progress.erase()
        let place = to ?? workspace.publicDirectory
        if output.json {
            let line: JSON = [
                "directory": .string(place), "badges": JSON(summary.badges), "files": JSON(summary.files),
                "written": JSON(summary.written), "removed": JSON(summary.removed), "full": .bool(summary.isFull),
                "dryRun": .bool(dryRun),
            ]
            Console.product(line.text)
        } else if !output.quiet {
            let changes = summary.written + summary.removed
            let written = "\(summary.written) \(dryRun ? "would be" : "were") written"
            let removed = summary.removed == 0 ? "" : ", \(summary.removed) taken away"
            let change = changes == 0 ? "nothing had to be written" : written + removed
            Console.product("\(summary.badges) badges in \(place): \(summary.files) files, \(change)")
        }
    }

    /// Signs status lists anew whose validity is half over; where a key cannot be opened, they hold for a while yet.
    private func renew(_ workspace: Workspace) throws {
        let time = (at.flatMap { Timestamp($0) } ?? .now).wholeSeconds
        guard try workspace.needsRenewal(at: time) else { return }
        do {
            let count = try StatusRun(workspace: workspace, at: time, passphrase: passphrase.source).renew()
            output.note("\(count) status lists were signed anew")
        } catch {
            guard Self.isAboutKeys(error.code) else { throw error }
            Console.warning("status lists have to be signed anew, and cannot be: \(error.detail)")
        }
    }

    private static func isAboutKeys(_ code: IssuingError.Code) -> Bool {
        [.keyMissing, .keyRetired, .keyUnreadable, .keyExposed, .passphraseRequired, .wrongPassphrase].contains(code)
    }
}
