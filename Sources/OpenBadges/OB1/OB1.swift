import JSONCore

/// Open Badges 0.5 to 1.1, as far as it takes to know them, and to read them as 2.0.
///
/// Source: Open Badges 1.0 and 1.1, "Assertion"; the upgrade that 1EdTech's validator makes.
enum OB1 {
    /// The URLs under which the context of 1.1 is published.
    static let contexts: Set<String> = [
        "https://w3id.org/openbadges/v1", "https://openbadgespec.org/v1/context.json",
    ]

    /// The version that a document is written in.
    ///
    /// - Parameter parent: the version of the document that names it: those of 1.0 say nothing of their own.
    static func version(of document: JSONObject, as role: OB2.Role, in parent: OB2.Version) -> OB2.Version {
        let urls = JSON.object(document).contexts
        if urls.contains(where: OB2.Vocabulary.contexts.contains) { return .v20 }
        if urls.contains(where: contexts.contains) { return .v11 }
        guard document["@context"] == nil else { return .v20 }
        switch role {
        case .assertion: return assertionVersion(of: document)
        case .revocationList where document["revokedAssertions"] != nil: return .v20
        case .badgeClass, .issuer, .revocationList:
            return parent == .v10 || parent == .v11 ? .v10 : .v20
        case .key, .endorsement: return .v20
        }
    }

    private static func assertionVersion(of document: JSONObject) -> OB2.Version {
        if document["recipient"]?.string != nil, document["badge"]?.object != nil { return .v05 }
        guard document["type"] == nil else { return .v20 }
        // Some hosts left `uid` out; nothing else has `verify` and no type.
        return document["badge"] != nil && (document["uid"] != nil || document["verify"] != nil) ? .v10 : .v20
    }
}

extension OB2 {
    /// The versions that are told apart.
    enum Version: Comparable {
        case v05, v10, v11, v20

        var name: String {
            switch self {
            case .v05: "0.5"
            case .v10: "1.0"
            case .v11: "1.1"
            case .v20: "2.0"
            }
        }
    }

    /// What a document is to a badge.
    enum Role: Sendable, Hashable {
        case assertion, badgeClass, issuer, key, revocationList, endorsement

        /// What it is called in a report.
        var name: String {
            switch self {
            case .assertion: "assertion"
            case .badgeClass: "badge class"
            case .issuer: "issuer"
            case .key: "key"
            case .revocationList: "revocation list"
            case .endorsement: "endorsement"
            }
        }

        /// The role of a document by what it says of itself.
        init?(of types: [String]) {
            let names = types.map { $0.split(whereSeparator: { $0 == ":" || $0 == "#" || $0 == "/" }).last ?? "" }
            if names.contains("Assertion") {
                self = .assertion
            } else if names.contains("BadgeClass") {
                self = .badgeClass
            } else if names.contains("Issuer") || names.contains("Profile") || names.contains("IssuerOrg") {
                self = .issuer
            } else if names.contains("CryptographicKey") {
                self = .key
            } else if names.contains("RevocationList") {
                self = .revocationList
            } else if names.contains("Endorsement") {
                self = .endorsement
            } else {
                return nil
            }
        }
    }
}
