public import JSONCore

/// What has to be done to earn an achievement: a narrative (Markdown), a page, or both.
///
/// Source: Open Badges 3.0 §B, Criteria; Open Badges 2.0, "Criteria".
public struct Criteria: BadgeObject {
    public static let definition: ClassDefinition = .init(
        "Criteria",
        requiresType: false,
        anyOf: [["id", "narrative"]],
        [PropertyDefinition("id", .iri), PropertyDefinition("narrative", .text)]
    )

    public var members: JSONObject
    public init(uncheckedMembers members: JSONObject) { self.members = members }

    public init(id: String? = nil, narrative: String?) {
        members = [:]
        self.id = id
        self.narrative = narrative
    }

    /// The URL of a page with the criteria.
    public var id: String? {
        get { optional("id") }
        set { set("id", newValue) }
    }
    public var narrative: String? {
        get { optional("narrative") }
        set { set("narrative", newValue) }
    }
}
