internal import COpenSSL

/// Keyed hashes (RFC 2104): deterministic identifiers and salts come from the issuer's secret through them.
public enum HMAC {
    /// HMAC-SHA-256 of the message, 32 bytes. An empty key is allowed, as in the RFC.
    public static func sha256(key: [UInt8], _ message: [UInt8]) -> [UInt8] {
        guard let digest = MACMethod.hmac?.sha256(key: key, message) else {
            // HMAC-SHA-256 is in every OpenSSL 3 provider; an identifier from anything else would be wrong forever.
            fatalError("OpenSSL offers no working HMAC-SHA-256: \(OpenSSLQueueEntry.drain().map(\.text))")
        }
        return digest
    }
}

/// One `EVP_MAC`, fetched once and kept for the process.
///
/// `@unchecked Sendable`: a fetched `EVP_MAC` is never written after the fetch, and its reference count is atomic.
private final class MACMethod: @unchecked Sendable {
    private let pointer: OpaquePointer

    static let hmac = MACMethod(fetching: "HMAC")

    private init?(fetching name: String) {
        guard let pointer = EVP_MAC_fetch(nil, name, nil) else { return nil }
        self.pointer = pointer
    }

    deinit { EVP_MAC_free(pointer) }

    func sha256(key: [UInt8], _ message: [UInt8]) -> [UInt8]? {
        guard let context = MACContext(pointer) else { return nil }
        return context.sha256(key: key, message)
    }
}

/// One `EVP_MAC_CTX`.
private final class MACContext {
    private let pointer: OpaquePointer

    init?(_ method: OpaquePointer) {
        guard let pointer = EVP_MAC_CTX_new(method) else { return nil }
        self.pointer = pointer
    }

    deinit { EVP_MAC_CTX_free(pointer) }

    func sha256(key: [UInt8], _ message: [UInt8]) -> [UInt8]? {
        // OpenSSL takes a null key for "the key of last time": an empty one needs an address all the same.
        let bytes = key.isEmpty ? [0] : key
        var name = Array("SHA2-256".utf8CString)
        let started = name.withUnsafeMutableBufferPointer { name in
            let parameters = [
                OSSL_PARAM_construct_utf8_string(openbadges_param_mac_digest(), name.baseAddress, 0),
                OSSL_PARAM_construct_end(),
            ]
            return EVP_MAC_init(pointer, bytes, key.count, parameters)
        }
        guard started == 1, EVP_MAC_update(pointer, message, message.count) == 1 else { return nil }
        var digest = [UInt8](repeating: 0, count: DigestAlgorithm.sha256.length)
        var written = 0
        guard EVP_MAC_final(pointer, &digest, &written, digest.count) == 1, written == digest.count else { return nil }
        return digest
    }
}
