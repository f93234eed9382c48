import JSONCore
import LinkedData

extension OB2 {
    /// The terms of the Open Badges 2.0 context, and the IRIs that they stand for.
    ///
    /// Source: `https://w3id.org/openbadges/v2`.
    enum Vocabulary {
        /// The URLs under which the context is published.
        static let contexts: Set<String> = [OB2.context, "https://openbadgespec.org/v2/context.json"]

        /// The terms that name a class.
        static let classes: Set<String> = [
            "AlignmentObject", "Assertion", "BadgeClass", "Criteria", "CryptographicKey", "Endorsement", "Evidence",
            "Extension", "FrameValidation", "HostedBadge", "IdentityObject", "Image", "Issuer", "Profile",
            "RevocationList", "SignedBadge", "TypeValidation", "VerificationObject", "hosted", "signed",
        ]

        /// The terms that can say what identifies a recipient.
        static let identityKinds: Set<String> = ["id", "@id", "email", "url", "telephone", "name", "uid"]

        /// The terms of an IRI, the preferred one first.
        static func terms(_ iri: String) -> [String] { table[iri] ?? [] }

        /// From the embedded context, and from its body before 2020, where one term stood for another IRI.
        private static let table: [String: [String]] = {
            var table: [String: [String]] = [:]
            var stores = [KnownContexts.current]
            stores += KnownContexts.variants(for: ["@context": .string(OB2.context)]).map(\.store)
            for store in stores {
                guard let context = store.document(OB2.context)?["@context"]?.object else { continue }
                for (term, definition) in context {
                    guard let name = definition["@id"]?.string ?? definition.string, !name.hasPrefix("@") else {
                        continue
                    }
                    let iri = expanded(name, by: context)
                    if !(table[iri] ?? []).contains(term) { table[iri, default: []].append(term) }
                }
            }
            return table
        }()

        /// The IRI that a compact one, or an alias, stands for.
        private static func expanded(_ name: String, by context: JSONObject) -> String {
            let parts = name.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            if parts.count == 2, let prefix = context[String(parts[0])]?.string { return prefix + parts[1] }
            guard parts.count == 1, let alias = context[name] else { return name }
            return (alias["@id"]?.string ?? alias.string).map { $0 == name ? name : expanded($0, by: context) } ?? name
        }
    }
}
