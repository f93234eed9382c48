import ArgumentParser
import Issuing
import JSONCore
import OpenBadges
import Transport

struct NotifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "notify",
        abstract: "Write the letters that wait: invitations, score reports, awards.",
        discussion: """
            Letters go into a Maildir folder as RFC 5322 files, from where a mail client or a mailer takes them; or with
            --smtp to a mail server, over TLS unless it is this machine itself. Each goes out once. What a server postpones
            is tried again with growing pauses, and then by the next run. A workspace's own texts stand in
            templates/NAME.LOCALE.txt and .html.

            Exit code 2 where the server refused a letter for good, 3 where some are still waiting.

            EXAMPLE:
              badge notify --to letters
              badge notify --smtp smtp://mail.example.org:587 --user badges --password-env SMTP_PASSWORD
            """
    )

    @Option(help: ArgumentHelp("The Maildir; the workspace's letters/ if left out.", valueName: "dir"))
    var to: String?

    @Option(help: ArgumentHelp("The mail server: smtp://HOST:PORT (STARTTLS) or smtps://HOST:PORT.", valueName: "url"))
    var smtp: String?

    @Option(help: ArgumentHelp("The name to log in to the mail server with.", valueName: "name"))
    var user: String?

    @Option(help: ArgumentHelp("Read the mail server's password from an environment variable.", valueName: "name"))
    var passwordEnv: String?

    @Option(help: ArgumentHelp("Read the mail server's password from a file (its first line).", valueName: "file"))
    var passwordFile: String?

    @Option(
        help: ArgumentHelp(
            "Root certificates for the mail server, PEM, in the place of the system's.",
            valueName: "file"
        )
    )
    var smtpRoots: String?

    @Option(help: "How often a letter is tried that the mail server postpones.")
    var rounds = 6

    @Option(help: ArgumentHelp("The language of the letters: en, de, or one of templates/.", valueName: "locale"))
    var locale = "en"

    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        let isName = locale.utf8.allSatisfy { (0x61...0x7A).contains($0 | 0x20) || $0 == UInt8(ascii: "-") }
        if smtp != nil, to != nil { throw ValidationError("--to and --smtp are two ways: name one") }
        if smtp == nil, [user, passwordEnv, passwordFile, smtpRoots].contains(where: { $0 != nil }) {
            throw ValidationError("a name, a password and roots are for --smtp")
        }
        guard rounds >= 1 else { throw ValidationError("--rounds is 1 at least") }
        guard isName, !locale.isEmpty else { throw ValidationError("--locale takes a language tag, such as en or de") }
    }

    func run() throws {
        let workspace = try workspace.open()
        var postman = try Postman(workspace: workspace, locale: locale)
        if let smtp {
            try send(smtp, &postman)
        } else {
            let place = to ?? workspace.path("letters")
            let count = try postman.deliver(to: place, at: .now)
            if output.json {
                let line: JSON = ["directory": .string(place), "letters": JSON(count)]
                Console.product(line.text)
            } else if !output.quiet {
                Console.product(count == 0 ? "no letter waits" : "\(count) letters in \(place)/new")
            }
        }
    }

    private func send(_ url: String, _ postman: inout Postman) throws {
        var relay = try MailRelay(parsing: url)
        relay.user = user
        relay.rootsFile = smtpRoots
        relay.password = try PassphraseOptions.secret(file: passwordFile, variable: passwordEnv) ?? []
        if user != nil, relay.password.isEmpty {
            throw ValidationError("--user needs --password-env or --password-file")
        }
        let dispatch = try postman.send(by: relay, patience: .init(rounds: rounds))
        let refused = dispatch.refused.values.reduce(0, +)
        if output.json {
            let line: JSON = [
                "sent": JSON(dispatch.sent), "refused": JSON(refused), "postponed": JSON(dispatch.postponed),
            ]
            Console.product(line.text)
        } else if !output.quiet {
            Console.product("\(dispatch.sent) letters sent")
        }
        for (answer, count) in dispatch.refused.sorted(by: { $0.key < $1.key }) {
            Console.warning("the server refused \(count) letters for good (\(answer)); they wait")
        }
        if dispatch.postponed > 0 {
            Console.warning("\(dispatch.postponed) letters could not go out yet; run it again")
        }
        if refused > 0 { throw ExitCode(ExitStatus.rejected.rawValue) }
        if dispatch.postponed > 0 { throw ExitCode(ExitStatus.undetermined.rawValue) }
    }
}
