import ArgumentParser
import Issuing

/// How results are read that are somebody else's export.
struct IntakeOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Which column is what: a file, a name in mappings/, or a built-in one (badge intake presets).",
            valueName: "mapping"
        )
    )
    var map: String?

    @Option(help: ArgumentHelp("The table of addresses that results are joined to.", valueName: "file"))
    var roster: String?

    @Option(help: ArgumentHelp("The zone of dates without one, such as Europe/Berlin.", valueName: "zone"))
    var timezone: String?

    @Option(
        name: .customLong("set"),
        help: ArgumentHelp("What is the same in every row: exam.id=ALG-1.", valueName: "path=value")
    )
    var constants: [String] = []

    func validate() throws {
        for text in constants where !text.dropFirst().contains("=") {
            throw ValidationError("--set takes a path and a value, such as exam.id=ALG-1")
        }
    }

    var settings: IntakeSettings {
        var settings = IntakeSettings(timezone: timezone, roster: roster)
        for text in constants {
            let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            settings.constants[String(parts[0])] = parts.count > 1 ? String(parts[1]) : ""
        }
        return settings
    }

    /// The options as they were given, to be given again.
    var repeated: String {
        func quoted(_ text: String) -> String {
            text.allSatisfy { $0.isLetter || $0.isNumber || "-_./=:+@".contains($0) } ? text : "'\(text)'"
        }
        let pairs = [("map", map), ("roster", roster), ("timezone", timezone)] + constants.map { ("set", $0) }
        return pairs.compactMap { name, value in value.map { " --\(name) \(quoted($0))" } }.joined()
    }

    /// A reader of a file, or of standard input for `-`.
    func reader(_ file: String, mappings folder: String?) throws -> ResultReader {
        let mapping = try map.map { try ResultMapping(named: $0, folder: folder, settings: settings) }
        return file == "-"
            ? try ResultReader(.descriptor(0, name: "-"), file: "-", mapping: mapping, settings: settings)
            : try ResultReader(path: file, mapping: mapping, settings: settings)
    }
}
