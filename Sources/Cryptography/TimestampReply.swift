internal import COpenSSL
internal import Glibc

/// What a timestamp authority answers: that it has seen a digest at a time.
///
/// Source: RFC 3161.
public struct TimestampReply: Sendable, Hashable {
    /// The reply in DER, as `openssl ts -verify` reads it.
    public let der: [UInt8]
    /// When the digest was seen, in seconds since 1970: the latest that the authority's accuracy allows.
    public let time: Int64

    /// - Throws: ``CryptographyError`` `TIMESTAMP_INVALID` where it is no reply, or one that refuses.
    public init(der: [UInt8]) throws(CryptographyError) {
        guard der.count <= Self.maximumBytes, let reply = Self.parse(der) else {
            OpenSSLQueueEntry.discard()
            throw CryptographyError(.timestampInvalid, "it is no reply of a timestamp authority")
        }
        defer { TS_RESP_free(reply) }
        guard let info = TS_RESP_get_tst_info(reply) else {
            throw CryptographyError(.timestampInvalid, "the timestamp authority refuses")
        }
        var parts = tm()
        guard ASN1_TIME_to_tm(TS_TST_INFO_get_time(info), &parts) == 1 else {
            throw CryptographyError(.timestampInvalid, "the time of the timestamp cannot be read")
        }
        // Fractions of seconds, which are not read, count as whole ones: of the time, and of its accuracy.
        var (seconds, fractions): (Int64, Int64) = (0, 1)
        if let accuracy = TS_TST_INFO_get_accuracy(info) {
            if let stated = TS_ACCURACY_get_seconds(accuracy) { seconds = Int64(ASN1_INTEGER_get(stated)) }
            if TS_ACCURACY_get_millis(accuracy) != nil || TS_ACCURACY_get_micros(accuracy) != nil { fractions += 1 }
        }
        guard (0...86_400).contains(seconds) else {
            throw CryptographyError(.timestampInvalid, "the accuracy of the timestamp is out of range")
        }
        self.der = der
        time = Int64(timegm(&parts)) + seconds + fractions
    }

    /// Holds the reply to a digest and to the authorities that are trusted, as of its own time.
    ///
    /// - Parameter digest: SHA-256, 32 bytes.
    /// - Throws: ``CryptographyError`` `TIMESTAMP_INVALID`.
    public func check(_ digest: [UInt8], trusting authorities: CertificateStore) throws(CryptographyError) {
        let store = try authorities.store(at: time)
        let context = try require(openbadges_timestamp_check(digest, digest.count, store), "no timestamp context")
        defer { TS_VERIFY_CTX_free(context) }
        guard let reply = Self.parse(der) else {
            throw CryptographyError(.timestampInvalid, "it is no reply of a timestamp authority")
        }
        defer { TS_RESP_free(reply) }
        guard TS_RESP_verify_response(context, reply) == 1 else {
            throw CryptographyError(
                .timestampInvalid,
                "the timestamp is of other data, or its authority is not one that is trusted",
                queue: OpenSSLQueueEntry.drain()
            )
        }
    }

    /// What to ask an authority, in DER: `application/timestamp-query`.
    ///
    /// Without a nonce: an older reply about the same digest would prove more, and not less.
    ///
    /// - Parameter digest: SHA-256, 32 bytes.
    public static func query(for digest: [UInt8]) throws(CryptographyError) -> [UInt8] {
        let query = try require(TS_REQ_new(), "no timestamp query")
        defer { TS_REQ_free(query) }
        let imprint = try require(TS_MSG_IMPRINT_new(), "no imprint")
        defer { TS_MSG_IMPRINT_free(imprint) }
        let algorithm = try require(X509_ALGOR_new(), "no algorithm")
        defer { X509_ALGOR_free(algorithm) }
        try require(X509_ALGOR_set0(algorithm, OBJ_nid2obj(NID_sha256), V_ASN1_NULL, nil), "no algorithm")
        try require(TS_MSG_IMPRINT_set_algo(imprint, algorithm), "no algorithm")
        var digest = digest
        try require(TS_MSG_IMPRINT_set_msg(imprint, &digest, Int32(digest.count)), "no imprint")
        try require(TS_REQ_set_version(query, 1), "no version")
        try require(TS_REQ_set_msg_imprint(query, imprint), "no imprint")
        try require(TS_REQ_set_cert_req(query, 1), "no request for certificates")
        var out: UnsafeMutablePointer<UInt8>?
        let count = i2d_TS_REQ(query, &out)
        guard count > 0, let out else { throw CryptographyError.openSSL("the timestamp query cannot be written") }
        defer { openbadges_OPENSSL_free(out) }
        return Array(UnsafeBufferPointer(start: out, count: Int(count)))
    }

    /// A reply has a few certificates in it; one without end would only cost time.
    private static let maximumBytes = 1 << 18

    private static func parse(_ der: [UInt8]) -> OpaquePointer? {
        der.withUnsafeBufferPointer { bytes in
            var start = bytes.baseAddress
            return d2i_TS_RESP(nil, &start, bytes.count)
        }
    }
}
