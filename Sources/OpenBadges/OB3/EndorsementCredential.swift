public import JSONCore

/// A third party's word for a credential, an achievement or a profile, signed with a key of its own.
///
/// Source: Open Badges 3.0 §B, EndorsementCredential.
public struct EndorsementCredential: BadgeObject {
    public static let definition: ClassDefinition = .init(
        "EndorsementCredential",
        [
            PropertyDefinition("@context", .anything, .one),
            PropertyDefinition("id", .iri, .one),
            PropertyDefinition("type", .anything, .some),
            PropertyDefinition("name", .text, .one),
            PropertyDefinition("description", .text),
            PropertyDefinition("credentialSubject", .object { EndorsementSubject.definition }, .one),
            PropertyDefinition("awardedDate", .dateTime),
            PropertyDefinition("issuer", .reference { Profile.definition }, .one),
            PropertyDefinition("validFrom", .dateTime, .one),
            PropertyDefinition("validUntil", .dateTime),
            PropertyDefinition("evidence", .object { Evidence.definition }, .many),
            PropertyDefinition("proof", .object { CredentialParts.proof }, .many),
            PropertyDefinition("credentialSchema", .object { CredentialParts.schema }, .many),
            PropertyDefinition("credentialStatus", .object { CredentialParts.status }, .many),
            PropertyDefinition("refreshService", .object { CredentialParts.refreshService }),
            PropertyDefinition("termsOfUse", .object { CredentialParts.termsOfUse }, .many),
        ]
    )

    /// The class in the Verifiable Credentials Data Model 1.1.
    static let olderDefinition = definition.inOlderDataModel

    public var members: JSONObject
    public init(uncheckedMembers members: JSONObject) { self.members = members }

    public init(id: String, name: String, issuer: Profile, validFrom: Timestamp, subject: EndorsementSubject) {
        members = [
            "@context": .array(AchievementCredential.contexts.map(JSON.string)),
            "id": .string(id),
            "type": ["VerifiableCredential", "EndorsementCredential"],
            "name": .string(name),
            "issuer": issuer.json,
            "validFrom": .string(validFrom.description),
            "credentialSubject": subject.json,
        ]
    }

    public var id: String {
        get { required("id") }
        set { set("id", newValue) }
    }
    public var name: String {
        get { required("name") }
        set { set("name", newValue) }
    }
    public var description: String? {
        get { optional("description") }
        set { set("description", newValue) }
    }
    public var issuer: Profile {
        get { Profile(reference: members["issuer"]) }
        set { set("issuer", newValue) }
    }
    public var subject: EndorsementSubject {
        get { optional("credentialSubject") ?? EndorsementSubject(uncheckedMembers: [:]) }
        set { set("credentialSubject", newValue) }
    }
    public var validFrom: Timestamp? {
        get { optional("validFrom") }
        set { set("validFrom", newValue) }
    }
    public var validUntil: Timestamp? {
        get { optional("validUntil") }
        set { set("validUntil", newValue) }
    }
}

/// What is endorsed, and in what words. Source: Open Badges 3.0 §B, EndorsementSubject.
public struct EndorsementSubject: BadgeObject {
    public static let definition: ClassDefinition = .init(
        "EndorsementSubject",
        [
            PropertyDefinition("id", .iri, .one),
            PropertyDefinition("type", .anything, .some),
            PropertyDefinition("endorsementComment", .text),
        ]
    )

    public var members: JSONObject
    public init(uncheckedMembers members: JSONObject) { self.members = members }

    public init(id: String, endorsementComment: String?) {
        members = ["id": .string(id), "type": ["EndorsementSubject"]]
        self.endorsementComment = endorsementComment
    }

    public var id: String {
        get { required("id") }
        set { set("id", newValue) }
    }
    public var endorsementComment: String? {
        get { optional("endorsementComment") }
        set { set("endorsementComment", newValue) }
    }
}
