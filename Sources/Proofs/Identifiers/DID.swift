/// A decentralized identifier, split into its parts. Source: Decentralized Identifiers 1.0 §3.1.
///
/// *For example:* `DID("did:web:exams.example.org#rsa-1")` has the method `web` and the fragment `rsa-1`.
public struct DID: Sendable, Hashable, CustomStringConvertible {
    /// `web`, `key`, `jwk` …
    public let method: String
    /// What stands behind the method, up to the path, query or fragment.
    public let identifier: String
    /// What stands behind `#`, if anything does.
    public let fragment: String?

    /// `nil` where `text` is no DID or DID URL. DID URLs with a path or query are none that a badge names.
    public init?(_ text: String) {
        guard text.utf8.count <= DID.maximumLength else { return nil }
        let bytes = text.utf8
        let end = bytes.firstIndex(of: UInt8(ascii: "#")) ?? bytes.endIndex
        guard bytes.starts(with: "did:".utf8) else { return nil }
        let start = bytes.index(bytes.startIndex, offsetBy: 4)
        guard start <= end, let colon = bytes[start..<end].firstIndex(of: UInt8(ascii: ":")) else { return nil }
        let (name, rest) = (bytes[start..<colon], bytes[bytes.index(after: colon)..<end])
        guard !name.isEmpty, !rest.isEmpty,
            name.allSatisfy({ (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) }),
            rest.allSatisfy(DID.isIdentifierByte)
        else { return nil }
        method = String(Substring(name))
        identifier = String(Substring(rest))
        fragment = end == bytes.endIndex ? nil : String(text[bytes.index(after: end)...])
    }

    /// The DID without a fragment.
    public var base: String { "did:\(method):\(identifier)" }

    public var description: String { fragment.map { "\(base)#\($0)" } ?? base }

    /// A did:jwk of an RSA-4096 key takes about 800 bytes; the rest is room.
    private static let maximumLength = 8192

    private static func isIdentifierByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"),
            UInt8(ascii: ":"), UInt8(ascii: "%"):
            true
        default: false
        }
    }
}
