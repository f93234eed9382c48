public import JSONCore

/// A Comprehensive Learner Record: credentials of one learner, in one credential of its own.
///
/// Read as a wallet: its badges are what counts, and each one stands for itself.
/// Source: Comprehensive Learner Record 2.0, ClrCredential.
public struct LearnerRecord: BadgeObject {
    public static let definition: ClassDefinition = .init(
        "ClrCredential",
        [
            PropertyDefinition("@context", .anything, .one),
            PropertyDefinition("id", .iri, .one),
            PropertyDefinition("type", .anything, .some),
            PropertyDefinition("name", .text, .one),
            PropertyDefinition("description", .text),
            PropertyDefinition("image", .object { Image.definition }),
            PropertyDefinition("partial", .boolean),
            PropertyDefinition("awardedDate", .dateTime),
            PropertyDefinition("credentialSubject", .object { LearnerRecordSubject.definition }, .one),
            PropertyDefinition("issuer", .reference { Profile.definition }, .one),
            PropertyDefinition("validFrom", .dateTime, .one),
            PropertyDefinition("validUntil", .dateTime),
            PropertyDefinition("proof", .object { CredentialParts.proof }, .many),
            PropertyDefinition("credentialSchema", .object { CredentialParts.schema }, .many),
            PropertyDefinition("credentialStatus", .object { CredentialParts.status }, .many),
            PropertyDefinition("refreshService", .object { CredentialParts.refreshService }),
            PropertyDefinition("termsOfUse", .object { CredentialParts.termsOfUse }, .many),
        ]
    )
    static let olderDefinition = definition.inOlderDataModel

    public var members: JSONObject
    public init(uncheckedMembers members: JSONObject) { self.members = members }

    public var name: String { required("name") }
    public var subject: LearnerRecordSubject {
        optional("credentialSubject") ?? LearnerRecordSubject(uncheckedMembers: [:])
    }
}

/// Whom a learner record is about, and the credentials in it. Source: Comprehensive Learner Record 2.0, ClrSubject.
public struct LearnerRecordSubject: BadgeObject {
    public static let definition: ClassDefinition = .init(
        "ClrSubject",
        [
            PropertyDefinition("id", .iri),
            PropertyDefinition("type", .anything, .some),
            PropertyDefinition("identifier", .object { IdentityObject.definition }, .many),
            PropertyDefinition("achievement", .object { Achievement.definition }, .many),
            PropertyDefinition("verifiableCredential", .anything, .some),
        ]
    )

    public var members: JSONObject
    public init(uncheckedMembers members: JSONObject) { self.members = members }

    /// The credentials as they stand: objects with embedded proofs, or texts that are compact JWS.
    public var credentials: [JSON] {
        switch members["verifiableCredential"] {
        case nil: []
        case .array(let many): many
        case .some(let one): [one]
        }
    }
}
