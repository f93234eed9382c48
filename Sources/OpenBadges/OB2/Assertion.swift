public import JSONCore

extension OB2 {
    /// An award of a badge class to a recipient.
    ///
    /// Source: Open Badges 2.0, "Assertion".
    public struct Assertion: BadgeObject {
        public static let definition: ClassDefinition = .init(
            "Assertion",
            [
                PropertyDefinition("@context", .anything, .one),
                PropertyDefinition("id", .identifier, .one),
                PropertyDefinition("type", .types, .some),
                PropertyDefinition("recipient", .object { IdentityObject.definition }, .one),
                PropertyDefinition("badge", .reference { BadgeClass.definition }, .one),
                PropertyDefinition("verification", .object { VerificationObject.definition }, .one),
                PropertyDefinition("issuedOn", .dateTimeISO8601, .one),
                PropertyDefinition("expires", .dateTimeISO8601),
                PropertyDefinition("image", .webImage { OB2.Image.hostedDefinition }),
                PropertyDefinition("evidence", .reference { OB2.Evidence.definition }, .many),
                PropertyDefinition("narrative", .plainText),
                PropertyDefinition("revoked", .boolean),
                PropertyDefinition("revocationReason", .plainText),
            ] + OB2.commonProperties
        )

        /// What is left of a revoked assertion: an id and the word that it is revoked.
        static let revokedDefinition = ClassDefinition(
            "Assertion",
            requiresType: false,
            [
                PropertyDefinition("id", .identifier, .one),
                PropertyDefinition("revoked", .boolean, .one),
                PropertyDefinition("revocationReason", .plainText),
            ]
        )

        public var members: JSONObject
        public init(uncheckedMembers members: JSONObject) { self.members = members }

        /// - Parameters:
        ///   - id: for a hosted badge the URL that it is served at, for a signed one a `urn:uuid:`.
        ///   - badge: the URL of its ``BadgeClass``.
        public init(
            id: String,
            recipient: IdentityObject,
            badge: String,
            verification: VerificationObject,
            issuedOn: Timestamp
        ) {
            var members = JSONObject(capacity: 10)
            members.append(unchecked: "@context", Self.contextValue)
            members.append(unchecked: "id", .string(id))
            members.append(unchecked: "type", "Assertion")
            members.append(unchecked: "recipient", recipient.json)
            members.append(unchecked: "badge", .string(badge))
            members.append(unchecked: "verification", verification.json)
            members.append(unchecked: "issuedOn", .string(issuedOn.description))
            self.members = members
        }

        private static let contextValue = JSON.string(OB2.context)

        public var id: String {
            get { required("id") }
            set { set("id", newValue) }
        }
        public var recipient: IdentityObject {
            get { optional("recipient") ?? IdentityObject(uncheckedMembers: [:]) }
            set { set("recipient", newValue) }
        }
        /// The id of the badge class, also where the class itself is embedded.
        public var badge: String {
            get { members["badge"]?.string ?? members["badge"]?["id"]?.string ?? "" }
            set { set("badge", newValue) }
        }
        public var verification: VerificationObject {
            get { optional("verification") ?? optional("verify") ?? VerificationObject(uncheckedMembers: [:]) }
            set { set("verification", newValue) }
        }
        public var issuedOn: Timestamp? {
            get { optional("issuedOn") }
            set { set("issuedOn", newValue) }
        }
        public var expires: Timestamp? {
            get { optional("expires") }
            set { set("expires", newValue) }
        }
        /// The URL of the baked image.
        public var image: String? {
            get { members["image"]?.string ?? members["image"]?["id"]?.string }
            set { set("image", newValue) }
        }
        public var evidence: [Evidence] {
            get { list("evidence") }
            set { set("evidence", list: newValue) }
        }
        /// The ids of what it is another version of: the same award in another generation.
        public var related: [String] {
            get { (members["related"]?.array ?? []).compactMap { $0.string ?? $0["id"]?.string } }
            set { members["related"] = newValue.isEmpty ? nil : .array(newValue.map { ["id": .string($0)] }) }
        }
        public var narrative: String? {
            get { optional("narrative") }
            set { set("narrative", newValue) }
        }
        public var revoked: Bool {
            get { optional("revoked") ?? false }
            set { set("revoked", newValue) }
        }
        public var revocationReason: String? {
            get { optional("revocationReason") }
            set { set("revocationReason", newValue) }
        }
    }

