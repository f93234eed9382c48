internal import COpenSSL

/// A digest that is fed piece by piece and used again and again without allocating.
///
/// One thread at a time: it is not `Sendable`. After ``finish()`` it is ready for the next message.
///
/// For example:
/// ```swift
/// let context = DigestContext(.sha256)
/// for quad in quads { context.update(quad) }
/// let digest = context.finish()
/// ```
public final class DigestContext {
    /// The algorithm that it computes.
    public let algorithm: DigestAlgorithm
    private let context: OpaquePointer

    public init(_ algorithm: DigestAlgorithm) {
        self.algorithm = algorithm
        guard let context = EVP_MD_CTX_new() else { DigestMethod.stop(algorithm) }
        self.context = context
        reset()
    }

    deinit { EVP_MD_CTX_free(context) }

    /// Forgets what was fed so far.
    public func reset() {
        let result = algorithm.method.withPointer { EVP_DigestInit_ex2(context, $0, nil) }
        if result != 1 { DigestMethod.stop(algorithm) }
    }

    /// Feeds more of the message.
    public func update(_ bytes: UnsafeRawBufferPointer) {
        if EVP_DigestUpdate(context, bytes.baseAddress, bytes.count) != 1 { DigestMethod.stop(algorithm) }
    }

    /// Feeds more of the message.
    public func update(_ bytes: [UInt8]) {
        bytes.withUnsafeBytes { update($0) }
    }

    /// Feeds more of the message.
    public func update(_ bytes: ArraySlice<UInt8>) {
        bytes.withUnsafeBytes { update($0) }
    }

    /// The digest of what was fed; the context starts anew.
    public func finish() -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: algorithm.length)
        digest.withUnsafeMutableBytes { finish(into: $0) }
        return digest
    }

    /// Writes the digest of what was fed into the start of a buffer of at least ``DigestAlgorithm/length`` bytes,
    /// and starts anew.
    public func finish(into buffer: UnsafeMutableRawBufferPointer) {
        precondition(buffer.count >= algorithm.length, "the buffer is shorter than the digest")
        if EVP_DigestFinal_ex(context, buffer.baseAddress?.assumingMemoryBound(to: UInt8.self), nil) != 1 {
            DigestMethod.stop(algorithm)
        }
        reset()
    }
}
