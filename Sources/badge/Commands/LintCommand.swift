import ArgumentParser
import JSONCore
import OpenBadges

struct LintCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lint",
        abstract: "Say what a badge lacks for somebody: a framework, a validator, LinkedIn.",
        discussion: """
            A badge that lacks nothing required is ready for them; whether it is certified, they say. Nothing is verified:
            badge verify does that. Exit code 0: ready, 2: something required is missing.

            EXAMPLE:
              badge lint public/credentials --profile trusted-knowledge
            """
    )

    @Argument(help: "Files, folders, or -.")
    var inputs: [String]

    @Option(
        name: .customLong("profile"),
        help: ArgumentHelp("trusted-knowledge, trusted-application, edt or linkedin.", valueName: "name")
    )
    var names: [String]

    @OptionGroup var output: OutputOptions

    func validate() throws {
        let known = LintProfile.allCases.map(\.rawValue).joined(separator: ", ")
        if names.isEmpty { throw ValidationError("name a profile: \(known)") }
        for name in names where LintProfile(rawValue: name) == nil {
            throw ValidationError("there is no profile \(name); there are \(known)")
        }
    }

    func run() throws {
        var isReady = true
        var count = 0
        for input in inputs {
            for source in InputSource.expand(input) {
                switch source.read() {
                case .notMeant: continue
                case .url: throw ValidationError("lint reads files; badge verify fetches URLs")
                case .unreadable(let reason):
                    Console.error("\(source.name): \(reason)")
                    throw ExitCode(ExitStatus.failure.rawValue)
                case .bytes(let bytes):
                    guard let lint = try? BadgeLint(bytes, name: source.name) else {
                        // Of a folder, the rest is not meant.
                        guard source.name == input else { continue }
                        throw OpenBadgesError(.notBakeable, "\(source.name) is no badge of Open Badges 2.0 or 3.0")
                    }
                    count += 1
                    for profile in names.compactMap(LintProfile.init)
                    where !report(lint.findings(for: profile), source.name, profile) {
                        isReady = false
                    }
                }
            }
        }
        guard count > 0 else {
            throw OpenBadgesError(.notBakeable, "there is no badge in \(inputs.joined(separator: ", "))")
        }
        if !isReady { throw ExitCode(ExitStatus.rejected.rawValue) }
    }

    private func report(_ findings: [LintFinding], _ name: String, _ profile: LintProfile) -> Bool {
        let isReady = !findings.contains { $0.severity == .required }
        guard !output.json else {
            let list = findings.map { finding -> JSON in
                [
                    "severity": .string(finding.severity.rawValue), "code": .string(finding.code),
                    "path": .string(finding.path.description), "detail": .string(finding.detail),
                    "hint": finding.hint.map(JSON.string) ?? .null,
                ]
            }
            let line: JSON = [
                "input": .string(name), "profile": .string(profile.rawValue), "ready": .bool(isReady),
                "findings": .array(list),
            ]
            Console.product(line.text)
            return isReady
        }
        let style = output.style
        let answer = isReady ? style.good("ready for") : style.bad("not ready for")
        Console.product("\(Console.printable(name)): \(answer) \(profile.title)")
        for finding in findings {
            let mark = finding.severity == .required ? style.bad("✗") : style.unsure("!")
            Console.product("  \(mark) \(Console.printable(finding.description))")
            if let hint = finding.hint { Console.product("    \(hint)") }
        }
        return isReady
    }
}
