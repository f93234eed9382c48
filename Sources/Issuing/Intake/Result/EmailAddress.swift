/// The form of an e-mail address, as far as it can be told without sending a letter.
///
/// Badges are bound to it, and letters go to it; so what is no address must not get past intake, and nothing that
/// could add a second recipient or a header line. Addresses in other scripts (RFC 6531) are welcome.
enum EmailAddress {
    /// Whether a text is `local@domain`: a dot-atom of at most 64 bytes, and a host name of two labels or more.
    ///
    /// Quoted local parts and address literals (`"a b"@[192.0.2.1]`) are refused, although RFC 5321 knows them: in a
    /// results file they are slips.
    static func isWellFormed(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { bytes in
            guard bytes.count <= 254, let at = bytes.firstIndex(of: UInt8(ascii: "@")) else { return false }
            let (local, domain) = (bytes[..<at], bytes[(at + 1)...])
            guard local.count <= 64, domain.count >= 3 else { return false }
            let labels = domain.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
            return areAtoms(local) && labels.count >= 2 && labels.allSatisfy(isLabel)
        }
    }

    private static func areAtoms(_ local: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        var previous = UInt8(ascii: ".")
        for byte in local {
            if byte == UInt8(ascii: ".") {
                guard previous != byte else { return false }
            } else {
                guard isLetterOrDigit(byte) || atomSigns.contains(byte) else { return false }
            }
            previous = byte
        }
        return previous != UInt8(ascii: ".")
    }

    private static func isLabel(_ label: Slice<Slice<UnsafeBufferPointer<UInt8>>>) -> Bool {
        isLabel(label.lazy.map { $0 })
    }

    private static func isLabel(_ label: some BidirectionalCollection<UInt8>) -> Bool {
        guard let first = label.first, let last = label.last, label.count <= 63 else { return false }
        guard first != UInt8(ascii: "-"), last != UInt8(ascii: "-") else { return false }
        return label.allSatisfy { isLetterOrDigit($0) || $0 == UInt8(ascii: "-") }
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), 0x80...:
            true
        default: false
        }
    }

    // RFC 5322 atext beside letters and digits.
    private static let atomSigns = Array("!#$%&'*+-/=?^_`{|}~".utf8)
}
