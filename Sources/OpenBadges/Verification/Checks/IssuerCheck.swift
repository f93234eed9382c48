/// `issuer`: who vouches for the issuer? The caller's trust policy, its own domain, or nobody but the badge.
enum IssuerCheck {
    static func run(_ inspection: inout Inspection) {
        guard inspection.isReadable else {
            return inspection.record(.issuer, .skipped, "there is nothing to check")
        }
        let claim = IssuerClaim(&inspection)
        if !inspection.restsOnWorkspace { LinkedDocuments.checkIssuerPage(&inspection) }
        guard let policy = inspection.options.trust else {
            return withoutPolicy(claim, &inspection)
        }
        if let denial = policy.denial(of: claim) {
            inspection.issuer = .untrusted
            let detail = "the trust policy denies the issuer (\(denial.by.rawValue) \(denial.entry))"
            return inspection.conclude(.issuer, .issuerDenied, detail, severity: .warning)
        }
        if policy.onlyDenies { return withoutPolicy(claim, &inspection) }
        // Registries are asked only about those whom the policy itself does not name.
        var match = policy.match(claim)
        var survey = RegistrySurvey()
        if match == nil, !claim.id.isEmpty {
            survey = inspection.survey(policy)
            match = survey.match(issuer: claim.id)
        }
        let standing = Standing(match, survey.gaps, policy)
        guard claim.isProved else { return unproved(claim, standing, survey, policy, &inspection) }
        if inspection.restsOnWorkspace { return workspace(&inspection) }
        inspection.warnOfLookalikes(claim, match: match, survey: survey)
        switch standing {
        case .named(let match):
            inspection.issuer = .trusted
            inspection.trust = match
            inspection.conclude(.issuer, otherwise: reason(match))
        case .absent(let code, let detail):
            inspection.issuer = .untrusted
            inspection.report(code, detail, check: .issuer, severity: .warning)
            inspection.conclude(.issuer, otherwise: detail)
        case .open(let gaps):
            inspection.issuer = .unknown
            for gap in gaps { inspection.report(gap.code, gap.detail, check: .issuer, severity: .unknown) }
            inspection.conclude(.issuer, otherwise: "")
        }
    }

    /// How an issuer stands to a policy.
    private enum Standing {
        case named(TrustMatch)
        /// Everything could be read, and nothing names it.
        case absent(ProblemDetails.Code, String)
        /// Nothing that could be read names it, and not everything could be read.
        case open([RegistrySurvey.Gap])

        init(_ match: TrustMatch?, _ gaps: [RegistrySurvey.Gap], _ policy: TrustPolicy) {
            if let match {
                self = .named(match)
            } else if !gaps.isEmpty {
                self = .open(gaps)
            } else if policy.registries.isEmpty {
                self = .absent(.issuerUntrusted, "the trust policy does not name the issuer")
            } else {
                let detail = "neither the trust policy names the issuer, nor does a registry list it"
                self = .absent(.issuerNotInRegistry, detail)
            }
        }
    }

    private static func reason(_ match: TrustMatch) -> String {
        guard match.by == .registry else { return "the trust policy names the issuer (\(match.by.rawValue))" }
        return "listed in \(match.entry)" + (match.name.map { " as \($0)" } ?? "")
    }

    private static func withoutPolicy(_ claim: IssuerClaim, _ inspection: inout Inspection) {
        guard claim.isProved else {
            inspection.issuer = .unknown
            inspection.warnOfLookalikes(claim, match: nil, survey: RegistrySurvey())
            return inspection.conclude(.issuer, .issuerUnknown, unprovedDetail, severity: .unknown)
        }
        if inspection.restsOnWorkspace { return workspace(&inspection) }
        inspection.warnOfLookalikes(claim, match: nil, survey: RegistrySurvey())
        guard claim.source != nil else {
            inspection.issuer = .selfClaimed
            return inspection.conclude(.issuer, otherwise: "the issuer's id is nothing but its key")
        }
        inspection.issuer = .domain
        inspection.conclude(.issuer, otherwise: "the key was found under the issuer's own domain")
    }

    private static let unprovedDetail = "it is not known whether the badge is its issuer's"

    /// Somebody outside the policy is untrusted whatever else comes to light; somebody inside it who is not proved to
    /// have signed is not known.
    private static func unproved(
        _ claim: IssuerClaim,
        _ standing: Standing,
        _ survey: RegistrySurvey,
        _ policy: TrustPolicy,
        _ inspection: inout Inspection
    ) {
        inspection.issuer = .unknown
        if case .absent = standing, policy.allow.keys.isEmpty { inspection.issuer = .untrusted }
        var match: TrustMatch?
        if case .named(let named) = standing { match = named }
        if case .open(let gaps) = standing {
            for gap in gaps { inspection.report(gap.code, gap.detail, check: .issuer, severity: .unknown) }
        }
        inspection.warnOfLookalikes(claim, match: match, survey: survey)
        inspection.conclude(.issuer, .issuerUnknown, unprovedDetail, severity: .unknown)
    }

    /// A workspace can say anything of itself, so its own word earns no trust, whoever is trusted otherwise.
    private static func workspace(_ inspection: inout Inspection) {
        inspection.issuer = .selfClaimed
        inspection.record(.issuer, .passed, "the issuer's documents were read from its own workspace")
    }
}
