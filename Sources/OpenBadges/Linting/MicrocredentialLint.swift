import JSONCore

/// What the TrustEd Microcredential Framework asks for, of knowledge and of its application.
extension BadgeLint {
    /// What both kinds ask for: who, what, for what, by whom.
    func microcredential(_ notes: inout LintNotes) {
        let place = "/credentialSubject/achievement"
        for (name, hint) in [
            ("name", "achievement.name"), ("description", "achievement.description"),
            ("achievementType", "achievement.type: MicroCredential"),
        ] where achievement[name]?.string?.isEmpty ?? true {
            notes.need(
                "ACHIEVEMENT_INCOMPLETE",
                "\(place)/\(name)",
                "the achievement has no \(name)",
                hint: "in the policy: \(hint)"
            )
        }
        if achievement["criteria"]?["narrative"]?.string == nil, achievement["criteria"]?["id"]?.string == nil {
            notes.need("CRITERIA_MISSING", "\(place)/criteria", "it does not say what was asked for", hint: nil)
        }
        if list(achievement["alignment"]).isEmpty {
            notes.need(
                "ALIGNMENT_MISSING",
                "\(place)/alignment",
                "it is aligned to no skill or outcome of a framework",
                hint: "in the policy: achievement.alignment: [{targetName: …, targetUrl: …}]"
            )
        }
        for alignment in list(achievement["alignment"]).enumerated()
        where alignment.element["targetUrl"]?.string == nil || alignment.element["targetName"]?.string == nil {
            notes.need(
                "ALIGNMENT_INCOMPLETE",
                "\(place)/alignment/\(alignment.offset)",
                "an alignment needs a name and a URL",
                hint: nil
            )
        }
        for name in ["name", "url"] where issuer[name]?.string == nil {
            notes.need(
                "ISSUER_INCOMPLETE",
                "/issuer/\(name)",
                "the issuer has no \(name)",
                hint: "\(name): in issuer.yaml"
            )
        }
        for (name, path) in [("image", "\(place)/image"), ("inLanguage", "\(place)/inLanguage")]
        where achievement[name] == nil {
            notes.wish(
                "ACHIEVEMENT_INCOMPLETE",
                path,
                "the achievement has no \(name)",
                hint: "in the policy: achievement.\(name)"
            )
        }
        if document["credentialStatus"] == nil {
            notes.wish(
                "STATUS_MISSING",
                "/credentialStatus",
                "it can never be revoked",
                hint: "status: [revocation] in issuer.yaml"
            )
        }
        if list(document["endorsement"]).isEmpty, list(achievement["endorsement"]).isEmpty,
            list(issuer["endorsement"]).isEmpty
        {
            notes.wish("ENDORSEMENT_MISSING", "/endorsement", "nobody else vouches for it", hint: "badge endorse")
        }
    }

    /// A validated assessment: its result, and the mark that was asked for.
    func knowledge(_ notes: inout LintNotes) {
        let marks = scored
        guard !marks.isEmpty else {
            notes.need(
                "RESULT_MISSING",
                "/credentialSubject/result",
                "there is no result of an assessment with a value",
                hint: "in the policy: publish: {REQUIREMENT: {as: result, value: percent}}"
            )
            return
        }
        if !marks.contains(where: { $0["requiredValue"] != nil || $0["requiredLevel"] != nil }) {
            notes.need(
                "REQUIREMENT_MISSING",
                "/credentialSubject/achievement/resultDescription",
                "no result says what was required",
                hint: nil
            )
        }
        if !marks.contains(where: { $0.types.contains("AssessmentResultDescription") }) {
            notes.wish(
                "ASSESSMENT_UNDESCRIBED",
                "/credentialSubject/achievement/resultDescription",
                "no result is described as an assessment, with its kind and method",
                hint: nil
            )
        }
    }

    /// Something that was done, how it was judged, and the work.
    func application(_ notes: inout LintNotes) {
        let isJudged = described.contains { description in
            description["rubricCriterionLevel"] != nil || description["requiredLevel"] != nil
                || ["Performance", "Artifact"].contains(description["assessmentType"]?.string ?? "")
        }
        if !isJudged {
            notes.need(
                "PERFORMANCE_MISSING",
                "/credentialSubject/result",
                "no result is the judgement of a performance or a work",
                hint: "in the policy: a requirement with rubric:, and publish: {REQUIREMENT: {as: result+evidence}}"
            )
        }
        let evidence = list(document["evidence"])
        guard !evidence.isEmpty else {
            notes.need(
                "EVIDENCE_MISSING",
                "/evidence",
                "there is no evidence of what was done",
                hint: "in the policy: publish: {REQUIREMENT: {as: evidence}}"
            )
            return
        }
        if !evidence.contains(where: { $0["id"]?.string != nil || $0["narrative"]?.string != nil }) {
            notes.need(
                "EVIDENCE_EMPTY",
                "/evidence",
                "the evidence neither links to the work nor tells of it",
                hint: nil
            )
        }
        if !evidence.contains(where: { $0["id"]?.string != nil }) {
            notes.wish(
                "EVIDENCE_UNLINKED",
                "/evidence",
                "no evidence links to the work",
                hint: "artifact.url in the record"
            )
        }
    }

    /// The descriptions of the results that are in the badge.
    private var described: [JSON] {
        let descriptions = list(achievement["resultDescription"])
        return list(subject["result"]).compactMap { result in
            descriptions.first { $0["id"] == result["resultDescription"] && $0["id"] != nil }
        }
    }

    /// Those of a value, not of a mere status.
    private var scored: [JSON] {
        described.filter { !["Status", ""].contains($0["resultType"]?.string ?? "") }
    }
}
