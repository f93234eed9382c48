internal import COpenSSL

/// The first block of a PEM text, as OpenSSL reads it: label, headers and decoded contents.
final class PEMBlock {
    private var name: UnsafeMutablePointer<CChar>?
    private var header: UnsafeMutablePointer<CChar>?
    private var data: UnsafeMutablePointer<UInt8>?
    private var count = 0

    /// Reads the block; throws `KEY_UNREADABLE` where there is none.
    init(firstIn text: [UInt8]) throws(CryptographyError) {
        OpenSSLQueueEntry.discard()
        let result = try text.withUnsafeBufferPointer { text throws(CryptographyError) in
            try MemoryBIO(reading: text).withPointer { PEM_read_bio($0, &name, &header, &data, &count) }
        }
        if result != 1 {
            throw CryptographyError(.keyUnreadable, "no PEM block", queue: OpenSSLQueueEntry.drain())
        }
    }

    deinit {
        openbadges_OPENSSL_free(name)
        openbadges_OPENSSL_free(header)
        openbadges_OPENSSL_clear_free(data, count)
    }

    /// What stands between `-----BEGIN ` and `-----`.
    var label: String {
        defer { withExtendedLifetime(self) {} }
        return name.map { String(cString: $0) } ?? ""
    }

    func contents() -> [UInt8] {
        defer { withExtendedLifetime(self) {} }
        return Array(UnsafeBufferPointer(start: data, count: data == nil ? 0 : count))
    }
}

/// One `PKCS8_PRIV_KEY_INFO`: a private key in the form that is stored (RFC 5958).
final class PKCS8Information {
    private let pointer: OpaquePointer

    init(of key: EVPKey) throws(CryptographyError) {
        pointer = try require(key.withPointer { EVP_PKEY2PKCS8($0) }, "no PKCS#8 form of the key")
    }

    deinit { PKCS8_PRIV_KEY_INFO_free(pointer) }

    func withPointer<Result, Failure: Error>(
        _ body: (OpaquePointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        defer { withExtendedLifetime(self) {} }
        return try body(pointer)
    }
}

/// One `X509_SIG`: an encrypted private key (RFC 5958 §3).
final class EncryptedPKCS8 {
    private let pointer: OpaquePointer

    init(
        _ information: PKCS8Information,
        _ passphrase: [UInt8],
        iterations: Int
    ) throws(CryptographyError) {
        let cipher = try Cipher("AES-256-CBC")
        let encrypted = passphrase.withUnsafeBytes { passphrase in
            information.withPointer { information in
                cipher.withPointer { cipher in
                    // A null salt of 16 bytes asks for a random one; the first argument names the PRF, which chooses
                    // PBES2.
                    PKCS8_encrypt(
                        NID_hmacWithSHA256,
                        cipher,
                        passphrase.baseAddress?.assumingMemoryBound(to: CChar.self),
                        Int32(clamping: passphrase.count),
                        nil,
                        16,
                        Int32(clamping: iterations),
                        information
                    )
                }
            }
        }
        pointer = try require(encrypted, "the key could not be encrypted")
    }

    deinit { X509_SIG_free(pointer) }

    func withPointer<Result, Failure: Error>(
        _ body: (OpaquePointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        defer { withExtendedLifetime(self) {} }
        return try body(pointer)
    }
}

/// One `EVP_CIPHER`.
private final class Cipher {
    private let pointer: OpaquePointer

    init(_ name: String) throws(CryptographyError) {
        pointer = try require(EVP_CIPHER_fetch(nil, name, nil), "OpenSSL offers no \(name)")
    }

    deinit { EVP_CIPHER_free(pointer) }

    func withPointer<Result, Failure: Error>(
        _ body: (OpaquePointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        defer { withExtendedLifetime(self) {} }
        return try body(pointer)
    }
}
