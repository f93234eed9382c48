import Glibc

/// One line on standard error that says how far a long command is; erased at the end.
///
/// Only on a terminal, and at most ten times a second.
struct ProgressBar {
    private let isOn: Bool
    private let label: String
    private let total: Int?
    private var lastDrawn = 0.0

    /// - Parameter total: in the same unit as what is passed to `update`; `nil` where it is not known.
    init(_ label: String, total: Int?, isQuiet: Bool) {
        isOn = !isQuiet && isatty(STDERR_FILENO) == 1
        self.label = label
        self.total = total
    }

    mutating func update(_ done: Int, note: String = "") {
        guard isOn else { return }
        let now = Self.seconds()
        guard now - lastDrawn >= 0.1 else { return }
        lastDrawn = now
        var line = "\r\u{1B}[K\(label) "
        if let total, total > 0 {
            let share = min(1, Double(done) / Double(total))
            let filled = Int(share * 24)
            line += String(repeating: "█", count: filled) + String(repeating: "░", count: 24 - filled)
            line += " \(Int(share * 100)) %"
        }
        Console.write(line + (note.isEmpty ? "" : "  \(note)"), to: STDERR_FILENO)
    }

    func erase() {
        if isOn && lastDrawn > 0 { Console.write("\r\u{1B}[K", to: STDERR_FILENO) }
    }

    private static func seconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
