import ArgumentParser
import Issuing
import JSONCore
import OpenBadges

struct NotifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "notify",
        abstract: "Write the letters that wait: invitations, score reports, awards.",
        discussion: """
            Letters go into a Maildir folder as RFC 5322 files, each once; a mail client or a mailer takes them from there.
            A workspace's own texts stand in templates/NAME.LOCALE.txt and .html.

            EXAMPLE:
              badge notify --to letters
            """
    )

    @Option(help: ArgumentHelp("The Maildir; the workspace's letters/ if left out.", valueName: "dir"))
    var to: String?

    @Option(help: ArgumentHelp("The language of the letters: en, de, or one of templates/.", valueName: "locale"))
    var locale = "en"

    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        let isName = locale.utf8.allSatisfy { (0x61...0x7A).contains($0 | 0x20) || $0 == UInt8(ascii: "-") }
        guard isName, !locale.isEmpty else { throw ValidationError("--locale takes a language tag, such as en or de") }
    }

    func run() throws {
        let workspace = try workspace.open()
        let place = to ?? workspace.path("letters")
        var postman = try Postman(workspace: workspace, locale: locale)
        let count = try postman.deliver(to: place, at: .now)
        if output.json {
            let line: JSON = ["directory": .string(place), "letters": JSON(count)]
            Console.product(line.text)
        } else if !output.quiet {
            Console.product(count == 0 ? "no letter waits" : "\(count) letters in \(place)/new")
        }
    }
}
