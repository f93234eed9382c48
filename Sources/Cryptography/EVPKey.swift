internal import COpenSSL

/// One `EVP_PKEY`, private or public.
///
/// `@unchecked Sendable`: the key is never changed after it was made, its reference count is atomic, and OpenSSL
/// guards what it computes lazily (provider caches, RSA blinding) by locks of its own; several threads may open
/// contexts on it at once.
final class EVPKey: @unchecked Sendable {
    private let pointer: OpaquePointer

    init(owning pointer: OpaquePointer) {
        self.pointer = pointer
    }

    deinit { EVP_PKEY_free(pointer) }

    func withPointer<Result, Failure: Error>(
        _ body: (OpaquePointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        defer { withExtendedLifetime(self) {} }
        return try body(pointer)
    }

    // MARK: Making

    /// A new key pair.
    static func generate(_ algorithm: KeyAlgorithm) throws(CryptographyError) -> EVPKey {
        let type: String
        switch algorithm {
        case .rsa: type = "RSA"
        case .p256, .p384: type = "EC"
        case .ed25519: type = "ED25519"
        }
        let pointer = try KeyContext(type: type).withPointer { context throws(CryptographyError) in
            try require(EVP_PKEY_keygen_init(context), "no key generation")
            switch algorithm {
            case .rsa(let bits): try require(EVP_PKEY_CTX_set_rsa_keygen_bits(context, Int32(bits)), "RSA key size")
            case .p256, .p384: try require(EVP_PKEY_CTX_set_group_name(context, algorithm.description), "EC group")
            case .ed25519: break
            }
            var key: OpaquePointer?
            try require(EVP_PKEY_generate(context, &key), "key generation failed")
            return try require(key, "key generation failed")
        }
        return EVPKey(owning: pointer)
    }

    /// The public half as SubjectPublicKeyInfo (RFC 5280), DER.
    func subjectPublicKeyInfo() throws(CryptographyError) -> [UInt8] {
        let length = i2d_PUBKEY(pointer, nil)
        guard length > 0 else { throw CryptographyError.openSSL("the key has no public half") }
        var bytes = [UInt8](repeating: 0, count: Int(length))
        let written = bytes.withUnsafeMutableBufferPointer { buffer in
            var next = buffer.baseAddress
            return i2d_PUBKEY(pointer, &next)
        }
        guard written == length else { throw CryptographyError.openSSL("the key has no public half") }
        return bytes
    }

    /// An RSA public key. The numbers are the caller's to judge.
    static func rsa(modulus: [UInt8], exponent: [UInt8]) throws(CryptographyError) -> EVPKey {
        let builder = try KeyParametersBuilder()
        try builder.add(openbadges_param_rsa_modulus(), number: modulus)
        try builder.add(openbadges_param_rsa_exponent(), number: exponent)
        return try make("RSA", from: builder.build())
    }

    /// An EC public key from an encoded point; OpenSSL refuses a point off the curve.
    static func ec(point: [UInt8], group: String) throws(CryptographyError) -> EVPKey {
        try make("EC", from: KeyParametersBuilder().build(group: group, point: point))
    }

    private static func make(_ type: String, from parameters: KeyParameters) throws(CryptographyError) -> EVPKey {
        let context = try KeyContext(type: type)
        let pointer = try context.withPointer { context throws(CryptographyError) in
            try require(EVP_PKEY_fromdata_init(context), "no key from components")
            return try parameters.withPointer { parameters throws(CryptographyError) in
                var key: OpaquePointer?
                let result = EVP_PKEY_fromdata(context, &key, publicKeySelection, parameters)
                guard result == 1, let key else {
                    throw CryptographyError(
                        .keyUnsupported,
                        "the components are no \(type) key",
                        queue: OpenSSLQueueEntry.drain()
                    )
                }
                return key
            }
        }
        return EVPKey(owning: pointer)
    }

    /// `EVP_PKEY_PUBLIC_KEY`, a macro of macros that Swift cannot see.
    private static let publicKeySelection = OSSL_KEYMGMT_SELECT_ALL_PARAMETERS | OSSL_KEYMGMT_SELECT_PUBLIC_KEY

    static func ed25519(publicKey bytes: [UInt8]) throws(CryptographyError) -> EVPKey {
        let key = EVP_PKEY_new_raw_public_key_ex(nil, "ED25519", nil, bytes, bytes.count)
        return EVPKey(owning: try require(key, "no Ed25519 key"))
    }

    static func ed25519(seed bytes: [UInt8]) throws(CryptographyError) -> EVPKey {
        let key = EVP_PKEY_new_raw_private_key_ex(nil, "ED25519", nil, bytes, bytes.count)
        return EVPKey(owning: try require(key, "no Ed25519 key"))
    }

    // MARK: Reading

    /// What kind of key it is; throws `KEY_UNSUPPORTED` for every kind but ours.
    func algorithm() throws(CryptographyError) -> KeyAlgorithm {
        defer { OpenSSLQueueEntry.discard() }
        if EVP_PKEY_is_a(pointer, "RSA") == 1 { return .rsa(bits: Int(EVP_PKEY_get_bits(pointer))) }
        if EVP_PKEY_is_a(pointer, "ED25519") == 1 { return .ed25519 }
        guard EVP_PKEY_is_a(pointer, "EC") == 1 else {
            throw CryptographyError(.keyUnsupported, "a key that is neither RSA, EC nor Ed25519")
        }
        // A curve spelt out in numbers may differ from the named one that it resembles (CVE-2020-0601).
        var explicit: Int32 = 0
        if EVP_PKEY_get_int_param(pointer, OSSL_PKEY_PARAM_EC_DECODED_FROM_EXPLICIT_PARAMS, &explicit) == 1,
            explicit != 0
        {
            throw CryptographyError(.keyUnsupported, "an EC key whose curve is not named")
        }
        var name = [CChar](repeating: 0, count: 64)
        var length = 0
        guard EVP_PKEY_get_group_name(pointer, &name, name.count, &length) == 1, length < name.count else {
            throw CryptographyError(.keyUnsupported, "an EC key without a named curve")
        }
        switch OBJ_txt2nid(name) {
        case NID_X9_62_prime256v1: return .p256
        case NID_secp384r1: return .p384
        default: throw CryptographyError(.keyUnsupported, "an EC key on a curve other than P-256 and P-384")
        }
    }

    /// A number among its components, without leading zeros.
    func number(_ name: String) throws(CryptographyError) -> [UInt8] {
        try BigNumber(name, of: pointer).bigEndian()
    }

    /// A number among its components, filled up to the count.
    func number(_ name: String, count: Int) throws(CryptographyError) -> [UInt8] {
        try BigNumber(name, of: pointer).bigEndian(count: count)
    }

    /// The public point of an EC key, `04 ‖ x ‖ y`.
    func uncompressedPoint(coordinateLength: Int) throws(CryptographyError) -> [UInt8] {
        let x = try number(OSSL_PKEY_PARAM_EC_PUB_X, count: coordinateLength)
        return try [0x04] + x + number(OSSL_PKEY_PARAM_EC_PUB_Y, count: coordinateLength)
    }

    func rawPublicKey() throws(CryptographyError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: 32)
        var count = bytes.count
        try require(EVP_PKEY_get_raw_public_key(pointer, &bytes, &count), "no raw public key")
        return bytes
    }

    func rawPrivateKey() throws(CryptographyError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: 32)
        var count = bytes.count
        try require(EVP_PKEY_get_raw_private_key(pointer, &bytes, &count), "no raw private key")
        return bytes
    }
}
