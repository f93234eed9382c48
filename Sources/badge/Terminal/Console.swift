import Glibc
import OpenBadges

/// Where words go: the product to standard output, speech to standard error.
enum Console {
    /// A line of the product.
    static func product(_ text: String) {
        write(text + "\n", to: STDOUT_FILENO)
    }

    /// The product's bytes as they are.
    static func product(_ bytes: [UInt8]) {
        write(bytes, to: STDOUT_FILENO)
    }

    static func note(_ text: String) { speak("", text) }
    static func warning(_ text: String) { speak("warning: ", text) }
    static func hint(_ text: String) { speak("hint: ", text) }

    static func error(_ text: String, hint: String? = nil) {
        speak("error: ", text)
        if let hint { self.hint(hint) }
    }

    private static func speak(_ kind: String, _ text: String) {
        write("badge: \(kind)\(printable(text))\n", to: STDERR_FILENO)
    }

    static func write(_ text: String, to descriptor: Int32) {
        write(Array(text.utf8), to: descriptor)
    }

    private static func write(_ bytes: [UInt8], to descriptor: Int32) {
        var offset = 0
        while offset < bytes.count {
            let count = bytes.withUnsafeBytes { raw in
                Glibc.write(descriptor, raw.baseAddress?.advanced(by: offset), raw.count - offset)
            }
            if count < 0 {
                if errno == EINTR { continue }
                // A product that is lost must not look like one that was delivered; lost speech is only that.
                if descriptor == STDOUT_FILENO && errno != EPIPE {
                    let reason = String(cString: strerror(errno))
                    error("standard output cannot be written: \(reason)")
                    exit(ExitStatus.failure.rawValue)
                }
                return
            }
            offset += count
        }
    }

    /// Text from outside, safe for a terminal; its newlines are kept.
    static func printable(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { PrintableText.of(String($0)) }
            .joined(separator: "\n")
    }
}
