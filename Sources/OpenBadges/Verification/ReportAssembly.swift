import JSONCore

/// From the outcomes of the checks to the five answers, the verdict and the sentence.
enum ReportAssembly {
    static func report(on inspection: Inspection) -> VerificationReport {
        var inspection = inspection
        let answers = answers(of: inspection)
        // What is needed beside the answers: the requirements, the checks of the caller's own, the credentials within.
        let others =
            unmet(inspection, answers) + withinRecord(inspection) + inspection.problems.filter { $0.check.isOwn }
        for problem in others where !problem.check.isOwn { inspection.report(problem) }

        let claims = claims(of: inspection)
        let verdict: VerificationReport.Verdict
        if answers.authentic == .no || answers.current == .no || answers.content == .violates
            || others.contains(where: { $0.severity == .failure })
        {
            verdict = .rejected
        } else if answers.authentic == .yes, answers.current == .yes, answers.content == .conforms,
            others.allSatisfy({ $0.severity == .warning }), let claims, let document = inspection.document
        {
            let badge = VerifiedBadge(
                facts: claims,
                achievement: inspection.achievementCredential?.subject.achievement ?? Achievement(inspection),
                document: document
            )
            verdict = .verified(badge)
        } else {
            verdict = .undetermined
        }
        let problems = ProblemDetails.ranked(inspection.problems)
        return VerificationReport(
            input: inspection.input.name,
            format: inspection.input.format,
            verdict: verdict,
            answers: answers,
            claims: claims,
            trust: inspection.trust,
            checks: inspection.checks,
            problems: problems,
            endorsements: inspection.endorsements,
            credentials: inspection.credentials,
            sentence: ReportSentence.text(
                verdict: verdict,
                answers: answers,
                claims: claims,
                problems: problems,
                inspection: inspection
            )
        )
    }

    /// The five answers, from what the checks found.
    static func answers(of inspection: Inspection) -> VerificationReport.Answers {
        var answers = VerificationReport.Answers()
        answers.authentic = certainty(inspection, of: [.proof, .key], and: [.claims])
        answers.current = certainty(inspection, of: [.status, .dates], and: [.refresh])
        answers.content =
            switch certainty(
                inspection,
                of: [.container, .json, .context, .type, .schema],
                and: [.subject, .result, .endorsement, .image]
            ) {
            case .yes: .conforms
            case .no: .violates
            case .unknown: .unknown
            }
        answers.subject = inspection.subject
        answers.issuer = inspection.issuer
        return answers
    }

    /// A learner record is as good as the worst credential in it.
    private static func withinRecord(_ inspection: Inspection) -> [ProblemDetails] {
        let path = JSONPointer().appending("credentialSubject").appending("verifiableCredential")
        return inspection.credentials.enumerated().compactMap { index, report in
            let code: ProblemDetails.Code
            let severity: ProblemDetails.Severity
            switch report.verdict {
            case .verified: return nil
            case .rejected: (code, severity) = (.credentialRejected, .failure)
            case .undetermined: (code, severity) = (.credentialUndetermined, .unknown)
            }
            let reason = report.problems.first?.detail ?? "it cannot be judged"
            return ProblemDetails(
                code: code,
                severity: severity,
                detail: "a credential within it is \(report.verdict.name): \(reason)",
                check: .subject,
                path: path.appending(index)
            )
        }
    }

    /// The report on a URL that answers 410: its issuer took the badge back.
    static func gone(_ url: String, body: [UInt8]) -> VerificationReport {
        let reason = (try? JSON(parsing: body))?["revocationReason"]?.string
        let detail = "the host answers 410, gone: the badge was taken back" + (reason.map { " (\($0))" } ?? "")
        var answers = VerificationReport.Answers()
        answers.current = .no
        return bare(url, .rejected, answers, .revoked, .failure, .status, detail)
    }

    /// The report on a URL that cannot be fetched.
    static func unreachable(_ url: String, _ reason: String) -> VerificationReport {
        bare(url, .undetermined, .init(), .unreachable, .unknown, .container, "the URL cannot be fetched: \(reason)")
    }

