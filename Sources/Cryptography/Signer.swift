internal import COpenSSL

/// Signs many messages with one key: the digest, the key and the padding are prepared once.
///
/// One thread at a time: it is not `Sendable`; make one for each thread by ``PrivateKey/signer(_:)``.
public final class Signer {
    /// The algorithm it signs with.
    public let algorithm: SignatureAlgorithm
    /// Bytes of every signature it makes: the RSA modulus, or twice a coordinate, or 64.
    public let signatureLength: Int
    private let operation: Operation

    private enum Operation {
        case rsa(DigestContext, KeyContext)
        case ecdsa(DigestContext, KeyContext)
        case ed25519(MessageContext)
    }

    init(_ key: PrivateKey, _ algorithm: SignatureAlgorithm) throws(CryptographyError) {
        signatureLength = try algorithm.signatureLength(for: key.algorithm)
        self.algorithm = algorithm
        guard let digest = algorithm.digest else {
            operation = .ed25519(try MessageContext(signingWith: key.key))
            return
        }
        let context = try KeyContext(key.key)
        try context.withPointer { context throws(CryptographyError) in
            try require(EVP_PKEY_sign_init(context), "no signing with this key")
            try algorithm.configure(context, digest)
        }
        let digestContext = DigestContext(digest)
        operation = algorithm == .rs256 ? .rsa(digestContext, context) : .ecdsa(digestContext, context)
    }

    /// A signature over the message.
    public func signature(for message: [UInt8]) throws(CryptographyError) -> [UInt8] {
        var signature = [UInt8](repeating: 0, count: signatureLength)
        try signature.withUnsafeMutableBufferPointer { signature throws(CryptographyError) in
            try message.withUnsafeBufferPointer { message throws(CryptographyError) in
                try sign(UnsafeRawBufferPointer(message), into: UnsafeMutableRawBufferPointer(signature))
            }
        }
        return signature
    }

    /// A signature over the message.
    public func signature(for message: UnsafeRawBufferPointer) throws(CryptographyError) -> [UInt8] {
        var signature = [UInt8](repeating: 0, count: signatureLength)
        try signature.withUnsafeMutableBufferPointer { signature throws(CryptographyError) in
            try sign(message, into: UnsafeMutableRawBufferPointer(signature))
        }
        return signature
    }

    /// Writes a signature over the message into a buffer of exactly ``signatureLength`` bytes.
    public func sign(
        _ message: UnsafeRawBufferPointer,
        into signature: UnsafeMutableRawBufferPointer
    ) throws(CryptographyError) {
        guard signature.count == signatureLength, let start = signature.baseAddress else {
            throw CryptographyError(.invalidArgument, "a signature of \(signatureLength) bytes needs as much room")
        }
        let output = start.assumingMemoryBound(to: UInt8.self)
        switch operation {
        case .ed25519(let context): try context.sign(message, into: output, count: signatureLength)
        case .rsa(let digest, let context):
            digest.update(message)
            var count = signatureLength
            let result = Signer.sign(digest, context, output, &count)
            if result != 1 || count != signatureLength { throw CryptographyError.openSSL("signing failed") }
        case .ecdsa(let digest, let context):
            digest.update(message)
            let room = ECDSASignature.maximumDERLength(numberLength: signatureLength / 2)
            let isWritten = withUnsafeTemporaryAllocation(of: UInt8.self, capacity: room) { der in
                var count = room
                guard let pointer = der.baseAddress, Signer.sign(digest, context, pointer, &count) == 1 else {
                    return false
                }
                return ECDSASignature.raw(
                    fromDER: UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(der)[..<count]),
                    into: signature
                )
            }
            if !isWritten { throw CryptographyError.openSSL("signing failed") }
        }
    }

    private static func sign(
        _ digest: DigestContext,
        _ context: KeyContext,
        _ output: UnsafeMutablePointer<UInt8>,
        _ count: inout Int
    ) -> Int32 {
        digest.withDigest { digest in
            context.withPointer { EVP_PKEY_sign($0, output, &count, digest.baseAddress, digest.count) }
        }
    }
}

extension DigestContext {
    /// Finishes into a buffer on the stack.
    @inline(__always)
    func withDigest<Result>(_ body: (UnsafeMutableBufferPointer<UInt8>) -> Result) -> Result {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: algorithm.length) { digest in
            finish(into: UnsafeMutableRawBufferPointer(digest))
            return body(digest)
        }
    }
}

extension SignatureAlgorithm {
    /// Bytes of a signature by a key; throws `ALGORITHM_MISMATCH` where the two do not suit each other.
    func signatureLength(for key: KeyAlgorithm) throws(CryptographyError) -> Int {
        guard suits(key) else {
            throw CryptographyError(.algorithmMismatch, "\(rawValue) does not suit a key of type \(key)")
        }
        switch key {
        case .rsa(let bits): return (bits + 7) / 8
        case .p256, .p384: return 2 * (key.coordinateLength ?? 0)
        case .ed25519: return 64
        }
    }

    /// Sets digest and padding of a context that is about to sign or verify.
    func configure(_ context: OpaquePointer, _ digest: DigestAlgorithm) throws(CryptographyError) {
        if self == .rs256 {
            try require(EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PADDING), "no PKCS#1 padding")
        }
        try require(
            digest.method.withPointer { EVP_PKEY_CTX_set_signature_md(context, $0) },
            "no \(digest) in signatures"
        )
    }
}
