internal import COpenSSL

/// One `EVP_PKEY_CTX`: an operation on a key, or the making of one.
final class KeyContext {
    private let pointer: OpaquePointer

    /// For operations with a key; the context holds a reference to it.
    init(_ key: EVPKey) throws(CryptographyError) {
        pointer = try require(key.withPointer { EVP_PKEY_CTX_new_from_pkey(nil, $0, nil) }, "no key context")
    }

    /// For making a key of a type: `RSA`, `EC` or `ED25519`.
    init(type: String) throws(CryptographyError) {
        pointer = try require(EVP_PKEY_CTX_new_from_name(nil, type, nil), "OpenSSL offers no \(type) keys")
    }

    deinit { EVP_PKEY_CTX_free(pointer) }

    func withPointer<Result, Failure: Error>(
        _ body: (OpaquePointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        defer { withExtendedLifetime(self) {} }
        return try body(pointer)
    }
}
