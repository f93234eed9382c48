import Glibc

/// Breaks text for people into lines that fit their terminal; what goes elsewhere stays one line, for `grep`.
struct Paragraph {
    /// How many characters a line may have; `nil` where standard output is no terminal.
    private let width: Int?

    init() {
        guard isatty(STDOUT_FILENO) == 1 else {
            width = nil
            return
        }
        var size = winsize()
        let columns = ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0 ? Int(size.ws_col) : 0
        // A terminal that does not know its width, or a very narrow one, breaks lines by itself.
        width = columns >= Self.minimum ? columns : nil
    }

    private static let minimum = 32

    /// The text with its first line indented by so many spaces, and the others by two more.
    func lines(_ text: String, indent: Int) -> String {
        let first = String(repeating: " ", count: indent)
        guard let width else { return first + text }
        let rest = first + "  "
        var lines: [String] = []
        var line = first
        for word in text.split(separator: " ", omittingEmptySubsequences: true) {
            let isEmpty = line.allSatisfy { $0 == " " }
            if !isEmpty, line.count + 1 + word.count > width {
                lines.append(line)
                line = rest + word
            } else {
                line += isEmpty ? String(word) : " \(word)"
            }
        }
        lines.append(line)
        return lines.joined(separator: "\n")
    }
}
