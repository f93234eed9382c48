/// Warns where an issuer could be taken for another: by its domain, or by its name.
///
/// Warnings only: an honest issuer may have a name like another's. Whoever the caller trusts by name is itself.
extension Inspection {
    /// - Parameters:
    ///   - match: what vouches for the issuer.
    ///   - survey: what the registries say, as far as they were asked.
    mutating func warnOfLookalikes(_ claim: IssuerClaim, match: TrustMatch?, survey: RegistrySurvey) {
        // The same for every badge of the issuer under one policy, but for registries, which come and go.
        guard survey.read.isEmpty else { return lookForLookalikes(claim, match, survey) }
        let policy = options.trust.map { "\(ObjectIdentifier($0.memo))" } ?? "none"
        let known: [ProblemDetails] = finding("lookalikes of \(claim.id)\n\(claim.name ?? "")\n\(policy)") {
            inspection in
            let before = inspection.problems.count
            inspection.lookForLookalikes(claim, match, survey)
            return inspection.takeProblems(since: before)
        }
        for problem in known { report(problem) }
    }

    private mutating func lookForLookalikes(_ claim: IssuerClaim, _ match: TrustMatch?, _ survey: RegistrySurvey) {
        let name = claim.host.flatMap(DomainName.init(host:))
        if match == nil, let name { warnOfDomain(name, survey) }
        warnOfName(claim, name, match, survey)
    }

    private mutating func warnOfDomain(_ name: DomainName, _ survey: RegistrySurvey) {
        let own = (options.trust.map { [$0.domains] } ?? []) + survey.read.map(\.document.domains)
        guard !KnownHosts.domains.contains(name), !own.contains(where: { $0.contains(name) }) else { return }
        let resemblance =
            own.lazy.compactMap { $0.resemblance(of: name) }.first
            ?? KnownHosts.domains.resemblance(of: name, honest: KnownHosts.words)
        if let (domain, how) = resemblance {
            let shown = DomainName(host: domain)?.shown ?? domain
            return report(
                .issuerLookalike,
                "the issuer's domain \(name.shown) looks like \(shown), and is another: \(how)",
                check: .issuer,
                severity: .warning
            )
        }
        for label in name.labels {
            guard let scripts = ScriptMixture.description(of: label.scalars) else { continue }
            return report(
                .issuerLookalike,
                "the issuer's domain \(name.shown) mixes letters of \(scripts) in one label, which only look alike",
                check: .issuer,
                severity: .warning
            )
        }
    }

    private mutating func warnOfName(
        _ claim: IssuerClaim,
        _ domain: DomainName?,
        _ match: TrustMatch?,
        _ survey: RegistrySurvey
    ) {
        guard let skeleton = claim.name.flatMap(NameSkeleton.of) else { return }
        // It is called so by those who vouch for it.
        if let match, match.name.flatMap(NameSkeleton.of) == skeleton { return }
        var others: [(id: String, by: String)] = []
        // Whom the trust file itself names may call itself as it likes.
        if match == nil || match?.by == .registry {
            if let id = options.trust?.issuer(named: skeleton) { others.append((id, "the trust policy")) }
            for (registry, document) in survey.read {
                if let entry = document.entry(named: skeleton) { others.append((entry.id, "the registry \(registry)")) }
            }
        }
        let other = others.first { other in
            guard other.id != claim.id else { return false }
            // One organization has a DID, and a profile under the same domain.
            let otherDomain = IssuerClaim.host(of: other.id).flatMap(DomainName.init(host:))
            return domain == nil || otherDomain?.registrable != domain?.registrable
        }
        guard let other else { return }
        report(
            .issuerNameLookalike,
            "the issuer calls itself as \(other.by) calls another, \(other.id)",
            check: .issuer,
            severity: .warning
        )
    }
}
