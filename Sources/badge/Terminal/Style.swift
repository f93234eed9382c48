import ArgumentParser
import Glibc

/// When to colour: `auto` does where standard output is a terminal and `NO_COLOR` is not set.
enum ColorChoice: String, ExpressibleByArgument, CaseIterable {
    case auto, always, never
}

/// Colours and weights of the text for people, or none.
struct Style {
    private let isOn: Bool

    init(_ choice: ColorChoice) {
        switch choice {
        case .always: isOn = true
        case .never: isOn = false
        case .auto:
            let isRefused = getenv("NO_COLOR").map { $0.pointee != 0 } ?? false
            isOn = isatty(STDOUT_FILENO) == 1 && !isRefused
        }
    }

    func good(_ text: String) -> String { wrap("32", text) }
    func bad(_ text: String) -> String { wrap("31", text) }
    func unsure(_ text: String) -> String { wrap("33", text) }
    func strong(_ text: String) -> String { wrap("1", text) }
    func quiet(_ text: String) -> String { wrap("2", text) }

    private func wrap(_ code: String, _ text: String) -> String {
        isOn ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
    }
}
