import JSONCore

/// Whether a credential stands under the names that its contexts give, and under no others.
///
/// A proof over RDF covers what the terms mean, while every check reads them by name: `validUntil` written as its IRI, or
/// under another name by a context of its own, would be signed and yet not seen. So the document has to be in the
/// compacted form (Verifiable Credentials Data Model 2.0 §4.1), and a context within it may only add what no known
/// context has.
struct CompactedForm {
    private let document: JSON
    private let knownNames: Set<String>
    /// Whether the document defines terms itself.
    private let hasOwnContext: Bool

    init(of document: JSON) {
        self.document = document
        knownNames = KnownContexts.termNames(for: document)
        hasOwnContext = document["@context"]?.array?.contains { $0.object != nil } ?? false
    }

    /// Whether a proof of the document covers its meaning, and not its text as it stands.
    static func matters(to document: JSON) -> Bool {
        let proofs = document["proof"].map { $0.array ?? [$0] } ?? []
        return !proofs.allSatisfy { $0["cryptosuite"]?.string?.contains("-jcs-") ?? false }
    }

    func check(_ inspection: inout Inspection) {
        check(document, JSONPointer(), &inspection)
        var described: [String: JSONObject] = [:]
        checkIdentity(document, JSONPointer(), &described, &inspection)
    }

    /// In RDF two objects with one id are one thing, so a member could move from where it is read to where it is not.
    private func checkIdentity(
        _ value: JSON,
        _ path: JSONPointer,
        _ described: inout [String: JSONObject],
        _ inspection: inout Inspection
    ) {
        for (index, element) in (value.array ?? []).enumerated() {
            checkIdentity(element, path.appending(index), &described, &inspection)
        }
        guard let members = value.object else { return }
        if let id = members["id"]?.string, !Self.onlyRefers(members) {
            if let other = described[id], other != members, let severity = Self.objection(to: other, beside: members) {
                inspection.report(
                    .context,
                    "another object has the same id and says something else of it",
                    check: .context,
                    severity: severity,
                    at: path.appending("id")
                )
            }
            described[id] = members
        }
        // The credentials of a learner record are documents of their own, each with its own proof, about one learner.
        for (name, member) in members where name != "@context" && name != "verifiableCredential" {
            checkIdentity(member, path.appending(name), &described, &inspection)
        }
    }

    /// Whether an object only names a thing, or what an endorsement says of it: nothing that a check reads.
    private static func onlyRefers(_ members: JSONObject) -> Bool {
        members.allSatisfy { ["id", "type", "endorsementComment"].contains($0.key) }
    }

    /// What speaks against two objects being two views of one thing; `nil` where nothing does.
    ///
    /// People, organizations, pictures and works are named in several places, with more detail in one than in the other;
    /// whoever issues a badge to themselves is its issuer and its subject; an achievement's own page often has its
    /// criteria. Nothing that is read as one class may stand in the other's object, or it could have been moved there.
    private static func objection(
        to left: JSONObject,
        beside right: JSONObject
    ) -> ProblemDetails.Severity? {
        func are(_ first: ClassDefinition, _ second: ClassDefinition) -> Bool {
            isPlain(left, first) && isPlain(right, second) || isPlain(left, second) && isPlain(right, first)
        }
        let sameClass = [
            Profile.definition, Image.definition, Evidence.definition, Related.definition, Criteria.definition,
        ]
        if sameClass.contains(where: { are($0, $0) }) { return nil }
        if are(AchievementSubject.definition, Profile.definition) { return nil }
        if are(Achievement.definition, Criteria.definition) { return nil }
        // A work has a name and a description as an achievement has, and the two might have been exchanged.
        let others = [Achievement.definition, Criteria.definition]
        return others.contains { are(Evidence.definition, $0) } ? .unknown : .failure
    }

    /// Whether an object is of one class of the specification only, and has nothing but what that class has.
    private static func isPlain(_ members: JSONObject, _ definition: ClassDefinition) -> Bool {
        var types = JSON.object(members).types
        types.removeAll { $0 == definition.name || IRI.isWeb($0) }
        let isNamed = !definition.requiresType || JSON.object(members).types.contains(definition.name)
        guard types.isEmpty, isNamed else { return false }
        let names = Set(definition.properties.map(\.name)).union(["id", "type"])
        return members.allSatisfy { names.contains($0.key) }
    }

    /// What a text in a language, or in a direction, is made of.
    private static let textKeywords: Set<String> = ["@value", "@language", "@direction"]

    private func check(_ value: JSON, _ path: JSONPointer, _ inspection: inout Inspection) {
        if let elements = value.array {
            for (index, element) in elements.enumerated() { check(element, path.appending(index), &inspection) }
        }
        for (name, member) in value.object ?? [:] {
            let place = path.appending(name)
            if name == "@context" {
                for context in member.array ?? [member] where context.string == nil {
                    checkContext(context, place, &inspection)
                }
            } else if name.utf8.contains(UInt8(ascii: ":"))
                || (name.hasPrefix("@") && !Self.textKeywords.contains(name))
            {
                inspection.report(
                    .context,
                    "the credential is not in compacted form: terms have to stand under their own names",
                    check: .context,
                    // A prefix of the document's own may spell anything; others spell what the known contexts have.
                    severity: hasOwnContext && !name.hasPrefix("@") && !IRI.isWeb(name) ? .unknown : .failure,
                    at: place
                )
            } else {
                check(member, place, &inspection)
            }
        }
    }

    private func checkContext(_ context: JSON, _ path: JSONPointer, _ inspection: inout Inspection) {
        for (name, definition) in context.object ?? [:] {
            if knownNames.contains(name) {
                inspection.report(
                    .named("PROTECTED_TERM_REDEFINITION", "A term with another meaning"),
                    "a term of the specification is defined in another way",
                    check: .context,
                    at: path.appending(name)
                )
            } else if !Self.isNew(name, definition) {
                inspection.report(
                    .context,
                    "a context within the document may give a known term another name: pin it under a URL instead",
                    check: .context,
                    severity: .unknown,
                    at: path.appending(name)
                )
            }
        }
    }

    /// Whether a definition adds a term whose IRI no known context has, nor begins: plain IRIs only, since prefixes and
    /// keywords can spell anything.
    private static func isNew(_ name: String, _ definition: JSON) -> Bool {
        guard !name.hasPrefix("@") else { return false }
        let members = definition.object
        guard members?.allSatisfy({ ["@id", "@type", "@container"].contains($0.key) }) ?? true,
            let iri = definition.string ?? members?["@id"]?.string, IRI.isWeb(iri)
        else { return false }
        return !KnownContexts.definedIRIs.contains { $0.utf8.starts(with: iri.utf8) }
    }
}
