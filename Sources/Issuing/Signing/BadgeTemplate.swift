import Cryptography
import JSONCore
import OpenBadges

/// All that is the same for every badge of one policy, made once; and from it, the badge of one award.
struct BadgeTemplate: Sendable {
    let policy: AwardPolicy
    /// The forms that a badge of it is signed in.
    let forms: [BadgeForm]
    private let configuration: IssuerConfiguration
    private let identity: BadgeIdentity
    private let layout: HostedLayout
    private let profile: Profile
    private let achievement: OpenBadges.Achievement
    private let content: BadgeContent
    private let contexts: JSON?
    private let badgeClass: String
    private let recipientForm: IssuerConfiguration.RecipientForm
    private let endorsements: Endorsements

    init(
        policy: AwardPolicy,
        configuration: IssuerConfiguration,
        identity: BadgeIdentity,
        endorsements: Endorsements = .none
    ) {
        self.endorsements = endorsements
        self.policy = policy
        self.configuration = configuration
        self.identity = identity
        forms = configuration.forms.filter { policy.award.formats?.contains($0.generation) ?? true }
        layout = HostedLayout(baseURL: configuration.baseURL)
        profile = IssuerDocuments.profile(configuration)
        let documents = AchievementDocuments(policy: policy, baseURL: configuration.baseURL)
        achievement = documents.achievement
        let results = documents.results
        content = BadgeContent(policy, results)
        let more =
            (results.needsAssessmentContext ? [ResultDescriptions.assessmentContext] : [])
            + (configuration.has1EdTechList ? [HostedLayout.extensionsContext] : [])
        contexts = more.isEmpty ? nil : .array((AchievementCredential.contexts + more).map(JSON.string))
        badgeClass = documents.badgeClassURL
        recipientForm = policy.publish.flatMap { .init(rawValue: $0.rawValue) } ?? configuration.recipient
    }

    /// One badge, in each of its forms.
    struct Badge: Sendable {
        let id: String
        let documents: [(form: BadgeForm, kid: String?, body: [UInt8])]
    }

    /// What tells a badge from every other.
    func subject(_ facts: AwardedFacts, revision: Int) -> BadgeIdentity.Subject {
        .init(policy: policy.id, candidate: facts.candidate, result: facts.record.resultID, revision: revision)
    }

    /// The UUID that a badge has, before it is signed.
    func badgeID(_ subject: BadgeIdentity.Subject) -> String { identity.badgeID(subject) }

    /// The id that a badge has in Open Badges 3.0, before it is signed.
    func credentialID(_ badge: String) -> String { layout.credentialID(badge, forms: forms) }

    /// Builds and signs the badge of an award.
    ///
    /// - Parameters:
    ///   - status: its places in the status lists.
    ///   - signers: this thread's.
    func badge(
        for facts: AwardedFacts,
        revision: Int,
        status: [StatusEntry] = [],
        issuedAt: Timestamp,
        signers: BadgeSigners
    ) throws(IssuingError) -> Badge {
        let subject = subject(facts, revision: revision)
        let id = identity.badgeID(subject)
        let salt = identity.salt(subject)
        var documents: [(form: BadgeForm, kid: String?, body: [UInt8])] = []
        do {
            var credential = credential(facts, subject, id, salt, status)
            // The embedded proof comes first and travels inside the JWT (Open Badges 3.0 §8.2.1).
            if forms.contains(.ob3Proof) { credential = try signers.secured(credential, created: issuedAt) }
            for form in forms {
                let body: [UInt8]
                switch form {
                case .ob3JWT: body = try signers.credential(credential)
                case .ob3Proof: body = credential.json.serialized()
                case .ob2Signed:
                    let own = assertion(facts, subject, id: identity.assertionID(subject), signed, salt, credential.id)
                    body = try signers.assertion(own)
                case .ob2Hosted:
                    let url = layout.url(HostedLayout.document(id, .ob2Hosted))
                    body = assertion(facts, subject, id: url, .hosted, salt, credential.id).json.serialized()
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
        _ facts: AwardedFacts,
        _ subject: BadgeIdentity.Subject,
        _ id: String,
        _ salt: String,
        _ status: [StatusEntry]
    ) -> AchievementCredential {
        let did = recipientForm == .did ? facts.did : nil
        var identifiers: [OpenBadges.IdentityObject]
        switch recipientForm {
        case .plain: identifiers = [IdentityObject(plain: subject.candidate)]
        case .did where did != nil: identifiers = []
        case .hashed, .did: identifiers = [IdentityObject(hashing: subject.candidate, salt: salt)]
        }
        if policy.award.name == .display, let name = facts.displayName {
            identifiers.append(IdentityObject(plain: name, identityType: "name"))
        }
        var about = AchievementSubject(
            id: did ?? identity.subjectID(subject),
            identifiers: identifiers,
            achievement: achievement
        )
        about.results = content.results(facts)
        if policy.publications != nil {
            (about.activityStartDate, about.activityEndDate) = facts.period(of: policy.facts, policy.requirements)
            about.source = content.source(facts, issuer: layout.url(HostedLayout.issuer))
        }
        about.licenseNumber = Self.licenseNumber(id)
        var credential = AchievementCredential(
            id: credentialID(id),
            name: achievement.name,
            issuer: profile,
            validFrom: facts.dated,
            subject: about
        )
        if let contexts { credential.members["@context"] = contexts }
        credential.validUntil = facts.validUntil
        let endorsements = endorsements.of(credential.id)
        if !endorsements.isEmpty { credential.endorsements = endorsements.map(\.credential) }
        credential.evidence = content.evidence(
            facts,
            endorsed: content.endorsed(facts, by: endorsements.map(\.issuer))
        )
        if !status.isEmpty, let status = layout.status(status, configuration) {
            credential.members["credentialStatus"] = status
        }
        return credential
    }

    private func assertion(
        _ facts: AwardedFacts,
        _ subject: BadgeIdentity.Subject,
        id: String,
        _ verification: OB2.VerificationObject,
        _ salt: String,
        _ twin: String
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
            issuedOn: facts.dated
        )
        assertion.expires = facts.validUntil
        assertion.evidence = content.ob2Evidence(facts)
        // The same award in the other generation: who imports both must not count them twice.
        if forms.contains(where: { $0.generation == .ob3 }) { assertion.related = [twin] }
        return assertion
    }

    /// The number of an award for people to read out: twelve digits of its UUID, in groups of four.
    static func licenseNumber(_ badge: String) -> String {
        let digits = Array(badge.uppercased().filter { $0 != "-" }.prefix(12))
        return stride(from: 0, to: digits.count, by: 4).map { String(digits[$0..<min($0 + 4, digits.count)]) }
            .joined(separator: "-")
    }
}
