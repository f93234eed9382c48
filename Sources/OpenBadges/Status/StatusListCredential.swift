public import JSONCore

/// A credential that holds a status list: what an issuer publishes, signs anew whenever a bit changes, and lets expire.
///
/// *For example:*
/// ```swift
/// let url = "https://exams.example.org/status/revocation/1.json"
/// let list = try StatusListCredential(id: url, issuer: did, purpose: .revocation, list: bits, validFrom: now)
/// try CredentialProofSigner(key: key, verificationMethod: did + "#p1").secure(list, created: now)
/// ```
/// Source: Bitstring Status List 1.0 §2.2. The credentials of Status List 2021 are read through the same type.
public struct StatusListCredential: BadgeObject {
    public static let definition: ClassDefinition = .init(
        StatusListForm.bitstring.credentialType,
        aliases: [StatusListForm.statusList2021.credentialType],
        [
            PropertyDefinition("@context", .anything, .one),
            PropertyDefinition("id", .iri),
            PropertyDefinition("type", .anything, .some),
            PropertyDefinition("issuer", .reference { issuerDefinition }, .one),
            PropertyDefinition("validFrom", .dateTime),
            PropertyDefinition("validUntil", .dateTime),
            PropertyDefinition("issuanceDate", .dateTime),
            PropertyDefinition("expirationDate", .dateTime),
            PropertyDefinition("credentialSubject", .object { subjectDefinition }, .some),
            PropertyDefinition("proof", .object { CredentialParts.proof }, .many),
        ]
    )

    /// Any object with an id: a profile is one kind among others.
    private static let issuerDefinition = ClassDefinition(
        "issuer",
        requiresType: false,
        [PropertyDefinition("id", .iri, .one)]
    )
    private static let subjectDefinition = ClassDefinition(
        StatusListForm.bitstring.listType,
        aliases: [StatusListForm.statusList2021.listType],
        [
            PropertyDefinition("id", .iri),
            PropertyDefinition("type", .anything, .some),
            PropertyDefinition("statusPurpose", .anything, .one),
            PropertyDefinition("encodedList", .anything, .one),
            PropertyDefinition("ttl", .anything),
        ]
    )

    /// The one context of every status list of ours: everything in it is defined there.
    public static let contexts = ["https://www.w3.org/ns/credentials/v2"]

    public var members: JSONObject
    public init(uncheckedMembers members: JSONObject) { self.members = members }

    /// - Parameters:
    ///   - id: the URL at which it is published.
    ///   - issuer: the id of the issuer of the credentials in the list: verifiers accept nobody else's list.
    ///   - validUntil: by when it has to be published anew. Without an end, a list from before a revocation is as good
    ///     as one from after it.
    ///   - ttl: for how many milliseconds it may be kept without asking again; never beyond `validUntil`.
    /// - Throws: ``OpenBadgesError`` `COMPRESSION_FAILED` where the list cannot be encoded.
    public init(
        id: String,
        issuer: String,
        purpose: StatusPurpose,
        list: BitstringStatusList,
        validFrom: Timestamp,
        validUntil: Timestamp? = nil,
        ttl: Int? = nil
    ) throws(OpenBadgesError) {
        var subject: JSONObject = [
            "id": .string("\(id)#list"),
            "type": .string(StatusListForm.bitstring.listType),
            "statusPurpose": .string(purpose.rawValue),
            "encodedList": .string(try list.encoded()),
        ]
        if let ttl { subject["ttl"] = JSON(ttl) }
        members = [
            "@context": .array(Self.contexts.map(JSON.string)),
            "id": .string(id),
            "type": ["VerifiableCredential", .string(StatusListForm.bitstring.credentialType)],
            "issuer": .string(issuer),
            "validFrom": .string(validFrom.description),
            "credentialSubject": .object(subject),
        ]
        if let validUntil { members["validUntil"] = .string(validUntil.description) }
    }

    public var id: String? {
        get { optional("id") }
        set { set("id", newValue) }
    }
    /// The id of who published it.
    public var issuer: String {
        get { members["issuer"]?.string ?? members["issuer"]?["id"]?.string ?? "" }
        set { set("issuer", newValue) }
    }
    /// Since when it is valid; in the Data Model 1.1 its `issuanceDate`.
    public var validFrom: Timestamp? {
        get { [optional("validFrom"), optional("issuanceDate")].compactMap(\.self).max() }
        set { set("validFrom", newValue) }
    }
    /// Until when it is valid, that instant included; in the Data Model 1.1 its `expirationDate`.
    public var validUntil: Timestamp? {
        get { [optional("validUntil"), optional("expirationDate")].compactMap(\.self).min() }
        set { set("validUntil", newValue) }
    }
    /// The generation of the list, `nil` where the types of the credential and of its subject do not agree on one.
    public var form: StatusListForm? {
        StatusListForm.allCases.first { form in
            json.types.contains(form.credentialType) && (subject?.types.contains(form.listType) ?? false)
        }
    }
    /// What a set bit means: one purpose, or several that the list serves.
    public var purposes: [StatusPurpose] {
        switch subject?["statusPurpose"] {
        case .string(let one): [StatusPurpose(rawValue: one)]
        case .array(let many): many.compactMap(\.string).map(StatusPurpose.init(rawValue:))
        default: []
        }
    }
    /// The list as text.
    public var encodedList: String? { subject?["encodedList"]?.string }
    /// For how many milliseconds a copy may be kept without asking again.
    public var ttl: Int? { subject?["ttl"]?.int.flatMap { $0 >= 0 ? $0 : nil } }

    /// Until when a copy that was fetched at some time may be used: as long as ``ttl`` allows, and never past
    /// ``validUntil``. `nil` where neither says.
    public func expiry(fetchedAt time: Timestamp) -> Timestamp? {
        let kept = ttl.flatMap { ttl in
            let nanoseconds = Int64(time.nanoseconds) + Int64(ttl % 1000) * 1_000_000
            return Timestamp(
                seconds: time.seconds + Int64(ttl / 1000) + nanoseconds / 1_000_000_000,
                nanoseconds: Int32(nanoseconds % 1_000_000_000)
            )
        }
        return [kept, validUntil].compactMap(\.self).min()
    }

    /// The bits. Whoever reads them has not shown by that whose list it is.
    ///
    /// - Throws: ``OpenBadgesError`` `CLASS_MISMATCH` where it is no status list, `REQUIRED_PROPERTY_MISSING` where it
    ///   has no list, and what ``BitstringStatusList/init(encoded:form:)`` throws.
    public func unverifiedList() throws(OpenBadgesError) -> BitstringStatusList {
        guard let form else {
            throw OpenBadgesError(.classMismatch, "the types are not those of a status list")
        }
        let path = JSONPointer().appending("credentialSubject").appending("encodedList")
        guard let encodedList else {
            throw OpenBadgesError(.required, "a status list needs \"encodedList\"", at: path)
        }
        do {
            return try BitstringStatusList(encoded: encodedList, form: form)
        } catch {
            throw OpenBadgesError(error.code, "the list cannot be read: \(error.detail)", at: path)
        }
    }

    private var subject: JSON? {
        guard let value = members["credentialSubject"] else { return nil }
        // Several lists in one credential is a form that nobody defines; a list of one is the plural form of JSON-LD.
        if let many = value.array { return many.count == 1 ? many[0] : nil }
        return value
    }
}
