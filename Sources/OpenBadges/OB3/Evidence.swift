public import JSONCore

/// Work, or a record of it, that supports an award. Source: Open Badges 3.0 §B, Evidence.
public struct Evidence: BadgeObject {
    public static let definition: ClassDefinition = .init(
        "Evidence",
        [
            PropertyDefinition("id", .iri),
            PropertyDefinition("type", .anything, .some),
            PropertyDefinition("narrative", .text),
            PropertyDefinition("name", .text),
            PropertyDefinition("description", .text),
            PropertyDefinition("genre", .text),
            PropertyDefinition("audience", .text),
        ]
    )

    public var members: JSONObject
    public init(uncheckedMembers members: JSONObject) { self.members = members }

    public init(id: String? = nil, name: String? = nil, narrative: String? = nil) {
        members = [:]
        self.id = id
        members["type"] = ["Evidence"]
        self.name = name
        self.narrative = narrative
    }

    /// The URL of the work itself.
    public var id: String? {
        get { optional("id") }
        set { set("id", newValue) }
    }
    public var name: String? {
        get { optional("name") }
        set { set("name", newValue) }
    }
    public var narrative: String? {
        get { optional("narrative") }
        set { set("narrative", newValue) }
    }
    public var description: String? {
        get { optional("description") }
        set { set("description", newValue) }
    }
    public var genre: String? {
        get { optional("genre") }
        set { set("genre", newValue) }
    }
    public var audience: String? {
        get { optional("audience") }
        set { set("audience", newValue) }
    }
}
