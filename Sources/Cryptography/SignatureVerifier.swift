internal import COpenSSL

/// Verifies many signatures of one key: the digest, the key and the padding are prepared once.
///
/// One thread at a time: it is not `Sendable`; make one for each thread by ``PublicKey/verifier(_:)``.
public final class SignatureVerifier {
    /// The algorithm whose signatures it verifies.
    public let algorithm: SignatureAlgorithm
    /// The key whose signatures it verifies.
    public let key: PublicKey
    private let signatureLength: Int
    private let operation: Operation

    private enum Operation {
        case rsa(DigestContext, KeyContext)
        case ecdsa(DigestContext, KeyContext)
        case ed25519(MessageContext)
    }

    init(_ key: PublicKey, _ algorithm: SignatureAlgorithm) throws(CryptographyError) {
        signatureLength = try algorithm.signatureLength(for: key.algorithm)
        self.algorithm = algorithm
        self.key = key
        guard let digest = algorithm.digest else {
            operation = .ed25519(try MessageContext(verifyingWith: key.key))
            return
        }
        let context = try KeyContext(key.key)
        try context.withPointer { context throws(CryptographyError) in
            try require(EVP_PKEY_verify_init(context), "no verifying with this key")
            try algorithm.configure(context, digest)
        }
        let digestContext = DigestContext(digest)
        operation = algorithm == .rs256 ? .rsa(digestContext, context) : .ecdsa(digestContext, context)
    }

    /// Whether the signature is the key's for the message; a signature of another length is not.
    ///
    /// Throws only where OpenSSL could not do the work: the answer is then unknown, not *no*.
    public func isValid(signature: [UInt8], for message: [UInt8]) throws(CryptographyError) -> Bool {
        try signature.withUnsafeBufferPointer { signature throws(CryptographyError) in
            try message.withUnsafeBufferPointer { message throws(CryptographyError) in
                try isValid(signature: UnsafeRawBufferPointer(signature), for: UnsafeRawBufferPointer(message))
            }
        }
    }

    /// Whether the signature is the key's for the message; a signature of another length is not.
    public func isValid(
        signature: UnsafeRawBufferPointer,
        for message: UnsafeRawBufferPointer
    ) throws(CryptographyError) -> Bool {
        guard signature.count == signatureLength else { return false }
        let result: Int32
        switch operation {
        case .ed25519(let context): result = try context.verify(signature, message)
        case .rsa(let digest, let context):
            digest.update(message)
            result = SignatureVerifier.verify(digest, context, signature)
        case .ecdsa(let digest, let context):
            let room = ECDSASignature.maximumDERLength(numberLength: signatureLength / 2)
            result = withUnsafeTemporaryAllocation(byteCount: room, alignment: 1) { der in
                guard let count = ECDSASignature.der(fromRaw: signature, into: der) else { return 0 }
                digest.update(message)
                let encoded = UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(der)[..<count])
                return SignatureVerifier.verify(digest, context, encoded)
            }
        }
        if result == 1 { return true }
        let queue = OpenSSLQueueEntry.drain()
        // A signature can be made so that the point to compare is the one at infinity: that is invalid (SEC 1 §4.1.4,
        // step 5), but OpenSSL calls it a failure of its own.
        let isInfinite = queue.contains { $0.library == ERR_LIB_EC && $0.reason == EC_R_POINT_AT_INFINITY }
        if result < 0, !isInfinite { throw CryptographyError(.openSSLFailure, "verifying failed", queue: queue) }
        return false
    }

    private static func verify(
        _ digest: DigestContext,
        _ context: KeyContext,
        _ signature: UnsafeRawBufferPointer
    ) -> Int32 {
        digest.withDigest { digest in
            context.withPointer { context in
                EVP_PKEY_verify(
                    context,
                    signature.baseAddress?.assumingMemoryBound(to: UInt8.self),
                    signature.count,
                    digest.baseAddress,
                    digest.count
                )
            }
        }
    }
}
