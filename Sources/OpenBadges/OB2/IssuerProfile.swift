public import JSONCore

extension OB2 {
    /// The issuer (or creator) of badges, with its keys and its list of revocations.
    ///
    /// Source: Open Badges 2.0, "Profile".
    public struct Profile: BadgeObject {
        public static let definition: ClassDefinition = .init(
            "Profile",
            aliases: ["Issuer"],
            [
                PropertyDefinition("id", .identifier, .one),
                PropertyDefinition("type", .types, .some),
                PropertyDefinition("name", .plainText, .one),
                PropertyDefinition("url", .url, .one),
                PropertyDefinition("email", .email, .one),
                PropertyDefinition("telephone", .telephone),
                PropertyDefinition("description", .plainText),
                PropertyDefinition("image", .imageReference { OB2.Image.definition }),
                PropertyDefinition("publicKey", .reference { CryptographicKey.definition }, .many),
                PropertyDefinition("verification", .object { policyDefinition }),
                PropertyDefinition("revocationList", .reference { RevocationList.definition }),
            ] + OB2.commonProperties
        )

        /// The verification object of a profile needs no `type`: it says where assertions may be hosted.
        private static let policyDefinition = ClassDefinition(
            "VerificationObject",
            aliases: ["HostedBadge", "SignedBadge", "hosted", "signed"],
            requiresType: false,
            [PropertyDefinition("type", .types)] + VerificationObject.policyProperties
        )

        public var members: JSONObject
        public init(uncheckedMembers members: JSONObject) { self.members = members }

        /// - Parameters:
        ///   - url: the issuer's home page.
        ///   - email: the issuer's contact address; Open Badges 2.0 requires one.
        public init(id: String, name: String, url: String, email: String) {
            members = [
                "@context": .string(OB2.context),
                "id": .string(id),
                "type": "Issuer",
                "name": .string(name),
                "url": .string(url),
                "email": .string(email),
            ]
        }

        public var id: String {
            get { required("id") }
            set { set("id", newValue) }
        }
        public var name: String {
            get { required("name") }
            set { set("name", newValue) }
        }
        public var url: String {
            get { required("url") }
            set { set("url", newValue) }
        }
        public var email: String {
            get { required("email") }
            set { set("email", newValue) }
        }
        public var telephone: String? {
            get { optional("telephone") }
            set { set("telephone", newValue) }
        }
        public var description: String? {
            get { optional("description") }
            set { set("description", newValue) }
        }
        public var image: String? {
            get { members["image"]?.string ?? members["image"]?["id"]?.string }
            set { set("image", newValue) }
        }
        /// The ids of the issuer's keys. A single key is written as a string: validators choke on an array of one.
        public var publicKeys: [String] {
            get {
                let values = members["publicKey"]?.array ?? members["publicKey"].map { [$0] } ?? []
                return values.compactMap { $0.string ?? $0["id"]?.string }
            }
            set {
                let values = newValue.map(JSON.string)
                members["publicKey"] = values.count > 1 ? .array(values) : values.first
            }
        }
        public var verification: VerificationObject? {
            get { optional("verification") }
            set { set("verification", newValue) }
        }
        public var revocationList: String? {
            get { members["revocationList"]?.string ?? members["revocationList"]?["id"]?.string }
            set { set("revocationList", newValue) }
        }
    }

    /// An issuer's public key. Source: Open Badges 2.0, "CryptographicKey".
    public struct CryptographicKey: BadgeObject {
        public static let definition: ClassDefinition = .init(
            "CryptographicKey",
            [
                PropertyDefinition("id", .identifier, .one),
                PropertyDefinition("type", .types, .some),
                PropertyDefinition("owner", .identifier, .one),
                PropertyDefinition("publicKeyPem", .plainText, .one),
                PropertyDefinition("expires", .dateTimeISO8601),
            ]
        )

        public var members: JSONObject
        public init(uncheckedMembers members: JSONObject) { self.members = members }

        /// - Parameters:
        ///   - owner: the id of the profile that lists this key.
        ///   - publicKeyPEM: a SubjectPublicKeyInfo in PEM.
        public init(id: String, owner: String, publicKeyPEM: String) {
            members = [
                "@context": .string(OB2.context),
                "id": .string(id),
                "type": "CryptographicKey",
                "owner": .string(owner),
                "publicKeyPem": .string(publicKeyPEM),
            ]
        }

        public var id: String {
            get { required("id") }
            set { set("id", newValue) }
        }
        public var owner: String {
            get { required("owner") }
            set { set("owner", newValue) }
        }
        public var publicKeyPEM: String {
            get { required("publicKeyPem") }
            set { set("publicKeyPem", newValue) }
        }
    }
}
