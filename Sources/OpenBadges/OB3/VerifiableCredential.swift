public import JSONCore

/// What every credential has, whatever it is about: an achievement, an endorsement, a wallet of badges, a status list.
///
/// A view: the same members that ``AchievementCredential`` or ``EndorsementCredential`` read in more detail.
/// Source: Verifiable Credentials Data Model 2.0 §4; for credentials of the Data Model 1.1, its §4.
public struct VerifiableCredential: BadgeObject {
    public static let definition: ClassDefinition = .init(
        "VerifiableCredential",
        [
            PropertyDefinition("@context", .anything, .one),
            PropertyDefinition("id", .iri),
            PropertyDefinition("type", .anything, .some),
            PropertyDefinition("issuer", .reference { Profile.definition }, .one),
            PropertyDefinition("validFrom", .dateTime),
            PropertyDefinition("validUntil", .dateTime),
            PropertyDefinition("proof", .object { CredentialParts.proof }, .many),
            PropertyDefinition("credentialSchema", .object { CredentialParts.schema }, .many),
            PropertyDefinition("credentialStatus", .object { CredentialParts.status }, .many),
            PropertyDefinition("refreshService", .object { CredentialParts.refreshService }),
            PropertyDefinition("termsOfUse", .object { CredentialParts.termsOfUse }, .many),
        ]
    )

    public var members: JSONObject
    public init(uncheckedMembers members: JSONObject) { self.members = members }

    public var id: String { required("id") }
    /// The issuer's profile; a bare IRI reads as a profile that has nothing but its id.
    public var issuer: Profile { Profile(reference: members["issuer"]) }
    /// Since when it is valid; in the Data Model 1.1 its `issuanceDate`. Where both stand, the later one.
    public var validFrom: Timestamp? { [optional("validFrom"), optional("issuanceDate")].compactMap(\.self).max() }
    /// Until when it is valid, that instant included; in the Data Model 1.1 its `expirationDate`. Where both stand, the
    /// earlier one.
    public var validUntil: Timestamp? { [optional("validUntil"), optional("expirationDate")].compactMap(\.self).min() }

    /// Whether the credential says that it follows the Verifiable Credentials Data Model 1.1.
    var followsOlderDataModel: Bool {
        members["@context"]?.array?.first?.string == "https://www.w3.org/2018/credentials/v1"
    }

    /// The same credential, read as one about an achievement.
    var achievementCredential: AchievementCredential { AchievementCredential(uncheckedMembers: members) }
}

/// What a credential is about. The checks that depend on it ask here.
enum CredentialKind: Sendable {
    /// An Open Badges 3.0 achievement credential.
    case achievement
    case endorsement
    /// A Comprehensive Learner Record 2.0: a wallet of other credentials.
    case learnerRecord
    case statusList

    /// The kind that the `type` of a document says.
    init?(types: [String]) {
        if types.contains(where: { $0 == "OpenBadgeCredential" || $0 == "AchievementCredential" }) {
            self = .achievement
        } else if types.contains("EndorsementCredential") {
            self = .endorsement
        } else if types.contains("ClrCredential") {
            self = .learnerRecord
        } else if types.contains(where: { $0 == "BitstringStatusListCredential" || $0 == "StatusList2021Credential" }) {
            self = .statusList
        } else {
            return nil
        }
    }
}
