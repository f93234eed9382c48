/// The metaschemas of the dialects: the schemas of schemas, in the least that says the same.
///
/// They are made from one table of keywords, written from the specifications: what each keyword must be, and since
/// which dialect. Annotations such as `title`, and formats, are left out, as they check nothing.
enum Metaschema {
    /// The metaschema, or the part of one for a vocabulary, of a URI without fragment; `nil` where it is none.
    static func document(_ uri: String) -> JSON? {
        guard uri.utf8.count < 64 else { return nil }
        for dialect in JSONSchema.Dialect.allCases {
            if dialect.metaschemaURI == uri { return whole(dialect) }
            guard dialect >= .draft2019 else { continue }
            let base = dialect.metaschemaURI.dropLast("schema".count) + "meta/"
            for vocabulary in Vocabulary.allCases where base + vocabulary.rawValue == uri {
                return part(vocabulary, dialect)
            }
        }
        return nil
    }

    /// The vocabularies of 2019-09 and 2020-12.
    private enum Vocabulary: String, CaseIterable {
        case core, applicator, unevaluated, validation
        case metaData = "meta-data"
        case format
        case formatAnnotation = "format-annotation"
        case formatAssertion = "format-assertion"
        case content

        /// Whether a dialect's own metaschema has it.
        func isStandard(in dialect: JSONSchema.Dialect) -> Bool {
            switch self {
            case .core, .applicator, .validation, .metaData, .content: true
            case .unevaluated, .formatAnnotation: dialect == .draft2020
            case .format: dialect == .draft2019
            case .formatAssertion: false
            }
        }
    }

    /// What the value of a keyword must be.
    private enum Kind {
        case schema, schemas, schemaOrList, schemaMap, dependencies
        case string, boolean, number, positive, count, any, names, type
        case list, namesMap, booleanMap, boundary, anchor, hash
    }

    private struct Keyword {
        let name: String
        let kind: Kind
        let vocabulary: Vocabulary
        let dialects: ClosedRange<JSONSchema.Dialect>
    }

    private static let keywords: [Keyword] = {
        var keywords: [Keyword] = []
        func add(
            _ vocabulary: Vocabulary,
            _ kind: Kind,
            _ dialects: ClosedRange<JSONSchema.Dialect>,
            _ names: String...
        ) {
            keywords += names.map { Keyword(name: $0, kind: kind, vocabulary: vocabulary, dialects: dialects) }
        }
        let always = JSONSchema.Dialect.draft4 ... .draft2020
        let since6 = JSONSchema.Dialect.draft6 ... .draft2020
        let since7 = JSONSchema.Dialect.draft7 ... .draft2020
        let since2019 = JSONSchema.Dialect.draft2019 ... .draft2020
        let only2020 = JSONSchema.Dialect.draft2020 ... .draft2020

        add(.core, .string, .draft4 ... .draft4, "id")
        add(.core, .string, since6, "$id", "$ref")
        add(.core, .string, always, "$schema")
        add(.core, .string, since7, "$comment")
        add(.core, .anchor, since2019, "$anchor")
        add(.core, .anchor, only2020, "$dynamicAnchor")
        add(.core, .string, only2020, "$dynamicRef")
        add(.core, .hash, .draft2019 ... .draft2019, "$recursiveRef")
        add(.core, .boolean, .draft2019 ... .draft2019, "$recursiveAnchor")
        add(.core, .booleanMap, since2019, "$vocabulary")
        add(.core, .schemaMap, since2019, "$defs")

        add(.applicator, .schema, always, "additionalProperties", "not")
        add(.applicator, .schema, .draft4 ... .draft2019, "additionalItems")
        add(.applicator, .schema, since6, "contains", "propertyNames")
        add(.applicator, .schema, since7, "if", "then", "else")
        add(.applicator, .schemas, always, "allOf", "anyOf", "oneOf")
        add(.applicator, .schemas, only2020, "prefixItems")
        add(.applicator, .schemaOrList, .draft4 ... .draft2019, "items")
        add(.applicator, .schema, only2020, "items")
        add(.applicator, .schemaMap, always, "properties", "patternProperties")
        add(.applicator, .schemaMap, since2019, "dependentSchemas")
        add(.applicator, .schemaMap, always, "definitions")
        add(.applicator, .dependencies, always, "dependencies")
        add(.applicator, .schema, .draft2019 ... .draft2019, "unevaluatedItems", "unevaluatedProperties")
        add(.unevaluated, .schema, only2020, "unevaluatedItems", "unevaluatedProperties")

        add(.validation, .positive, always, "multipleOf")
        add(.validation, .number, always, "maximum", "minimum")
        add(.validation, .boundary, always, "exclusiveMaximum", "exclusiveMinimum")
        add(.validation, .count, always, "maxLength", "minLength", "maxItems", "minItems", "maxProperties")
        add(.validation, .count, always, "minProperties")
        add(.validation, .count, since2019, "maxContains", "minContains")
        add(.validation, .string, always, "pattern")
        add(.validation, .boolean, always, "uniqueItems")
        add(.validation, .names, always, "required")
        add(.validation, .namesMap, since2019, "dependentRequired")
        add(.validation, .list, always, "enum")
        add(.validation, .any, since6, "const")
        add(.validation, .type, always, "type")

        add(.metaData, .string, always, "title", "description")
        add(.metaData, .boolean, since2019, "deprecated")
        add(.metaData, .boolean, since7, "readOnly", "writeOnly")
        add(.metaData, .any, always, "default")
        add(.metaData, .list, since6, "examples")
        for vocabulary in [Vocabulary.format, .formatAnnotation, .formatAssertion] {
            add(vocabulary, .string, always, "format")
        }
        add(.content, .string, since7, "contentEncoding", "contentMediaType")
        add(.content, .schema, since2019, "contentSchema")
        return keywords
    }()

