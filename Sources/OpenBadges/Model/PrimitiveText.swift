/// The forms of text that the tables of Open Badges 2.0 name: URLs, identifiers, addresses, numbers, hosts.
///
/// Source: Open Badges 2.0, "Data Types", and the forms that 1EdTech's validator takes for them.
enum PrimitiveText {
    /// An `http` or `https` URL with a host.
    static func isURL(_ text: String) -> Bool {
        guard IRI.isWeb(text), IRI.isAbsolute(text), let colon = text.firstIndex(of: ":") else { return false }
        let rest = text[text.index(after: colon)...]
        guard rest.hasPrefix("//") else { return false }
        let authority = rest.dropFirst(2).prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        let host = authority.split(separator: "@", omittingEmptySubsequences: false).last ?? ""
        return !host.isEmpty && !host.hasPrefix(":")
    }

    /// What can name an object: an absolute IRI or a blank node. A `urn:uuid:` has to hold a UUID.
    static func isIdentifier(_ text: String) -> Bool {
        if text.hasPrefix("_:") { return text.utf8.count > 2 && text.utf8.allSatisfy { $0 > 0x20 } }
        let lowered = text.prefix(9).lowercased()
        guard lowered == "urn:uuid:" else {
            // RFC 8141: a URN has a namespace and something in it.
            let parts = lowered.hasPrefix("urn:") ? text.dropFirst(4).split(separator: ":", maxSplits: 1) : ["", ""]
            return IRI.isAbsolute(text) && parts.count == 2
        }
        let groups = text.dropFirst("urn:uuid:".count).split(separator: "-", omittingEmptySubsequences: false)
        return groups.map(\.utf8.count) == [8, 4, 4, 4, 12]
            && groups.allSatisfy { $0.utf8.allSatisfy { Hexadecimal.value(of: $0) != nil } }
    }

    /// Something, an `@`, something: what stands around it only the mail host can judge.
    static func isEmail(_ text: String) -> Bool {
        let parts = text.utf8.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
        return parts.count == 2 && parts.allSatisfy { !$0.isEmpty && $0.allSatisfy { $0 > 0x20 && $0 != 0x7F } }
    }

    /// E.164: up to 15 digits, the first no zero, mostly behind a `+`; an extension may follow (RFC 3966).
    static func isTelephone(_ text: String) -> Bool {
        var bytes = Array(text.utf8)[...]
        if bytes.first == UInt8(ascii: "+") { bytes.removeFirst() }
        let number = bytes.prefix { isDigit($0) }
        guard (2...15).contains(number.count), number.first != UInt8(ascii: "0") else { return false }
        let rest = bytes.dropFirst(number.count)
        guard !rest.isEmpty else { return true }
        let label = Array(";ext=".utf8)
        return rest.starts(with: label) && rest.count > label.count && rest.dropFirst(label.count).allSatisfy(isDigit)
    }

    /// A host's registered name, perhaps with a port: no scheme, no path, no user.
    static func isHostName(_ text: String) -> Bool {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count <= 2, let name = parts.first, name.utf8.count <= 253 else { return false }
        if parts.count == 2 {
            guard let port = Int(parts[1]), (1...65535).contains(port) else { return false }
        }
        let labels = name.split(separator: ".", omittingEmptySubsequences: false)
        guard labels.count > 1 || name == "localhost" else { return false }
        return labels.allSatisfy { label in
            !label.isEmpty
                && label.unicodeScalars.allSatisfy { $0 == "-" || $0 == "_" || $0.properties.isAlphanumericLike }
        }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}

extension Unicode.Scalar.Properties {
    /// Letters and digits of any script: a host may be written before Punycode.
    fileprivate var isAlphanumericLike: Bool {
        if isAlphabetic { return true }
        switch generalCategory {
        case .decimalNumber, .nonspacingMark, .spacingMark: return true
        default: return false
        }
    }
}
