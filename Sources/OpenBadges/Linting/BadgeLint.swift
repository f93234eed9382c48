import JSONCore
import Proofs

/// Says what a badge lacks for a profile. Nothing is verified, and nothing fetched.
///
/// *For example:*
/// ```swift
/// let findings = try BadgeLint(bytes).findings(for: .trustedKnowledge)
/// let isReady = !findings.contains { $0.severity == .required }
/// ```
public struct BadgeLint: Sendable {
    private let document: JSON
    private let header: JSON?
    private let isOB3: Bool

    /// - Throws: ``OpenBadgesError`` `NOT_BAKEABLE` where the bytes hold no badge of Open Badges 2.0 or 3.0.
    public init(_ bytes: some Sequence<UInt8>, name: String = "-") throws(OpenBadgesError) {
        let input = BadgeInput(name: name, bytes: Array(bytes))
        guard let document = input.document else {
            throw OpenBadgesError(.notBakeable, "there is no badge that can be read")
        }
        if case .jws(let jws, _) = input.form { header = jws.header.json } else { header = nil }
        let credential = document["vc"] ?? document
        let types = credential.types
        isOB3 = types.contains("OpenBadgeCredential") || types.contains("AchievementCredential")
        guard isOB3 || types.contains("Assertion") else {
            throw OpenBadgesError(.notBakeable, "it is no badge of Open Badges 2.0 or 3.0")
        }
        self.document = credential
    }

    /// What is missing, what is required first.
    public func findings(for profile: LintProfile) -> [LintFinding] {
        var notes = Notes()
        guard isOB3 else {
            switch profile {
            case .edt: validator2(&notes)
            case .linkedin: linkedIn2(&notes)
            case .trustedKnowledge, .trustedApplication:
                notes.need(
                    "OB3_NEEDED",
                    "",
                    "Open Badges 2.0 has no property for results, which the framework rests on",
                    hint: "formats: [ob3, ob2] in issuer.yaml; lint the badge of Open Badges 3.0"
                )
            }
            return notes.sorted
        }
        switch profile {
        case .trustedKnowledge:
            microcredential(&notes)
            knowledge(&notes)
        case .trustedApplication:
            microcredential(&notes)
            application(&notes)
        case .edt: validator3(&notes)
        case .linkedin: linkedIn3(&notes)
        }
        return notes.sorted
    }

    // MARK: TrustEd Microcredentials

    private var subject: JSON { document["credentialSubject"] ?? .null }
    private var achievement: JSON { subject["achievement"] ?? .null }
    private var issuer: JSON { document["issuer"] ?? .null }

