// What each instruction does.
extension SchemaEvaluation {
    /// Whether an instruction of a node holds for an instance.
    mutating func apply(
        _ instruction: SchemaProgram.Instruction,
        in node: Int,
        _ instance: JSON,
        _ evaluated: inout EvaluatedSet?
    ) -> Bool {
        let keyword = instruction.keyword
        switch instruction.operation {
        case .type(let types):
            // Whether a number is an integer takes reading all of it.
            if case .number(let number) = instance { work -= number.literal.utf8.count / 16 }
            return types.contain(instance) || fail(keyword, in: node, "must be \(types.text)")
        case .enumeration(let index), .constant(let index):
            return checkEnumeration(program.enumerations[index], keyword, node, instance)
        case .allOf, .anyOf, .oneOf, .not, .conditional:
            return checkLogic(instruction, in: node, instance, &evaluated)
        case .reference(let target):
            return evaluate(target, instance, &evaluated)
        case .dynamicReference(let index):
            return evaluate(target(of: program.dynamicAnchors[index]), instance, &evaluated)
        case .unresolved:
            let detail =
                keyword == .schema
                ? "the schema is written in a dialect that is not known"
                : "the schema refers to a document that was not given"
            stop(.unresolvedReference, keyword, in: node, detail)
            return false
        case .malformed:
            stop(.invalidSchema, keyword, in: node, "what should be a schema is not an object, true or false")
            return false
        case .never:
            return fail(keyword, in: node, "nothing is allowed here")
        case .multipleOf, .maximum, .exclusiveMaximum, .minimum, .exclusiveMinimum:
            guard case .number(let number) = instance else { return true }
            return checkNumber(instruction, in: node, number)
        case .maxLength, .minLength, .pattern, .format:
            guard case .string(let string) = instance else { return true }
            return checkString(instruction, in: node, string)
        case .maxItems, .minItems, .uniqueItems, .items, .contains, .unevaluatedItems:
            guard case .array(let elements) = instance else { return true }
            return checkArray(instruction, in: node, elements, &evaluated)
        case .maxProperties, .minProperties, .required, .properties, .propertyNames, .dependencies,
            .unevaluatedProperties:
            guard case .object(let object) = instance else { return true }
            return checkObject(instruction, in: node, object, instance, &evaluated)
        }
    }

    private mutating func checkEnumeration(
        _ enumeration: SchemaProgram.Enumeration,
        _ keyword: SchemaKeyword,
        _ node: Int,
        _ instance: JSON
    ) -> Bool {
        if let strings = enumeration.strings {
            guard spend(1 + (instance.string?.utf8.count ?? 0) / 64, keyword, in: node) else { return false }
            if let string = instance.string, strings.contains(key: string) { return true }
        } else {
            guard spend(enumeration.weight, keyword, in: node) else { return false }
            if enumeration.values.contains(instance) { return true }
        }
        return fail(keyword, in: node, "must be \(enumeration.text)")
    }

    private mutating func checkNumber(
        _ instruction: SchemaProgram.Instruction,
        in node: Int,
        _ number: JSONNumber
    ) -> Bool {
        work -= number.literal.utf8.count / 16
        let index: Int
        let isValid: Bool
        let phrase: String
        switch instruction.operation {
        case .maximum(let bound):
            (index, isValid, phrase) = (bound, program.numbers[bound].order(of: number) <= 0, "at most")
        case .minimum(let bound):
            (index, isValid, phrase) = (bound, program.numbers[bound].order(of: number) >= 0, "at least")
        case .exclusiveMaximum(let bound):
            (index, isValid, phrase) = (bound, program.numbers[bound].order(of: number) < 0, "less than")
        case .exclusiveMinimum(let bound):
            (index, isValid, phrase) = (bound, program.numbers[bound].order(of: number) > 0, "more than")
        case .multipleOf(let divisor):
            var cost = 0
            (index, isValid, phrase) = (divisor, program.numbers[divisor].divides(number, work: &cost), "a multiple of")
            guard spend(cost, instruction.keyword, in: node) else { return false }
        default: return true
        }
        if isValid { return true }
        let literal = program.numbers[index].literal
        return fail(
            instruction.keyword,
            in: node,
            "must be \(phrase) \(SchemaQuotation.shortened(literal))"
        )
    }

    private mutating func checkString(
        _ instruction: SchemaProgram.Instruction,
        in node: Int,
        _ string: String
    ) -> Bool {
        let keyword = instruction.keyword
        switch instruction.operation {
        case .maxLength(let most):
            // A character is at most four bytes, and at least one.
            if string.utf8.count <= most { return true }
            guard spend(string.utf8.count / 64, keyword, in: node) else { return false }
            return string.unicodeScalars.count <= most
                || fail(keyword, in: node, "must have at most \(SchemaQuotation.count(most, "character"))")
        case .minLength(let least):
            if string.utf8.count / 4 >= least { return true }
            guard spend(string.utf8.count / 64, keyword, in: node) else { return false }
            return string.unicodeScalars.count >= least
                || fail(keyword, in: node, "must have at least \(SchemaQuotation.count(least, "character"))")
        case .pattern(let index):
            guard let isMatch = matches(index, string, keyword, in: node) else { return false }
            let source = program.patterns[index].source
            return isMatch
                || fail(
                    keyword,
                    in: node,
                    "must match the regular expression \(SchemaQuotation.shortened(source))"
                )
        case .format(let format):
            guard spend(string.utf8.count / 64, keyword, in: node) else { return false }
            return format.accepts(string) || fail(keyword, in: node, "must have the format \(format.rawValue)")
        default: return true
        }
    }

    /// Whether a regular expression matches; `nil` where the work ran out.
    mutating func matches(_ pattern: Int, _ text: String, _ keyword: SchemaKeyword, in node: Int) -> Bool? {
        let result = program.patterns[pattern].matches(text, work: &work)
        if result == nil { _ = spend(0, keyword, in: node) }
        return result
    }
}

/// What a detail quotes of a schema, and of the names of members.
enum SchemaQuotation {
    /// The longest quotation, in characters. 80: a line of a terminal.
    private static let longest = 80
    /// How many values of an `enum` are listed.
    private static let mostValues = 8

    /// A text, its end left out where it is long.
    static func shortened(_ text: String) -> String {
        // Bytes first: counting the characters of a hostile text takes time.
        guard text.utf8.count > longest else { return text }
        return String(String.UnicodeScalarView(text.unicodeScalars.prefix(longest))) + "…"
    }

    /// A member's name in quotation marks.
    static func name(_ name: String) -> String { "\"\(shortened(name))\"" }

    /// So many things.
    static func count(_ count: Int, _ thing: String) -> String { "\(count) \(thing)\(count == 1 ? "" : "s")" }

    /// Values of a schema.
    static func values(_ values: [JSON]) -> String {
        let texts = values.prefix(mostValues).map { shortened($0.text) }
        guard values.count > 1 else { return texts.first ?? "one of no values" }
        return "one of " + texts.joined(separator: ", ") + (values.count > mostValues ? ", …" : "")
    }
}
