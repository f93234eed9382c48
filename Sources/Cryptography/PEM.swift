internal import COpenSSL

/// Sizes that no key of ours comes near; the reader stops there.
enum KeyLimits {
    /// Bytes of a PEM file: an encrypted RSA-4096 key has 3.5 KB, and files may carry a certificate chain beside it.
    static let pem = 65_536
    /// Bytes of a DER key: an RSA-4096 private key has 2.4 KB.
    static let der = 4_096
    /// Bytes of a passphrase: OpenSSL's PEM readers give this much room (`PEM_BUFSIZE`), and its tools no more.
    static let passphrase = 1_024
}

extension PublicKey {
    /// A key from a PEM text: the first block must be `PUBLIC KEY` or `RSA PUBLIC KEY`.
    ///
    /// Throws `KEY_UNREADABLE`, `KEY_UNSUPPORTED`, or `PRIVATE_KEY_EXPOSED` where it is a private key.
    public init(pem: some Sequence<UInt8>) throws(CryptographyError) {
        let text = Array(pem)
        guard text.count <= KeyLimits.pem else {
            throw CryptographyError(.keyUnreadable, "a PEM text of more than \(KeyLimits.pem) bytes")
        }
        let block = try PEMBlock(firstIn: text)
        switch block.label {
        case "PUBLIC KEY": try self.init(der: block.contents())
        case "RSA PUBLIC KEY": try self.init(of: block.contents().withKey("no RSA public key") { readPKCS1($0, $1) })
        case "PRIVATE KEY", "ENCRYPTED PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY":
            throw CryptographyError(.privateKeyExposed, "a private key where a public key belongs")
        default: throw CryptographyError(.keyUnreadable, "the first PEM block is not a public key")
        }
    }

    /// A key from its SubjectPublicKeyInfo in DER, with nothing after it.
    public init(der: some Sequence<UInt8>) throws(CryptographyError) {
        try self.init(
            of: Array(der).withKey("no SubjectPublicKeyInfo") { input, count in
                d2i_PUBKEY_ex(nil, input, count, nil, nil)
            }
        )
    }

    /// The key as a PEM text (`PUBLIC KEY`), ending in a line feed.
    public var pem: [UInt8] {
        get throws(CryptographyError) {
            let bio = try MemoryBIO()
            let count = Int(clamping: der.count)
            let written = bio.withPointer { PEM_write_bio($0, PEM_STRING_PUBLIC, "", der, count) }
            if written <= 0 { throw CryptographyError.openSSL("no PEM of the public key") }
            return bio.contents()
        }
    }
}

extension PrivateKey {
    /// A private key from a PEM text: PKCS#8 (`PRIVATE KEY`, `ENCRYPTED PRIVATE KEY`) or the older forms of OpenSSL.
    ///
    /// - Parameter passphrase: needed for an encrypted key, ignored for another. OpenSSL never asks the terminal.
    /// - Throws: `PASSPHRASE_REQUIRED`, `WRONG_PASSPHRASE`, `KEY_UNREADABLE` or `KEY_UNSUPPORTED`.
    public init(pem: some Sequence<UInt8>, passphrase: [UInt8]? = nil) throws(CryptographyError) {
        var text = Array(pem)
        defer { text.cleanse() }
        guard text.count <= KeyLimits.pem else {
            throw CryptographyError(.keyUnreadable, "a PEM text of more than \(KeyLimits.pem) bytes")
        }
        OpenSSLQueueEntry.discard()
        var question = PassphraseQuestion(answer: passphrase)
        let key = try text.withUnsafeBufferPointer { text throws(CryptographyError) in
            let bio = try MemoryBIO(reading: text)
            return bio.withPointer { bio in
                withUnsafeMutablePointer(to: &question) { question in
                    PEM_read_bio_PrivateKey_ex(bio, nil, answerPassphraseQuestion, question, nil, nil)
                }
            }
        }
        guard let key else { throw question.failure(queue: OpenSSLQueueEntry.drain()) }
        OpenSSLQueueEntry.discard()  // decoders that were tried in vain leave their complaints
        try self.init(checking: EVPKey(owning: key))
    }