    /// A dialect's metaschema.
    private static func whole(_ dialect: JSONSchema.Dialect) -> JSON {
        let uri = dialect.metaschemaURI
        guard dialect >= .draft2019 else {
            var schema: JSON = [:]
            schema[dialect.idKeyword] = .string(uri + "#")
            schema["$schema"] = .string(uri + "#")
            schema["type"] = dialect == .draft4 ? "object" : ["object", "boolean"]
            let standard = keywords.filter { $0.vocabulary != .formatAnnotation && $0.vocabulary != .formatAssertion }
            schema["properties"] = properties(standard, dialect)
            if dialect == .draft4 {
                schema["dependencies"] = ["exclusiveMaximum": ["maximum"], "exclusiveMinimum": ["minimum"]]
            }
            return schema
        }
        var schema = frame(uri, dialect)
        var vocabularies = JSONObject()
        var parts: [JSON] = []
        for vocabulary in Vocabulary.allCases where vocabulary.isStandard(in: dialect) {
            let name = uri.dropLast("schema".count) + "vocab/" + vocabulary.rawValue
            vocabularies[name] = .bool(![.format, .metaData, .content].contains(vocabulary))
            parts.append(["$ref": .string("meta/" + vocabulary.rawValue)])
        }
        schema["$vocabulary"] = .object(vocabularies)
        schema["allOf"] = .array(parts)
        return schema
    }

    /// The part of a metaschema for one vocabulary.
    private static func part(_ vocabulary: Vocabulary, _ dialect: JSONSchema.Dialect) -> JSON {
        let folder = dialect.metaschemaURI.dropLast("schema".count)
        var schema = frame(folder + "meta/" + vocabulary.rawValue, dialect)
        schema["$vocabulary"] = [folder + "vocab/" + vocabulary.rawValue: true]
        schema["properties"] = properties(keywords.filter { $0.vocabulary == vocabulary }, dialect)
        return schema
    }

    private static func frame(_ uri: String, _ dialect: JSONSchema.Dialect) -> JSON {
        var schema: JSON = ["$schema": .string(dialect.metaschemaURI), "$id": .string(uri)]
        if dialect == .draft2019 { schema["$recursiveAnchor"] = true } else { schema["$dynamicAnchor"] = "meta" }
        schema["type"] = ["object", "boolean"]
        return schema
    }

    private static func properties(_ keywords: [Keyword], _ dialect: JSONSchema.Dialect) -> JSON {
        var properties = JSONObject()
        for keyword in keywords where keyword.dialects.contains(dialect) {
            properties[keyword.name] = schema(of: keyword, dialect)
        }
        return .object(properties)
    }

    private static func schema(of keyword: Keyword, _ dialect: JSONSchema.Dialect) -> JSON {
        let itself: JSON =
            switch dialect {
            case .draft4, .draft6, .draft7: ["$ref": "#"]
            case .draft2019: ["$recursiveRef": "#"]
            case .draft2020: ["$dynamicRef": "#meta"]
            }
        let names: JSON = ["type": "array", "items": ["type": "string"], "uniqueItems": true]
        switch keyword.kind {
        case .any: return [:]
        // Draft 4 has Booleans in these two places alone.
        case .schema where dialect == .draft4 && keyword.name != "not": return ["anyOf": [["type": "boolean"], itself]]
        case .schema: return itself
        case .schemas: return ["type": "array", "minItems": 1, "items": itself]
        case .schemaOrList: return ["anyOf": [itself, ["type": "array", "minItems": 1, "items": itself]]]
        case .schemaMap: return ["type": "object", "additionalProperties": itself]
        case .dependencies: return ["type": "object", "additionalProperties": ["anyOf": [itself, names]]]
        case .string: return ["type": "string"]
        case .anchor: return ["type": "string", "pattern": "^[A-Za-z_][-A-Za-z0-9._]*$"]
        case .hash: return ["const": "#"]
        case .boolean: return ["type": "boolean"]
        case .boundary: return ["type": dialect == .draft4 ? "boolean" : "number"]
        case .number: return ["type": "number"]
        case .positive:
            if dialect == .draft4 { return ["type": "number", "minimum": 0, "exclusiveMinimum": true] }
            return ["type": "number", "exclusiveMinimum": 0]
        case .count: return ["type": "integer", "minimum": 0]
        case .names:
            guard dialect == .draft4 else { return names }
            return ["type": "array", "minItems": 1, "items": ["type": "string"], "uniqueItems": true]
        case .namesMap: return ["type": "object", "additionalProperties": names]
        case .booleanMap: return ["type": "object", "additionalProperties": ["type": "boolean"]]
        case .list:
            return dialect == .draft4 ? ["type": "array", "minItems": 1, "uniqueItems": true] : ["type": "array"]
        case .type:
            let name: JSON = ["enum": ["array", "boolean", "integer", "null", "number", "object", "string"]]
            return ["anyOf": [name, ["type": "array", "minItems": 1, "items": name, "uniqueItems": true]]]
        }
    }
}