    /// A recipient's identifier, clear or as a salted hash. Source: Open Badges 2.0, "IdentityObject".
    public struct IdentityObject: BadgeObject {
        public static let definition: ClassDefinition = .init(
            "IdentityObject",
            requiresType: false,  // `type` names the kind of identifier here: email, url, telephone, id
            [
                PropertyDefinition("type", .identityKind, .one),
                PropertyDefinition("hashed", .boolean, .one),
                PropertyDefinition("identity", .plainText, .one),
                PropertyDefinition("salt", .plainText),
            ]
        )

        public var members: JSONObject
        public init(uncheckedMembers members: JSONObject) { self.members = members }

        public init(hashing identifier: String, type: String = "email", salt: String) {
            members = [
                "type": .string(type), "hashed": true, "salt": .string(salt),
                "identity": .string(IdentityHash.sha256(identifier, salt: salt)),
            ]
        }

        public init(plain identifier: String, type: String = "email") {
            members = ["type": .string(type), "hashed": false, "identity": .string(identifier)]
        }

        /// `email`, `url`, `telephone` or `id`.
        public var type: String {
            get { required("type") }
            set { set("type", newValue) }
        }
        public var hashed: Bool {
            get { required("hashed") }
            set { set("hashed", newValue) }
        }
        public var identity: String {
            get { required("identity") }
            set { set("identity", newValue) }
        }
        public var salt: String? {
            get { optional("salt") }
            set { set("salt", newValue) }
        }
    }

    /// How an assertion is verified: by being hosted, or by a signature.
    ///
    /// Source: Open Badges 2.0, "VerificationObject".
    public struct VerificationObject: BadgeObject {
        public static let definition: ClassDefinition = .init(
            "VerificationObject",
            requiresType: false,
            [
                PropertyDefinition("type", .kinds(["HostedBadge", "hosted", "SignedBadge", "signed"]), .some),
                PropertyDefinition("creator", .reference { CryptographicKey.definition }),
                PropertyDefinition("url", .url),
            ] + policyProperties
        )

        /// Where an issuer hosts; verification in an assertion and in a profile have these alike.
        static let policyProperties = [
            PropertyDefinition("verificationProperty", .closedTerm(["id", "@id"])),
            PropertyDefinition("startsWith", .url, .many),
            PropertyDefinition("allowedOrigins", .hostName, .many),
        ]

        /// The two kinds of verification, under each of their names.
        public enum Kind: Sendable, Hashable {
            case hosted, signed
        }

        public var members: JSONObject
        public init(uncheckedMembers members: JSONObject) { self.members = members }

        public static let hosted = VerificationObject(uncheckedMembers: ["type": "HostedBadge"])

        /// - Parameter creator: the URL of the ``CryptographicKey`` that signs.
        public static func signed(creator: String) -> VerificationObject {
            VerificationObject(uncheckedMembers: ["type": "SignedBadge", "creator": .string(creator)])
        }

        /// `nil` where `type` is none of the four names.
        public var kind: Kind? {
            let names: [String] = list("type")
            if names.contains(where: { $0 == "SignedBadge" || $0 == "signed" }) { return .signed }
            if names.contains(where: { $0 == "HostedBadge" || $0 == "hosted" }) { return .hosted }
            return nil
        }
        /// The id of the key, also where the key itself is embedded.
        public var creator: String? {
            get { members["creator"]?.string ?? members["creator"]?["id"]?.string }
            set { set("creator", newValue) }
        }
        public var startsWith: [String] {
            get { list("startsWith") }
            set { set("startsWith", list: newValue) }
        }
        public var allowedOrigins: [String] {
            get { list("allowedOrigins") }
            set { set("allowedOrigins", list: newValue) }
        }
    }
}
