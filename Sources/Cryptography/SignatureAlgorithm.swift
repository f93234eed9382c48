/// The signature algorithms we sign with and verify, by their names in JOSE (RFC 7518 §3.1, RFC 8037 §3.1).
///
/// ECDSA signatures are the raw `r ‖ s` of JOSE and Data Integrity, never DER.
public enum SignatureAlgorithm: String, Sendable, Hashable, CaseIterable {
    /// RSASSA-PKCS1-v1_5 with SHA-256: what every Open Badges verifier understands.
    case rs256 = "RS256"
    /// ECDSA on P-256 with SHA-256.
    case es256 = "ES256"
    /// ECDSA on P-384 with SHA-384.
    case es384 = "ES384"
    /// Ed25519.
    case edDSA = "EdDSA"

    /// Whether a key of this kind may be used with this algorithm: each algorithm has exactly one kind of key.
    public func suits(_ key: KeyAlgorithm) -> Bool {
        self == SignatureAlgorithm.preferred(for: key)
    }

    /// The algorithm for a kind of key.
    public static func preferred(for key: KeyAlgorithm) -> SignatureAlgorithm {
        switch key {
        case .rsa: .rs256
        case .p256: .es256
        case .p384: .es384
        case .ed25519: .edDSA
        }
    }

    /// The digest that is signed, or `nil` where the algorithm takes the message whole.
    var digest: DigestAlgorithm? {
        switch self {
        case .rs256, .es256: .sha256
        case .es384: .sha384
        case .edDSA: nil
        }
    }
}
