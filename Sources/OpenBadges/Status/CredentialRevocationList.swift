public import JSONCore

/// An issuer's list of the Open Badges 3.0 credentials that it revoked, by their ids.
///
/// It is not signed: what vouches for it is the URL, which stands in the signed credential.
/// Source: 1EdTech, Verifiable Credentials Revocation List Status Method 1.0.
public struct CredentialRevocationList: BadgeObject {
    public static let definition: ClassDefinition = .init(
        "RevocationList",
        requiresType: false,
        [
            PropertyDefinition("id", .iri, .one),
            PropertyDefinition("issuer", .reference { issuerDefinition }, .one),
            PropertyDefinition("revokedCredential", .object { entryDefinition }, .many),
        ]
    )

    private static let issuerDefinition = ClassDefinition(
        "issuer",
        requiresType: false,
        [PropertyDefinition("id", .iri, .one)]
    )
    private static let entryDefinition = ClassDefinition(
        "RevokedCredential",
        requiresType: false,
        [
            PropertyDefinition("id", .iri, .one), PropertyDefinition("revoked", .boolean),
            PropertyDefinition("revocationReason", .text),
        ]
    )

    /// What the list says about one credential.
    public struct Entry: Sendable, Hashable {
        public let id: String
        /// `false` where it is listed as not revoked, or no longer.
        public let isRevoked: Bool
        public let reason: String?

        public init(id: String, isRevoked: Bool = true, reason: String? = nil) {
            self.id = id
            self.isRevoked = isRevoked
            self.reason = reason
        }
    }

    public var members: JSONObject
    public init(uncheckedMembers members: JSONObject) { self.members = members }

    /// - Parameters:
    ///   - id: the URL at which it is published.
    ///   - issuer: the id of the issuer of the credentials.
    public init(id: String, issuer: String, entries: [Entry]) {
        members = [
            "id": .string(id),
            "issuer": .string(issuer),
            "revokedCredential": .array(
                entries.map { entry in
                    var object: JSONObject = ["id": .string(entry.id), "revoked": .bool(entry.isRevoked)]
                    if let reason = entry.reason { object["revocationReason"] = .string(reason) }
                    return .object(object)
                }
            ),
        ]
    }

    public var id: String { required("id") }
    /// The issuer's id, `nil` where it is not given.
    public var issuer: String? {
        members["issuer"]?.string ?? members["issuer"]?["id"]?.string
    }

    /// Whether this is such a list at all: it has entries, or says whose list it is.
    public var isList: Bool {
        Self.names.contains { members[$0] != nil } || (members["id"]?.string != nil && issuer != nil)
    }

    /// Every entry that can be read: objects, and bare ids, which say that a credential is revoked.
    public var entries: [Entry] { values.compactMap(Self.entry) }

    /// Whether each entry can be read. A list with others says something that we do not understand, and so nothing about
    /// the credentials that it does not name.
    public var isReadable: Bool { values.allSatisfy { Self.entry($0) != nil } }

    /// The entry that says that a credential is revoked. Ids are compared as Open Badges 3.0 §10 does: without white
    /// space around them, and with escapes read.
    public func revocation(of id: String) -> Entry? {
        let name = Self.comparable(id)
        return entries.first { $0.isRevoked && Self.comparable($0.id) == name }
    }

    /// The older drafts have the name in the plural.
    private static let names = ["revokedCredential", "revokedCredentials"]

    private var values: [JSON] {
        Self.names.flatMap { name in members[name].map { $0.array ?? [$0] } ?? [] }
    }

    private static func entry(_ value: JSON) -> Entry? {
        if let id = value.string { return Entry(id: id) }
        guard let id = value["id"]?.string else { return nil }
        let revoked = value["revoked"] ?? true
        guard let isRevoked = revoked.bool else { return nil }
        return Entry(id: id, isRevoked: isRevoked, reason: value["revocationReason"]?.string)
    }

    /// What two ids are compared by.
    static func comparable(_ id: String) -> [UInt8] {
        let bytes = Array(id.utf8)
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count)
        var index = 0
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "%"), index + 2 < bytes.count,
                let byte = Hexadecimal.decode(bytes[(index + 1)...(index + 2)])?.first
            {
                text.append(byte)
                index += 3
            } else {
                text.append(bytes[index])
                index += 1
            }
        }
        let start = text.firstIndex { $0 > 0x20 } ?? text.endIndex
        let end = text.lastIndex { $0 > 0x20 } ?? start
        return start < text.endIndex ? Array(text[start...end]) : []
    }
}
