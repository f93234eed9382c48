public import JSONCore

/// One identifier of a subject, clear or as a salted hash. Source: Open Badges 3.0 §B, IdentityObject.
public struct IdentityObject: BadgeObject {
    public static let definition: ClassDefinition = .init(
        "IdentityObject",
        closed: true,
        [
            PropertyDefinition("type", .closedTerm(["IdentityObject"]), .one),
            PropertyDefinition("hashed", .boolean, .one),
            PropertyDefinition("identityHash", .text, .one),
            PropertyDefinition("identityType", .term(Enumerations.identifierType), .one),
            PropertyDefinition("salt", .text),
        ]
    )

    public var members: JSONObject
    public init(uncheckedMembers members: JSONObject) { self.members = members }

    /// An identifier as `sha256$…`, so that it can be checked by who knows it and read by nobody else.
    ///
    /// - Parameters:
    ///   - identifier: the very text that is hashed; e-mail addresses of ours are trimmed and in lower case.
    ///   - identityType: `emailAddress`, `systemId` … or `ext:…`.
    ///   - salt: random or secret; appended to the identifier.
    public init(hashing identifier: String, identityType: String = "emailAddress", salt: String) {
        self.init(identityType: identityType, hashed: true, IdentityHash.sha256(identifier, salt: salt), salt: salt)
    }

    /// An identifier in the clear.
    public init(plain identifier: String, identityType: String = "emailAddress") {
        self.init(identityType: identityType, hashed: false, identifier, salt: nil)
    }

    private init(identityType: String, hashed: Bool, _ identity: String, salt: String?) {
        var members = JSONObject(capacity: 5)
        members.append(unchecked: "type", "IdentityObject")
        members.append(unchecked: "hashed", .bool(hashed))
        members.append(unchecked: "identityHash", .string(identity))
        members.append(unchecked: "identityType", .string(identityType))
        members["salt"] = salt.map(JSON.string)
        self.members = members
    }

    public var hashed: Bool {
        get { required("hashed") }
        set { set("hashed", newValue) }
    }
    /// The hash, or the identifier itself where `hashed` is false.
    public var identityHash: String {
        get { required("identityHash") }
        set { set("identityHash", newValue) }
    }
    public var identityType: String {
        get { required("identityType") }
        set { set("identityType", newValue) }
    }
    public var salt: String? {
        get { optional("salt") }
        set { set("salt", newValue) }
    }
}

/// An identifier by which a profile or an achievement is known elsewhere. Source: Open Badges 3.0 §B, IdentifierEntry.
public struct IdentifierEntry: BadgeObject {
    public static let definition: ClassDefinition = .init(
        "IdentifierEntry",
        closed: true,
        [
            PropertyDefinition("type", .closedTerm(["IdentifierEntry"]), .one),
            PropertyDefinition("identifier", .text, .one),
            PropertyDefinition("identifierType", .term(Enumerations.identifierType), .one),
        ]
    )

    public var members: JSONObject
    public init(uncheckedMembers members: JSONObject) { self.members = members }

    public init(identifier: String, identifierType: String) {
        members = ["type": "IdentifierEntry"]
        self.identifier = identifier
        self.identifierType = identifierType
    }

    public var identifier: String {
        get { required("identifier") }
        set { set("identifier", newValue) }
    }
    public var identifierType: String {
        get { required("identifierType") }
        set { set("identifierType", newValue) }
    }
}