    /// What both kinds ask for: who, what, for what, by whom.
    private func microcredential(_ notes: inout Notes) {
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
    private func knowledge(_ notes: inout Notes) {
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
    private func application(_ notes: inout Notes) {
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

    // MARK: The public validator

    private func validator3(_ notes: inout Notes) {
        let contexts = list(document["@context"]).map { $0.string ?? "" }
        let isFirst = ["https://www.w3.org/ns/credentials/v2", "https://www.w3.org/2018/credentials/v1"]
            .contains(contexts.first ?? "")
        if !isFirst || !(contexts.dropFirst().first ?? "").contains("/spec/ob/v3p0/context") {
            notes.need(
                "CONTEXT_ORDER",
                "/@context",
                "it wants the context of credentials first, and that of Open Badges 3.0 second",
                hint: nil
            )
        }
        if let header {
            if !["RS256", "ES256"].contains(header["alg"]?.string ?? "") {
                notes.need(
                    "ALGORITHM_UNKNOWN",
                    "",
                    "it verifies a JWT by RS256 and ES256 alone",
                    hint: "a key of RSA or P-256 for ob3-jwt: badge key generate"
                )
            }
            if header["kid"] == nil, header["jwk"] == nil {
                notes.need("KEY_UNNAMED", "", "the header of the JWT names no key", hint: nil)
            }
        } else {
            let suites = list(document["proof"]).map { $0["cryptosuite"]?.string ?? $0["type"]?.string ?? "" }
            if suites.isEmpty {
                notes.need("PROOF_MISSING", "/proof", "it is not signed", hint: nil)
            } else if !suites.contains("eddsa-rdfc-2022") {
                notes.need(
                    "SUITE_UNKNOWN",
                    "/proof",
                    "the certification knows eddsa-rdfc-2022 alone",
                    hint: "an Ed25519 key for ob3-proof: badge key generate"
                )
            }
        }
        if document["credentialStatus"]?.array != nil {
            notes.need(
                "STATUS_LIST",
                "/credentialStatus",
                "its schema takes one status, and no list of them",
                hint: "status: [revocation] in issuer.yaml"
            )
        }
        if subject["id"] == nil, list(subject["identifier"]).isEmpty {
            notes.need("RECIPIENT_MISSING", "/credentialSubject", "it says of nobody whose it is", hint: nil)
        }
        for name in ["id", "name"] where issuer[name]?.string == nil {
            notes.need("ISSUER_INCOMPLETE", "/issuer/\(name)", "the issuer has no \(name)", hint: nil)
        }
        if let url = issuer["url"]?.string, !url.hasPrefix("https://") {
            notes.wish(
                "ISSUER_UNREACHABLE",
                "/issuer/url",
                "it fetches the issuer's page, which is not https",
                hint: nil
            )
        }
        if !list(document["endorsementJwt"]).isEmpty {
            notes.need("ENDORSEMENT_JWT", "/endorsementJwt", "it fails over endorsements as JWT", hint: nil)
        }
    }

    private func validator2(_ notes: inout Notes) {
        if let header {
            if header["alg"]?.string != "RS256" {
                notes.need(
                    "ALGORITHM_UNKNOWN",
                    "",
                    "it verifies a signed badge of 2.0 by RS256 alone",
                    hint: "an RSA key for ob2-signed"
                )
            }
        } else if !(document["id"]?.string ?? "").hasPrefix("http") {
            notes.need("NOT_HOSTED", "/id", "a hosted badge is found by its URL", hint: nil)
        }
        if document["badge"]?.string == nil {
            notes.wish(
                "CLASS_EMBEDDED",
                "/badge",
                "it fetches the class by its URL, and this badge holds it",
                hint: nil
            )
        }
    }

    // MARK: LinkedIn

    private func linkedIn3(_ notes: inout Notes) {
        linkedIn(
            &notes,
            name: achievement["name"]?.string,
            organization: issuer["name"]?.string,
            date: document["validFrom"]?.string ?? document["issuanceDate"]?.string,
            places: ("/credentialSubject/achievement/name", "/issuer/name", "/validFrom")
        )
        if subject["licenseNumber"]?.string == nil {
            notes.wish(
                "NUMBER_MISSING",
                "/credentialSubject/licenseNumber",
                "it has no number to read out, so its URL is its id",
                hint: nil
            )
        }
    }

    private func linkedIn2(_ notes: inout Notes) {
        let badge = document["badge"] ?? .null
        if badge.object != nil {
            linkedIn(
                &notes,
                name: badge["name"]?.string,
                organization: badge["issuer"]?["name"]?.string,
                date: document["issuedOn"]?.string,
                places: ("/badge/name", "/badge/issuer/name", "/issuedOn")
            )
            return
        }
        linkedIn(
            &notes,
            name: badge.string,
            organization: "",
            date: document["issuedOn"]?.string,
            places: ("/badge", "/badge", "/issuedOn")
        )
    }

    private func linkedIn(
        _ notes: inout Notes,
        name: String?,
        organization: String?,
        date: String?,
        places: (name: String, organization: String, date: String)
    ) {
        if name == nil { notes.need("NAME_MISSING", places.name, "the achievement has no name", hint: nil) }
        if organization == nil {
            notes.need("ISSUER_UNNAMED", places.organization, "the issuer has no name", hint: nil)
        }
        if date == nil { notes.need("DATE_MISSING", places.date, "it has no date", hint: nil) }
        if !(document["id"]?.string ?? "").hasPrefix("https://") {
            notes.need(
                "URL_MISSING",
                "/id",
                "a profile links to a badge, and this one's id is no https URL",
                hint: "ob3-proof or ob2-hosted among the formats of issuer.yaml"
            )
        }
    }

    private func list(_ json: JSON?) -> [JSON] {
        guard let json, !json.isNull else { return [] }
        return json.array ?? [json]
    }
}

/// Findings as they are made.
private struct Notes {
    private var findings: [LintFinding] = []

    mutating func need(_ code: String, _ path: String, _ detail: String, hint: String?) {
        add(.required, code, path, detail, hint)
    }

    mutating func wish(_ code: String, _ path: String, _ detail: String, hint: String?) {
        add(.recommended, code, path, detail, hint)
    }

    private mutating func add(
        _ severity: LintFinding.Severity,
        _ code: String,
        _ path: String,
        _ detail: String,
        _ hint: String?
    ) {
        let pointer = path.split(separator: "/").reduce(JSONPointer()) { $0.appending(String($1)) }
        findings.append(LintFinding(severity: severity, code: code, path: pointer, detail: detail, hint: hint))
    }

    /// What is required first, each in the order in which it was found.
    var sorted: [LintFinding] {
        findings.filter { $0.severity == .required } + findings.filter { $0.severity == .recommended }
    }
}
