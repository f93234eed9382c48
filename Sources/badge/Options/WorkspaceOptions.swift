import ArgumentParser
import Glibc
import Issuing

/// Which issuer's workspace a command works in.
struct WorkspaceOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The issuer's workspace; the current folder if left out.", valueName: "dir"))
    var workspace: String?

    /// Opens the workspace where there is one; one that was named has to be there.
    func openIfThere() throws -> Workspace? {
        workspace == nil && !Workspace.isWorkspace(".") ? nil : try open()
    }

    /// Opens the workspace. `BADGE_LEDGER_WAIT` says how many seconds to wait for another writer; 30 if it is not set.
    func open() throws -> Workspace {
        var workspace = try Workspace(directory: workspace ?? ".")
        if let text = getenv("BADGE_LEDGER_WAIT").map({ String(cString: $0) }) {
            // A day is longer than anyone waits, and SQLite counts in milliseconds of 32 bits.
            guard let wait = Double(text), (0...86_400).contains(wait) else {
                throw ValidationError("BADGE_LEDGER_WAIT takes seconds, from 0 to 86400")
            }
            workspace.ledgerWait = wait
        }
        return workspace
    }
}
