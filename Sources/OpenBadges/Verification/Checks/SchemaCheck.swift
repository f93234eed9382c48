import JSONCore

/// `schema`: every object against the table of its class: required properties, ranges, cardinality, class.
enum SchemaCheck {
    static func run(_ inspection: inout Inspection) {
        if let credential = inspection.credential {
            report(definition(of: credential, inspection.kind).violations(in: credential.json), &inspection)
            CredentialSchemaCheck.run(&inspection)
        } else if let assertion = inspection.assertion {
            if case .gone = inspection.related.hosted {
                return inspection.record(.schema, .skipped, "the host has taken the badge back")
            }
            checkOB2(assertion, &inspection)
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

    private static func checkOB2(_ assertion: OB2.Assertion, _ inspection: inout Inspection) {
        var members = assertion.members
        if members["verification"] == nil, let alias = members["verify"] { members["verification"] = alias }
        let definition = assertion.revoked ? OB2.Assertion.revokedDefinition : OB2.Assertion.definition
        report(definition.violations(in: .object(members)), &inspection)
        switch inspection.related.badgeClass {
        case .found(let badge, _):
            let violations = OB2.BadgeClass.definition.violations(in: badge.json)
            // The official validator lets a badge class without an image pass, and so there are many.
            let image = violations.filter { $0.code == .required && $0.detail.contains("\"image\"") }
            if !image.isEmpty {
                inspection.report(
                    .schema(.required),
                    "the badge class has no image",
                    check: .schema,
                    severity: .warning
                )
            }
            report(violations.filter { !image.contains($0) }, of: "its badge class", &inspection)
        case .wrong(let detail): inspection.report(.schema(.malformedValue), detail, check: .schema)
        case .unavailable(let detail):
            if !assertion.revoked { inspection.report(.unreachable, detail, check: .schema, severity: .unknown) }
        }
        guard inspection.badgeClass != nil else { return }
        switch inspection.related.issuer {
        case .found(let issuer, _):
            report(OB2.Profile.definition.violations(in: issuer.json), of: "its issuer", &inspection)
        case .wrong(let detail): inspection.report(.schema(.malformedValue), detail, check: .schema)
        case .unavailable(let detail): inspection.report(.unreachable, detail, check: .schema, severity: .unknown)
        }
    }

    private static func report(
        _ violations: [OpenBadgesError],
        of part: String? = nil,
        _ inspection: inout Inspection
    ) {
        for violation in violations {
            inspection.report(
                .schema(violation.code),
                (part.map { "\($0): " } ?? "") + violation.detail,
                check: .schema,
                at: part == nil ? violation.path : nil
            )
        }
    }
}
