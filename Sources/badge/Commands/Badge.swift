import ArgumentParser

struct Badge: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "badge",
        abstract: "Issue, publish and verify Open Badges 2.0 and 3.0.",
        discussion: """
            EXAMPLE, from an empty folder:
              badge init demo && cd demo
              badge issue results/sample.csv
              badge publish
              badge verify public/credentials

            EXIT CODES: 0 done, all verified; 1 could not do it; 2 at least one rejected, a row set aside, or something found
            wrong; 3 at least one undetermined, or letters still wait; 64 usage.
            """,
        version: "0.1.0",
        subcommands: [
            InitCommand.self, IssueCommand.self, PublishCommand.self, RevokeCommand.self, SuspendCommand.self,
            ReinstateCommand.self, ExplainCommand.self, VerifyCommand.self,
            InspectCommand.self, LintCommand.self, ChecksCommand.self, BakeCommand.self, UnbakeCommand.self,
            CanonicalizeCommand.self,
            HostingCommand.self, DoctorCommand.self, AuditCommand.self, ArchiveCommand.self, LedgerCommand.self,
            EndorseCommand.self, IntakeCommand.self, PolicyCommand.self,
            NotifyCommand.self,
            KeyCommand.self,
        ]
    )
}
