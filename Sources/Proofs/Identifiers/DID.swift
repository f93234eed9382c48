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
        let parts = text.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
        let segments = parts[0].split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
        guard segments.count == 3, segments[0] == "did", !segments[1].isEmpty, !segments[2].isEmpty,
            segments[1].utf8.allSatisfy({ (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) }),
            segments[2].utf8.allSatisfy(DID.isIdentifierByte)
        else { return nil }
        method = String(segments[1])
        identifier = String(segments[2])
        fragment = parts.count == 2 ? String(parts[1]) : nil
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
