public import JSONCore

/// Where to look up whether a credential still holds: one value of `credentialStatus`, told apart by its type.
///
/// Source: Open Badges 3.0 §B, CredentialStatus; Verifiable Credentials Data Model 2.0 §4.10.
public struct CredentialStatus: BadgeObject {
    public static let definition: ClassDefinition = CredentialParts.status

    /// How the status is published.
    public enum Kind: Sendable, Hashable {
        /// A place in a list of bits.
        case statusList(StatusListForm)
        /// A list of the ids of revoked credentials.
        case revocationList
        /// None that is known here.
        case other
    }

    public var members: JSONObject
    public init(uncheckedMembers members: JSONObject) { self.members = members }

    /// A place in a status list.
    public init(_ entry: StatusListEntry) {
        members = entry.members
    }

    /// A ``CredentialRevocationList`` by its URL.
    public init(revocationList url: String) {
        members = ["id": .string(url), "type": .string(Self.revocationListType)]
    }

    static let revocationListType = "1EdTechRevocationList"

    public var id: String? {
        get { optional("id") }
        set { set("id", newValue) }
    }
    /// Every type that is given, single or several.
    public var types: [String] { list("type") }

    public var kind: Kind {
        let types = types
        if let form = StatusListForm.allCases.first(where: { types.contains($0.entryType) }) {
            return .statusList(form)
        }
        return types.contains(Self.revocationListType) ? .revocationList : .other
    }

    /// The place in a status list, if this is one.
    public var entry: StatusListEntry? {
        guard case .statusList = kind else { return nil }
        return StatusListEntry(uncheckedMembers: members)
    }
}

extension AchievementCredential {
    /// Where to look up whether the credential still holds.
    ///
    /// Open Badges 3.0 allows one, which is written as an object; several are written as an array, which the
    /// specification's own schema refuses, and which verifiers of the Data Model 2.0 read.
    public var statuses: [CredentialStatus] {
        get { list("credentialStatus") }
        set {
            switch newValue.count {
            case 0, 1: set("credentialStatus", newValue.first)
            default: set("credentialStatus", list: newValue)
            }
        }
    }
}
