extension JSONSchema {
    /// A version of JSON Schema: which keywords there are, and what they mean.
    ///
    /// Open Badges 3.0 writes its schemas in 2019-09, Verifiable Credentials in 2020-12, and Open Badges 2.0
    /// extensions in draft 4 and 7.
    public enum Dialect: Int, Sendable, Hashable, CaseIterable {
        /// Draft 4 (2013): `id`, Boolean `exclusiveMinimum`, no `const`.
        case draft4 = 4
        /// Draft 6 (2017): adds `const`, `contains`, `propertyNames`, and `true` and `false` as schemas.
        case draft6 = 6
        /// Draft 7 (2018): adds `if`, `then`, `else`.
        case draft7 = 7
        /// Draft 2019-09: adds `$anchor`, `$recursiveRef`, `unevaluatedProperties` and others; `$ref` has neighbours.
        case draft2019 = 2019
        /// Draft 2020-12: adds `prefixItems` and `$dynamicRef`.
        case draft2020 = 2020

        /// The dialect that a `$schema` names; `nil` where it names none of these.
        init?(uri: String) {
            var (uri, fragment) = URIReference.split(uri)
            guard fragment == nil else { return nil }
            // The old drafts have http identifiers, the new ones https; both are seen for both.
            if uri.utf8.starts(with: "http:".utf8) { uri = "https:" + uri.dropFirst(5) }
            guard let dialect = Self.allCases.first(where: { $0.identifier == uri }) else { return nil }
            self = dialect
        }

        private var identifier: String {
            switch self {
            case .draft4: "https://json-schema.org/draft-04/schema"
            case .draft6: "https://json-schema.org/draft-06/schema"
            case .draft7: "https://json-schema.org/draft-07/schema"
            case .draft2019: "https://json-schema.org/draft/2019-09/schema"
            case .draft2020: "https://json-schema.org/draft/2020-12/schema"
            }
        }

        /// The URI of the dialect's metaschema, without fragment.
        public var metaschemaURI: String {
            self < .draft2019 ? "http:" + identifier.dropFirst(6) : identifier
        }

        /// The keyword that names a schema.
        var idKeyword: String { self == .draft4 ? "id" : "$id" }
    }
}

extension JSONSchema.Dialect: Comparable {
    /// The order in which the dialects came out.
    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// Which groups of keywords count in a schema: `$vocabulary` of its metaschema, since 2019-09.
struct SchemaVocabularies: OptionSet, Hashable {
    let rawValue: UInt8

    static let applicator = SchemaVocabularies(rawValue: 1)
    static let unevaluated = SchemaVocabularies(rawValue: 2)
    static let validation = SchemaVocabularies(rawValue: 4)
    /// `format` must hold, whatever the caller asked for.
    static let formatAssertion = SchemaVocabularies(rawValue: 8)
    /// Core, metadata, format as annotation, content: known, and nothing to check.
    private static let annotations: SchemaVocabularies = []

    /// What a dialect has where its own metaschema is used.
    static let standard: SchemaVocabularies = [.applicator, .unevaluated, .validation]

    /// A vocabulary by its URI; `nil` where it is not known.
    init?(uri: String) {
        let prefixes = ["https://json-schema.org/draft/2019-09/vocab/", "https://json-schema.org/draft/2020-12/vocab/"]
        guard let prefix = prefixes.first(where: { uri.utf8.starts(with: $0.utf8) }) else { return nil }
        switch String(uri.dropFirst(prefix.count)) {
        case "applicator": self = prefix == prefixes[0] ? [.applicator, .unevaluated] : .applicator
        case "unevaluated": self = .unevaluated
        case "validation": self = .validation
        case "format-assertion": self = .formatAssertion
        case "core", "meta-data", "content", "format", "format-annotation": self = .annotations
        default: return nil
        }
    }

    init(rawValue: UInt8) {
        self.rawValue = rawValue
    }
}
