internal import COpenSSL

/// Certificates that somebody trusts, for what they vouch for.
public struct CertificateStore: Sendable, Hashable {
    private let pem: [UInt8]

    /// - Parameter pem: one certificate or several, in PEM.
    /// - Throws: ``CryptographyError`` `CERTIFICATE_UNREADABLE` where there is none, or one cannot be read.
    public init(pem: [UInt8]) throws(CryptographyError) {
        self.pem = pem
        X509_STORE_free(try store(at: 0))
    }

    /// A store of OpenSSL's with these, for whoever frees it. Certificates are looked at as of a time: what was signed
    /// while they were valid stays so.
    ///
    /// - Parameter time: seconds since 1970.
    func store(at time: Int64) throws(CryptographyError) -> OpaquePointer {
        let store = try require(X509_STORE_new(), "no certificate store")
        let count = pem.withUnsafeBufferPointer { bytes -> Int in
            guard let bio = BIO_new_mem_buf(bytes.baseAddress, Int32(clamping: bytes.count)) else { return 0 }
            defer { BIO_free(bio) }
            var count = 0
            while let certificate = PEM_read_bio_X509(bio, nil, nil, nil) {
                defer { X509_free(certificate) }
                guard X509_STORE_add_cert(store, certificate) == 1 else { return 0 }
                count += 1
            }
            // The end of the text looks like an error; anything else is one.
            return ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE ? count : 0
        }
        OpenSSLQueueEntry.discard()
        guard count > 0, let parameters = X509_STORE_get0_param(store) else {
            X509_STORE_free(store)
            throw CryptographyError(.certificateUnreadable, "it has no certificate in PEM that can be read")
        }
        // A certificate that is named here is trusted, whether it is a root or not.
        X509_VERIFY_PARAM_set_flags(parameters, UInt(X509_V_FLAG_PARTIAL_CHAIN))
        X509_VERIFY_PARAM_set_time(parameters, time_t(time))
        return store
    }
}