    private static func bare(
        _ url: String,
        _ verdict: VerificationReport.Verdict,
        _ answers: VerificationReport.Answers,
        _ code: ProblemDetails.Code,
        _ severity: ProblemDetails.Severity,
        _ check: CheckName,
        _ detail: String
    ) -> VerificationReport {
        let problem = ProblemDetails(code: code, severity: severity, detail: detail, check: check, path: nil)
        return VerificationReport(
            input: url,
            format: .none,
            verdict: verdict,
            answers: answers,
            claims: nil,
            trust: nil,
            checks: CheckName.standard.map { name in
                guard name == check else { return CheckOutcome(name, .skipped, "there is nothing to check") }
                return CheckOutcome(name, severity == .failure ? .failed : .undetermined, detail)
            },
            problems: [problem],
            endorsements: [],
            credentials: [],
            sentence: "\(problem.detail.prefix(1).uppercased())\(problem.detail.dropFirst())."
        )
    }

    /// *no* where one of the checks failed; *yes* only where each that is needed passed, and none of those that not every
    /// badge has was left open; else *unknown*. A check that did not run is never part of a yes.
    private static func certainty(
        _ inspection: Inspection,
        of needed: [CheckName],
        and others: [CheckName]
    ) -> VerificationReport.Answers.Certainty {
        let outcomes = needed.map { inspection.outcome(of: $0) }
        let further = others.map { inspection.outcome(of: $0) }
        if outcomes.contains(.failed) || further.contains(.failed) { return .no }
        let isComplete = outcomes.allSatisfy { $0 == .passed || $0 == .warned }
        return isComplete && !further.contains { $0 == .undetermined || $0 == nil } ? .yes : .unknown
    }

    private static func unmet(
        _ inspection: Inspection,
        _ answers: VerificationReport.Answers
    ) -> [ProblemDetails] {
        func problem(_ code: ProblemDetails.Code, _ isNo: Bool, _ check: CheckName, _ detail: String) -> ProblemDetails
        {
            ProblemDetails(code: code, severity: isNo ? .failure : .unknown, detail: detail, check: check, path: nil)
        }
        var problems: [ProblemDetails] = []
        let required = inspection.options.effectiveRequirements
        if required.contains(.subjectMatch), answers.subject != .match {
            let isNo = answers.subject == .mismatch
            let detail =
                answers.subject == .notAsked
                ? "a matching recipient is required, and none was given" : "the badge has to be about the recipient"
            problems.append(problem(.requirement, isNo, .recipient, detail))
        }
        if required.contains(.issuerTrusted), answers.issuer != .trusted {
            let isNo = answers.issuer != .unknown
            problems.append(problem(.requirement, isNo, .issuer, "a trusted issuer is required"))
        } else if let trust = inspection.options.trust, trust.onlyDenies, !inspection.options.reportOnly,
            answers.issuer == .untrusted
        {
            problems.append(problem(.requirement, true, .issuer, "an issuer that is not denied is required"))
        } else if required.contains(.issuerDomain), answers.issuer != .trusted, answers.issuer != .domain {
            let isNo = answers.issuer != .unknown
            problems.append(problem(.requirement, isNo, .issuer, "an issuer known by its domain is required"))
        }
        return problems
    }

    static func claims(of inspection: Inspection) -> BadgeClaims? {
        if let credential = inspection.credential { return BadgeClaims(credential) }
        return inspection.assertion.map {
            BadgeClaims($0, badgeClass: inspection.badgeClass, issuer: inspection.issuerProfile)
        }
    }
}

extension Achievement {
    /// An Open Badges 2.0 badge class in the form of 3.0.
    fileprivate init(_ inspection: Inspection) {
        guard let badge = inspection.badgeClass else {
            self.init(uncheckedMembers: [:])
            return
        }
        self.init(id: badge.id, name: badge.name, description: badge.description, criteria: badge.criteria)
        image = badge.image.map { Image(id: $0) }
        tags = badge.tags
    }
}
