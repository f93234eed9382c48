// The validation vocabulary: keywords that check a value and apply no schema.
extension SchemaCompiler {
    /// Reads all keywords of the vocabulary, those first that are quick and fail most.
    mutating func readAssertions(_ context: Context) throws(JSONError) {
        for (keyword, value) in context.object {
            switch keyword {
            case "type": emit(.type, .type(try types(value, context)))
            case "enum":
                guard let values = value.array else { throw error(.enum, context, "is an array") }
                emit(.enum, .enumeration(enumeration(values)))
            case "const" where context.dialect >= .draft6: emit(.const, .constant(enumeration([value])))
            case "required":
                emit(.required, .required(parts.names.place(SchemaProgram.Names(try names(value, .required, context)))))
            case "multipleOf":
                let number = try number(value, .multipleOf, context)
                guard number.isPositive else { throw error(.multipleOf, context, "is above zero") }
                emit(.multipleOf, .multipleOf(parts.numbers.place(number)))
            case "maximum", "minimum", "exclusiveMaximum", "exclusiveMinimum":
                try readBound(keyword, value, context)
            case "maxLength": emit(.maxLength, .maxLength(try count(value, .maxLength, context)))
            case "minLength": emit(.minLength, .minLength(try count(value, .minLength, context)))
            case "pattern":
                guard let source = value.string else { throw error(.pattern, context, "is a string") }
                let place = context.site.place.appending(keyword)
                emit(.pattern, .pattern(try pattern(source, at: place)))
            case "maxItems": emit(.maxItems, .maxItems(try count(value, .maxItems, context)))
            case "minItems": emit(.minItems, .minItems(try count(value, .minItems, context)))
            case "uniqueItems":
                guard let isUnique = value.bool else { throw error(.uniqueItems, context, "is true or false") }
                if isUnique { emit(.uniqueItems, .uniqueItems) }
            case "maxProperties": emit(.maxProperties, .maxProperties(try count(value, .maxProperties, context)))
            case "minProperties": emit(.minProperties, .minProperties(try count(value, .minProperties, context)))
            case "dependentRequired" where context.dialect >= .draft2019:
                try readDependencies(.dependentRequired, value, context)
            default: break
            }
        }
    }

    /// `format`, where it is to hold.
    mutating func readFormat(_ context: Context) throws(JSONError) {
        guard let value = context.object["format"] else { return }
        guard let name = value.string else { throw error(.format, context, "is a string") }
        guard formats == .assertion || context.vocabularies.contains(.formatAssertion) else { return }
        if let format = SchemaFormat(rawValue: name) { emit(.format, .format(format)) }
    }

    private func types(_ value: JSON, _ context: Context) throws(JSONError) -> SchemaTypes {
        var types: SchemaTypes = []
        for name in value.array ?? [value] {
            guard let type = name.string.flatMap({ SchemaTypes(name: $0, dialect: context.dialect) }) else {
                throw error(.type, context, "names no type of JSON Schema")
            }
            types.formUnion(type)
        }
        return types
    }

    private mutating func enumeration(_ values: [JSON]) -> Int {
        var strings: JSONObject? = JSONObject()
        for value in values {
            if let string = value.string { strings?[string] = true } else { strings = nil }
        }
        let weight = values.reduce(0) { $0 + $1.comparisonWeight }
        let text = SchemaQuotation.values(values)
        return parts.enumerations.place(
            SchemaProgram.Enumeration(values: values, strings: strings, weight: weight, text: text)
        )
    }

    private func number(
        _ value: JSON,
        _ keyword: SchemaKeyword,
        _ context: Context
    ) throws(JSONError) -> SchemaNumber {
        guard let number = value.number else { throw error(keyword, context, "is a number") }
        return SchemaNumber(number)
    }

    /// `maximum` and its like; in draft 4, `exclusiveMaximum` is a Boolean beside it.
    private mutating func readBound(_ name: String, _ value: JSON, _ context: Context) throws(JSONError) {
        guard let keyword = SchemaKeyword(rawValue: name) else { return }
        let isExclusive = keyword == .exclusiveMaximum || keyword == .exclusiveMinimum
        if context.dialect == .draft4, isExclusive {
            guard value.bool != nil else { throw error(keyword, context, "is true or false in draft 4") }
            return
        }
        let index = parts.numbers.place(try number(value, keyword, context))
        switch keyword {
        case .maximum where context.dialect == .draft4 && context.object["exclusiveMaximum"] == true:
            emit(.maximum, .exclusiveMaximum(index))
        case .minimum where context.dialect == .draft4 && context.object["exclusiveMinimum"] == true:
            emit(.minimum, .exclusiveMinimum(index))
        case .maximum: emit(keyword, .maximum(index))
        case .minimum: emit(keyword, .minimum(index))
        case .exclusiveMaximum: emit(keyword, .exclusiveMaximum(index))
        default: emit(keyword, .exclusiveMinimum(index))
        }
    }

    /// A number of things: an integer from zero. One that is beyond all that can be counted is the largest.
    func count(_ value: JSON, _ keyword: SchemaKeyword, _ context: Context) throws(JSONError) -> Int {
        guard let number = value.number, SchemaNumber.isInteger(number), SchemaNumber(0).order(of: number) >= 0 else {
            throw error(keyword, context, "is an integer from zero")
        }
        return number.int ?? .max
    }

    /// An array of member names.
    func names(_ value: JSON, _ keyword: SchemaKeyword, _ context: Context) throws(JSONError) -> [String] {
        let names = value.array?.map(\.string)
        guard let names, !names.contains(nil) else { throw error(keyword, context, "is an array of strings") }
        return names.compactMap { $0 }
    }
}

extension JSON {
    /// What comparing a value, or hashing it, costs at most: a unit for each value in it, and for 64 bytes of text.
    var comparisonWeight: Int {
        switch self {
        case .null, .bool: 1
        case .number(let number): 1 + number.literal.utf8.count / 16
        case .string(let string): 1 + string.utf8.count / 64
        case .array(let elements): elements.reduce(1) { $0 + $1.comparisonWeight }
        case .object(let object): object.reduce(1) { $0 + 1 + $1.key.utf8.count / 64 + $1.value.comparisonWeight }
        }
    }
}
