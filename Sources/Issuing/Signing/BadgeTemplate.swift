import Cryptography
import JSONCore
import OpenBadges

/// All that is the same for every badge of one policy, made once; and from it, the badge of one result.
struct BadgeTemplate: Sendable {
    let policy: AwardPolicy
    private let configuration: IssuerConfiguration
    private let identity: BadgeIdentity
    private let layout: HostedLayout
    private let profile: Profile
    private let achievement: OpenBadges.Achievement
    private let badgeClass: String
    private let recipientForm: IssuerConfiguration.RecipientForm

    init(policy: AwardPolicy, configuration: IssuerConfiguration, identity: BadgeIdentity) {
        self.policy = policy
        self.configuration = configuration
        self.identity = identity
        layout = HostedLayout(baseURL: configuration.baseURL)
        profile = IssuerDocuments.profile(configuration)
        let documents = AchievementDocuments(policy: policy, baseURL: configuration.baseURL)
        achievement = documents.achievement
        badgeClass = documents.badgeClassURL
        recipientForm = policy.publish.flatMap { .init(rawValue: $0.rawValue) } ?? configuration.recipient
    }

    /// One badge, in each of the workspace's forms.
    struct Badge: Sendable {
        let id: String
        let documents: [(form: BadgeForm, kid: String?, body: [UInt8])]
    }

    /// Builds and signs the badge of an award.
    ///
    /// - Parameters:
    ///   - dated: the badge's date, in whole seconds.
    ///   - signers: this thread's.
    func badge(
        for result: ExamResult,
        revision: Int,
        dated: Timestamp,
        validUntil: Timestamp?,
        issuedAt: Timestamp,
        signers: BadgeSigners
    ) throws(IssuingError) -> Badge {
        let subject = BadgeIdentity.Subject(
            policy: policy.id,
            candidate: CandidateKey.normalized(result.candidate.email),
            result: result.resultID,
            revision: revision
        )
        let id = identity.badgeID(subject)
        let salt = identity.salt(subject)
        var documents: [(form: BadgeForm, kid: String?, body: [UInt8])] = []
        do {
            var credential = credential(result, subject, id, salt, dated, validUntil)
            // The embedded proof comes first and travels inside the JWT (Open Badges 3.0 §8.2.1).
            if configuration.forms.contains(.ob3Proof) {
                credential = try signers.secured(credential, created: issuedAt)
            }
            for form in configuration.forms {
                let body: [UInt8]
                switch form {
                case .ob3JWT:
                    body = try signers.credential(credential)
                case .ob2Signed:
                    let ownID = identity.assertionID(subject)
                    let assertion = assertion(result, subject, id: ownID, verification: signed, salt, dated, validUntil)
                    body = try signers.assertion(assertion)
                case .ob2Hosted:
                    let ownID = layout.url(HostedLayout.document(id, .ob2Hosted))
                    let assertion = assertion(
                        result,
                        subject,
                        id: ownID,
                        verification: .hosted,
                        salt,
                        dated,
                        validUntil
                    )
                    body = assertion.json.serialized()
                case .ob3Proof:
                    body = credential.json.serialized()
                }
                documents.append((form, configuration.keys[form], body))
            }
        } catch let error as IssuingError {
            throw error
        } catch let error as OpenBadgesError {
            throw IssuingError(.keyUnsuitable, error.detail, path: error.path)
        } catch {
            throw IssuingError(.keyUnsuitable, "the badge cannot be signed")
        }
        return Badge(id: id, documents: documents)
    }

    private var signed: OB2.VerificationObject {
        .signed(creator: layout.url(HostedLayout.ob2Key(configuration.keys[.ob2Signed] ?? "")))
    }

