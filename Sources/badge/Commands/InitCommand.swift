import ArgumentParser
import Issuing
import JSONCore

struct InitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Make an issuer's workspace that works as it stands.",
        discussion: """
            EXAMPLE:
              badge init demo && cd demo
            """
    )

    @Argument(help: "The folder to make; it must be new or empty.")
    var directory: String

    @Option(help: ArgumentHelp("Where the badges will be hosted.", valueName: "url"))
    var baseURL = "https://badges.example.org"

    @Option(help: ArgumentHelp("The issuer's name.", valueName: "name"))
    var name = "Example Examinations Office"

    @Option(help: ArgumentHelp("The issuer's contact address.", valueName: "address"))
    var email = "exams@example.org"

    @OptionGroup var output: OutputOptions

    func run() throws {
        let workspace = WorkspaceTemplate(baseURL: baseURL, name: name, email: email)
        let files = try workspace.create(in: directory)
        if output.json {
            let line: JSON = ["directory": .string(directory), "files": JSON(files)]
            return Console.product(line.text)
        }
        output.note("made \(directory)/ with \(files) files: keys, issuer.yaml, a policy, sample results, an image")
        output.note("next: cd \(directory) && badge issue results/sample.csv && badge publish")
    }
}
