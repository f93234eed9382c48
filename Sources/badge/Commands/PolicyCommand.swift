import ArgumentParser
import Issuing
import JSONCore
import OpenBadges

struct PolicyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "policy",
        abstract: "Look policies over before they are used.",
        discussion: """
            EXAMPLE:
              badge policy check policies/algebra-1.yaml
            """,
        subcommands: [Check.self]
    )

    struct Check: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Say what is wrong with a policy: contradictions, what can never be met, what refers to nothing.",
            discussion: """
                Exit code 0: nothing wrong, 2: something is; warnings alone are no fault.

                EXAMPLE:
                  badge policy check policies/algebra-1.yaml
                """
        )

        @Argument(help: "Policy files.")
        var files: [String]

        @OptionGroup var output: OutputOptions

        func run() throws {
            var isWrong = false
            for file in files {
                guard let bytes = FileBytes.read(file, limit: 1 << 20) else {
                    throw IssuingError(.policyMissing, "the policy cannot be read", file: file)
                }
                var findings: [(severity: String, error: IssuingError)] = []
                do {
                    findings = try PolicyCheck.findings(parsing: bytes, file: file).map {
                        ($0.severity.rawValue, $0.error)
                    }
                } catch {
                    findings = [("error", error)]
                }
                if findings.contains(where: { $0.severity == "error" }) { isWrong = true }
                if output.json {
                    let list = findings.map { Self.json($0.severity, $0.error) }
                    let line: JSON = ["file": .string(file), "findings": .array(list)]
                    Console.product(line.text)
                } else {
                    for (severity, error) in findings {
                        let mark = severity == "error" ? output.style.bad("✗") : output.style.unsure("!")
                        Console.product("\(mark) \(Console.printable(error.description))")
                        if let hint = error.hint { Console.hint(hint) }
                    }
                    if findings.isEmpty { Console.product("\(output.style.good("✓")) \(file)") }
                }
            }
            if isWrong { throw ExitCode(ExitStatus.rejected.rawValue) }
        }

        private static func json(_ severity: String, _ error: IssuingError) -> JSON {
            [
                "severity": .string(severity), "code": .string(error.code.rawValue), "detail": .string(error.detail),
                "line": error.line.map { JSON($0) } ?? .null, "column": error.column.map { JSON($0) } ?? .null,
                "path": error.path.map { .string($0.description) } ?? .null,
            ]
        }
    }
}