    private func credential(
        _ result: ExamResult,
        _ subject: BadgeIdentity.Subject,
        _ id: String,
        _ salt: String,
        _ dated: Timestamp,
        _ validUntil: Timestamp?
    ) -> AchievementCredential {
        let did = recipientForm == .did ? result.candidate.did : nil
        let identifiers: [OpenBadges.IdentityObject]
        switch recipientForm {
        case .plain: identifiers = [IdentityObject(plain: subject.candidate)]
        case .did where did != nil: identifiers = []
        case .hashed, .did: identifiers = [IdentityObject(hashing: subject.candidate, salt: salt)]
        }
        var about = AchievementSubject(
            id: did ?? identity.subjectID(subject),
            identifiers: identifiers,
            achievement: achievement
        )
        about.results = policy.requirements.compactMap { requirement in
            guard let value = requirement.mark.value(in: result) else { return nil }
            return Result(resultDescription: "\(achievement.id)#\(requirement.id)", value: value)
        }
        var credential = AchievementCredential(
            id: layout.credentialID(id, forms: configuration.forms),
            name: achievement.name,
            issuer: profile,
            validFrom: dated,
            subject: about
        )
        credential.validUntil = validUntil
        return credential
    }

    private func assertion(
        _ result: ExamResult,
        _ subject: BadgeIdentity.Subject,
        id: String,
        verification: OB2.VerificationObject,
        _ salt: String,
        _ dated: Timestamp,
        _ validUntil: Timestamp?
    ) -> OB2.Assertion {
        let recipient =
            recipientForm == .plain
            ? OB2.IdentityObject(plain: subject.candidate)
            : OB2.IdentityObject(hashing: subject.candidate, salt: salt)
        var assertion = OB2.Assertion(
            id: id,
            recipient: recipient,
            badge: badgeClass,
            verification: verification,
            issuedOn: dated
        )
        assertion.expires = validUntil
        // Open Badges 2.0 has no property for a result, so the score is told as evidence.
        let sentences = policy.requirements.compactMap { $0.mark.sentence(about: result) }
        if !sentences.isEmpty {
            let narrative = sentences.joined(separator: " ")
            assertion.evidence = [OB2.Evidence(name: "Exam result", narrative: narrative, genre: "score report")]
        }
        return assertion
    }
}

/// One thread's prepared signers.
final class BadgeSigners {
    private let credentialSigner: CredentialSigner?
    private let proofSigner: CredentialProofSigner?
    private let assertionSigner: OB2.AssertionSigner?

    init(
        configuration: IssuerConfiguration,
        keys: [BadgeForm: PrivateKey]
    ) throws(IssuingError) {
        do {
            credentialSigner = try keys[.ob3JWT].map { key in
                let kid = IssuerDocuments.keyURL(configuration.keys[.ob3JWT] ?? "", configuration)
                return try CredentialSigner(key: key, kid: kid)
            }
            proofSigner = try keys[.ob3Proof].map { key in
                let kid = configuration.keys[.ob3Proof] ?? ""
                return try CredentialProofSigner(
                    key: key,
                    verificationMethod: IssuerDocuments.proofKeyURL(kid, configuration)
                )
            }
            assertionSigner = try keys[.ob2Signed].map { try OB2.AssertionSigner(key: $0) }
        } catch {
            throw IssuingError(.keyUnsuitable, "a key of issuer.yaml cannot sign")
        }
    }

    func credential(_ credential: AchievementCredential) throws -> [UInt8] {
        guard let credentialSigner else { throw IssuingError(.keyMissing, "there is no key for ob3-jwt") }
        return try credentialSigner.compact(credential)
    }

    func secured(_ credential: AchievementCredential, created: Timestamp) throws -> AchievementCredential {
        guard let proofSigner else { throw IssuingError(.keyMissing, "there is no key for ob3-proof") }
        return try proofSigner.secure(credential, created: created)
    }

    func assertion(_ assertion: OB2.Assertion) throws -> [UInt8] {
        guard let assertionSigner else { throw IssuingError(.keyMissing, "there is no key for ob2") }
        return try assertionSigner.compact(assertion)
    }
}

extension ExamResult.Candidate {
    /// The DID among the candidate's identifiers, if the results name one.
    var did: String? {
        ids.first { $0.value.hasPrefix("did:") }?.value
    }
}
