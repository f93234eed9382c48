import JSONCore

/// `type` of Open Badges 1 and 2: is it an award, and does it come in the way that it says it does?
enum OB2TypeCheck {
    static func run(_ inspection: inout Inspection) {
        let related = inspection.related
        guard related.version != .v05 else {
            return inspection.conclude(
                .type,
                .unsupportedFormat,
                "it is an assertion of Open Badges 0.5, a version that is not verified any more",
                severity: .unknown
            )
        }
        guard let assertion = inspection.assertion else {
            let article = related.role == .issuer || related.role == .endorsement ? "an" : "a"
            return inspection.conclude(
                .type,
                .notABadge,
                "it is \(article) \(related.role.name) of Open Badges, and no badge: it awards nothing to anybody",
                severity: .unknown
            )
        }
        let kind = assertion.verification.kind
        if let kind, (kind == .signed) != inspection.input.isJWS {
            inspection.report(
                .type,
                inspection.input.isJWS
                    ? "it is signed, and says that it is hosted" : "it says that it is signed, and is not",
                check: .type,
                at: JSONPointer().appending("verification").appending("type")
            )
        }
        if related.version < .v20 {
            inspection.report(
                .olderVersion,
                "it is of Open Badges \(related.version.name), and was read as 2.0",
                check: .type,
                severity: .warning
            )
        }
        inspection.conclude(.type, otherwise: "an Open Badges 2.0 assertion")
    }
}
