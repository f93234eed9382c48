public import JSONCore

/// A person or an organization: who issues, creates, assesses or endorses.
///
/// Source: Open Badges 3.0 §B, Profile.
public struct Profile: BadgeObject {
    public static let definition: ClassDefinition = .init(
        "Profile",
        [
            PropertyDefinition("id", .iri, .one),
            PropertyDefinition("type", .anything, .some),
            PropertyDefinition("name", .text),
            PropertyDefinition("url", .iri),
            PropertyDefinition("phone", .text),
            PropertyDefinition("description", .text),
            PropertyDefinition("endorsement", .object { EndorsementCredential.definition }, .many),
            PropertyDefinition("endorsementJwt", .compactJWS, .many),
            PropertyDefinition("image", .object { Image.definition }),
            PropertyDefinition("email", .text),
            PropertyDefinition("address", .object { Address.definition }),
            PropertyDefinition("otherIdentifier", .object { IdentifierEntry.definition }, .many),
            PropertyDefinition("official", .text),
            PropertyDefinition("parentOrg", .object { Profile.definition }),
            PropertyDefinition("familyName", .text),
            PropertyDefinition("givenName", .text),
            PropertyDefinition("additionalName", .text),
            PropertyDefinition("patronymicName", .text),
            PropertyDefinition("honorificPrefix", .text),
            PropertyDefinition("honorificSuffix", .text),
            PropertyDefinition("familyNamePrefix", .text),
            PropertyDefinition("dateOfBirth", .date),
        ]
    )

    public var members: JSONObject
    public init(uncheckedMembers members: JSONObject) { self.members = members }

    public init(id: String, name: String?) {
        members = ["id": .string(id), "type": ["Profile"]]
        self.name = name
    }

    /// A profile that stands as an object, or as its bare id.
    init(reference: JSON?) {
        switch reference {
        case .object(let members): self.init(uncheckedMembers: members)
        case .string(let id): self.init(id: id, name: nil)
        default: self.init(uncheckedMembers: [:])
        }
    }

    public var id: String {
        get { required("id") }
        set { set("id", newValue) }
    }
    public var name: String? {
        get { optional("name") }
        set { set("name", newValue) }
    }
    public var url: String? {
        get { optional("url") }
        set { set("url", newValue) }
    }
    public var phone: String? {
        get { optional("phone") }
        set { set("phone", newValue) }
    }
    public var description: String? {
        get { optional("description") }
        set { set("description", newValue) }
    }
    public var endorsements: [EndorsementCredential] {
        get { list("endorsement") }
        set { set("endorsement", list: newValue) }
    }
    public var endorsementJWTs: [String] {
        get { list("endorsementJwt") }
        set { set("endorsementJwt", list: newValue) }
    }
    public var image: Image? {
        get { optional("image") }
        set { set("image", newValue) }
    }
    public var email: String? {
        get { optional("email") }
        set { set("email", newValue) }
    }
    public var address: Address? {
        get { optional("address") }
        set { set("address", newValue) }
    }
    public var otherIdentifiers: [IdentifierEntry] {
        get { list("otherIdentifier") }
        set { set("otherIdentifier", list: newValue) }
    }
    /// The name of the official who speaks for an organization.
    public var official: String? {
        get { optional("official") }
        set { set("official", newValue) }
    }
    public var parentOrg: Profile? {
        get { optional("parentOrg") }
        set { set("parentOrg", newValue) }
    }
    public var familyName: String? {
        get { optional("familyName") }
        set { set("familyName", newValue) }
    }
    public var givenName: String? {
        get { optional("givenName") }
        set { set("givenName", newValue) }
    }
    public var additionalName: String? {
        get { optional("additionalName") }
        set { set("additionalName", newValue) }
    }
    public var patronymicName: String? {
        get { optional("patronymicName") }
        set { set("patronymicName", newValue) }
    }
    public var honorificPrefix: String? {
        get { optional("honorificPrefix") }
        set { set("honorificPrefix", newValue) }
    }
    public var honorificSuffix: String? {
        get { optional("honorificSuffix") }
        set { set("honorificSuffix", newValue) }
    }
    public var familyNamePrefix: String? {
        get { optional("familyNamePrefix") }
        set { set("familyNamePrefix", newValue) }
    }
    /// `YYYY-MM-DD`.
    public var dateOfBirth: String? {
        get { optional("dateOfBirth") }
        set { set("dateOfBirth", newValue) }
    }
}
