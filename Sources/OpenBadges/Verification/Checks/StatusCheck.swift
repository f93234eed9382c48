import JSONCore

/// `status`: has the issuer revoked or suspended the badge? Always asked; what cannot be found out is *unknown*.
enum StatusCheck {
    static func run(_ inspection: inout Inspection) {
        switch inspection.input.format {
        case _ where inspection.credential != nil: CredentialStatusCheck.run(&inspection)
        case .ob2Signed: checkRevocationList(&inspection)
        case .ob2Hosted: checkHosted(&inspection)
        default: inspection.record(.status, .skipped, "there is nothing to check")
        }
    }

    private static func checkHosted(_ inspection: inout Inspection) {
        switch inspection.related.hosted {
        case .gone(let reason):
            inspection.conclude(.status, .revoked, "its issuer revoked it" + because(reason))
        case .served, .notNeeded:
            guard let assertion = inspection.assertion, !assertion.revoked else {
                return inspection.conclude(
                    .status,
                    .revoked,
                    "its issuer revoked it" + because(inspection.assertion?.revocationReason)
                )
            }
            inspection.record(.status, .passed, "its host serves it as not revoked")
        case .missing(let status):
            inspection.conclude(
                .status,
                .statusRetrieval,
                "its host answers \(status), which does not say whether it is revoked",
                severity: .unknown
            )
        case .unreachable, .other:
            inspection.conclude(
                .status,
                .statusRetrieval,
                "without the hosted badge nothing shows whether it is revoked",
                severity: .unknown
            )
        }
    }

    /// Open Badges 2.0, "RevocationList".
    private static func checkRevocationList(_ inspection: inout Inspection) {
        guard let assertion = inspection.assertion else { return }
        if assertion.revoked {
            return inspection.conclude(
                .status,
                .revoked,
                "the badge says of itself that it is revoked" + because(assertion.revocationReason)
            )
        }
        guard let issuer = inspection.issuerProfile else {
            return inspection.conclude(
                .status,
                .statusRetrieval,
                "without the issuer's profile its revocation list is not known",
                severity: .unknown
            )
        }
        guard let url = issuer.revocationList else {
            return inspection.record(.status, .passed, "the issuer publishes no revocation list")
        }
        switch inspection.json(url) {
        case .pending:
            inspection.record(.status, .undetermined, "it is being fetched")
        case .unavailable(let reason):
            inspection.conclude(
                .status,
                .statusRetrieval,
                "the revocation list cannot be fetched: \(reason)",
                severity: .unknown
            )
        case .found(let json, let document):
            guard let members = json.object, members["revokedAssertions"] != nil, json["id"]?.string == url,
                WebOrigin.answers(document.url, for: url)
            else {
                return inspection.conclude(
                    .status,
                    .statusRetrieval,
                    "what the issuer names as its revocation list is none",
                    severity: .unknown
                )
            }
            let list = OB2.RevocationList(uncheckedMembers: members)
            if let entry = list.entries.first(where: { $0.id == assertion.id }) {
                inspection.conclude(.status, .revoked, "its issuer revoked it" + because(entry.reason))
            } else if !list.isReadable {
                inspection.conclude(
                    .status,
                    .statusRetrieval,
                    "the issuer's revocation list has entries that cannot be read",
                    severity: .unknown
                )
            } else {
                inspection.record(.status, .passed, "not in the issuer's revocation list")
            }
        }
    }

    private static func because(_ reason: String?) -> String {
        reason.map { " (\($0))" } ?? ""
    }
}
