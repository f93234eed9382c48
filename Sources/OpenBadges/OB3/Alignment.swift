public import JSONCore

/// A link from an achievement, a result or a level to an entry of a framework: a skill, a standard, a competency.
///
/// Source: Open Badges 3.0 §B, Alignment.
public struct Alignment: BadgeObject {
    public static let definition: ClassDefinition = .init(
        "Alignment",
        [
            PropertyDefinition("type", .anything, .some),
            PropertyDefinition("targetCode", .text),
            PropertyDefinition("targetDescription", .text),
            PropertyDefinition("targetName", .text, .one),
            PropertyDefinition("targetFramework", .text),
            PropertyDefinition("targetType", .term(Enumerations.targetType)),
            PropertyDefinition("targetUrl", .iri, .one),
        ]
    )

    public var members: JSONObject
    public init(uncheckedMembers members: JSONObject) { self.members = members }

    public init(targetName: String, targetURL: String) {
        members = ["type": ["Alignment"]]
        self.targetName = targetName
        self.targetURL = targetURL
    }

    public var targetName: String {
        get { required("targetName") }
        set { set("targetName", newValue) }
    }
    public var targetURL: String {
        get { required("targetUrl") }
        set { set("targetUrl", newValue) }
    }
    public var targetCode: String? {
        get { optional("targetCode") }
        set { set("targetCode", newValue) }
    }
    public var targetDescription: String? {
        get { optional("targetDescription") }
        set { set("targetDescription", newValue) }
    }
    public var targetFramework: String? {
        get { optional("targetFramework") }
        set { set("targetFramework", newValue) }
    }
    /// A term such as `ceasn:Competency` or `CFItem`.
    public var targetType: String? {
        get { optional("targetType") }
        set { set("targetType", newValue) }
    }
}
