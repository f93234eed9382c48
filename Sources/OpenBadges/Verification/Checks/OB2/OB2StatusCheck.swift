import JSONCore

/// `status` of Open Badges 1 and 2: a revocation list for what is signed, the host's own word for what is hosted.
///
/// Source: Open Badges 2.0, "Revoking Hosted Assertions", "RevocationList".
enum OB2StatusCheck {
    static func run(_ inspection: inout Inspection) {
        guard inspection.assertion != nil else {
            return inspection.record(.status, .skipped, "there is nothing to check")
        }
        if inspection.input.isJWS { checkRevocationList(&inspection) } else { checkHosted(&inspection) }
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
            unknown("its host answers \(status), which does not say whether it is revoked", &inspection)
        case .unreachable, .other:
            unknown("without the hosted badge nothing shows whether it is revoked", &inspection)
        }
    }

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
            return unknown("without the issuer's profile its revocation list is not known", &inspection)
        }
        let named = issuer.members["revocationList"].map { $0.array ?? [$0] } ?? []
        let lists = named.filter { !$0.isNull }
        guard !lists.isEmpty else {
            return inspection.record(.status, .passed, "the issuer publishes no revocation list")
        }
        guard lists.count == 1, let list = lists.first else {
            return unknown("the issuer's profile names several revocation lists", &inspection)
        }
        let path = (inspection.related.node(.issuer)?.path ?? JSONPointer()).appending("revocationList")
        let version = inspection.related.issuerVersion
        let part = inspection.ob2Document(list, as: .revocationList, in: version, at: path, isPart: false)
        switch part {
        case .unavailable(let reason):
            unknown(reason, &inspection, at: path)
        case .wrong:
            unknown("what the issuer names as its revocation list is none", &inspection, at: path)
        case .embedded(let reading):
            // A list within the profile is as good as the profile: the issuer's own if that was fetched.
            guard case .found = inspection.related.issuer else {
                return unknown("the revocation list stands in the badge only", &inspection, at: path)
            }
            check(assertion, against: reading, of: issuer, at: path, isEmbedded: true, &inspection)
        case .found(let reading, _):
            check(assertion, against: reading, of: issuer, at: path, &inspection)
        }
    }

    private static func check(
        _ assertion: OB2.Assertion,
        against reading: OB2.Reading,
        of issuer: OB2.Profile,
        at path: JSONPointer,
        isEmbedded: Bool = false,
        _ inspection: inout Inspection
    ) {
        let list = OB2.RevocationList(uncheckedMembers: reading.members)
        guard list.members["revokedAssertions"] != nil, list.members["id"]?.string != nil || isEmbedded else {
            return unknown("what the issuer names as its revocation list is none", &inspection, at: path)
        }
        let names = [assertion.id, assertion.members["uid"]?.string].compactMap { $0 }.filter { !$0.isEmpty }
            .map(spelling)
        if let entry = list.entries.first(where: { names.contains(spelling($0.id)) }) {
            return inspection.conclude(.status, .revoked, "its issuer revoked it" + because(entry.reason), at: path)
        }
        guard list.isReadable else {
            return unknown("the issuer's revocation list has entries that cannot be read", &inspection, at: path)
        }
        if !list.issuer.isEmpty, list.issuer != issuer.id {
            inspection.report(
                .statusIssuer,
                "the revocation list says that it is another issuer's",
                check: .status,
                severity: .warning,
                at: path.appending("issuer")
            )
        }
        inspection.conclude(.status, otherwise: "not in the issuer's revocation list")
    }

    /// A UUID is the same in capitals (RFC 9562 §4).
    private static func spelling(_ id: String) -> String {
        id.lowercased().hasPrefix("urn:uuid:") ? id.lowercased() : id
    }

    private static func unknown(_ detail: String, _ inspection: inout Inspection, at path: JSONPointer? = nil) {
        inspection.conclude(.status, .statusRetrieval, detail, severity: .unknown, at: path)
    }

    private static func because(_ reason: String?) -> String {
        reason.map { " (\($0))" } ?? ""
    }
}
