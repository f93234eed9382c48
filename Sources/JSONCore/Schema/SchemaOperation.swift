/// What one instruction checks. Numbers that are not counts are indices into the program's tables.
enum SchemaOperation: Sendable {
    // Any value.
    case type(SchemaTypes)
    case enumeration(Int)
    case constant(Int)
    case allOf(Range<Int>)
    case anyOf(Range<Int>)
    case oneOf(Range<Int>)
    case not(Int)
    /// -1 for a branch that is not there.
    case conditional(condition: Int, then: Int, otherwise: Int)
    case reference(Int)
    case dynamicReference(Int)
    /// A reference to a document that is not there, or a dialect that is not known.
    case unresolved
    /// What should be a schema is none.
    case malformed
    /// The schema `false`.
    case never

    // Numbers.
    case multipleOf(Int)
    case maximum(Int)
    case exclusiveMaximum(Int)
    case minimum(Int)
    case exclusiveMinimum(Int)

    // Strings.
    case maxLength(Int)
    case minLength(Int)
    case pattern(Int)
    case format(SchemaFormat)

    // Arrays.
    case maxItems(Int)
    case minItems(Int)
    case uniqueItems
    /// The first elements, each with its own node; and all others, -1 where they are free.
    case items(first: Range<Int>, rest: Int)
    case contains(node: Int, atLeast: Int, atMost: Int, marks: Bool)
    case unevaluatedItems(Int)

    // Objects.
    case maxProperties(Int)
    case minProperties(Int)
    case required(Int)
    case properties(Int)
    case propertyNames(Int)
    case dependencies(Int)
    case unevaluatedProperties(Int)

    /// Whether it depends on what all others of its node have looked at.
    var isAboutUnevaluated: Bool {
        switch self {
        case .unevaluatedItems, .unevaluatedProperties: true
        default: false
        }
    }
}

/// The keywords that can fail, as reports name them.
enum SchemaKeyword: String, Sendable {
    case type, `enum`, const
    case allOf, anyOf, oneOf, not, `if`, then, `else`
    case multipleOf, maximum, exclusiveMaximum, minimum, exclusiveMinimum
    case maxLength, minLength, pattern, format
    case maxItems, minItems, uniqueItems, items, prefixItems, additionalItems
    case contains, minContains, maxContains, unevaluatedItems
    case maxProperties, minProperties, required, propertyNames
    case properties, patternProperties, additionalProperties, unevaluatedProperties
    case dependencies, dependentRequired, dependentSchemas
    case reference = "$ref"
    case dynamicReference = "$dynamicRef"
    case recursiveReference = "$recursiveRef"
    case schema = "$schema"
    /// Where the schema itself is what fails.
    case none = ""
}

/// A set of the types that `type` names.
struct SchemaTypes: OptionSet, Sendable {
    let rawValue: UInt8

    static let null = SchemaTypes(rawValue: 1)
    static let boolean = SchemaTypes(rawValue: 2)
    static let number = SchemaTypes(rawValue: 4)
    static let string = SchemaTypes(rawValue: 8)
    static let array = SchemaTypes(rawValue: 16)
    static let object = SchemaTypes(rawValue: 32)
    /// A number without fraction, `1.0` among them.
    static let integer = SchemaTypes(rawValue: 64)
    /// Draft 4: a number that is written without fraction and exponent.
    static let integerLiteral = SchemaTypes(rawValue: 128)

    private static let names: [(name: String, type: SchemaTypes)] = [
        ("null", .null), ("boolean", .boolean), ("number", .number), ("string", .string), ("array", .array),
        ("object", .object), ("integer", .integer),
    ]

    init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    /// A type by its name.
    init?(name: String, dialect: JSONSchema.Dialect) {
        guard let type = Self.names.first(where: { $0.name == name })?.type else { return nil }
        self = type == .integer && dialect == .draft4 ? .integerLiteral : type
    }

    /// Whether a value is of one of these types.
    func contain(_ value: JSON) -> Bool {
        switch value {
        case .null: contains(.null)
        case .bool: contains(.boolean)
        case .string: contains(.string)
        case .array: contains(.array)
        case .object: contains(.object)
        case .number(let number):
            contains(.number) || contains(.integer) && SchemaNumber.isInteger(number)
                || contains(.integerLiteral) && number.literal.utf8.allSatisfy { $0 < 0x3A && $0 != 0x2E }
        }
    }

    /// The names, for a person: `a string or an object`.
    var text: String {
        var names = Self.names.filter { contains($0.type) }.map(\.name)
        if contains(.integerLiteral) { names.append("integer") }
        let phrases = names.map { name in
            name == "null" ? name : ("aio".contains(name.prefix(1)) ? "an " : "a ") + name
        }
        guard let last = phrases.last, phrases.count > 1 else { return phrases.first ?? "nothing" }
        return phrases.dropLast().joined(separator: ", ") + " or " + last
    }
}
