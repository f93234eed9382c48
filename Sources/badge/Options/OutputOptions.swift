import ArgumentParser
import JSONCore

/// How a command speaks; the same everywhere.
struct OutputOptions: ParsableArguments {
    @Flag(name: .long, help: "Print one JSON object a line instead of text.")
    var json = false

    @Flag(name: .shortAndLong, help: "Say nothing but errors.")
    var quiet = false

    @Flag(name: .shortAndLong, help: "Say more.")
    var verbose = false

    @Option(help: "Colour: auto, always or never.")
    var color: ColorChoice = .auto

    var style: Style { Style(color) }

    /// Prints a JSON document: indented for people, on one line with `--json`.
    func document(_ json: JSON) {
        Console.product(json.serialized(self.json ? .compact : .pretty) + [0x0A])
    }

    func note(_ text: String) {
        if !quiet { Console.note(text) }
    }
}
