/// The rules of `schema`: the tables of the classes, the schemas that a badge names, and the documents that it needs.
extension CheckCatalog {
    static let schemaRules: [Rule] = classRules + ownSchemaRules + olderRules

    private static let classRules: [Rule] = [
        Rule(
            .schema,
            "Every object has the properties that its class requires, and one of those of which it needs one: a subject "
                + "id or identifier, criteria id or narrative.",
            [.schema(.required)],
            .rejects,
            "Open Badges 3.0 §B; Open Badges 2.0, Data Classes"
        ),
        Rule(
            .schema,
            "A property that may stand once stands once, and a list has something in it.",
            [.schema(.cardinality)],
            .rejects,
            "Open Badges 3.0 §B; Open Badges 2.0, Data Classes"
        ),
        Rule(
            .schema,
            "Every value is of its kind: IRI, URL, date with a zone, e-mail address, telephone number, language tag, "
                + "number, Boolean, text, compact JWS, image as a data: URL, a term of its list.",
            [.schema(.malformedValue)],
            .rejects,
            "Open Badges 3.0 §B; Open Badges 2.0, Data Classes"
        ),
        Rule(
            .schema,
            "Every object is of the class that its place asks for: AchievementSubject, Achievement, Profile, "
                + "IdentityObject, IdentifierEntry, Result, ResultDescription, Evidence and the rest.",
            [.schema(.classMismatch)],
            .rejects,
            "Open Badges 3.0 §B; Open Badges 2.0, Data Classes"
        ),
        Rule(
            .schema,
            "A type is a class of the context, or an IRI.",
            [.schema(.invalidType)],
            .rejects,
            "Open Badges 2.0, Data Classes"
        ),
    ]

    private static let ownSchemaRules: [Rule] = [
        Rule(
            .schema,
            "The credential is as each schema that it names in credentialSchema says.",
            [.schemaViolation],
            .rejects,
            "Open Badges 3.0 §11; VC JSON Schema"
        ),
        Rule(
            .schema,
            "Each schema that it names can be had and applied.",
            [.schemaUnavailable],
            .leavesOpen,
            "Open Badges 3.0 §9.1 step 1"
        ),
        Rule(
            .schema,
            "Each schema that it names is of the type 1EdTechJsonSchemaValidator2019 or JsonSchema.",
            [.schemaUnsupported],
            .warns,
            "Open Badges 3.0 §11"
        ),
        Rule(.schema, "It names no more schemas than are read.", [.limit], .leavesOpen, "ours"),
        Rule(
            .schema,
            "An extension is as the JSON Schema that its context names for its type says.",
            [.extensionInvalid],
            .rejects,
            "Open Badges 2.0, Extensions"
        ),
        Rule(
            .schema,
            "An extension says which it is, and its context and schema can be had.",
            [.extensionUnchecked],
            .warns,
            "Open Badges 2.0, Extensions"
        ),
    ]

    private static let olderRules: [Rule] = [
        Rule(
            .schema,
            "The badge class and the issuer can be fetched by their ids.",
            [.unreachable],
            .leavesOpen,
            "Open Badges 2.0, Badge Verification"
        ),
        Rule(
            .schema,
            "What a URL answers with has an id, and is what was asked for, under the id that it was asked for by.",
            [.schema(.required), .schema(.malformedValue)],
            .rejects,
            "Open Badges 2.0, Badge Verification"
        ),
        Rule(
            .schema,
            "A document has the URL that names it as its id; where it names another, that is asked.",
            [.idMismatch],
            .warns,
            "Open Badges 2.0, Linked Data"
        ),
        Rule(.schema, "An embedded class or issuer has an id.", [.idMissing], .warns, "Open Badges 2.0, Linked Data"),
        Rule(.schema, "The issuer's id is a URL.", [.issuerIDNotURL], .warns, "Open Badges 2.0, Profile"),
        Rule(
            .schema,
            "A badge class has an image, and a key a type.",
            [.schema(.required)],
            .warns,
            "Open Badges 2.0, BadgeClass; CryptographicKey"
        ),
        Rule(
            .schema,
            "An image of a class or an issuer is PNG or SVG by its bytes.",
            [.imageType],
            .rejects,
            "Open Badges 2.0, Image"
        ),
        Rule(
            .schema,
            "An image of a class or an issuer can be fetched.",
            [.imageUnavailable],
            .warns,
            "Open Badges 2.0, Image"
        ),
    ]

    static let subjectRules: [Rule] = [
        Rule(
            .subject,
            "An identity that is said to be hashed is a hash, and one that is not is none; a clear one is of its kind.",
            [.schema(.malformedValue)],
            .rejects,
            "Open Badges 3.0 §B, IdentityObject; Open Badges 2.0, IdentityObject"
        ),
        Rule(
            .subject,
            "No credential within a learner record is rejected.",
            [.credentialRejected],
            .rejects,
            "Comprehensive Learner Record 2.0"
        ),
        Rule(
            .subject,
            "Every credential within a learner record can be judged.",
            [.credentialUndetermined],
            .leavesOpen,
            "Comprehensive Learner Record 2.0"
        ),
        Rule(
            .subject,
            "A learner record holds no more credentials, nor records more deeply, than are read.",
            [.limit],
            .leavesOpen,
            "ours"
        ),
        Rule(
            .subject,
            "Its evidence, and what else it refers to, can still be fetched. Asked for with --links.",
            [.evidenceUnreachable],
            .warns,
            "ours"
        ),
        Rule(
            .subject,
            "What it refers to with a digest is what its issuer saw. Asked for with --links.",
            [.resourceDiffers],
            .rejects,
            "Verifiable Credentials Data Model 2.0 §5.3"
        ),
        Rule(
            .result,
            "A result's resultDescription is one of the achievement's.",
            [.result],
            .rejects,
            "Open Badges 3.0 §B, Result"
        ),
        Rule(
            .result,
            "A result's value lies between valueMin and valueMax, or is one of allowedValue.",
            [.result],
            .rejects,
            "Open Badges 3.0 §B, ResultDescription"
        ),
        Rule(
            .result,
            "A result's value reaches requiredValue.",
            [.result],
            .rejects,
            "Open Badges 3.0 §B, ResultDescription"
        ),
        Rule(
            .result,
            "A result's achievedLevel is a rubricCriterionLevel of its description, or at least of the achievement.",
            [.result],
            .rejects,
            "Open Badges 3.0 §B, Result"
        ),
        Rule(
            .result,
            "That level is its own description's.",
            [.result],
            .warns,
            "Open Badges 3.0 §B, ResultDescription"
        ),
    ]
}
