public import JSONCore

/// What a badge says of itself, in one form for every version of the specification.
public struct BadgeClaims: Sendable, Hashable {
    /// One reported result.
    public struct ReportedResult: Sendable, Hashable {
        public let name: String?
        public let type: String?
        public let value: String?
        public let required: String?
    }

    public var id: String
    public var name: String
    public var issuerID: String
    public var issuerName: String?
    /// The subject's id, or an identifier, hashed or clear, as it stands in the badge.
    public var recipient: String?
    public var validFrom: Timestamp?
    public var validUntil: Timestamp?
    public var results: [ReportedResult]

    /// An endorsement and a learner record have a name of their own, and no achievement.
    init(_ credential: VerifiableCredential) {
        let subject = credential.achievementCredential.subject
        let achievement = subject.achievement
        id = credential.id
        name = achievement.name.isEmpty ? credential.achievementCredential.name ?? "" : achievement.name
        issuerID = credential.issuer.id
        issuerName = credential.issuer.name
        recipient = subject.identifiers.first?.identityHash ?? subject.id
        validFrom = credential.validFrom
        validUntil = credential.validUntil
        let descriptions = achievement.resultDescriptions
        results = subject.results.map { result in
            let description = descriptions.first { $0.id == result.resultDescription }
            return ReportedResult(
                name: description?.name,
                type: description?.resultType,
                value: result.value ?? result.status,
                required: description?.requiredValue
            )
        }
    }

    init(_ assertion: OB2.Assertion, badgeClass: OB2.BadgeClass?, issuer: OB2.Profile?) {
        // A signed assertion of Open Badges 1.0 has nothing but a `uid`.
        id = assertion.id.isEmpty ? assertion.members["uid"]?.string ?? "" : assertion.id
        name = badgeClass?.name ?? assertion.badge
        issuerID = issuer?.id ?? badgeClass?.issuer ?? ""
        issuerName = issuer?.name
        recipient = assertion.recipient.identity
        validFrom = assertion.issuedOn
        validUntil = assertion.expires
        results = []
    }

    /// The form in which a report holds it.
    public var json: JSON {
        [
            "id": .string(id),
            "name": .string(name),
            "issuer": ["id": .string(issuerID), "name": issuerName.map(JSON.string) ?? .null],
            "recipient": recipient.map(JSON.string) ?? .null,
            "validFrom": validFrom.map { .string($0.description) } ?? .null,
            "validUntil": validUntil.map { .string($0.description) } ?? .null,
            "results": .array(
                results.map { result in
                    [
                        "name": result.name.map(JSON.string) ?? .null,
                        "type": result.type.map(JSON.string) ?? .null,
                        "value": result.value.map(JSON.string) ?? .null,
                        "required": result.required.map(JSON.string) ?? .null,
                    ]
                }
            ),
        ]
    }
}

/// A badge whose verdict is `verified`: there is no other way to come by one.
public struct VerifiedBadge: Sendable, Hashable {
    /// What the badge says, now known to be its issuer's word.
    public let facts: BadgeClaims
    /// What was achieved; for Open Badges 2.0, the badge class in the newer form.
    public let achievement: Achievement
    /// The subject's id or identifier, as it stands in the badge.
    public var recipient: String? { facts.recipient }
    /// The very document that was verified.
    public let document: JSON

    init(facts: BadgeClaims, achievement: Achievement, document: JSON) {
        self.facts = facts
        self.achievement = achievement
        self.document = document
    }
}
