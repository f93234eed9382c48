import JSONCore

/// Which documents are of Open Badges 1 or 2, and what they are to a badge.
enum OB2Recognition {
    /// The format of a document that is no verifiable credential; `nil` where it has nothing to do with badges.
    static func format(of json: JSON, isJWS: Bool) -> VerificationReport.Format? {
        guard let document = json.object else { return nil }
        if json.contexts.contains(where: OB1.contexts.contains) { return .ob1 }
        if OB1.version(of: document, as: .assertion, in: .v20) < .v20 { return .ob1 }
        guard role(of: document) != nil else { return nil }
        return isJWS ? .ob2Signed : .ob2Hosted
    }

    /// What a document is, by its types, or by its members where its types say nothing that is known.
    static func role(of document: JSONObject) -> OB2.Role? {
        let types = (document["type"] ?? document["@type"])?.typeNames ?? []
        if types.contains("VerifiableCredential") { return nil }
        let urls = JSON.object(document).contexts
        let isOurs =
            urls.contains { OB2.Vocabulary.contexts.contains($0) || OB1.contexts.contains($0) }
            || namesVocabulary(document["@context"])
        // Others have profiles and endorsements, too.
        if let role = OB2.Role(of: types), isOurs || role == .assertion { return role }
        // Without a type that is known it is a badge, though a wrong one, if it holds what only badges hold.
        if isOurs, document["revoked"]?.bool == true, document["id"]?.string != nil { return .assertion }
        let names = ["recipient", "badge", "verification", "verify", "issuedOn"]
        if names.filter({ document[$0] != nil }).count >= (isOurs ? 1 : 3) { return .assertion }
        if isOurs, document["criteria"] != nil, document["issuer"] != nil { return .badgeClass }
        return nil
    }

    /// Whether a context within the document maps something to the specification's vocabulary.
    private static func namesVocabulary(_ context: JSON?) -> Bool {
        (context?.array ?? context.map { [$0] } ?? []).contains { entry in
            entry.object?.contains { $0.value.string == "https://w3id.org/openbadges#" } ?? false
        }
    }
}
