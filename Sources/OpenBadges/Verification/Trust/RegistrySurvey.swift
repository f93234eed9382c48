import JSONCore

/// What the registries of a trust policy say, as far as they can be read.
struct RegistrySurvey {
    /// A registry that could not be asked, so that nobody knows whether it lists an issuer.
    struct Gap {
        let code: ProblemDetails.Code
        let detail: String
    }

    private(set) var read: [(name: String, document: RegistryDocument)] = []
    private(set) var gaps: [Gap] = []
    /// Registries asked so far, whatever came of it.
    private var count = 0

    /// The registry that lists an issuer: the first, in the policy's order.
    func match(issuer id: String) -> TrustMatch? {
        for (name, document) in read {
            if let entry = document.entry(of: id) { return TrustMatch(by: .registry, entry: name, name: entry.name) }
        }
        return nil
    }
}

extension Inspection {
    /// Asks all registries of a policy at once, so that they are fetched in one go.
    mutating func survey(_ policy: TrustPolicy) -> RegistrySurvey {
        var survey = RegistrySurvey()
        for registry in policy.registries { survey.ask(registry, memo: policy.memo, for: &self) }
        return survey
    }
}

extension RegistrySurvey {
    fileprivate mutating func ask(_ registry: TrustRegistry, memo: RegistryMemo, for inspection: inout Inspection) {
        guard let document = document(of: registry, memo: memo, for: &inspection) else { return }
        switch document.kind {
        case .dccLegacy: read.append((registry.name, document))
        case .knownRegistries:
            for listed in document.listed { ask(listed, in: registry, memo: memo, for: &inspection) }
        }
    }

    /// A registry that a list names, under the list's own rule of age.
    private mutating func ask(
        _ listed: RegistryDocument.Listed,
        in list: TrustRegistry,
        memo: RegistryMemo,
        for inspection: inout Inspection
    ) {
        guard listed.type == TrustRegistry.Kind.dccLegacy.rawValue else {
            return miss(.registryUnsupported, listed.name, "is of the type \(listed.type), which is not read")
        }
        guard let url = listed.url, url.hasPrefix("https://") else {
            return miss(.registryInvalid, listed.name, "has no https URL in the list that names it")
        }
        let registry = TrustRegistry(
            name: listed.name,
            source: .url(url),
            maximumAge: list.maximumAge,
            kind: .dccLegacy
        )
        ask(registry, memo: memo, for: &inspection)
    }

    private mutating func miss(_ code: ProblemDetails.Code, _ name: String, _ detail: String) {
        // More of them say nothing new, and a hostile list could have any number.
        guard gaps.count < 2 * TrustRegistry.Limits.registries else { return }
        gaps.append(Gap(code: code, detail: "the registry \"\(name)\" \(detail)"))
    }

    private mutating func document(
        of registry: TrustRegistry,
        memo: RegistryMemo,
        for inspection: inout Inspection
    ) -> RegistryDocument? {
        count += 1
        guard count <= TrustRegistry.Limits.registries else {
            miss(.limit, registry.name, "is one too many to be asked")
            return nil
        }
        guard let (body, date) = body(of: registry, for: &inspection) else { return nil }
        if let maximumAge = registry.maximumAge, let date,
            inspection.options.at.seconds - date.seconds > maximumAge.components.seconds
        {
            miss(.registryStale, registry.name, "could only be had as a copy of \(date), which is too old")
            return nil
        }
        let (document, sha256) = memo.document(in: body)
        if let pinned = registry.sha256, pinned != sha256 {
            let digest = Hexadecimal.encode(sha256)
            miss(.registryDigest, registry.name, "has another content than the one pinned: its SHA-256 is \(digest)")
            return nil
        }
        switch document {
        case .failure(let refusal):
            miss(.registryInvalid, registry.name, "cannot be read: \(refusal.detail)")
            return nil
        case .success(let document):
            guard registry.kind == nil || registry.kind == document.kind else {
                miss(.registryInvalid, registry.name, "is of the type \(document.kind.rawValue)")
                return nil
            }
            return document
        }
    }

    private mutating func body(
        of registry: TrustRegistry,
        for inspection: inout Inspection
    ) -> (body: [UInt8], date: Timestamp?)? {
        let url: String
        switch registry.source {
        case .copy(let body, let date): return (body, date)
        case .url(let text): url = text
        }
        let reason: String
        switch inspection.document(url) {
        case .pending: reason = "it is being fetched"
        case .answer(.unreachable(let detail)): reason = detail
        case .answer(.missing(let status)): reason = "the server answers \(status)"
        case .answer(.gone): reason = "the server answers 410, gone"
        case .answer(.found(let document)):
            // A pinned document is itself wherever it comes from; any other is its host's word.
            if registry.sha256 != nil || WebOrigin.answers(document.url, for: url) {
                return (document.body, document.date)
            }
            reason = "its host sends on to another origin"
        }
        miss(.registryUnreachable, registry.name, "cannot be fetched: \(reason)")
        return nil
    }
}
