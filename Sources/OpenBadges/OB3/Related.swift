public import JSONCore

/// Another version or translation of an achievement. Source: Open Badges 3.0 §B, Related.
public struct Related: BadgeObject {
    public static let definition: ClassDefinition = .init(
        "Related",
        [
            PropertyDefinition("id", .iri, .one),
            PropertyDefinition("type", .anything, .some),
            PropertyDefinition("inLanguage", .languageTag),
            PropertyDefinition("version", .text),
        ]
    )

    public var members: JSONObject
    public init(uncheckedMembers members: JSONObject) { self.members = members }
    public init(id: String) { members = ["id": .string(id), "type": ["Related"]] }

    public var id: String {
        get { required("id") }
        set { set("id", newValue) }
    }
    public var inLanguage: String? {
        get { optional("inLanguage") }
        set { set("inLanguage", newValue) }
    }
    public var version: String? {
        get { optional("version") }
        set { set("version", newValue) }
    }
}
