internal import COpenSSL

/// Why a key, digest or signature operation could not be done.
///
/// A signature that does not verify is not an error: it is the answer `false`. The text names what went wrong and
/// what OpenSSL said about it; it never holds key bytes, passphrases or messages.
public struct CryptographyError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What kind of failure it was; the raw value is the stable name that reports show.
    public enum Code: String, Sendable, CaseIterable {
        /// The text is not a key in a form that we read, or it is damaged.
        case keyUnreadable = "KEY_UNREADABLE"
        /// The private key is encrypted and no passphrase was given.
        case passphraseRequired = "PASSPHRASE_REQUIRED"
        /// The private key is encrypted with another passphrase (or its ciphertext is damaged: they look alike).
        case wrongPassphrase = "WRONG_PASSPHRASE"
        /// A passphrase that cannot protect a key: empty, or longer than OpenSSL reads back.
        case passphraseUnsuitable = "PASSPHRASE_UNSUITABLE"
        /// A key that we can read and do not accept: other type or curve, size out of range, point off the curve.
        case keyUnsupported = "KEY_UNSUPPORTED"
        /// A private key stands where a public key belongs.
        case privateKeyExposed = "PRIVATE_KEY_EXPOSED"
        /// The signature algorithm does not suit the key.
        case algorithmMismatch = "ALGORITHM_MISMATCH"
        /// The text is no certificate in PEM, or it is damaged.
        case certificateUnreadable = "CERTIFICATE_UNREADABLE"
        /// An answer of a timestamp authority that is none, a refusal, of other data, or signed by a stranger.
        case timestampInvalid = "TIMESTAMP_INVALID"
        /// An argument out of its range, such as a negative count.
        case invalidArgument = "INVALID_ARGUMENT"
        /// OpenSSL refused something that should have worked; ``CryptographyError/openSSLErrors`` says what.
        case openSSLFailure = "OPENSSL_FAILURE"
    }

    /// What kind of failure it was.
    public let code: Code
    /// One clause for a person, without a full stop.
    public let detail: String
    /// OpenSSL's error queue at that moment, oldest first, as `library::reason (data)`; empty if OpenSSL had no part.
    public let openSSLErrors: [String]

    /// An error of our own finding.
    init(_ code: Code, _ detail: String) {
        self.code = code
        self.detail = detail
        openSSLErrors = []
    }

    /// An error with what OpenSSL had to say; `queue` has been drained from the thread's error queue.
    init(_ code: Code, _ detail: String, queue: [OpenSSLQueueEntry]) {
        self.code = code
        self.detail = detail
        openSSLErrors = queue.map(\.text)
    }

    /// Drains the thread's error queue into an error for a call that should have worked.
    static func openSSL(_ detail: String) -> CryptographyError {
        CryptographyError(.openSSLFailure, detail, queue: OpenSSLQueueEntry.drain())
    }

    public var description: String {
        let cause = openSSLErrors.isEmpty ? "" : " [" + openSSLErrors.joined(separator: "; ") + "]"
        return "\(code.rawValue): \(detail)\(cause)"
    }
}

/// One entry of OpenSSL's per-thread error queue.
struct OpenSSLQueueEntry {
    let library: Int32
    let reason: Int32
    let text: String

    /// Takes every entry off the calling thread's queue, oldest first.
    static func drain() -> [OpenSSLQueueEntry] {
        var entries: [OpenSSLQueueEntry] = []
        while true {
            var data: UnsafePointer<CChar>?
            var flags: Int32 = 0
            let packed = ERR_get_error_all(nil, nil, nil, &data, &flags)
            if packed == 0 { return entries }
            let library = ERR_lib_error_string(packed).map { String(cString: $0) } ?? "lib(\(ERR_GET_LIB(packed)))"
            let reason =
                ERR_reason_error_string(packed).map { String(cString: $0) } ?? "reason(\(ERR_GET_REASON(packed)))"
            var text = library + "::" + reason
            if flags & ERR_TXT_STRING != 0, let data, data.pointee != 0 { text += " (" + String(cString: data) + ")" }
            entries.append(
                OpenSSLQueueEntry(library: ERR_GET_LIB(packed), reason: ERR_GET_REASON(packed), text: text)
            )
        }
    }

    /// Empties the queue where a failure has been answered otherwise (a signature that does not verify).
    static func discard() {
        ERR_clear_error()
    }
}

/// Holds a call to OpenSSL's convention that 1 is success; anything else throws, with the queue.
@inline(__always)
func require(_ result: Int32, _ detail: @autoclosure () -> String) throws(CryptographyError) {
    if result != 1 { throw CryptographyError.openSSL(detail()) }
}

/// Holds a call to OpenSSL's convention that a null pointer is failure.
@inline(__always)
func require<Pointer>(_ result: Pointer?, _ detail: @autoclosure () -> String) throws(CryptographyError) -> Pointer {
    guard let result else { throw CryptographyError.openSSL(detail()) }
    return result
}
