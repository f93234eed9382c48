public import Cryptography
import JSONCore
import Proofs

/// Somebody who endorses the badges of others, with a key of their own: a mentor, a board, an accreditor.
///
/// Without an id they are known by their key: a `did:key`, or for RSA a `did:jwk`. Anybody can have one, so that whoever
/// reads the endorsement has to know whose it is: `by.id` in a record of theirs says it to us.
///
/// *For example:*
/// ```swift
/// let mentor = try Endorser(name: "Grace Hopper", key: PrivateKey(generating: .ed25519))
/// let endorsement = try mentor.endorse("urn:uuid:…", comment: "She leads by listening.", at: .now)
/// ```
public final class Endorser {
    /// Who endorses: its id is the endorsement's issuer.
    public let profile: Profile
    private let proofSigner: CredentialProofSigner?
    private let jwtSigner: CredentialSigner

    /// - Parameters:
    ///   - name: of the person or body, for people.
    ///   - id: a DID or URL under which the key is published; the key's own DID if left out.
    ///   - verificationMethod: the key's URL there; has to be given with `id`.
    /// - Throws: ``OpenBadgesError`` `NOT_SIGNABLE` where the key cannot sign.
    public init(
        name: String,
        key: PrivateKey,
        id: String? = nil,
        verificationMethod: String? = nil
    ) throws(OpenBadgesError) {
        let own = try Self.own(key)
        profile = Profile(id: id ?? own.id, name: name)
        let method = verificationMethod ?? own.method
        proofSigner = Self.isRSA(key) ? nil : try CredentialProofSigner(key: key, verificationMethod: method)
        jwtSigner = try CredentialSigner(key: key, kid: method)
    }

    /// The endorsement of a credential, an achievement or a profile, with an embedded proof.
    ///
    /// The same words about the same thing have the same id.
    ///
    /// - Parameters:
    ///   - subject: the id of what is endorsed.
    ///   - comment: what is said about it, Markdown.
    ///   - time: when it is said, in whole seconds.
    /// - Throws: ``OpenBadgesError`` `NOT_SIGNABLE`; for RSA always, which has no such proof: ``compact(_:comment:at:)``.
    public func endorse(
        _ subject: String,
        comment: String?,
        at time: Timestamp
    ) throws(OpenBadgesError) -> EndorsementCredential {
        guard let proofSigner else {
            throw OpenBadgesError(.notSignable, "RSA has no embedded proof; sign the endorsement as VC-JWT")
        }
        let plain = endorsement(subject, comment, time)
        let secured = try proofSigner.secure(
            AchievementCredential(uncheckedMembers: plain.members),
            created: time.wholeSeconds
        )
        return EndorsementCredential(uncheckedMembers: secured.members)
    }

    /// The endorsement as VC-JWT, as the bytes of its compact form.
    public func compact(_ subject: String, comment: String?, at time: Timestamp) throws(OpenBadgesError) -> [UInt8] {
        let plain = endorsement(subject, comment, time)
        return try jwtSigner.compact(AchievementCredential(uncheckedMembers: plain.members))
    }

    private func endorsement(_ subject: String, _ comment: String?, _ time: Timestamp) -> EndorsementCredential {
        let words = [profile.id, subject, comment ?? "", time.description].map { "\($0.utf8.count):\($0)" }.joined()
        return EndorsementCredential(
            id: UUIDText.urn(DigestAlgorithm.sha256.digest(Array(words.utf8)), version: 8),
            name: "Endorsement by \(profile.name ?? profile.id)",
            issuer: profile,
            validFrom: time.wholeSeconds,
            subject: EndorsementSubject(id: subject, endorsementComment: comment)
        )
    }

    private static func isRSA(_ key: PrivateKey) -> Bool {
        if case .rsa = key.algorithm { true } else { false }
    }

    /// The DID that a key is, and the URL of the key in it.
    private static func own(_ key: PrivateKey) throws(OpenBadgesError) -> (id: String, method: String) {
        do {
            if isRSA(key) {
                let jwk = JWK(key.publicKey).json
                let did = "did:jwk:" + Base64URL.encode(jwk.serialized())
                return (did, "\(did)#0")
            }
            return (
                try DIDKey.identifier(for: key.publicKey), try DIDKey.verificationMethod(for: key.publicKey)
            )
        } catch {
            throw OpenBadgesError(.notSignable, "the key cannot be named by a DID")
        }
    }
}
