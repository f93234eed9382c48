import JSONCore

/// The schemas that a credential names for itself, in `credentialSchema`: it has to be as each of them says.
///
/// Extensions of the specification bring their rules this way. A schema that cannot be had leaves the content open, for
/// the credential says itself that it can be checked. Source: Open Badges 3.0 §9.1 step 1, §11; Verifiable Credentials
/// JSON Schema Specification.
enum CredentialSchemaCheck {
    /// Real credentials name one.
    private static let maximumSchemas = 8
    private static let maximumFindings = 8
    private static let types = ["1EdTechJsonSchemaValidator2019", "JsonSchema"]

    static func run(_ inspection: inout Inspection) {
        guard let credential = inspection.credential, let value = credential.members["credentialSchema"] else { return }
        let path = JSONPointer().appending("credentialSchema")
        let entries = value.array ?? [value]
        for (index, entry) in entries.prefix(maximumSchemas).enumerated() {
            let place = value.array == nil ? path : path.appending(index)
            guard entry.types.contains(where: types.contains) else {
                let detail = "it names a schema of a kind that is not known"
                report(.schemaUnsupported, detail, severity: .warning, at: place.appending("type"), &inspection)
                continue
            }
            // Without an id, the table of the class has said so.
            guard let id = entry["id"]?.string else { continue }
            guard IRI.isWeb(id) else {
                report(
                    .schema(.malformedValue),
                    "the id of a schema must be a URL",
                    at: place.appending("id"),
                    &inspection
                )
                continue
            }
            check(credential, against: id, at: place.appending("id"), &inspection)
        }
        if entries.count > maximumSchemas {
            report(.limit, "it names more schemas than are read", severity: .unknown, at: path, &inspection)
        }
    }

    private static func check(
        _ credential: VerifiableCredential,
        against url: String,
        at path: JSONPointer,
        _ inspection: inout Inspection
    ) {
        switch inspection.schema(at: url, dialect: .draft2019) {
        case .pending: break
        case .unavailable(let reason):
            let detail = "the schema that it names cannot be had: \(reason)"
            report(.schemaUnavailable, detail, severity: .unknown, at: path, &inspection)
        case .found(let schema):
            // A schema of the specification is about the credential, and knows no claims of a JWT.
            let document = JSON.object(CredentialJWT.withoutClaims(credential.members))
            for violation in schema.violations(in: document, limit: maximumFindings) {
                guard violation.code.isVerdict else {
                    let detail = "the schema that it names cannot be applied: \(violation.detail)"
                    report(.schemaUnavailable, detail, severity: .unknown, at: path, &inspection)
                    continue
                }
                let detail = "it is not as the schema that it names wants it: \(violation.detail)"
                report(.schemaViolation, detail, at: violation.path, &inspection)
            }
        }
    }

    private static func report(
        _ code: ProblemDetails.Code,
        _ detail: String,
        severity: ProblemDetails.Severity = .failure,
        at path: JSONPointer,
        _ inspection: inout Inspection
    ) {
        inspection.report(code, detail, check: .schema, severity: severity, at: path)
    }
}
