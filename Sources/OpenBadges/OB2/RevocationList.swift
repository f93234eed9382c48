public import JSONCore

extension OB2 {
    /// An issuer's list of the signed assertions that it revoked. Source: Open Badges 2.0, "RevocationList".
    public struct RevocationList: BadgeObject {
        public static let definition: ClassDefinition = .init(
            "RevocationList",
            [
                PropertyDefinition("id", .identifier, .one),
                PropertyDefinition("type", .types, .some),
                PropertyDefinition("issuer", .reference { OB2.Profile.definition }),
                PropertyDefinition("revokedAssertions", .anything),
            ]
        )

        /// One assertion that is revoked.
        public struct Entry: Sendable, Hashable {
            public let id: String
            public let reason: String?

            public init(id: String, reason: String? = nil) {
                self.id = id
                self.reason = reason
            }
        }

        public var members: JSONObject
        public init(uncheckedMembers members: JSONObject) { self.members = members }

        public init(id: String, issuer: String, entries: [Entry]) {
            let revoked = entries.map { entry -> JSON in
                guard let reason = entry.reason else { return .string(entry.id) }
                return ["id": .string(entry.id), "revocationReason": .string(reason)]
            }
            members = [
                "@context": .string(OB2.context),
                "id": .string(id),
                "type": "RevocationList",
                "issuer": .string(issuer),
                "revokedAssertions": .array(revoked),
            ]
        }

        public var id: String {
            get { required("id") }
            set { set("id", newValue) }
        }
        public var issuer: String {
            members["issuer"]?.string ?? members["issuer"]?["id"]?.string ?? ""
        }

        /// Whether each entry has one of the forms that say which assertion is revoked. A list with others says something
        /// that we do not understand, and so nothing about the assertions that it does not name.
        public var isReadable: Bool {
            guard let values = members["revokedAssertions"] else { return false }
            return entries.count == (values.array?.count ?? 1)
        }

        /// Every entry, in each of its forms: a bare id, an object with `id`, an object with the older `uid`.
        public var entries: [Entry] {
            let values = members["revokedAssertions"]?.array ?? members["revokedAssertions"].map { [$0] } ?? []
            return values.compactMap { value in
                guard let id = value.string ?? value["id"]?.string ?? value["uid"]?.string else { return nil }
                return Entry(id: id, reason: value["revocationReason"]?.string)
            }
        }
    }

    /// A third party's word for a badge. Source: Open Badges 2.0, "Endorsement".
    public struct Endorsement: BadgeObject {
        public static let definition: ClassDefinition = .init(
            "Endorsement",
            [
                PropertyDefinition("id", .identifier, .one),
                PropertyDefinition("type", .types, .some),
                PropertyDefinition("claim", .object { claimDefinition }, .one),
                PropertyDefinition("issuer", .reference { OB2.Profile.definition }, .one),
                PropertyDefinition("issuedOn", .dateTimeISO8601, .one),
                PropertyDefinition("expires", .dateTimeISO8601),
                PropertyDefinition("verification", .object { VerificationObject.definition }, .one),
            ] + OB2.commonProperties
        )

        private static let claimDefinition = ClassDefinition(
            "Claim",
            requiresType: false,
            [PropertyDefinition("id", .identifier, .one), PropertyDefinition("endorsementComment", .plainText)]
        )

        public var members: JSONObject
        public init(uncheckedMembers members: JSONObject) { self.members = members }

        public var id: String {
            get { required("id") }
            set { set("id", newValue) }
        }
        /// The id of the endorser, also where its profile is embedded.
        public var issuer: String { members["issuer"]?.string ?? members["issuer"]?["id"]?.string ?? "" }
        public var verification: VerificationObject {
            optional("verification") ?? VerificationObject(uncheckedMembers: [:])
        }
        public var revoked: Bool { optional("revoked") ?? false }
        public var expires: Timestamp? { optional("expires") }
        /// The id of what is endorsed.
        public var claim: String? { members["claim"]?["id"]?.string }
        public var issuedOn: Timestamp? {
            get { optional("issuedOn") }
            set { set("issuedOn", newValue) }
        }
    }
}
