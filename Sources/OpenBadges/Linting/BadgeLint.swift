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
    let document: JSON
    /// The header of a JWS; `nil` of any other form.
    let header: JSON?
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
        var notes = LintNotes()
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

    var subject: JSON { document["credentialSubject"] ?? .null }
    var achievement: JSON { subject["achievement"] ?? .null }
    var issuer: JSON { document["issuer"] ?? .null }

    /// A value, or several, as a list.
    func list(_ json: JSON?) -> [JSON] {
        guard let json, !json.isNull else { return [] }
        return json.array ?? [json]
    }
}
