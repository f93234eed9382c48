import Cryptography
import OpenBadges

/// The ids and salts of an issuer's badges, all from one secret: the same result gives the same ids on any machine,
/// and nobody can guess one from an e-mail address.
///
/// Each is HMAC-SHA-256 over its label and the fields that tell badges apart, each with its length before it.
struct BadgeIdentity: Sendable {
    private let secret: [UInt8]

    /// - Parameter secret: 32 random bytes, `Keys/id.secret`.
    init(secret: [UInt8]) {
        self.secret = secret
    }

    /// What tells one badge from every other.
    struct Subject: Sendable, Hashable {
        var policy: String
        var candidate: String
        var result: String
        /// 0, and one more for each time that the badge is superseded.
        var revision: Int
    }

    /// The UUID (version 8, RFC 9562) under which a badge is published, 36 characters.
    func badgeID(_ subject: Subject) -> String {
        UUIDText.text(derive("badge", subject), version: 8)
    }

    /// The subject's id: one for each badge, so that badges of one person cannot be linked by it.
    func subjectID(_ subject: Subject) -> String {
        UUIDText.urn(derive("subject", subject), version: 8)
    }

    /// The assertion's id in its signed form.
    func assertionID(_ subject: Subject) -> String {
        UUIDText.urn(derive("assertion", subject), version: 8)
    }

    /// The salt of the recipient's hash: 16 bytes in hexadecimal.
    func salt(_ subject: Subject) -> String {
        Hexadecimal.encode(derive("salt", subject).prefix(16))
    }

    /// The first choice of a place in the status list of a purpose.
    func statusIndex(_ subject: Subject, _ purpose: StatusPurpose) -> Int {
        let label = purpose == .revocation ? "status" : "status \(purpose.rawValue)"
        let bytes = derive(label, subject).prefix(4)
        return Int(bytes.reduce(UInt32(0)) { $0 << 8 | UInt32($1) })
    }

    /// The UUID under which an invitation is known.
    func invitationID(_ subject: Subject) -> String {
        UUIDText.text(derive("invitation", subject), version: 8)
    }

    /// What tells one letter from every other, in its `Message-ID`.
    func letterID(_ subject: Subject) -> String {
        UUIDText.text(derive("letter", subject), version: 8)
    }

    private func derive(_ label: String, _ subject: Subject) -> [UInt8] {
        var message: [UInt8] = []
        for field in [label, subject.policy, subject.candidate, subject.result, String(subject.revision)] {
            let bytes = Array(field.utf8)
            withUnsafeBytes(of: UInt32(truncatingIfNeeded: bytes.count).bigEndian) { message.append(contentsOf: $0) }
            message.append(contentsOf: bytes)
        }
        return HMAC.sha256(key: secret, message)
    }

    /// Makes the secret of a new workspace.
    static func generateSecret() throws(IssuingError) -> [UInt8] {
        do {
            return try RandomBytes.generate(count: 32)
        } catch {
            throw IssuingError(.keyUnreadable, error.detail)
        }
    }
}
