/// The classes of Open Badges 2.0, where several bear the names of Open Badges 3.0's.
public enum OB2 {
    /// The context of every Open Badges 2.0 document.
    public static let context = "https://w3id.org/openbadges/v2"

    /// What every class that has a life of its own may have.
    ///
    /// Source: Open Badges 2.0, "Additional Properties", "Internationalization", "Versioning".
    static let commonProperties = [
        PropertyDefinition("@language", .language),
        PropertyDefinition("version", .textOrNumber),
        PropertyDefinition("related", .reference { relatedDefinition }, .many),
        PropertyDefinition("endorsement", .reference { Endorsement.definition }, .many),
    ]

    /// Another version, or the same in another language.
    private static let relatedDefinition = ClassDefinition(
        "related",
        requiresType: false,
        [
            PropertyDefinition("id", .identifier, .one),
            PropertyDefinition("type", .types),
            PropertyDefinition("@language", .language),
            PropertyDefinition("version", .textOrNumber),
        ]
    )

    /// Source: Open Badges 2.0, "Criteria".
    static let criteriaDefinition = ClassDefinition(
        "Criteria",
        requiresType: false,
        anyOf: [["id", "narrative"]],
        [
            PropertyDefinition("id", .identifier),
            PropertyDefinition("type", .types),
            PropertyDefinition("narrative", .plainText),
        ]
    )
}
