import ArgumentParser
import Issuing

struct RevokeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "revoke",
        abstract: "Take badges back, for good.",
        discussion: """
            All forms of a badge are revoked together, in the ledger and in newly signed status lists; badge publish says so
            to the world.

            EXAMPLE:
              badge revoke ada@example.org --reason "awarded by mistake"
            """
    )
    @OptionGroup var status: StatusOptions
    func run() throws { try status.run(.revoke, done: "revoked") }
}

struct SuspendCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "suspend",
        abstract: "Take badges back for the time being.",
        discussion: """
            Only badges that were issued under status: [revocation, suspension] can be suspended. In Open Badges 2.0, which
            has no suspension, they are revoked meanwhile.

            EXAMPLE:
              badge suspend ada@example.org --reason "under review"
            """
    )
    @OptionGroup var status: StatusOptions
    func run() throws { try status.run(.suspend, done: "suspended") }
}

struct ReinstateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reinstate",
        abstract: "End the suspension of badges.",
        discussion: """
            EXAMPLE:
              badge reinstate ada@example.org
            """
    )
    @OptionGroup var status: StatusOptions
    func run() throws { try status.run(.reinstate, done: "reinstated") }
}
