import JSONCore

/// `schema`: every object against the table of its class: required properties, ranges, cardinality, class.
enum SchemaCheck {
    static func run(_ inspection: inout Inspection) {
        if inspection.isOB2 { return OB2SchemaCheck.run(&inspection) }
        if let credential = inspection.credential {
            report(definition(of: credential, inspection.kind).violations(in: credential.json), &inspection)
            CredentialSchemaCheck.run(&inspection)
        } else {
            return inspection.record(.schema, .skipped, "there is nothing to check")
        }
        inspection.conclude(.schema, otherwise: "as the data model of the specification says")
    }

    private static func definition(of credential: VerifiableCredential, _ kind: CredentialKind?) -> ClassDefinition {
        let isOlder = credential.followsOlderDataModel
        return switch kind {
        case .achievement:
            isOlder ? AchievementCredential.olderDefinition : AchievementCredential.definition
        case .endorsement:
            isOlder ? EndorsementCredential.olderDefinition : EndorsementCredential.definition
        case .learnerRecord:
            isOlder ? LearnerRecord.olderDefinition : LearnerRecord.definition
        case .statusList, nil:
            VerifiableCredential.definition
        }
    }

    private static func report(_ violations: [OpenBadgesError], _ inspection: inout Inspection) {
        for violation in violations {
            inspection.report(.schema(violation.code), violation.detail, check: .schema, at: violation.path)
        }
    }
}
