/// `key` of Open Badges 1 and 2: is the key that signed the issuer's own; or, for a hosted badge, does the issuer host
/// there?
enum OB2KeyCheck {
    static func run(_ inspection: inout Inspection) {
        guard inspection.assertion != nil else {
            return inspection.record(.key, .skipped, "there is no proof to check")
        }
        if inspection.input.isJWS { KeyCheck.checkSigner(&inspection) } else { checkScope(&inspection) }
    }

    /// Open Badges 2.0, "VerificationObject": a hosted assertion has to lie within its issuer's scope.
    private static func checkScope(_ inspection: inout Inspection) {
        guard let assertion = inspection.assertion else { return }
        switch inspection.related.hosted {
        case .served, .gone, .notNeeded: break
        case .missing, .unreachable, .other:
            return inspection.record(.key, .skipped, "there is no hosted badge to check")
        }
        guard case .found(let issuer, _) = inspection.related.issuer else {
            if inspection.related.isGone {
                return inspection.record(.key, .skipped, "the host has taken the badge back")
            }
            let detail =
                inspection.issuerProfile == nil
                ? "without the issuer's profile nothing shows that the issuer hosts there"
                : "the issuer's profile stands in the badge class only, and nobody vouches for it"
            return inspection.conclude(.key, .keyNotBound, detail, severity: .unknown)
        }
        switch HostingScope(issuer: issuer).answer(for: assertion.id) {
        case .within: inspection.record(.key, .passed, "hosted where its issuer hosts")
        case .outside:
            inspection.conclude(.key, .scope, "the badge is hosted outside of what its issuer names as its own")
        case .doubtful:
            let detail = "the issuer's startsWith ends within a name, so it is not known whether it means this place"
            inspection.conclude(.key, .scope, detail, severity: .unknown)
        }
    }
}
