/// The answer of a report in plain words: what it is, whose it is, what was checked, and what was not.
enum ReportSentence {
    static func text(
        verdict: VerificationReport.Verdict,
        answers: VerificationReport.Answers,
        claims: BadgeClaims?,
        problems: [ProblemDetails],
        inspection: Inspection
    ) -> String {
        guard let claims else {
            return capitalized(problems.first?.detail ?? "nothing in it can be verified") + "."
        }
        var parts: [String] = []
        parts.append(authentic(answers, problems, isHosted: inspection.isOB2 && !inspection.input.isJWS))
        parts.append(current(answers, problems, at: inspection.options.at))
        if answers.content == .violates, let problem = first(problems, in: contentChecks) {
            parts.append("content: \(problem.detail)")
        }
        parts.append(recipient(answers))
        if let issuer = issuer(answers, problems) { parts.append(issuer) }
        if let likeness = problems.first(where: { lookalikes.contains($0.code) }) {
            parts.append("beware: \(likeness.detail)")
        }
        if inspection.restsOnWorkspace { parts.append("checked against local files") }
        return "\(title(claims, inspection.trust)): " + parts.joined(separator: "; ") + "."
    }

    private static let lookalikes: Set<ProblemDetails.Code> = [.issuerLookalike, .issuerNameLookalike]
    private static let registryGaps: Set<ProblemDetails.Code> = [
        .registryUnreachable, .registryDigest, .registryStale, .registryInvalid, .registryUnsupported,
    ]
    private static let contentChecks: Set<CheckName> = [.context, .type, .schema, .subject, .result, .endorsement]
    private static let proofChecks: Set<CheckName> = [.container, .json, .proof, .key, .claims]
    private static let currentChecks: Set<CheckName> = [.refresh, .status, .dates]

    /// The name comes from the badge, so control characters in it must not reach a terminal.
    private static func title(_ claims: BadgeClaims, _ trust: TrustMatch?) -> String {
        var title = PrintableText.of(claims.name.isEmpty ? claims.id : claims.name)
        let issuer = PrintableText.of(claims.issuerName ?? claims.issuerID)
        if let trust, let name = trust.name ?? (trust.by == .registry ? claims.issuerID : nil) {
            title += ", issued by \(PrintableText.of(name)) (\(voucher(trust))"
            let differs = !issuer.isEmpty && issuer != PrintableText.of(name)
            title += differs ? "; the badge calls itself \(issuer))" : ")"
        } else if !issuer.isEmpty {
            title += ", issued by \(issuer)"
        }
        if let date = claims.validFrom { title += " on \(date.description.prefix(10))" }
        return title
    }

    /// Who vouches for the issuer's name, which comes before the badge's own word for it.
    private static func voucher(_ trust: TrustMatch) -> String {
        trust.by == .registry ? "listed in \(PrintableText.of(trust.entry))" : "named in the trust policy"
    }

    private static func authentic(
        _ answers: VerificationReport.Answers,
        _ problems: [ProblemDetails],
        isHosted: Bool
    ) -> String {
        switch answers.authentic {
        case .yes where isHosted: "served by its issuer's host"
        case .yes: "signature good"
        case .no: "not authentic (\(first(problems, in: proofChecks)?.detail ?? "the proof fails"))"
        case .unknown:
            "authenticity unknown (\(first(problems, in: proofChecks)?.detail ?? "the proof is not checked"))"
        }
    }

    private static func current(
        _ answers: VerificationReport.Answers,
        _ problems: [ProblemDetails],
        at time: Timestamp
    ) -> String {
        switch answers.current {
        case .yes: "valid, and not revoked as far as its issuer publishes that, as of \(time.wholeSeconds)"
        case .no: first(problems, in: currentChecks)?.detail ?? "no longer valid"
        case .unknown:
            "whether it still holds is unknown (\(first(problems, in: currentChecks)?.detail ?? "unchecked"))"
        }
    }

    private static func recipient(_ answers: VerificationReport.Answers) -> String {
        switch answers.subject {
        case .match: "it is about the recipient asked for"
        case .mismatch: "it is about somebody else than the recipient asked for"
        case .unknown: "whether it is about the recipient asked for is unknown"
        case .notAsked: "recipient not checked"
        }
    }

    private static func issuer(_ answers: VerificationReport.Answers, _ problems: [ProblemDetails]) -> String? {
        switch answers.issuer {
        case .trusted: "issuer trusted"
        case .untrusted where problems.contains { $0.code == .issuerDenied }: "issuer denied"
        case .unknown where problems.contains { registryGaps.contains($0.code) }:
            "whether the issuer is trusted is unknown (a registry could not be asked)"
        case .untrusted: "issuer not trusted"
        case .selfClaimed: "the issuer's name is its own claim"
        case .domain, .unknown: nil
        }
    }

    private static func first(_ problems: [ProblemDetails], in checks: Set<CheckName>) -> ProblemDetails? {
        problems.first { checks.contains($0.check) && $0.severity != .warning }
    }

    private static func capitalized(_ text: String) -> String {
        text.prefix(1).uppercased() + text.dropFirst()
    }
}
