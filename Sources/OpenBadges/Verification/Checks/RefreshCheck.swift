import JSONCore

/// `refresh`: is there a newer version of the credential? It is asked for once, and counts from here on.
///
/// A newer version has to be the same badge of the same issuer, and as authentic as the one in hand; else the one in
/// hand counts, with a warning. Source: Open Badges 3.0 §9.1 step 3; 1EdTech Credential Refresh 1.0.
enum RefreshCheck {
    static func run(_ inspection: inout Inspection) {
        guard let credential = inspection.credential, let value = credential.members["refreshService"] else {
            return inspection.record(.refresh, .skipped, "the badge names no refresh service")
        }
        guard inspection.asksForRefresh else {
            return inspection.record(.refresh, .skipped, "it is itself the newer version")
        }
        let services = value.array ?? [value]
        guard let service = services.first(where: { $0.types.contains("1EdTechCredentialRefresh") }),
            let url = service["id"]?.string, IRI.isWeb(url)
        else {
            return warn("its refresh service is of a kind that is not known", &inspection)
        }
        let document: LoadedDocument
        switch inspection.document(url) {
        case .pending: return inspection.record(.refresh, .undetermined, "it is being fetched")
        case .answer(.found(let found)): document = found
        case .answer(.gone): return warn("its refresh service answers 410, gone", &inspection)
        case .answer(.missing(let status)): return warn("its refresh service answers \(status)", &inspection)
        case .answer(.unreachable(let reason)):
            return warn("its refresh service cannot be reached: \(reason)", &inspection)
        }
        take(BadgeInput(name: url, bytes: document.body, url: document.url, source: document.source), &inspection)
    }

    private static func take(_ input: BadgeInput, _ inspection: inout Inspection) {
        guard let current = inspection.credential, input.kind == inspection.kind else {
            return warn("what its refresh service answers with is no such credential", &inspection)
        }
        var options = inspection.options
        options.reportOnly = true
        guard let newer = inspection.inspect(input, options: options, asksForRefresh: false),
            let credential = newer.credential
        else { return warn("what its refresh service answers with is no such credential", &inspection) }
        guard credential.id == current.id, credential.issuer.id == current.issuer.id else {
            return warn("what its refresh service answers with is another badge, or another issuer's", &inspection)
        }
        let answers = ReportAssembly.answers(of: newer)
        guard answers.authentic == .yes, answers.content == .conforms else {
            return warn("the newer version that its refresh service has is not authentic", &inspection)
        }
        if let new = credential.validFrom, let old = current.validFrom, new < old {
            return warn("its refresh service has an older version only", &inspection)
        }
        guard credential.members != current.members else {
            return inspection.record(.refresh, .passed, "its refresh service has no newer version")
        }
        inspection.credential = credential
        inspection.record(.refresh, .passed, "its refresh service has a newer version, which counts")
    }

    private static func warn(_ detail: String, _ inspection: inout Inspection) {
        inspection.conclude(.refresh, .refreshUnavailable, detail, severity: .warning)
    }
}
