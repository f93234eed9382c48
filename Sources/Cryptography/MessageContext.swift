internal import COpenSSL

/// One `EVP_MD_CTX` with a key, for the algorithms that take the message whole (Ed25519).
///
/// The context is bound to the key once; starting it again without a key is cheap.
final class MessageContext {
    private let pointer: OpaquePointer

    init(signingWith key: EVPKey) throws(CryptographyError) {
        pointer = try require(EVP_MD_CTX_new(), "no message context")
        let result = key.withPointer { EVP_DigestSignInit_ex(pointer, nil, nil, nil, nil, $0, nil) }
        try require(result, "no signing with this key")
    }

    init(verifyingWith key: EVPKey) throws(CryptographyError) {
        pointer = try require(EVP_MD_CTX_new(), "no message context")
        let result = key.withPointer { EVP_DigestVerifyInit_ex(pointer, nil, nil, nil, nil, $0, nil) }
        try require(result, "no verifying with this key")
    }

    deinit { EVP_MD_CTX_free(pointer) }

    func sign(
        _ message: UnsafeRawBufferPointer,
        into signature: UnsafeMutablePointer<UInt8>,
        count: Int
    ) throws(CryptographyError) {
        let bytes = message.baseAddress?.assumingMemoryBound(to: UInt8.self)
        var written = count
        // Later versions of OpenSSL 3 allow one signature after each start.
        try require(EVP_DigestSignInit_ex(pointer, nil, nil, nil, nil, nil, nil), "signing did not start")
        try require(EVP_DigestSign(pointer, signature, &written, bytes, message.count), "signing failed")
        if written != count { throw CryptographyError(.openSSLFailure, "a signature of an unexpected length") }
    }

    /// OpenSSL's answer: 1 valid, 0 not, below 0 a failure.
    func verify(_ signature: UnsafeRawBufferPointer, _ message: UnsafeRawBufferPointer) throws(CryptographyError)
        -> Int32
    {
        try require(EVP_DigestVerifyInit_ex(pointer, nil, nil, nil, nil, nil, nil), "verifying did not start")
        return EVP_DigestVerify(
            pointer,
            signature.baseAddress?.assumingMemoryBound(to: UInt8.self),
            signature.count,
            message.baseAddress?.assumingMemoryBound(to: UInt8.self),
            message.count
        )
    }
}
