public import JSONCore

/// Whom a credential is about, and what they achieved.
///
/// A subject has an `id`, or at least one `identifier`. Source: Open Badges 3.0 §B, AchievementSubject.
public struct AchievementSubject: BadgeObject {
    public static let definition: ClassDefinition = .init(
        "AchievementSubject",
        anyOf: [["id", "identifier"]],
        [
            PropertyDefinition("id", .iri),
            PropertyDefinition("type", .anything, .some),
            PropertyDefinition("activityEndDate", .dateTime),
            PropertyDefinition("activityStartDate", .dateTime),
            PropertyDefinition("creditsEarned", .number),
            PropertyDefinition("achievement", .object { Achievement.definition }, .one),
            PropertyDefinition("identifier", .object { IdentityObject.definition }, .many),
            PropertyDefinition("image", .object { Image.definition }),
            PropertyDefinition("licenseNumber", .text),
            PropertyDefinition("narrative", .text),
            PropertyDefinition("result", .object { Result.definition }, .many),
            PropertyDefinition("role", .text),
            PropertyDefinition("source", .object { Profile.definition }),
            PropertyDefinition("term", .text),
        ]
    )

    public var members: JSONObject
    public init(uncheckedMembers members: JSONObject) { self.members = members }

    /// A subject known by an id, by identifiers, or by both.
    ///
    /// A VC-JWT needs the `id` (its `sub` repeats it): `urn:uuid:…`, one for each badge, tells nothing about anyone.
    public init(id: String?, identifiers: [IdentityObject] = [], achievement: Achievement) {
        var members = JSONObject(capacity: 8)
        members["id"] = id.map(JSON.string)
        members.append(unchecked: "type", Self.typeValue)
        if !identifiers.isEmpty { members["identifier"] = .array(identifiers.map(\.json)) }
        members.append(unchecked: "achievement", achievement.json)
        self.members = members
    }

    private static let typeValue: JSON = ["AchievementSubject"]

    public var id: String? {
        get { optional("id") }
        set { set("id", newValue) }
    }
    public var identifiers: [IdentityObject] {
        get { list("identifier") }
        set { set("identifier", list: newValue) }
    }
    public var achievement: Achievement {
        get { optional("achievement") ?? Achievement(uncheckedMembers: [:]) }
        set { set("achievement", newValue) }
    }
    public var results: [Result] {
        get { list("result") }
        set { set("result", list: newValue) }
    }
    public var activityStartDate: Timestamp? {
        get { optional("activityStartDate") }
        set { set("activityStartDate", newValue) }
    }
    public var activityEndDate: Timestamp? {
        get { optional("activityEndDate") }
        set { set("activityEndDate", newValue) }
    }
    public var creditsEarned: Double? {
        get { optional("creditsEarned") }
        set { set("creditsEarned", newValue) }
    }
    public var image: Image? {
        get { optional("image") }
        set { set("image", newValue) }
    }
    /// The number under which the issuer knows this award, for people.
    public var licenseNumber: String? {
        get { optional("licenseNumber") }
        set { set("licenseNumber", newValue) }
    }
    public var narrative: String? {
        get { optional("narrative") }
        set { set("narrative", newValue) }
    }
    public var role: String? {
        get { optional("role") }
        set { set("role", newValue) }
    }
    public var term: String? {
        get { optional("term") }
        set { set("term", newValue) }
    }
    /// Who assessed the subject, where that is not the issuer.
    public var source: Profile? {
        get { optional("source") }
        set { set("source", newValue) }
    }
}
