internal import COpenSSL

/// A public key: what a verifier needs, and all it needs.
///
/// Equal keys are equal whatever form they came in: the key is rebuilt from its components, and its DER
/// SubjectPublicKeyInfo (named curve, uncompressed point) is what is compared and hashed.
///
/// For example:
/// ```swift
/// let key = try PublicKey(pem: Array(text.utf8))
/// let good = try key.isValid(signature: signature, for: message, algorithm: .es256)
/// ```
public struct PublicKey: Sendable, Hashable {
    /// The numbers that a JWK shows.
    public enum Components: Sendable, Hashable {
        /// Modulus and public exponent, big-endian without leading zeros.
        case rsa(modulus: [UInt8], exponent: [UInt8])
        /// The point, big-endian, each coordinate of the curve's full length.
        case ec(x: [UInt8], y: [UInt8])
        /// The encoded point of an Edwards curve, 32 bytes.
        case okp(x: [UInt8])
    }

    /// What kind of key it is.
    public let algorithm: KeyAlgorithm
    /// The numbers that a JWK shows.
    public let components: Components
    /// The SubjectPublicKeyInfo (RFC 5280 §4.1.2.7) in DER.
    public let der: [UInt8]
    let key: EVPKey

    /// An RSA key from big-endian numbers; leading zeros are allowed.
    ///
    /// Throws `KEY_UNSUPPORTED` unless the modulus is odd and has 2048 to 4096 bits, and the exponent is odd, at least
    /// 3 and at most 64 bits long: OpenSSL itself stops there above 3072 bits, and verifying costs time by its length.
    public init(rsaModulus modulus: [UInt8], exponent: [UInt8]) throws(CryptographyError) {
        let modulus = Array(modulus.drop { $0 == 0 })
        let exponent = Array(exponent.drop { $0 == 0 })
        guard let first = modulus.first, let last = modulus.last else {
            throw CryptographyError(.keyUnsupported, "an RSA key without a modulus")
        }
        let bits = modulus.count * 8 - first.leadingZeroBitCount
        guard KeyAlgorithm.rsaBits.contains(bits) else {
            throw CryptographyError(.keyUnsupported, "an RSA key of \(bits) bits; 2048 to 4096 are accepted")
        }
        guard last & 1 == 1 else { throw CryptographyError(.keyUnsupported, "an RSA key with an even modulus") }
        guard exponent.count <= 8, let low = exponent.last, low & 1 == 1, exponent != [1] else {
            throw CryptographyError(.keyUnsupported, "an RSA key whose exponent is even, 1, or longer than 64 bits")
        }
        key = try EVPKey.rsa(modulus: modulus, exponent: exponent)
        algorithm = .rsa(bits: bits)
        components = .rsa(modulus: modulus, exponent: exponent)
        der = SubjectPublicKeyInfo.der(of: components, self.algorithm)
    }

    /// An EC key from an encoded point (SEC 1 §2.3.3), compressed (`02`, `03`) or not (`04`).
    ///
    /// Throws `KEY_UNSUPPORTED` for another length or form, for a point off the curve, and for another algorithm.
    public init(ecPoint point: [UInt8], algorithm: KeyAlgorithm) throws(CryptographyError) {
        guard let length = algorithm.coordinateLength else {
            throw CryptographyError(.keyUnsupported, "a point for a key that is not EC")
        }
        let full: [UInt8]
        switch (point.first, point.count) {
        case (0x04, 2 * length + 1): full = point
        case (0x02, length + 1), (0x03, length + 1):
            let compressed = try EVPKey.ec(point: point, group: algorithm.description)
            full = try compressed.uncompressedPoint(coordinateLength: length)
        default:
            throw CryptographyError(.keyUnsupported, "no \(algorithm) point: its form or length is wrong")
        }
        key = try EVPKey.ec(point: full, group: algorithm.description)
        self.algorithm = algorithm
        components = .ec(x: Array(full[1...length]), y: Array(full[(length + 1)...]))
        der = SubjectPublicKeyInfo.der(of: components, self.algorithm)
    }

    /// An Ed25519 key from its 32 bytes (RFC 8032 §5.1.5).
    ///
    /// Throws `KEY_UNSUPPORTED` for another length, for a number that is not reduced, and for the points of small
    /// order, with which one signature is valid for many messages.
    public init(ed25519 bytes: [UInt8]) throws(CryptographyError) {
        guard bytes.count == 32 else {
            throw CryptographyError(.keyUnsupported, "an Ed25519 key of \(bytes.count) bytes instead of 32")
        }
        guard EdwardsPoint.isAcceptable(bytes) else {
            throw CryptographyError(.keyUnsupported, "an Ed25519 key that is not reduced or of small order")
        }
        key = try EVPKey.ed25519(publicKey: bytes)
        algorithm = .ed25519
        components = .okp(x: bytes)
        der = SubjectPublicKeyInfo.der(of: components, self.algorithm)
    }

    /// The public half of any key of ours: its components are read and judged like foreign ones.
    init(of key: EVPKey) throws(CryptographyError) {
        let algorithm = try key.algorithm()
        switch algorithm {
        case .rsa:
            let modulus = try key.number(OSSL_PKEY_PARAM_RSA_N)
            try self.init(rsaModulus: modulus, exponent: key.number(OSSL_PKEY_PARAM_RSA_E))
        case .p256, .p384:
            let point = try key.uncompressedPoint(coordinateLength: algorithm.coordinateLength ?? 0)
            try self.init(ecPoint: point, algorithm: algorithm)
        case .ed25519:
            try self.init(ed25519: key.rawPublicKey())
        }
    }

    /// The key in the form that Multikey holds: the compressed point of an EC key, the 32 bytes of an Ed25519 key;
    /// `nil` for RSA, which has no such form.
    public var rawRepresentation: [UInt8]? {
        switch components {
        case .rsa: nil
        case .ec(let x, let y): [(y.last ?? 0) & 1 == 1 ? 0x03 : 0x02] + x
        case .okp(let x): x
        }
    }

    /// The compressed point (SEC 1 §2.3.3) of an EC key; `nil` for other keys.
    public var compressedPoint: [UInt8]? {
        if case .ec = components { rawRepresentation } else { nil }
    }

    public static func == (a: PublicKey, b: PublicKey) -> Bool {
        a.der == b.der
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(der)
    }

    /// Whether the signature is this key's for the message.
    ///
    /// Throws `ALGORITHM_MISMATCH` where the algorithm does not suit the key. For many signatures of one key, keep a
    /// ``verifier(_:)``.
    public func isValid(
        signature: [UInt8],
        for message: [UInt8],
        algorithm: SignatureAlgorithm
    ) throws(CryptographyError) -> Bool {
        try verifier(algorithm).isValid(signature: signature, for: message)
    }

    /// Everything that verifying with this key needs, prepared once; for one thread at a time.
    public func verifier(_ algorithm: SignatureAlgorithm) throws(CryptographyError) -> SignatureVerifier {
        try SignatureVerifier(self, algorithm)
    }
}