    /// A private key from DER: PKCS#8, or the older PKCS#1 and SEC 1 forms; never encrypted.
    public init(der: some Sequence<UInt8>) throws(CryptographyError) {
        var bytes = Array(der)
        defer { bytes.cleanse() }
        let key = try bytes.withKey("no private key in DER") { input, count in
            d2i_AutoPrivateKey_ex(nil, input, count, nil, nil)
        }
        try self.init(checking: key)
    }

    /// The key as a PKCS#8 PEM text, ending in a line feed.
    ///
    /// With a passphrase it is encrypted by PBES2 (RFC 8018): PBKDF2 with HMAC-SHA-256, 16 bytes of salt and
    /// ``passphraseIterations``, then AES-256-CBC. Throws `PASSPHRASE_UNSUITABLE` for an empty one or one of more than
    /// 1,024 bytes. Without a passphrase the text is the bare key: write it to a file of mode 0600 only, and
    /// overwrite the array when done.
    public func pem(passphrase: [UInt8]? = nil) throws(CryptographyError) -> [UInt8] {
        let information = try PKCS8Information(of: key)
        let bio = try MemoryBIO()
        guard let passphrase else {
            try require(
                bio.withPointer { bio in information.withPointer { PEM_write_bio_PKCS8_PRIV_KEY_INFO(bio, $0) } },
                "no PEM of the private key"
            )
            return bio.contents()
        }
        guard !passphrase.isEmpty, passphrase.count <= KeyLimits.passphrase else {
            throw CryptographyError(.passphraseUnsuitable, "a passphrase must have 1 to \(KeyLimits.passphrase) bytes")
        }
        let encrypted = try EncryptedPKCS8(information, passphrase, iterations: PrivateKey.passphraseIterations)
        try require(
            bio.withPointer { bio in encrypted.withPointer { PEM_write_bio_PKCS8(bio, $0) } },
            "no PEM of the private key"
        )
        return bio.contents()
    }

    /// The key as PKCS#8 in DER, not encrypted; overwrite the array when done.
    public func der() throws(CryptographyError) -> [UInt8] {
        let information = try PKCS8Information(of: key)
        var buffer: UnsafeMutablePointer<UInt8>?
        let count = information.withPointer { i2d_PKCS8_PRIV_KEY_INFO($0, &buffer) }
        guard count > 0, let buffer else { throw CryptographyError.openSSL("no DER of the private key") }
        defer { openbadges_OPENSSL_clear_free(buffer, Int(count)) }
        return Array(UnsafeBufferPointer(start: buffer, count: Int(count)))
    }

    /// Rounds of PBKDF2 for a stored key: what OWASP recommended for HMAC-SHA-256 from 2023 on; about a fifth of a
    /// second, once for each start.
    public static let passphraseIterations = 600_000
}

extension [UInt8] {
    /// Overwrites the bytes so that the compiler cannot leave it out; for copies of secrets that we hold.
    package mutating func cleanse() {
        withUnsafeMutableBytes { OPENSSL_cleanse($0.baseAddress, $0.count) }
    }

    /// Hands the bytes to one of OpenSSL's `d2i` readers, and sees to it that nothing is left over.
    fileprivate func withKey(
        _ complaint: String,
        _ read: (UnsafeMutablePointer<UnsafePointer<UInt8>?>, Int) -> OpaquePointer?
    ) throws(CryptographyError) -> EVPKey {
        guard count <= KeyLimits.der else {
            throw CryptographyError(.keyUnreadable, "a DER key of more than \(KeyLimits.der) bytes")
        }
        OpenSSLQueueEntry.discard()
        let (key, rest) = withUnsafeBufferPointer { buffer in
            var position = buffer.baseAddress
            let key = read(&position, buffer.count)
            return (key.map(EVPKey.init(owning:)), position == buffer.baseAddress.map { $0 + buffer.count })
        }
        let queue = OpenSSLQueueEntry.drain()
        guard let key else { throw CryptographyError(.keyUnreadable, complaint, queue: queue) }
        guard rest else { throw CryptographyError(.keyUnreadable, complaint + ": bytes are left over") }
        return key
    }
}

/// A PKCS#1 `RSAPublicKey`.
private func readPKCS1(_ input: UnsafeMutablePointer<UnsafePointer<UInt8>?>, _ count: Int) -> OpaquePointer? {
    d2i_PublicKey(EVP_PKEY_RSA, nil, input, count)
}
