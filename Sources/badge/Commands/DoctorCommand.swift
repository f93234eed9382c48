import ArgumentParser
import Issuing
import JSONCore
import OpenBadges

struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Look the published site over, as strangers will, and verify one badge of each form.",
        discussion: """
            Fetches what badges name from the base URL: key documents, status lists, badges; looks at types, CORS, redirects,
            TLS and the clock, and says what to mend. --via asks another address, before the name leads there; --directory
            looks at a folder. Exit code 2 where something is wrong.

            EXAMPLE:
              badge doctor
              badge doctor --via http://127.0.0.1:8080
            """
    )

    @Option(help: ArgumentHelp("Where the base URL is served from, if not under its own name.", valueName: "url"))
    var via: String?

    @Option(help: ArgumentHelp("A folder in the place of the web.", valueName: "dir"))
    var directory: String?

    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if via != nil, directory != nil { throw ValidationError("--via and --directory are two ways: name one") }
    }

    func run() async throws {
        let workspace = try workspace.open()
        let base = workspace.configuration.baseURL
        let visit = directory.map { SiteVisit(baseURL: base, directory: $0) } ?? SiteVisit(baseURL: base, via: via)
        var examination = SiteExamination(workspace: workspace, visit: visit, at: .now)
        let findings = try await examination.run()
        for finding in findings {
            if output.json {
                let line: JSON = [
                    "severity": .string(finding.severity.rawValue), "code": .string(finding.code),
                    "path": .string(finding.path), "detail": .string(finding.detail),
                    "hint": finding.hint.map(JSON.string) ?? .null,
                ]
                Console.product(line.text)
                continue
            }
            let style = output.style
            let mark =
                switch finding.severity {
                case .good: style.good("✓")
                case .warning: style.unsure("!")
                case .fault: style.bad("✗")
                }
            let code = finding.severity == .good ? "" : "\(finding.code): "
            Console.product("\(mark) \(finding.path): \(code)\(Console.printable(finding.detail))")
            if let hint = finding.hint, finding.severity != .good { Console.product("    \(hint)") }
        }
        if findings.contains(where: { $0.severity == .fault }) { throw ExitCode(ExitStatus.rejected.rawValue) }
    }
}
