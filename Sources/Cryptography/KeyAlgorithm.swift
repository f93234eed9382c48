/// The kind of a key, and for RSA its size: what we generate, load and accept.
///
/// Nothing else is accepted anywhere: a P-521, secp256k1, DSA or RSA-PSS key is `KEY_UNSUPPORTED`.
public enum KeyAlgorithm: Sendable, Hashable, CustomStringConvertible {
    /// RSA with a modulus of `bits` bits, 2048 to 4096 (RFC 7518 §3.3 sets the lower bound).
    case rsa(bits: Int)
    /// NIST P-256 (secp256r1).
    case p256
    /// NIST P-384 (secp384r1).
    case p384
    /// Ed25519 (RFC 8032).
    case ed25519

    /// The sizes of RSA keys that we accept: below is weak, and above costs a verifier more than a badge is worth.
    public static let rsaBits = 2048...4096

    public var description: String {
        switch self {
        case .rsa(let bits): "RSA-\(bits)"
        case .p256: "P-256"
        case .p384: "P-384"
        case .ed25519: "Ed25519"
        }
    }

    /// Bytes of a coordinate or a scalar of the curve; `nil` for RSA and Ed25519.
    package var coordinateLength: Int? {
        switch self {
        case .p256: 32
        case .p384: 48
        case .rsa, .ed25519: nil
        }
    }
}
