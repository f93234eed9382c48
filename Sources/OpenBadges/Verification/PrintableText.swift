/// Text from outside, safe to show: control, formatting and line-breaking characters are replaced.
///
/// Whoever writes a badge could otherwise steer the terminal, or the eye, of whoever reads the report.
package enum PrintableText {
    package static func of(_ text: String) -> String {
        if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return text }
        var safe = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator: safe.append("\u{FFFD}")
            default: safe.append(scalar)
            }
        }
        return String(safe)
    }
}
