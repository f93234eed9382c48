/// A regular expression of a mapping, with its named groups.
///
/// It is kept as its text and compiled where it is used, once a file.
struct TextPattern: Sendable, Hashable {
    let text: String

    /// `nil` where the text is no regular expression.
    init?(_ text: String) {
        guard (try? Regex(text)) != nil else { return nil }
        self.text = text
    }

    /// What a text has of the pattern.
    struct Match {
        /// All that was matched, or the first group where there is one.
        let value: String
        /// The named groups that took part.
        let groups: [String: String]
    }

    /// Headers and cells longer than this match nothing, whatever the pattern: it may be one that tries for ever.
    private static let maximumLength = 1024

    /// A function that finds the pattern in a text.
    var matcher: (String) -> Match? {
        guard let regex = try? Regex(text) else { return { _ in nil } }
        return { text in
            guard text.utf8.count <= Self.maximumLength, let match = text.firstMatch(of: regex) else { return nil }
            var groups: [String: String] = [:]
            for element in match.output.dropFirst() {
                if let name = element.name, let part = element.substring { groups[name] = String(part).trimmed }
            }
            let first = match.output.dropFirst().first ?? match.output.first
            return Match(value: first?.substring.map { String($0).trimmed } ?? "", groups: groups)
        }
    }
}
