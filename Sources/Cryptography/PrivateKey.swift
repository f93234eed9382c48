internal import COpenSSL

/// A private key: signs, and gives its public half.
///
/// The key material stays in OpenSSL's memory, which wipes it; what the exporting functions return is the caller's to
/// wipe. The description names the kind of key only.
///
/// For example:
/// ```swift
/// let key = try PrivateKey(generating: .p256)
/// let signature = try key.signature(for: message, algorithm: .es256)
/// ```
public struct PrivateKey: Sendable, CustomStringConvertible {
    /// The public half.
    public let publicKey: PublicKey
    let key: EVPKey

    /// What kind of key it is.
    public var algorithm: KeyAlgorithm { publicKey.algorithm }

    public var description: String { "private \(algorithm) key" }

    /// A new key. RSA sizes are multiples of 256 bits from 2048 to 4096; the exponent is 65537.
    public init(generating algorithm: KeyAlgorithm) throws(CryptographyError) {
        if case .rsa(let bits) = algorithm, !KeyAlgorithm.rsaBits.contains(bits) || bits % 256 != 0 {
            throw CryptographyError(.keyUnsupported, "RSA keys are made with 2048, 2304, … 4096 bits, not \(bits)")
        }
        key = try EVPKey.generate(algorithm)
        publicKey = try PublicKey(of: key)
    }

    /// A key from its secret alone: the 32-byte seed of Ed25519 (RFC 8032 §5.1.5), or the scalar of an EC key in the
    /// curve's full length. Throws `KEY_UNSUPPORTED` for RSA, another length, zero, or a scalar not below the order.
    public init(rawRepresentation secret: [UInt8], algorithm: KeyAlgorithm) throws(CryptographyError) {
        switch algorithm {
        case .rsa: throw CryptographyError(.keyUnsupported, "an RSA key has no raw form")
        case .ed25519:
            guard secret.count == 32 else {
                throw CryptographyError(.keyUnsupported, "an Ed25519 seed of \(secret.count) bytes instead of 32")
            }
            try self.init(checking: EVPKey.ed25519(seed: secret))
        case .p256: try self.init(scalar: secret, on: .p256)
        case .p384: try self.init(scalar: secret, on: .p384)
        }
    }

    private init(scalar: [UInt8], on curve: CurveScalar) throws(CryptographyError) {
        guard curve.contains(scalar) else {
            throw CryptographyError(
                .keyUnsupported,
                "no \(curve.algorithm) scalar: its length or value is out of range"
            )
        }
        // OpenSSL computes the point only for keys that it decodes.
        var encoded = curve.prefix + scalar
        defer { encoded.cleanse() }
        try self.init(der: encoded)
    }

    /// A key that was loaded: it must be of a kind we accept, and its halves must belong together.
    ///
    /// The halves are tried on a signature: OpenSSL loads keys whose public half is another key's, and signatures by
    /// a key with a damaged part can betray the key.
    init(checking key: EVPKey) throws(CryptographyError) {
        try self.init(checking: key, publicKey: PublicKey(of: key))
    }

    private init(checking key: EVPKey, publicKey: PublicKey) throws(CryptographyError) {
        self.key = key
        self.publicKey = publicKey
        let message = Array("open-badges: do these halves belong together?".utf8)
        let algorithm = SignatureAlgorithm.preferred(for: publicKey.algorithm)
        let agrees: Bool
        do {
            let signature = try Signer(self, algorithm).signature(for: message)
            agrees = try publicKey.isValid(signature: signature, for: message, algorithm: algorithm)
        } catch {
            throw CryptographyError(.keyUnreadable, "the private key cannot sign: it is damaged or incomplete")
        }
        if !agrees { throw CryptographyError(.keyUnreadable, "the private and the public half do not belong together") }
    }

    /// A key that stays in hardware, by its `pkcs11:` URI (RFC 7512): an HSM, a smart card, a token.
    ///
    /// OpenSSL's pkcs11 engine talks to it, through the module that `PKCS11_MODULE_PATH` or the system names. RSA, P-256
    /// and P-384; the engine knows no Ed25519.
    ///
    /// - Parameter pin: of the token; never part of the URI here, so that it is not stored with it.
    /// - Throws: `KEY_UNREADABLE` where there is no engine, no token, no such key, or the PIN is wrong.
    public init(hardware uri: String, pin: [UInt8]? = nil) throws(CryptographyError) {
        OpenSSLQueueEntry.discard()
        var secret = (pin ?? []) + [0]
        defer { secret.cleanse() }
        let pointer = secret.withUnsafeBufferPointer { bytes in
            bytes.withMemoryRebound(to: CChar.self) { characters in
                openbadges_pkcs11_key(uri, nil, pin == nil ? nil : characters.baseAddress)
            }
        }
        guard let pointer else {
            throw CryptographyError(
                .keyUnreadable,
                "there is no key of that URI: no pkcs11 engine, no token, another PIN, or another name",
                queue: OpenSSLQueueEntry.drain()
            )
        }
        let key = EVPKey(owning: pointer)
        // What an engine gives has no parameters to ask for one by one, but an encoding.
        try self.init(checking: key, publicKey: PublicKey(der: key.subjectPublicKeyInfo()))
    }

    /// The secret alone: the seed of an Ed25519 key, the scalar of an EC key in full length; overwrite it when done.
    /// Throws `KEY_UNSUPPORTED` for RSA.
    public func rawRepresentation() throws(CryptographyError) -> [UInt8] {
        switch algorithm {
        case .rsa: throw CryptographyError(.keyUnsupported, "an RSA key has no raw form")
        case .ed25519: try key.rawPrivateKey()
        case .p256, .p384: try key.number(OSSL_PKEY_PARAM_PRIV_KEY, count: algorithm.coordinateLength ?? 0)
        }
    }

    /// A signature over the message.
    ///
    /// Throws `ALGORITHM_MISMATCH` where the algorithm does not suit the key. For many signatures, keep a
    /// ``signer(_:)``.
    public func signature(
        for message: [UInt8],
        algorithm: SignatureAlgorithm
    ) throws(CryptographyError) -> [UInt8] {
        try signer(algorithm).signature(for: message)
    }

    /// Everything that signing with this key needs, prepared once; for one thread at a time.
    public func signer(_ algorithm: SignatureAlgorithm) throws(CryptographyError) -> Signer {
        try Signer(self, algorithm)
    }
}
