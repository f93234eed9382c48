/// A JSON value (RFC 8259) that loses nothing: members keep their order, and numbers their spelling.
///
/// Signed documents must come back as they were; so this is what every module reads and writes, and typed
/// models are views upon it.
///
/// *For example:*
/// ```swift
/// let credential = try JSON(parsing: bytes)
/// let name = credential["credentialSubject"]?["achievement"]?["name"]?.string
/// let claim: JSON = ["type": ["Result"], "value": "87"]
/// ```
public enum JSON: Sendable {
    /// `null`
    case null
    /// `true` or `false`
    case bool(Bool)
    /// A number, as written.
    case number(JSONNumber)
    /// A string.
    case string(String)
    /// An array.
    case array([JSON])
    /// An object, its members in the order in which they were written.
    case object(JSONObject)

    /// An integer.
    public init(_ value: Int) {
        self = .number(JSONNumber(value))
    }
}

extension JSON {
    /// The text, if this is a string.
    public var string: String? {
        if case .string(let value) = self { value } else { nil }
    }

    /// The truth value, if this is one.
    public var bool: Bool? {
        if case .bool(let value) = self { value } else { nil }
    }

    /// The number, if this is one.
    public var number: JSONNumber? {
        if case .number(let value) = self { value } else { nil }
    }

    /// The integer, if this is a number that is exactly one: see ``JSONNumber/int``.
    public var int: Int? {
        number?.int
    }

    /// The elements, if this is an array.
    public var array: [JSON]? {
        if case .array(let elements) = self { elements } else { nil }
    }

    /// The members, if this is an object.
    public var object: JSONObject? {
        if case .object(let members) = self { members } else { nil }
    }

    /// Whether this is `null`; a member that is not there is a Swift `nil` instead.
    public var isNull: Bool {
        if case .null = self { true } else { false }
    }

    /// The member of that name, if this is an object that has one.
    ///
    /// Setting replaces the member in its place, or adds it at the end; setting `nil` removes it. On `null`, setting
    /// makes an object of it; on any other value that is no object it changes nothing.
    public subscript(key: String) -> JSON? {
        get {
            if case .object(let members) = self { members[key] } else { nil }
        }
        set {
            var members: JSONObject
            switch self {
            case .object(let existing): members = existing
            case .null where newValue != nil: members = JSONObject()
            default: return
            }
            // Let go of the members here, so that they are changed in place and not copied.
            self = .null
            members[key] = newValue
            self = .object(members)
        }
    }

    /// The element at that index, if this is an array that has one.
    public subscript(index: Int) -> JSON? {
        guard case .array(let elements) = self, elements.indices.contains(index) else { return nil }
        return elements[index]
    }
}

extension JSON: Hashable {
    /// Whether both are the same JSON value: members in any order, numbers in any spelling, strings code point
    /// by code point.
    public static func == (left: JSON, right: JSON) -> Bool {
        switch (left, right) {
        case (.null, .null): true
        case (.bool(let left), .bool(let right)): left == right
        case (.number(let left), .number(let right)): left == right
        case (.string(let left), .string(let right)): left.hasSameBytes(as: right)
        case (.array(let left), .array(let right)): left == right
        case (.object(let left), .object(let right)): left == right
        default: false
        }
    }

    /// Hashes what `==` compares.
    public func hash(into hasher: inout Hasher) {
        switch self {
        case .null: hasher.combine(0)
        case .bool(let value): hasher.combine(value)
        case .number(let value): hasher.combine(value)
        case .string(let value): value.hashBytes(into: &hasher)
        case .array(let elements): hasher.combine(elements)
        case .object(let members): hasher.combine(members)
        }
    }
}

extension JSON: ExpressibleByNilLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByFloatLiteral, ExpressibleByStringLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    /// `null`
    public init(nilLiteral: ()) {
        self = .null
    }

    /// `true` or `false`
    public init(booleanLiteral value: Bool) {
        self = .bool(value)
    }

    /// An integer.
    public init(integerLiteral value: Int) {
        self = .number(JSONNumber(value))
    }

    /// A number with a fraction, in ECMAScript's form.
    public init(floatLiteral value: Double) {
        self = .number(JSONNumber(value))
    }

    /// A string.
    public init(stringLiteral value: String) {
        self = .string(value)
    }

    /// An array.
    public init(arrayLiteral elements: JSON...) {
        self = .array(elements)
    }

    /// An object, in the order written; a name that comes twice keeps its first place and its last value.
    public init(dictionaryLiteral elements: (String, JSON)...) {
        self = .object(JSONObject(members: elements))
    }
}
