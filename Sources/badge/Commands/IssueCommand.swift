import ArgumentParser
import Issuing
import JSONCore
import OpenBadges

struct IssueCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "issue",
        abstract: "Decide results by policy, sign what is awarded, and record every answer.",
        discussion: """
            RESULTS are CSV files (headers are the paths of exam-result/1, or --map says which column is what) or NDJSON;
            reports of QTI, statements of xAPI, OneRoster archives and scores of LTI are known by what is in them.
            A row that cannot be read is set aside, beside its file, to be mended and issued; the others go through.
            All files are read first, and then every candidate in them is decided with all that is known of them.
            Running it again with the same results changes nothing.

            EXAMPLE:
              badge issue results/sample.csv --dry-run
            """
    )

    @Argument(help: "Files of exam results and other facts, or -.")
    var results: [String] = []

    @Option(help: ArgumentHelp("The policy; all in policies/ if left out.", valueName: "file"))
    var policy: String?

    @Flag(help: "Decide, and sign and record nothing.")
    var dryRun = false

    @Flag(help: "Decide anew what is held, and who has no answer yet.")
    var held = false

    @Option(help: ArgumentHelp("Only share I of N of the candidates, I from 0.", valueName: "i/n"))
    var shard: String?

    @Option(help: ArgumentHelp("When the badges are issued, RFC 3339; now if left out.", valueName: "date"))
    var at: String?

    @OptionGroup var intake: IntakeOptions
    @OptionGroup var passphrase: PassphraseOptions
    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if results.isEmpty && !held { throw ValidationError("name at least one file of results, or -; or --held") }
        if let at, Timestamp(at) == nil {
            throw ValidationError("--at takes a date and time with a zone, such as 2026-03-01T12:00:00Z")
        }
        if shard != nil, parsedShard == nil { throw ValidationError("--shard takes I/N, with I from 0 to N-1") }
    }

    func run() async throws {
        let workspace = try workspace.open()
        var options = IssueRun.Options(issuedAt: (at.flatMap { Timestamp($0) } ?? .now).wholeSeconds)
        options.isDryRun = dryRun
        options.shard = parsedShard
        options.endorsements = try await Endorsements(of: workspace, loader: WebLoader())
        for problem in options.endorsements.problems { Console.warning("\(problem.error): left out") }
        let run = try IssueRun(
            workspace: workspace,
            policies: try workspace.policies(named: policy),
            options: options,
            passphrase: passphrase.source
        )
        var tally = IssueTally()
        do {
            do {
                for file in results { try note(file, workspace, run, &tally) }
            } catch {
                // A file that cannot be read leaves those before it as they are.
                try decide(run, &tally)
                throw error
            }
            if held { try run.resume() }
            try decide(run, &tally)
        } catch {
            // What was recorded before stays recorded: say so before saying what went wrong.
            try? run.finish()
            if !dryRun && tally.answers > 0 {
                output.note("stopped after \(tally.answers) answers; those are recorded")
            }
            throw error
        }
        try run.finish()
        if output.json {
            Console.product(tally.json(isDryRun: dryRun).text)
        } else if !output.quiet {
            Console.product(tally.text(isDryRun: dryRun))
        }
        if tally.unmatched > 0 {
            Console.warning("\(tally.unmatched) results are of an exam that no policy is about")
        }
        if tally.setAside > 0 { throw ExitCode(ExitStatus.rejected.rawValue) }
    }

    /// Reads one file into the ledger.
    private func note(
        _ file: String,
        _ workspace: Workspace,
        _ run: IssueRun,
        _ tally: inout IssueTally
    ) throws {
        var reader = try intake.reader(file, mappings: workspace.path("mappings"))
        let aside = SetAsideWriter(
            path: SetAsideWriter.path(for: file, format: reader.format),
            header: reader.header,
            source: file == "-" || !reader.isVerbatim ? nil : file
        )
        var progress = ProgressBar("reading \(file)", total: FileSize.of(file), isQuiet: output.quiet || output.json)
        defer { progress.erase() }
        var chunk: [ExamResult] = []
        while let outcome = try reader.next() {
            switch outcome {
            case .result(let result, _):
                chunk.append(result)
                if chunk.count == Self.chunk {
                    try note(&chunk, run, &tally)
                    progress.update(reader.bytesRead, note: "\(tally.rows) rows")
                }
            case .setAside(let problem):
                tally.setAside(problem)
                if !dryRun { try aside.add(problem) }
                progress.erase()
                report(problem)
            case .duplicate(let position):
                tally.duplicates += 1
                if output.verbose {
                    output.note("\(position): DUPLICATE_ROW: skipped, it says again what an earlier row says")
                }
            }
        }
        try note(&chunk, run, &tally)
        tally.skipped += reader.skippedCount
        for warning in reader.warnings where !output.quiet { Console.warning(warning.description) }
        if let files = try aside.finish() {
            output.note("\(files.count) rows were set aside in \(files.rows), and why in \(files.problems)")
            Console.hint(
                reader.format == .oneroster
                    ? "mend the export itself: its rows say little without the other files of the archive"
                    : "mend them there, then: badge issue \(files.rows)\(intake.repeated)"
            )
        }
    }

    private func note(_ chunk: inout [ExamResult], _ run: IssueRun, _ tally: inout IssueTally) throws {
        let unmatched = try run.note(chunk)
        tally.rows += chunk.count
        chunk.removeAll(keepingCapacity: true)
        for outcome in unmatched { report(outcome, &tally) }
    }

    /// Decides all that was read.
    private func decide(_ run: IssueRun, _ tally: inout IssueTally) throws {
        let total = try run.waiting
        var progress = ProgressBar("issuing", total: max(1, total), isQuiet: output.quiet || output.json)
        defer { progress.erase() }
        try run.decide { outcomes in
            for outcome in outcomes { report(outcome, &tally) }
            progress.update(total - (try run.waiting), note: "\(tally.awarded) awarded")
        }
        tally.corrected = run.corrected
    }

    private func report(_ outcome: IssueRun.Outcome, _ tally: inout IssueTally) {
        tally.count(outcome)
        if output.json {
            Console.product(IssueTally.line(outcome).text)
        } else if output.verbose {
            output.note("\(outcome.result): \(outcome.decision.decision.rawValue), \(outcome.decision.explanation)")
        }
    }

    private func report(_ problem: RowProblem) {
        if output.json {
            Console.product(IssueTally.line(problem).text)
        } else {
            Console.warning("\(problem.description): set aside")
            if let hint = problem.error.hint { Console.hint(hint) }
        }
    }

    private var parsedShard: IssueRun.Shard? {
        guard let parts = shard?.split(separator: "/"), parts.count == 2, let index = Int(parts[0]),
            let count = Int(parts[1])
        else { return nil }
        return IssueRun.Shard(index: index, count: count)
    }

    /// Rows that go through at once: enough for both cores, few enough for flat memory.
    private static let chunk = 512
}
