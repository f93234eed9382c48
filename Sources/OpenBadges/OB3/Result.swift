public import JSONCore

/// What a subject achieved, in the terms of one of the achievement's result descriptions.
///
/// Source: Open Badges 3.0 §B, Result.
public struct Result: BadgeObject {
    public static let definition: ClassDefinition = .init(
        "Result",
        [
            PropertyDefinition("type", .anything, .some),
            PropertyDefinition("achievedLevel", .iri),
            PropertyDefinition("alignment", .object { Alignment.definition }, .many),
            PropertyDefinition("resultDescription", .iri),
            PropertyDefinition("status", .closedTerm(Enumerations.resultStatus)),
            PropertyDefinition("value", .text),
        ]
    )

    public var members: JSONObject
    public init(uncheckedMembers members: JSONObject) { self.members = members }

    /// A result's value, as text (`"92.5"`), and the id of the description that says what it means.
    public init(resultDescription: String?, value: String) {
        var members = JSONObject(capacity: 3)
        members.append(unchecked: "type", Self.typeValue)
        members["resultDescription"] = resultDescription.map(JSON.string)
        members.append(unchecked: "value", .string(value))
        self.members = members
    }

    private static let typeValue: JSON = ["Result"]

    /// The id of the rubric level reached.
    public var achievedLevel: String? {
        get { optional("achievedLevel") }
        set { set("achievedLevel", newValue) }
    }
    public var alignments: [Alignment] {
        get { list("alignment") }
        set { set("alignment", list: newValue) }
    }
    public var resultDescription: String? {
        get { optional("resultDescription") }
        set { set("resultDescription", newValue) }
    }
    /// `Completed`, `Failed`, `InProgress` …
    public var status: String? {
        get { optional("status") }
        set { set("status", newValue) }
    }
    public var value: String? {
        get { optional("value") }
        set { set("value", newValue) }
    }
}
