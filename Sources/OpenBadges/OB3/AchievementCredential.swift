public import JSONCore

/// An Open Badges 3.0 credential: an issuer's word that a subject met the criteria of an achievement.
///
/// `AchievementCredential` and `OpenBadgeCredential` are two names of one class; ours are written with the second.
/// Source: Open Badges 3.0 §B, AchievementCredential; Verifiable Credentials Data Model 2.0.
public struct AchievementCredential: BadgeObject {
    public static let definition: ClassDefinition = .init(
        "AchievementCredential",
        aliases: ["OpenBadgeCredential"],
        [
            PropertyDefinition("@context", .anything, .one),
            PropertyDefinition("id", .iri, .one),
            PropertyDefinition("type", .anything, .some),
            PropertyDefinition("name", .text),
            PropertyDefinition("description", .text),
            PropertyDefinition("image", .object { Image.definition }),
            PropertyDefinition("awardedDate", .dateTime),
            PropertyDefinition("credentialSubject", .object { AchievementSubject.definition }, .one),
            PropertyDefinition("endorsement", .object { EndorsementCredential.definition }, .many),
            PropertyDefinition("endorsementJwt", .compactJWS, .many),
            PropertyDefinition("evidence", .object { Evidence.definition }, .many),
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

    /// The class in the Verifiable Credentials Data Model 1.1.
    static let olderDefinition = definition.inOlderDataModel

    public var members: JSONObject
    public init(uncheckedMembers members: JSONObject) { self.members = members }

    /// The contexts that every credential of ours names: Verifiable Credentials 2.0, Open Badges 3.0.3.
    public static let contexts = [
        "https://www.w3.org/ns/credentials/v2",
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
    ]

    private static let contextValue = JSON.array(contexts.map(JSON.string))
    private static let typeValue: JSON = ["VerifiableCredential", "OpenBadgeCredential"]

    /// A credential with what the class requires; set the rest afterwards.
    ///
    /// - Parameters:
    ///   - id: an absolute IRI, the same in every form of the badge.
    ///   - issuer: written out, so that a reader need not fetch it to show a name.
    public init(id: String, name: String, issuer: Profile, validFrom: Timestamp, subject: AchievementSubject) {
        var members = JSONObject(capacity: 12)
        members.append(unchecked: "@context", Self.contextValue)
        members.append(unchecked: "id", .string(id))
        members.append(unchecked: "type", Self.typeValue)
        members.append(unchecked: "name", .string(name))
        members.append(unchecked: "issuer", issuer.json)
        members.append(unchecked: "validFrom", .string(validFrom.description))
        members.append(unchecked: "credentialSubject", subject.json)
        self.members = members
    }

    public var id: String {
        get { required("id") }
        set { set("id", newValue) }
    }
    public var name: String? {
        get { optional("name") }
        set { set("name", newValue) }
    }
    public var description: String? {
        get { optional("description") }
        set { set("description", newValue) }
    }
    public var image: Image? {
        get { optional("image") }
        set { set("image", newValue) }
    }
    /// The issuer's profile; a bare IRI reads as a profile that has nothing but its id.
    public var issuer: Profile {
        get { Profile(reference: members["issuer"]) }
        set { set("issuer", newValue) }
    }
    public var subject: AchievementSubject {
        get { optional("credentialSubject") ?? AchievementSubject(uncheckedMembers: [:]) }
        set { set("credentialSubject", newValue) }
    }
    /// When the achievement was awarded, where that is not when the credential begins to be valid.
    public var awardedDate: Timestamp? {
        get { optional("awardedDate") }
        set { set("awardedDate", newValue) }
    }
    /// Since when it is valid; in the Data Model 1.1 its `issuanceDate`.
    public var validFrom: Timestamp? {
        get { [optional("validFrom"), optional("issuanceDate")].compactMap(\.self).max() }
        set { set("validFrom", newValue) }
    }
    /// Until when it is valid, that instant included; in the Data Model 1.1 its `expirationDate`.
    public var validUntil: Timestamp? {
        get { [optional("validUntil"), optional("expirationDate")].compactMap(\.self).min() }
        set { set("validUntil", newValue) }
    }
    public var evidence: [Evidence] {
        get { list("evidence") }
        set { set("evidence", list: newValue) }
    }
    public var endorsements: [EndorsementCredential] {
        get { list("endorsement") }
        set { set("endorsement", list: newValue) }
    }
    /// Endorsements as compact JWS.
    public var endorsementJWTs: [String] {
        get { list("endorsementJwt") }
        set { set("endorsementJwt", list: newValue) }
    }
}
