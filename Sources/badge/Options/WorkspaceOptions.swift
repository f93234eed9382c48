import ArgumentParser
import Glibc
import Issuing

/// Which issuer's workspace a command works in.
struct WorkspaceOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The issuer's workspace; the current folder if left out.", valueName: "dir"))
    var workspace: String?

    /// Opens the workspace. `BADGE_LEDGER_WAIT` says how many seconds to wait for another writer; 30 if it is not set.
    func open() throws -> Workspace {
        var workspace = try Workspace(directory: workspace ?? ".")
        if let wait = getenv("BADGE_LEDGER_WAIT").flatMap({ Double(String(cString: $0)) }), wait >= 0 {
            workspace.ledgerWait = wait
        }
        return workspace
    }
}
