public import JSONCore

/// A result that is reported for an achievement: what kind of value, within what bounds, and what is required.
///
/// Source: Open Badges 3.0 §B, ResultDescription.
public struct ResultDescription: BadgeObject {
    public static let definition: ClassDefinition = .init(
        "ResultDescription",
        [
            PropertyDefinition("id", .iri, .one),
            PropertyDefinition("type", .anything, .some),
            PropertyDefinition("alignment", .object { Alignment.definition }, .many),
            PropertyDefinition("allowedValue", .text, .many),
            PropertyDefinition("name", .text, .one),
            PropertyDefinition("requiredLevel", .iri),
            PropertyDefinition("requiredValue", .text),
            PropertyDefinition("resultType", .term(Enumerations.resultType), .one),
            PropertyDefinition("rubricCriterionLevel", .object { RubricCriterionLevel.definition }, .many),
            PropertyDefinition("valueMax", .text),
            PropertyDefinition("valueMin", .text),
        ]
    )

    public var members: JSONObject
    public init(uncheckedMembers members: JSONObject) { self.members = members }

    /// - Parameter resultType: `Percent`, `RawScore`, `LetterGrade`, `Status` … or `ext:…`.
    public init(id: String, name: String, resultType: String) {
        members = ["id": .string(id), "type": ["ResultDescription"]]
        self.name = name
        self.resultType = resultType
    }

    public var id: String {
        get { required("id") }
        set { set("id", newValue) }
    }
    public var name: String {
        get { required("name") }
        set { set("name", newValue) }
    }
    public var resultType: String {
        get { required("resultType") }
        set { set("resultType", newValue) }
    }
    public var alignments: [Alignment] {
        get { list("alignment") }
        set { set("alignment", list: newValue) }
    }
    /// The values that occur, from the lowest to the highest.
    public var allowedValues: [String] {
        get { list("allowedValue") }
        set { set("allowedValue", list: newValue) }
    }
    /// The id of the rubric level that has to be reached.
    public var requiredLevel: String? {
        get { optional("requiredLevel") }
        set { set("requiredLevel", newValue) }
    }
    public var requiredValue: String? {
        get { optional("requiredValue") }
        set { set("requiredValue", newValue) }
    }
    public var rubricCriterionLevels: [RubricCriterionLevel] {
        get { list("rubricCriterionLevel") }
        set { set("rubricCriterionLevel", list: newValue) }
    }
    public var valueMax: String? {
        get { optional("valueMax") }
        set { set("valueMax", newValue) }
    }
    public var valueMin: String? {
        get { optional("valueMin") }
        set { set("valueMin", newValue) }
    }
}

/// A step of a rubric. Source: Open Badges 3.0 §B, RubricCriterionLevel.
public struct RubricCriterionLevel: BadgeObject {
    public static let definition: ClassDefinition = .init(
        "RubricCriterionLevel",
        [
            PropertyDefinition("id", .iri, .one),
            PropertyDefinition("type", .anything, .some),
            PropertyDefinition("alignment", .object { Alignment.definition }, .many),
            PropertyDefinition("description", .text),
            PropertyDefinition("level", .text),
            PropertyDefinition("name", .text, .one),
            PropertyDefinition("points", .text),
        ]
    )

    public var members: JSONObject
    public init(uncheckedMembers members: JSONObject) { self.members = members }

    public init(id: String, name: String) {
        members = ["id": .string(id), "type": ["RubricCriterionLevel"]]
        self.name = name
    }

    public var id: String {
        get { required("id") }
        set { set("id", newValue) }
    }
    public var name: String {
        get { required("name") }
        set { set("name", newValue) }
    }
    public var alignments: [Alignment] {
        get { list("alignment") }
        set { set("alignment", list: newValue) }
    }
    public var description: String? {
        get { optional("description") }
        set { set("description", newValue) }
    }
    public var level: String? {
        get { optional("level") }
        set { set("level", newValue) }
    }
    public var points: String? {
        get { optional("points") }
        set { set("points", newValue) }
    }
}
