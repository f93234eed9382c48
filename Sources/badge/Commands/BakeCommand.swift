import ArgumentParser
import JSONCore
import OpenBadges

struct BakeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bake",
        abstract: "Put a credential into a PNG or SVG image.",
        discussion: """
            The credential is a JWS, JSON with a proof, or a hosted assertion; where it goes follows from its \
            generation. All else in the image stays as it is, byte for byte. Nothing is verified.

            EXAMPLE:
              badge bake ada.jwt logo.png -o ada.png
            """
    )

    @Argument(help: "A credential's file (.jwt, .jws, .json), or -.")
    var credential: String

    @Argument(help: "A PNG or SVG image, or -.")
    var image: String

    @Option(name: .shortAndLong, help: ArgumentHelp("The baked image, or - for standard output.", valueName: "file"))
    var output: String

    @Flag(help: "Replace every badge that is in the image already.")
    var replace = false

    @Flag(help: "Take out of an SVG what can run code or fetch from elsewhere.")
    var strip = false

    @OptionGroup var options: OutputOptions

    func validate() throws {
        if credential == "-" && image == "-" { throw ValidationError("only one of the two can be standard input") }
        if output == "-" && options.json { throw ValidationError("--json and -o - both want standard output") }
    }

    func run() throws {
        let limits = BakingLimits.standard
        try ImageFile.check(output: output, inputs: [credential, image])
        let text = try ImageFile.read(credential, limit: limits.imageBytes)
        let picture = try ImageFile.read(image, limit: limits.imageBytes)
        let badge: BakeableCredential
        do {
            badge = try BakeableCredential(text)
        } catch {
            let isSwapped = Bakery.format(of: text) != nil
            throw ImageFile.failure(
                credential,
                error.description,
                hint: isSwapped ? "the credential comes first, and then the image" : nil
            )
        }
        do {
            let blank = try BlankBadge(
                picture,
                for: badge.generation,
                options: BakingOptions(
                    existing: replace ? .replace : .refuse,
                    activeContent: strip ? .strip : .refuse
                )
            )
            try ImageFile.write(try blank.baked(with: badge), to: output)
            report(badge, blank.format)
        } catch let error as OpenBadgesError {
            throw ImageFile.failure(image, error.description, hint: Self.hint(for: error))
        }
    }

    private func report(_ badge: BakeableCredential, _ format: ImageFormat) {
        if options.json {
            let line: JSON = [
                "output": .string(output), "image": .string(format.rawValue),
                "generation": .string(badge.generation.rawValue),
            ]
            return Console.product(line.text)
        }
        if output == "-" { return }
        if !output.lowercased().hasSuffix(".\(format.rawValue)") {
            Console.warning("\(output) is \(format == .png ? "a PNG" : "an SVG"), and its name does not end so")
        }
        options.note("baked \(badge.generation == .ob3 ? "Open Badges 3.0" : "Open Badges 2.0") into \(output)")
    }

    private static func hint(for error: OpenBadgesError) -> String? {
        switch error.code {
        case .alreadyBaked: "--replace replaces it"
        case .imageUnsafe: "--strip takes it out"
        default: nil
        }
    }
}
