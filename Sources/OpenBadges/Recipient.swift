/// To whom a badge is issued, or who says to be its recipient.
public enum Recipient: Sendable, Hashable {
    case email(String)
    case did(String)
    /// Any other identifier, with its Open Badges 3.0 identity type (`systemId`, `ext:…`).
    case identifier(String, type: String)

    /// Reads what a person writes: an e-mail address, a DID, or `identityType:value`.
    ///
    /// - Returns: `nil` where it is none of the three.
    ///
    /// *For example:* `ada@example.org`, `did:key:z6Mk…`, `systemId:4711`.
    public init?(_ text: String) {
        if text.hasPrefix("did:") {
            let parts = text.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
            guard parts.count == 3, !parts[1].isEmpty, !parts[2].isEmpty else { return nil }
            self = .did(text)
        } else if IRI.isWeb(text) {
            return nil  // a URL is no kind of identifier by itself: `url:https://…` says that it is one
        } else if let colon = text.firstIndex(of: ":"), !text[..<colon].contains("@"),
            text.hasPrefix("mailto:") == false
        {
            // An extension's type has a colon of its own: `ext:staffNumber:4711`.
            let end = text.hasPrefix("ext:") ? text[text.index(after: colon)...].firstIndex(of: ":") ?? colon : colon
            let value = String(text[text.index(after: end)...])
            guard end != text.startIndex, !value.isEmpty else { return nil }
            let type = String(text[..<end])
            self = type == "email" || type == "emailAddress" ? .email(value) : .identifier(value, type: type)
        } else {
            let address = text.hasPrefix("mailto:") ? String(text.dropFirst("mailto:".count)) : text
            let parts = address.split(separator: "@", omittingEmptySubsequences: false)
            guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty }) else { return nil }
            self = .email(address)
        }
    }

    /// Whether `identityType` of OB 3.0, or `type` of OB 2.0, names this kind of identifier.
    func isOf(type: String) -> Bool {
        switch self {
        case .email: type == "emailAddress" || type == "email"
        case .did: type == "id" || type == "did" || type == "ext:did"
        case .identifier(_, let own): type == own
        }
    }

    var value: String {
        switch self {
        case .email(let value), .did(let value), .identifier(let value, _): value
        }
    }

    /// The spellings that are tried: as given, trimmed, in lower case (hosts differ in what they hash).
    var spellings: [String] {
        let trimmed = Self.trimmed(value)
        var spellings = [value]
        for spelling in [trimmed, trimmed.lowercased()] where !spellings.contains(spelling) {
            spellings.append(spelling)
        }
        return spellings
    }

    /// The one spelling in which we hash and compare: trimmed, e-mail addresses in lower case.
    package var normalized: String {
        let trimmed = Self.trimmed(value)
        if case .email = self { return trimmed.lowercased() }
        return trimmed
    }

    private static func trimmed(_ text: String) -> String {
        var text = text[...]
        while let first = text.first, first.isWhitespace { text.removeFirst() }
        while let last = text.last, last.isWhitespace { text.removeLast() }
        return String(text)
    }
}
