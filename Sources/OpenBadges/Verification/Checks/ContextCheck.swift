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
        checkTerms(.object(CredentialJWT.withoutClaims(credential.members)), &inspection)
        if !inspection.input.isJWS { CompactedForm(of: credential.json).check(&inspection) }
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
    }

    /// Every term has to be one that the contexts define: what they do not, nobody who reads the badge as linked data
    /// would see, and no embedded proof would cover.
    private static func checkTerms(_ document: JSON, _ inspection: inout Inspection) {
        guard let error = loss(in: document, inspection.contexts) else { return }
        for variant in KnownContexts.variants(for: document) where loss(in: document, variant.store) == nil {
            return inspection.report(
                .contextVariant,
                "it can be read with an older body of a context only (\(variant.file))",
                check: .context,
                severity: .warning
            )
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

    private static func loss(in document: JSON, _ store: ContextStore) -> LinkedDataError? {
        do throws(LinkedDataError) {
            _ = try Expansion(store: store, options: JSONLDOptions(safe: true)).dataset(of: document)
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
