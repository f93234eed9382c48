import JSONCore
import LinkedData

/// `context`: the JSON-LD contexts that give the terms their meaning, in their order.
///
/// Source: Open Badges 3.0 §A.2.
enum ContextCheck {
    private static let credentials = "https://www.w3.org/ns/credentials/v2"

    static func run(_ inspection: inout Inspection) {
        if inspection.isOB2 { return OB2ContextCheck.run(&inspection) }
        guard let credential = inspection.credential else {
            return inspection.record(.context, .skipped, "there is nothing to check")
        }
        checkCredential(credential.members["@context"], at: JSONPointer().appending("@context"), &inspection)
        // Each proof is held to its own terms when it is verified, and one of an unknown kind says nothing here.
        var members = CredentialJWT.withoutClaims(credential.members)
        members.removeValue(forKey: "proof")
        checkTerms(.object(members), &inspection)
        if !inspection.input.isJWS, CompactedForm.matters(to: credential.json) {
            CompactedForm(of: credential.json).check(&inspection)
        }
        inspection.conclude(.context, otherwise: "the contexts of the specification")
    }

    private static func checkCredential(_ context: JSON?, at path: JSONPointer, _ inspection: inout Inspection) {
        // A status list is no Open Badge: one context is enough for it, and may stand alone.
        let isBadge = inspection.kind != .statusList
        guard let contexts = context?.array ?? (isBadge ? nil : context.map { [$0] }) else {
            return inspection.report(.context, "@context must be a list", check: .context, at: path)
        }
        let first = contexts.first?.string
        if first == "https://www.w3.org/2018/credentials/v1" {
            inspection.report(
                .context,
                "the credential follows the Verifiable Credentials Data Model 1.1",
                check: .context,
                severity: .warning,
                at: path.appending(0)
            )
        } else if first != credentials {
            inspection.report(
                .context,
                "the first context must be \(credentials)",
                check: .context,
                at: path.appending(0)
            )
        }
        guard isBadge else { return }
        let isRecord = inspection.kind == .learnerRecord
        guard contexts.count > 1, let second = contexts[1].string,
            isContext(second, of: isRecord ? "clr/v2p0" : "ob/v3p0", generation: isRecord ? "2" : "3")
        else {
            let name = isRecord ? "the Comprehensive Learner Record 2.0" : "Open Badges 3.0"
            return inspection.report(
                .context,
                "the second context must be that of \(name)",
                check: .context,
                at: path.appending(1)
            )
        }
        if olderContexts.contains(second) {
            inspection.report(
                .olderVersion,
                "it names the context of an earlier edition of Open Badges 3.0, and is read with that one",
                check: .context,
                severity: .warning,
                at: path.appending(1)
            )
        }
    }

    /// Of the editions before the present one, 3.0.3.
    private static let olderContexts: Set<String> = Set(
        ["", "-3.0.0", "-3.0.1", "-3.0.2"].map { "https://purl.imsglobal.org/spec/ob/v3p0/context\($0).json" }
    )

    /// Every term has to be one that the contexts define: what they do not, nobody who reads the badge as linked data
    /// would see, and no embedded proof would cover.
    private static func checkTerms(_ document: JSON, _ inspection: inout Inspection) {
        var document = document
        guard var error = loss(in: document, inspection.contexts) else { return }
        if isReadInOlderBody(document, &inspection) { return }
        // A JWS covers the text, so what no context defines is signed as well: claims that are none of the credential,
        // which RFC 7519 §4 has readers ignore, and kinds of services, whose own checks judge them.
        while inspection.input.isJWS, isBesideTheCredential(error), let name = error.path.tokens.first,
            document.object?.contains(key: name) == true
        {
            inspection.report(
                .named(error.code.rawValue, "The JSON-LD cannot be read without loss"),
                error.detail,
                check: .context,
                severity: .warning,
                at: error.path
            )
            var members = document.object ?? [:]
            members.removeValue(forKey: name)
            document = .object(members)
            guard let next = loss(in: document, inspection.contexts) else { return }
            if isReadInOlderBody(document, &inspection) { return }
            error = next
        }
        // A context that is not at hand says nothing against the badge; it cannot be read, that is all.
        let isUnknown =
            [.loadingRemoteContextFailed, .workLimit, .sizeLimit, .depthLimit].contains(error.code)
        // A JWS covers the text, so contexts that contradict each other (as early ones do) change nothing about it.
        let isHarmless = inspection.input.isJWS && error.code == .protectedTermRedefinition
        inspection.report(
            .named(error.code.rawValue, "The JSON-LD cannot be read without loss"),
            error.detail,
            check: .context,
            severity: isUnknown ? .unknown : isHarmless ? .warning : .failure,
            at: error.path
        )
    }

    private static func isReadInOlderBody(_ document: JSON, _ inspection: inout Inspection) -> Bool {
        for variant in KnownContexts.variants(for: document) where loss(in: document, variant.store) == nil {
            inspection.report(
                .contextVariant,
                "it can be read with an older body of a context only (\(variant.file))",
                check: .context,
                severity: .warning
            )
            return true
        }
        return false
    }

    private static func isBesideTheCredential(_ error: LinkedDataError) -> Bool {
        let places: Set<String> = ["credentialSchema", "credentialStatus", "refreshService", "termsOfUse"]
        guard [.undefinedTerm, .relativeIRI, .droppedValue].contains(error.code), let first = error.path.tokens.first
        else { return false }
        return places.contains(first)
            || (error.path.tokens.count == 1 && error.code == .undefinedTerm && first != "type")
    }

    /// Whether nothing of a document would be lost under the contexts of the one around it beside its own.
    static func isWhole(_ document: JSON, within outer: VerifiableCredential, _ store: ContextStore) -> Bool {
        var members = document.object ?? [:]
        members.removeValue(forKey: "proof")
        let contexts = [outer.members["@context"], members["@context"]].compactMap(\.self)
        members["@context"] = .array(contexts.flatMap { $0.array ?? [$0] })
        return loss(in: .object(members), store) == nil
    }

    /// What would be lost of a document as linked data; `nil` where nothing would.
    static func loss(in document: JSON, _ store: ContextStore) -> LinkedDataError? {
        do throws(LinkedDataError) {
            try Expansion(store: store, options: JSONLDOptions(safe: true)).check(document)
            return nil
        } catch {
            return error
        }
    }

    /// `…/spec/ob/v3p0/context.json` and `…/context-3.0.N.json`; the learner record's likewise.
    private static func isContext(_ url: String, of specification: String, generation: String) -> Bool {
        let prefix = "https://purl.imsglobal.org/spec/\(specification)/context"
        guard url.hasPrefix(prefix), url.hasSuffix(".json") else { return false }
        let version = url.dropFirst(prefix.count).dropLast(".json".count)
        let numbers = version.dropFirst().split(separator: ".", omittingEmptySubsequences: false)
        return version.isEmpty
            || (version.hasPrefix("-") && numbers.count == 3 && numbers[0] == generation
                && numbers.allSatisfy { $0.utf8.count == 1 && (0x30...0x39).contains($0.utf8.first ?? 0) })
    }
}
