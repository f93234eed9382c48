import CBareOpenSSL

/// OpenSSL by itself, as `openssl speed` runs it: one key, one context, a short message; nothing of ours.
final class BareOpenSSL {
    private let key: OpaquePointer
    private let context: OpaquePointer
    private let digestContext: OpaquePointer
    private let isEdwards: Bool
    private let message = [UInt8](repeating: 0x61, count: 32)
    private var signature: [UInt8]

    /// - Parameter pem: a private key, PKCS#8 without passphrase.
    init(pem: [UInt8], isEdwards: Bool, isRSA: Bool) {
        let read = pem.withUnsafeBytes { pem -> OpaquePointer? in
            let bio = BIO_new_mem_buf(pem.baseAddress, Int32(pem.count))
            defer { BIO_free(bio) }
            return PEM_read_bio_PrivateKey(bio, nil, nil, nil)
        }
        guard let key = read, let context = EVP_PKEY_CTX_new(key, nil), let digestContext = EVP_MD_CTX_new() else {
            fatalError("OpenSSL cannot read the key")
        }
        (self.key, self.context, self.digestContext, self.isEdwards) = (key, context, digestContext, isEdwards)
        signature = [UInt8](repeating: 0, count: 1024)
        guard !isEdwards else { return }
        must(EVP_PKEY_sign_init(context) == 1)
        must(EVP_PKEY_CTX_set_signature_md(context, EVP_sha256()) == 1)
        if isRSA { must(EVP_PKEY_CTX_set_rsa_padding(context, 1) == 1) }
    }

    func sign() {
        var length = signature.count
        if isEdwards {
            must(EVP_DigestSignInit(digestContext, nil, nil, nil, key) == 1)
            must(EVP_DigestSign(digestContext, &signature, &length, message, message.count) == 1)
            EVP_MD_CTX_reset(digestContext)
        } else {
            must(EVP_PKEY_sign(context, &signature, &length, message, message.count) == 1)
        }
        signed = length
    }

    private var signed = 0

    /// Turns the context to verification of what was signed last.
    func prepareVerification(isRSA: Bool) {
        guard !isEdwards else { return }
        must(EVP_PKEY_verify_init(context) == 1)
        must(EVP_PKEY_CTX_set_signature_md(context, EVP_sha256()) == 1)
        if isRSA { must(EVP_PKEY_CTX_set_rsa_padding(context, 1) == 1) }
    }

    func verify() {
        if isEdwards {
            must(EVP_DigestVerifyInit(digestContext, nil, nil, nil, key) == 1)
            must(EVP_DigestVerify(digestContext, signature, signed, message, message.count) == 1)
            EVP_MD_CTX_reset(digestContext)
        } else {
            must(EVP_PKEY_verify(context, signature, signed, message, message.count) == 1)
        }
    }
}

func must(_ condition: Bool, _ what: String = "OpenSSL failed") {
    if !condition { fatalError(what) }
}
