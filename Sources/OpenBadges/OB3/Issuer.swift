public import Cryptography
import JSONCore
import Proofs

/// Who issues: a profile and a key, from which signed badges come.
///
/// *For example:*
/// ```swift
/// let issuer = try Issuer(profile: Profile(id: "https://exams.example.org/issuer", name: "Example Exams"), key: key)
/// let badge = try issuer.issue(algebra, to: .email("ada@example.org"), result: .percent(87))
/// ```
public struct Issuer: Sendable {
    /// What is reported beside the award.
    public struct ReportedResult: Sendable, Hashable {
        let resultType: String
        let name: String
        let value: String

        /// A percentage, as it is written: `.percent(87)`, `.percent("92.5")`.
        public static func percent(_ value: some CustomStringConvertible) -> ReportedResult {
            ReportedResult(resultType: "Percent", name: "Score", value: value.description)
        }

        /// A number of points.
        public static func points(_ value: some CustomStringConvertible) -> ReportedResult {
            ReportedResult(resultType: "RawScore", name: "Points", value: value.description)
        }
    }

    public let profile: Profile
    /// The URL that stands in each badge as the name of the key.
    public let kid: String
    private let key: PrivateKey
    private let algorithm: SignatureAlgorithm

    /// - Parameters:
    ///   - profile: its `id` is a `did:web` or an https URL.
    ///   - key: RSA, P-256, P-384 or Ed25519.
    ///   - kid: where the key is published. If left out: `#THUMBPRINT` of the issuer's DID, or
    ///     `/keys/THUMBPRINT.jwk` at the issuer's origin.
    /// - Throws: ``OpenBadgesError`` `NOT_SIGNABLE` where no place for the key follows from the issuer's id.
    public init(
        profile: Profile,
        key: PrivateKey,
        kid: String? = nil,
        algorithm: SignatureAlgorithm? = nil
    ) throws(OpenBadgesError) {
        self.profile = profile
        self.key = key
        self.algorithm = algorithm ?? .preferred(for: key.algorithm)
        if let kid {
            self.kid = kid
            return
        }
        let thumbprint = JWK.thumbprint(of: key.publicKey)
        if DID(profile.id) != nil {
            self.kid = "\(profile.id)#\(thumbprint)"
        } else if let origin = WebOrigin.text(of: profile.id), origin.hasPrefix("https://") {
            self.kid = "\(origin)/keys/\(thumbprint).jwk"
        } else {
            throw OpenBadgesError(.notSignable, "the issuer's id must be a DID or an https URL")
        }
    }

    /// The document to publish at ``kid`` where that is an https URL: the bare public JWK, as JSON.
    public var keyDocument: [UInt8] { JWK(key.publicKey, kid: kid).json.serialized() }

    /// A credential for one recipient, not signed yet.
    ///
    /// - Parameters:
    ///   - id: an absolute IRI; a random `urn:uuid:` if left out.
    ///   - validFrom: in whole seconds; now if left out.
    /// - Throws: ``OpenBadgesError`` where no randomness can be had.
    public func credential(
        for achievement: Achievement,
        to recipient: Recipient,
        result: ReportedResult? = nil,
        id: String? = nil,
        validFrom: Timestamp? = nil,
        validUntil: Timestamp? = nil
    ) throws(OpenBadgesError) -> AchievementCredential {
        var achievement = achievement
        var results: [Result] = []
        if let result {
            let described = achievement.resultDescriptions.first { $0.resultType == result.resultType }
            let description =
                described
                ?? ResultDescription(
                    id: "\(IRI.withoutFragment(achievement.id))#\(result.resultType.lowercased())",
                    name: result.name,
                    resultType: result.resultType
                )
            if described == nil { achievement.resultDescriptions.append(description) }
            results = [Result(resultDescription: description.id, value: result.value)]
        }
        var subject: AchievementSubject
        switch recipient {
        case .did(let did):
            subject = AchievementSubject(id: did, achievement: achievement)
        case .email:
            let identity = IdentityObject(hashing: recipient.normalized, salt: Hexadecimal.encode(try Self.random(16)))
            subject = AchievementSubject(id: try Self.uuid(), identifiers: [identity], achievement: achievement)
        case .identifier(let value, let type):
            let salt = Hexadecimal.encode(try Self.random(16))
            let identity = IdentityObject(hashing: value, identityType: type, salt: salt)
            subject = AchievementSubject(id: try Self.uuid(), identifiers: [identity], achievement: achievement)
        }
        subject.results = results
        let ownID: String
        if let id { ownID = id } else { ownID = try Self.uuid() }
        var credential = AchievementCredential(
            id: ownID,
            name: achievement.name,
            issuer: profile,
            validFrom: validFrom ?? Timestamp.now.wholeSeconds,
            subject: subject
        )
        credential.validUntil = validUntil
        return credential
    }

    /// Signs a credential as VC-JWT and returns its compact form.
    public func sign(_ credential: AchievementCredential) throws(OpenBadgesError) -> [UInt8] {
        try signer().compact(credential)
    }

    /// Builds and signs in one step.
    public func issue(
        _ achievement: Achievement,
        to recipient: Recipient,
        result: ReportedResult? = nil
    ) throws(OpenBadgesError) -> [UInt8] {
        try sign(credential(for: achievement, to: recipient, result: result))
    }

    /// A signer for many credentials, prepared once; one for each thread.
    public func signer() throws(OpenBadgesError) -> CredentialSigner {
        try CredentialSigner(key: key, kid: kid, algorithm: algorithm)
    }

    private static func uuid() throws(OpenBadgesError) -> String {
        UUIDText.urn(try random(16), version: 4)
    }

    private static func random(_ count: Int) throws(OpenBadgesError) -> [UInt8] {
        do {
            return try RandomBytes.generate(count: count)
        } catch {
            throw OpenBadgesError(.notSignable, error.detail)
        }
    }
}
