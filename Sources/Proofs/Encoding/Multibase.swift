/// Bytes as text whose first character names the alphabet. Source: Controlled Identifiers 1.0 §2.4.
///
/// Each place of the specifications allows one alphabet: keys and proof values are base58, status lists base64url. So
/// what is expected is always said, and another one is an error.
///
/// *For example:* `Multibase.base58BTC.encode([0xED, 0x01]) == "zK36"`.
public enum Multibase: Sendable, Hashable {
    /// `z`, Bitcoin's base58.
    case base58BTC
    /// `u`, base64url without padding.
    case base64URL

    /// The character that stands in front.
    public var prefix: Character {
        switch self {
        case .base58BTC: "z"
        case .base64URL: "u"
        }
    }

    /// The text of the bytes, with its prefix.
    public func encode(_ bytes: [UInt8]) -> String {
        switch self {
        case .base58BTC:
            var text = [UInt8(ascii: "z")]
            text.reserveCapacity(bytes.count * 7 / 5 + 2)
            Base58BTC.encode(bytes, into: &text)
            return String(decoding: text, as: UTF8.self)
        case .base64URL:
            return "u" + Base64URL.encode(bytes)
        }
    }

    /// The bytes of a text in this alphabet, strictly: its own prefix, its own characters, and nothing else.
    ///
    /// Throws `PARSING_ERROR`, or `SIZE_LIMIT` for base58 beyond ``Base58BTC/maximumLength``.
    public func decode(_ text: String) throws(ProofError) -> [UInt8] {
        guard let first = text.utf8.first, first == prefix.asciiValue else {
            throw ProofError(.parsing, "the multibase prefix is not \(prefix)")
        }
        switch self {
        case .base58BTC: return try Base58BTC.decode(text.utf8.dropFirst())
        case .base64URL: return try Base64URL.decode(text.utf8.dropFirst())
        }
    }
}
