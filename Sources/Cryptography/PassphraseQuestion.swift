internal import COpenSSL

/// What happens when OpenSSL asks for a passphrase: it gets the one at hand, and we learn that it asked.
///
/// With a callback in place OpenSSL never turns to the terminal.
struct PassphraseQuestion {
    /// The passphrase that the caller gave; OpenSSL copies it, and wipes its copy.
    let answer: [UInt8]?
    /// Whether OpenSSL asked, which it does for encrypted keys only.
    private(set) var wasAsked = false

    init(answer: [UInt8]?) {
        self.answer = answer
    }

    /// Answers into OpenSSL's buffer: the length, or −1 where there is no answer.
    fileprivate mutating func ask(_ buffer: UnsafeMutableRawBufferPointer) -> Int32 {
        wasAsked = true
        guard let answer, answer.count <= buffer.count else { return -1 }
        answer.withUnsafeBytes { buffer.copyMemory(from: $0) }
        return Int32(answer.count)
    }

    /// What to say of a key that could not be read.
    func failure(queue: [OpenSSLQueueEntry]) -> CryptographyError {
        guard wasAsked else { return CryptographyError(.keyUnreadable, "no private key in PEM", queue: queue) }
        guard answer != nil else {
            return CryptographyError(.passphraseRequired, "the private key is encrypted and no passphrase was given")
        }
        // A wrong passphrase mostly shows in the padding of the last block; once in 256 times the padding looks
        // right, and the contents are no key. So whatever fails after the question is a wrong passphrase, but for
        // a cipher or a derivation that OpenSSL does not have.
        let isWrong = queue.contains { entry in
            switch (entry.library, entry.reason) {
            case (ERR_LIB_PROV, PROV_R_BAD_DECRYPT), (ERR_LIB_EVP, EVP_R_BAD_DECRYPT),
                (ERR_LIB_PKCS12, PKCS12_R_PKCS12_CIPHERFINAL_ERROR), (ERR_LIB_PEM, PEM_R_BAD_DECRYPT):
                true
            default: false
            }
        }
        let isUnknown = queue.contains { entry in
            switch (entry.library, entry.reason) {
            case (ERR_LIB_EVP, EVP_R_UNSUPPORTED_ALGORITHM), (ERR_LIB_EVP, EVP_R_UNKNOWN_PBE_ALGORITHM),
                (ERR_LIB_EVP, EVP_R_UNSUPPORTED_CIPHER), (ERR_LIB_EVP, EVP_R_UNSUPPORTED_PRF),
                (ERR_LIB_EVP, EVP_R_UNSUPPORTED_KEY_DERIVATION_FUNCTION), (ERR_LIB_EVP, EVP_R_UNKNOWN_CIPHER),
                (ERR_LIB_EVP, Int32(ERR_R_UNSUPPORTED)), (ERR_LIB_PEM, PEM_R_UNSUPPORTED_ENCRYPTION):
                true
            default: false
            }
        }
        return !isWrong && isUnknown
            ? CryptographyError(.keyUnsupported, "the private key is encrypted in a way OpenSSL lacks", queue: queue)
            : CryptographyError(.wrongPassphrase, "the passphrase does not open the private key", queue: queue)
    }
}

/// A `pem_password_cb`; its last argument is a pointer to a ``PassphraseQuestion``.
func answerPassphraseQuestion(
    _ buffer: UnsafeMutablePointer<CChar>?,
    _ room: Int32,
    _: Int32,
    _ question: UnsafeMutableRawPointer?
) -> Int32 {
    guard let question, let buffer else { return -1 }
    return question.assumingMemoryBound(to: PassphraseQuestion.self).pointee
        .ask(UnsafeMutableRawBufferPointer(start: buffer, count: Int(room)))
}
