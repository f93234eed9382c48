internal import COpenSSL

/// The SHA-2 digests that badges, proofs and identity hashes use (FIPS 180-4).
///
/// For example: `DigestAlgorithm.sha256.digest(bytes)` is 32 bytes. Where thousands of small pieces are hashed,
/// keep a ``DigestContext`` and feed it.
public enum DigestAlgorithm: Sendable, Hashable, CaseIterable {
    case sha256
    case sha384
    case sha512

    /// Bytes of a digest.
    public var length: Int {
        switch self {
        case .sha256: 32
        case .sha384: 48
        case .sha512: 64
        }
    }

    /// The digest of the bytes.
    public func digest(_ bytes: [UInt8]) -> [UInt8] {
        bytes.withUnsafeBytes { digest($0) }
    }

    /// The digest of the bytes.
    public func digest(_ bytes: some Sequence<UInt8>) -> [UInt8] {
        bytes.withContiguousStorageIfAvailable { digest(UnsafeRawBufferPointer($0)) } ?? digest(Array(bytes))
    }

    /// The digest of the bytes.
    public func digest(_ bytes: UnsafeRawBufferPointer) -> [UInt8] {
        guard let digest = method.digest(bytes) else { DigestMethod.stop(self) }
        return digest
    }

    /// OpenSSL's implementation, fetched once a process.
    var method: DigestMethod {
        switch self {
        case .sha256: DigestMethod.sha256
        case .sha384: DigestMethod.sha384
        case .sha512: DigestMethod.sha512
        }
    }
}

/// MD5, for one purpose: Open Badges 2.0 identity hashes of old badges (`md5$…`) can still be compared.
///
/// It is not a ``DigestAlgorithm``, so that nothing can sign, name or bind anything with it.
public enum LegacyDigest {
    /// The MD5 digest, 16 bytes; `nil` where OpenSSL offers none (a FIPS configuration): the answer is then *unknown*.
    public static func md5(_ bytes: [UInt8]) -> [UInt8]? {
        defer { OpenSSLQueueEntry.discard() }
        return bytes.withUnsafeBytes { DigestMethod.md5?.digest($0) }
    }
}

/// One `EVP_MD`, fetched once and kept for the process.
///
/// `@unchecked Sendable`: a fetched `EVP_MD` is never written after the fetch, and its reference count is atomic.
final class DigestMethod: @unchecked Sendable {
    private let pointer: OpaquePointer
    private let length: Int

    static let sha256 = required(.sha256, "SHA2-256")
    static let sha384 = required(.sha384, "SHA2-384")
    static let sha512 = required(.sha512, "SHA2-512")
    static let md5 = DigestMethod(fetching: "MD5")

    private static func required(_ algorithm: DigestAlgorithm, _ name: String) -> DigestMethod {
        guard let method = DigestMethod(fetching: name) else { stop(algorithm) }
        return method
    }

    private init?(fetching name: String) {
        guard let pointer = EVP_MD_fetch(nil, name, nil) else {
            OpenSSLQueueEntry.discard()
            return nil
        }
        self.pointer = pointer
        length = Int(EVP_MD_get_size(pointer))
    }

    deinit { EVP_MD_free(pointer) }

    func withPointer<Result, Failure: Error>(
        _ body: (OpaquePointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        defer { withExtendedLifetime(self) {} }
        return try body(pointer)
    }

    /// The digest of one message; `nil` if OpenSSL refuses.
    func digest(_ bytes: UnsafeRawBufferPointer) -> [UInt8]? {
        var written: UInt32 = 0
        var digest = [UInt8](repeating: 0, count: length)
        let result = digest.withUnsafeMutableBufferPointer {
            EVP_Digest(bytes.baseAddress, bytes.count, $0.baseAddress, &written, pointer, nil)
        }
        return result == 1 && Int(written) == length ? digest : nil
    }

    /// Every OpenSSL 3 provider has SHA-2; without it nothing here can work, and a wrong digest would be worse than
    /// a stop.
    static func stop(_ algorithm: DigestAlgorithm) -> Never {
        fatalError("OpenSSL offers no working \(algorithm): \(OpenSSLQueueEntry.drain().map(\.text))")
    }
}
