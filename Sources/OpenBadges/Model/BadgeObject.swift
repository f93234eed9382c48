public import JSONCore

/// An object of one of the specification's classes, seen through its JSON.
///
/// The JSON is the only state: properties read and write its members, so whatever a document holds beyond the
/// specification survives a round trip, in its place. `init(json:)` checks the class's whole definition once;
/// after that a required property can be read without asking.
///
/// *For example:*
/// ```swift
/// var algebra = try Achievement(json: JSON(parsing: bytes))
/// algebra.name = "Algebra I"
/// try bytes = algebra.json.serialized()
/// ```
public protocol BadgeObject: Sendable, Hashable, BadgeValue {
    /// The table of the class's properties in the specification.
    static var definition: ClassDefinition { get }
    /// The members, in the order in which they are written.
    var members: JSONObject { get set }
    /// Takes the members as they are. Use `init(json:)` for anything from outside.
    init(uncheckedMembers: JSONObject)
}

extension BadgeObject {
    /// Reads an object and everything in it against its class.
    ///
    /// - Throws: ``OpenBadgesError`` for the first violation, with the JSON Pointer to it.
    public init(json: JSON) throws(OpenBadgesError) {
        if let first = Self.definition.violations(in: json).first {
            throw first
        }
        guard let members = json.object else {
            throw OpenBadgesError(.malformedValue, "\(Self.definition.name) must be an object")
        }
        self.init(uncheckedMembers: members)
    }

    /// The object as a JSON value.
    public var json: JSON { .object(members) }

    public init?(badgeValue: JSON) {
        guard let members = badgeValue.object else { return nil }
        self.init(uncheckedMembers: members)
    }

    public var badgeValue: JSON { .object(members) }
}

/// What a property can hold: text, a truth, a number, a time, an object.
public protocol BadgeValue {
    init?(badgeValue: JSON)
    var badgeValue: JSON { get }
}

extension String: BadgeValue {
    /// Text, or the first text of a language map (`{"en": "…"}`) or of a language-tagged value (`{"@value": "…"}`).
    public init?(badgeValue: JSON) {
        if let text = badgeValue.string {
            self = text
        } else if let map = badgeValue.object, let text = map["@value"]?.string ?? map.first?.value.string {
            self = text
        } else {
            return nil
        }
    }
    public var badgeValue: JSON { .string(self) }
}

extension Bool: BadgeValue {
    public init?(badgeValue: JSON) {
        guard let truth = badgeValue.bool else { return nil }
        self = truth
    }
    public var badgeValue: JSON { .bool(self) }
}

extension Double: BadgeValue {
    public init?(badgeValue: JSON) {
        guard let number = badgeValue.number else { return nil }
        self = number.double
    }
    public var badgeValue: JSON { isFinite ? .number(JSONNumber(self)) : .null }
}

extension Timestamp: BadgeValue {
    public init?(badgeValue: JSON) {
        // In the widest form that any version allows; whether it may stand there is the class's table to say.
        guard let text = badgeValue.string, let time = ISO8601.timestamp(text) else { return nil }
        self = time
    }
    public var badgeValue: JSON { .string(description) }
}

extension BadgeObject {
    /// A property that the class requires: its neutral value where an unchecked object lacks it.
    func required<Value: BadgeValue & NeutralBadgeValue>(_ name: String) -> Value {
        optional(name) ?? Value.neutral
    }

    func optional<Value: BadgeValue>(_ name: String) -> Value? {
        guard let value = members[name] else { return nil }
        if let list = value.array {
            return list.first.flatMap(Value.init(badgeValue:))
        }
        return Value(badgeValue: value)
    }

    /// All values of a property: a single value counts as a list of one (the singular form that JSON-LD allows).
    func list<Value: BadgeValue>(_ name: String) -> [Value] {
        switch members[name] {
        case nil: []
        case .array(let values): values.compactMap(Value.init(badgeValue:))
        case .some(let value): Value(badgeValue: value).map { [$0] } ?? []
        }
    }

    mutating func set(_ name: String, _ value: (some BadgeValue)?) {
        members[name] = value?.badgeValue
    }

    /// Writes a list as an array, and an empty one not at all (Open Badges 3.0 §A.1).
    mutating func set(_ name: String, list: [some BadgeValue]) {
        members[name] = list.isEmpty ? nil : .array(list.map(\.badgeValue))
    }
}

/// A value that stands in for a required property of an unchecked object that lacks it.
protocol NeutralBadgeValue {
    static var neutral: Self { get }
}

extension String: NeutralBadgeValue { static var neutral: String { "" } }
extension Bool: NeutralBadgeValue { static var neutral: Bool { false } }
extension Double: NeutralBadgeValue { static var neutral: Double { 0 } }
