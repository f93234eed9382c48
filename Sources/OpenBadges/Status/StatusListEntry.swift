public import JSONCore

/// The place of a credential in a status list.
///
/// *For example:*
/// ```swift
/// let list = "https://exams.example.org/status/revocation/1.json"
/// credential.statuses = [CredentialStatus(StatusListEntry(list: list, index: 94_567))]
/// ```
/// Source: Bitstring Status List 1.0 §2.1. The entries of Status List 2021 are read through the same type.
public struct StatusListEntry: BadgeObject {
    /// What has to be there; ``violations`` says what the values have to be.
    public static let definition: ClassDefinition = .init(
        "BitstringStatusListEntry",
        requiresType: false,
        [
            PropertyDefinition("id", .iri),
            PropertyDefinition("type", .anything, .one),
            PropertyDefinition("statusPurpose", .anything, .one),
            PropertyDefinition("statusListIndex", .anything, .one),
            PropertyDefinition("statusListCredential", .iri, .one),
            PropertyDefinition("statusSize", .anything),
            PropertyDefinition("statusMessage", .object { StatusMessage.definition }, .many),
            PropertyDefinition("statusReference", .iri, .many),
        ]
    )

    public var members: JSONObject
    public init(uncheckedMembers members: JSONObject) { self.members = members }

    /// An entry of one bit.
    ///
    /// - Parameters:
    ///   - list: the URL of the credential that holds the list.
    ///   - index: 0 for the left-most.
    ///   - id: `LIST#INDEX` if left out; it must not be the list's own URL.
    public init(list: String, index: Int, purpose: StatusPurpose = .revocation, id: String? = nil) {
        members = [
            "id": .string(id ?? "\(list)#\(index)"),
            "type": .string(StatusListForm.bitstring.entryType),
            "statusPurpose": .string(purpose.rawValue),
            "statusListIndex": .string(String(index)),
            "statusListCredential": .string(list),
        ]
    }

    public var id: String? {
        get { optional("id") }
        set { set("id", newValue) }
    }
    /// What a set bit means.
    public var purpose: StatusPurpose {
        get { StatusPurpose(rawValue: members["statusPurpose"]?.string ?? "") }
        set { set("statusPurpose", newValue.rawValue) }
    }
    /// The URL of the credential that holds the list.
    public var listURL: String {
        get { members["statusListCredential"]?.string ?? "" }
        set { set("statusListCredential", newValue) }
    }
    /// The index, `nil` where it is none.
    ///
    /// The specification lets it be of any size; one that no integer can hold reads as the largest integer, which lies
    /// outside of every list.
    public var index: Int? {
        switch members["statusListIndex"] {
        case .string(let text):
            let isDecimal = !text.isEmpty && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
            return isDecimal ? Int(text) ?? Int.max : nil
        case .number(let number):
            return number.int.flatMap { $0 >= 0 ? $0 : nil }
        default: return nil
        }
    }
    /// Whether the index stands as a number, where the specification wants it as text. Some issuers write it so.
    public var hasNumericIndex: Bool { members["statusListIndex"]?.number != nil }

    /// How many bits the entry has: 1 if it does not say; `nil` where it says what is no size.
    public var statusSize: Int? {
        guard let value = members["statusSize"], !isOlder else { return 1 }
        return value.int.flatMap { $0 >= 1 ? $0 : nil }
    }
    /// What each value means.
    public var messages: [StatusMessage] {
        get { list("statusMessage") }
        set { set("statusMessage", list: newValue) }
    }
    /// Where to read more about it.
    public var references: [String] { list("statusReference") }

    /// The message for a value of the entry.
    public func message(for value: UInt32) -> String? {
        messages.first { $0.value == value }?.message
    }

    private var isOlder: Bool { json.types.contains(StatusListForm.statusList2021.entryType) }

    /// What the specification does not allow, with its place in the entry. An index that stands as a number is let pass
    /// (see ``hasNumericIndex``).
    public var violations: [OpenBadgesError] {
        let root = JSONPointer()
        var found = Self.definition.violations(in: json)
        func malformed(_ name: String, _ detail: String) {
            found.append(OpenBadgesError(.malformedValue, detail, at: root.appending(name)))
        }
        if let purpose = members["statusPurpose"], (purpose.string ?? "").isEmpty {
            malformed("statusPurpose", "must be a single text")
        }
        if members["statusListIndex"] != nil, index == nil {
            malformed("statusListIndex", "must be an integer of at least 0, as text in base 10")
        }
        if let id, id == listURL { malformed("id", "must not be the URL of the status list") }
        guard !isOlder else { return found }
        guard let size = statusSize else {
            malformed("statusSize", "must be an integer of at least 1")
            return found
        }
        guard members["statusMessage"] != nil else {
            if size > 1 {
                found.append(OpenBadgesError(.required, "an entry of \(size) bits needs \"statusMessage\"", at: root))
            }
            return found
        }
        // No document holds as many messages as the largest sizes ask for, so their number is never computed.
        if size > BitstringStatusList.maximumStatusSize || messages.count != 1 << size {
            malformed("statusMessage", "must have a message for each value that an entry of \(size) bits can have")
        } else if messages.contains(where: { $0.value == nil }) {
            malformed("statusMessage", "\"status\" must be a hexadecimal number after \"0x\"")
        }
        return found
    }
}

/// What one value of an entry means. Source: Bitstring Status List 1.0 §2.1, `statusMessage`.
public struct StatusMessage: BadgeObject {
    public static let definition: ClassDefinition = .init(
        "StatusMessage",
        requiresType: false,
        [PropertyDefinition("status", .text, .one), PropertyDefinition("message", .text, .one)]
    )

    public var members: JSONObject
    public init(uncheckedMembers members: JSONObject) { self.members = members }

    public init(value: UInt32, message: String) {
        members = ["status": .string("0x" + String(value, radix: 16)), "message": .string(message)]
    }

    /// The value that it stands for, which is written as `0x0`, `0x1`, …; `nil` where it is no such number.
    public var value: UInt32? {
        guard let text = members["status"]?.string, text.hasPrefix("0x"),
            text.utf8.dropFirst(2).allSatisfy({ Hexadecimal.value(of: $0) != nil })
        else { return nil }
        return UInt32(text.dropFirst(2), radix: 16)
    }
    public var message: String? { optional("message") }
}
