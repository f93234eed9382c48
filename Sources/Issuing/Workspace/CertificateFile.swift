public import Cryptography
import OpenBadges

/// A file of certificates in PEM.
public enum CertificateFile {
    /// - Throws: ``IssuingError`` `FILE_UNREADABLE`, `CERTIFICATE_UNREADABLE`.
    public static func read(_ file: String) throws(IssuingError) -> CertificateStore {
        guard let bytes = FileBytes.read(file, limit: 1 << 20) else {
            throw IssuingError(.fileUnreadable, "the certificates cannot be read", file: file)
        }
        do {
            return try CertificateStore(pem: bytes)
        } catch {
            throw IssuingError(.init(rawValue: error.code.rawValue), error.detail, file: file)
        }
    }
}
