/// How a public key is written in DER (RFC 5280 §4.1.2.7): one form for each key.
///
/// Written here and not by OpenSSL, whose encoder takes a hundred microseconds, more than a verification does.
enum SubjectPublicKeyInfo {
    /// `SEQUENCE { AlgorithmIdentifier, BIT STRING }` for the components of a key.
    static func der(of components: PublicKey.Components, _ algorithm: KeyAlgorithm) -> [UInt8] {
        switch components {
        case .rsa(let modulus, let exponent):
            // RFC 8017 §A.1.1; the identifier is rsaEncryption with NULL.
            let numbers = element(0x30, integer(modulus) + integer(exponent))
            let identifier: [UInt8] = [
                0x30, 0x0D, 0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x01, 0x05, 0x00,
            ]
            return element(0x30, identifier + element(0x03, [0x00] + numbers))
        case .ec(let x, let y):
            // RFC 5480 §2.1.1: id-ecPublicKey and the curve, secp256r1 or secp384r1.
            let curve: [UInt8] =
                algorithm == .p256
                ? [0x06, 0x08, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07]
                : [0x06, 0x05, 0x2B, 0x81, 0x04, 0x00, 0x22]
            let identifier = element(0x30, [0x06, 0x07, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01] + curve)
            return element(0x30, identifier + element(0x03, [0x00, 0x04] + x + y))
        case .okp(let x):
            // RFC 8410 §3: id-Ed25519.
            return element(0x30, [0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70] + element(0x03, [0x00] + x))
        }
    }

    private static func integer(_ magnitude: [UInt8]) -> [UInt8] {
        element(0x02, (magnitude.first ?? 0) >= 0x80 ? [0x00] + magnitude : magnitude)
    }

    /// Tag, length and contents; no key of ours has more than 65,535 bytes.
    private static func element(_ tag: UInt8, _ contents: [UInt8]) -> [UInt8] {
        let count = contents.count
        let length: [UInt8] =
            switch count {
            case ..<0x80: [UInt8(truncatingIfNeeded: count)]
            case ..<0x100: [0x81, UInt8(truncatingIfNeeded: count)]
            default: [0x82, UInt8(truncatingIfNeeded: count >> 8), UInt8(truncatingIfNeeded: count)]
            }
        return [tag] + length + contents
    }
}
