public import JSONCore

/// What can be earned: its name, its criteria, the results that are reported for it.
///
/// Source: Open Badges 3.0 §B, Achievement.
public struct Achievement: BadgeObject {
    public static let definition: ClassDefinition = .init(
        "Achievement",
        [
            PropertyDefinition("id", .iri, .one),
            PropertyDefinition("type", .anything, .some),
            PropertyDefinition("alignment", .object { Alignment.definition }, .many),
            PropertyDefinition("achievementType", .term(Enumerations.achievementType)),
            PropertyDefinition("creator", .object { Profile.definition }),
            PropertyDefinition("creditsAvailable", .number),
            PropertyDefinition("criteria", .object { Criteria.definition }, .one),
            PropertyDefinition("description", .text, .one),
            PropertyDefinition("endorsement", .object { EndorsementCredential.definition }, .many),
            PropertyDefinition("endorsementJwt", .compactJWS, .many),
            PropertyDefinition("fieldOfStudy", .text),
            PropertyDefinition("humanCode", .text),
            PropertyDefinition("image", .object { Image.definition }),
            PropertyDefinition("inLanguage", .languageTag),
            PropertyDefinition("name", .text, .one),
            PropertyDefinition("otherIdentifier", .object { IdentifierEntry.definition }, .many),
            PropertyDefinition("related", .object { Related.definition }, .many),
            PropertyDefinition("resultDescription", .object { ResultDescription.definition }, .many),
            PropertyDefinition("specialization", .text),
            PropertyDefinition("tag", .text, .many),
            PropertyDefinition("version", .text),
        ]
    )

    public var members: JSONObject
    public init(uncheckedMembers members: JSONObject) { self.members = members }

    public init(id: String, name: String, description: String, criteria: Criteria) {
        members = ["id": .string(id), "type": ["Achievement"]]
        self.name = name
        self.description = description
        self.criteria = criteria
    }

    /// An achievement whose criteria are told in a sentence (Markdown is allowed).
    public init(id: String, name: String, description: String, criteria narrative: String) {
        self.init(id: id, name: name, description: description, criteria: Criteria(narrative: narrative))
    }

    public var id: String {
        get { required("id") }
        set { set("id", newValue) }
    }
    public var name: String {
        get { required("name") }
        set { set("name", newValue) }
    }
    public var description: String {
        get { required("description") }
        set { set("description", newValue) }
    }
    public var criteria: Criteria {
        get { optional("criteria") ?? Criteria(uncheckedMembers: [:]) }
        set { set("criteria", newValue) }
    }
    /// A term such as `Certificate` or `MicroCredential`, or an extension of them (`ext:…`).
    public var achievementType: String? {
        get { optional("achievementType") }
        set { set("achievementType", newValue) }
    }
    public var alignments: [Alignment] {
        get { list("alignment") }
        set { set("alignment", list: newValue) }
    }
    public var creator: Profile? {
        get { optional("creator") }
        set { set("creator", newValue) }
    }
    public var creditsAvailable: Double? {
        get { optional("creditsAvailable") }
        set { set("creditsAvailable", newValue) }
    }
    public var endorsements: [EndorsementCredential] {
        get { list("endorsement") }
        set { set("endorsement", list: newValue) }
    }
    public var endorsementJWTs: [String] {
        get { list("endorsementJwt") }
        set { set("endorsementJwt", list: newValue) }
    }
    public var fieldOfStudy: String? {
        get { optional("fieldOfStudy") }
        set { set("fieldOfStudy", newValue) }
    }
    public var humanCode: String? {
        get { optional("humanCode") }
        set { set("humanCode", newValue) }
    }
    public var image: Image? {
        get { optional("image") }
        set { set("image", newValue) }
    }
    public var inLanguage: String? {
        get { optional("inLanguage") }
        set { set("inLanguage", newValue) }
    }
    public var otherIdentifiers: [IdentifierEntry] {
        get { list("otherIdentifier") }
        set { set("otherIdentifier", list: newValue) }
    }
    public var related: [Related] {
        get { list("related") }
        set { set("related", list: newValue) }
    }
    public var resultDescriptions: [ResultDescription] {
        get { list("resultDescription") }
        set { set("resultDescription", list: newValue) }
    }
    public var specialization: String? {
        get { optional("specialization") }
        set { set("specialization", newValue) }
    }
    public var tags: [String] {
        get { list("tag") }
        set { set("tag", list: newValue) }
    }
    public var version: String? {
        get { optional("version") }
        set { set("version", newValue) }
    }
}
