import ArgumentParser
import JSONCore
import OpenBadges

struct InspectCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect",
        abstract: "Show what is inside a badge, without verifying anything.",
        discussion: """
            EXAMPLE:
              badge inspect ada.jwt
            """
    )

    @Argument(help: "A file, or -.")
    var input: String

    @OptionGroup var output: OutputOptions

    func run() throws {
        for source in InputSource.expand(input) {
            let name = source.name
            switch source.read() {
            case .notMeant: continue
            case .unreadable(let reason):
                Console.error("\(name): \(reason)")
                throw ExitCode(ExitStatus.failure.rawValue)
            case .url:
                throw ValidationError("inspect reads files; badge verify fetches URLs")
            case .bytes(let bytes):
                let inspected = InspectedBadge(name: name, bytes: bytes)
                Console.product(
                    output.json
                        ? inspected.json.text : String(decoding: inspected.json.serialized(.pretty), as: UTF8.self)
                )
                if let problem = inspected.problem {
                    Console.error("\(name): \(problem)")
                    throw ExitCode(ExitStatus.rejected.rawValue)
                }
            }
        }
        output.note("nothing was verified; badge verify does that")
    }
}
