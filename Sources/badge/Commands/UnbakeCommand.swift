import ArgumentParser
import Glibc
import JSONCore
import OpenBadges

struct UnbakeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "unbake",
        abstract: "Take the credential out of a PNG or SVG image.",
        discussion: """
            Prints the credential as it stands in the image; with --json, everything that stands in any place for \
            badges. Nothing is verified.

            EXAMPLE:
              badge unbake ada.png
            """
    )

    @Argument(help: "A PNG or SVG image, or -.")
    var image: String

    @Option(name: .shortAndLong, help: ArgumentHelp("Write the credential to a file instead.", valueName: "file"))
    var output: String?

    @OptionGroup var options: OutputOptions

    func run() throws {
        let destination = output ?? "-"
        try ImageFile.check(output: destination, inputs: [image], isText: true)
        let bytes = try ImageFile.read(image, limit: BakingLimits.standard.imageBytes)
        let found: BakedImage
        do {
            found = try Bakery.unbake(bytes)
        } catch {
            if options.json { Console.product(Self.json(image, problem: error).text) }
            throw ImageFile.failure(image, error.description)
        }
        let warnings = found.warnings
        if options.json {
            Console.product(Self.json(image, found, warnings).text)
            if let output { try ImageFile.write(found.preferred.bytes, to: output) }
            return
        }
        if destination == "-", isatty(STDOUT_FILENO) == 1 {
            // Whoever made the image could otherwise steer the terminal.
            Console.product(Console.printable(String(decoding: found.preferred.bytes, as: UTF8.self)))
        } else {
            try ImageFile.write(found.preferred.bytes, to: destination)
        }
        for warning in warnings { Console.warning("\(image): \(warning)") }
        options.note("nothing was verified; badge verify does that")
    }

    private static func json(_ name: String, _ found: BakedImage, _ warnings: [BakingWarning]) -> JSON {
        let carriers = found.carriers.map { carrier -> JSON in
            var members: JSONObject = [
                "generation": .string(carrier.generation.rawValue), "kind": .string(carrier.kind.rawValue),
                "content": .string(carrier.content.rawValue), "preferred": .bool(carrier == found.preferred),
            ]
            // A text that is not UTF-8 is shown as far as it is; its bytes come out with -o.
            members["text"] = .string(String(decoding: carrier.bytes, as: UTF8.self))
            return .object(members)
        }
        return [
            "input": .string(name), "image": .string(found.format.rawValue), "verified": false,
            "carriers": .array(carriers),
            "warnings": .array(
                warnings.map { ["code": .string($0.code.rawValue), "detail": .string($0.detail)] }
            ),
        ]
    }

    private static func json(_ name: String, problem: OpenBadgesError) -> JSON {
        [
            "input": .string(name), "verified": false, "carriers": [], "warnings": [],
            "problem": ["code": .string(problem.code.rawValue), "detail": .string(problem.detail)],
        ]
    }
}
