import JSONCore

/// Create Term Definition (JSON-LD 1.1 API §4.2), for all terms of one local context.
struct TermCreation {
    let context: JSONObject
    let isProtected: Bool
    let parameters: ContextProcessor.Parameters
    /// Terms that are defined (`true`) or being defined (`false`).
    private var defined: [ExactText: Bool] = [:]
    private var depth = 0

    init(context: JSONObject, isProtected: Bool, parameters: ContextProcessor.Parameters) {
        self.context = context
        self.isProtected = isProtected
        self.parameters = parameters
    }

    /// Defines a term of the local context.
    mutating func define(
        _ term: String,
        in result: inout ContextState,
        _ processor: inout ContextProcessor
    ) throws(LinkedDataError) {
        // 1
        if let isComplete = defined[ExactText(term)] {
            guard isComplete else {
                throw LinkedDataError(.cyclicIRIMapping, "a term is defined in terms of itself")
            }
            return
        }
        // 2
        guard !term.isEmpty else { throw LinkedDataError(.invalidTermDefinition, "a term is the empty string") }
        try processor.spend(8)
        depth += 1
        defer { depth -= 1 }
        guard depth <= processor.limits.contextDepth else {
            throw LinkedDataError(.contextOverflow, "a term needs too many others to be defined first")
        }
        defined[ExactText(term)] = false
        // 3
        let value = context[term] ?? .null
        // 4, 5
        if term.isExactly("@type") {
            try checkTypeRedefinition(value, processor)
        } else if Keyword(rawValue: term) != nil {
            throw LinkedDataError(.keywordRedefinition, "a keyword is defined as a term")
        } else if term.hasKeywordForm {
            return
        }
        // 6
        let previous = result.terms[term]
        result.terms.set(term, nil)
        // 7 to 9
        let entries: JSONObject
        var isSimple = false
        switch value {
        case .null: entries = ["@id": nil]
        case .string:
            entries = ["@id": value]
            isSimple = true
        case .object(let object): entries = object
        default:
            throw LinkedDataError(.invalidTermDefinition, "a term is defined as neither a string, an object nor null")
        }
        guard
            var mapping = try mapping(of: term, entries, isSimple: isSimple, &result, &processor)
        else { return }
        // 27
        if !parameters.overrideProtected, let previous, previous.mapping.isProtected {
            guard mapping.isSame(as: previous.mapping) else {
                throw LinkedDataError(.protectedTermRedefinition, "a protected term is defined in another way")
            }
            mapping = previous.mapping
        }
        // 28
        result.terms.set(term, TermDefinition(mapping))
        defined[ExactText(term)] = true
    }

    /// Step 4.
    private func checkTypeRedefinition(_ value: JSON, _ processor: ContextProcessor) throws(LinkedDataError) {
        let isAllowed: Bool
        if case .object(let entries) = value, !processor.is10, !entries.isEmpty {
            isAllowed = entries.allSatisfy { key, value in
                switch key {
                case "@container": value == "@set" || value == ["@set"]
                case "@protected": true
                default: false
                }
            }
        } else {
            isAllowed = false
        }
        if !isAllowed { throw LinkedDataError(.keywordRedefinition, "@type can only be given the container @set") }
    }

    /// Steps 10 to 26; `nil` where the definition is to be ignored.
    private mutating func mapping(
        of term: String,
        _ entries: JSONObject,
        isSimple: Bool,
        _ result: inout ContextState,
        _ processor: inout ContextProcessor
    ) throws(LinkedDataError) -> TermDefinition.Mapping? {
        // 10
        var mapping = TermDefinition.Mapping()
        mapping.isProtected = isProtected
        // 11
        if let protected = entries["@protected"] {
            guard let value = protected.bool else {
                throw LinkedDataError(.invalidProtectedValue, "@protected is neither true nor false")
            }
            if processor.is10 { throw LinkedDataError(.invalidTermDefinition, "@protected is not JSON-LD 1.0") }
            mapping.isProtected = value
        }
        // 12
        if let type = entries["@type"] { mapping.type = try typeMapping(type, &result, &processor) }
        // 13
        if let reverse = entries["@reverse"] {
            guard let iri = try reverseIRI(reverse, entries, &result, &processor) else { return nil }
            mapping.iri = iri
            mapping.isReverse = true
        } else {
            // 14 to 18
            switch try iriMapping(of: term, entries, isSimple: isSimple, &result, &processor) {
            case .ignored: return nil
            case .null: mapping.iri = nil
            case .iri(let iri, let isPrefix):
                mapping.iri = iri
                mapping.isPrefix = isPrefix
                try processor.spend(iri.utf8.count >> 5)
            }
        }
        try addDetails(entries, of: term, to: &mapping, &result, &processor)
        return mapping
    }

    /// Step 12.
    private mutating func typeMapping(
        _ type: JSON,
        _ result: inout ContextState,
        _ processor: inout ContextProcessor
    ) throws(LinkedDataError) -> TypeMapping {
        guard case .string(let type) = type else {
            throw LinkedDataError(.invalidTypeMapping, "@type is not a string")
        }
        switch try expandIRI(type, in: &result, &processor) {
        case .keyword(.id): return .id
        case .keyword(.vocab): return .vocab
        case .keyword(.json) where !processor.is10: return .json
        case .keyword(.none) where !processor.is10: return .none
        case .iri(let iri) where IRIReference.hasScheme(iri): return .datatype(iri)
        default:
            throw LinkedDataError(.invalidTypeMapping, "@type expands to neither an IRI nor a type keyword")
        }
    }

    /// Step 13; `nil` where the definition is to be ignored.
    private mutating func reverseIRI(
        _ reverse: JSON,
        _ entries: JSONObject,
        _ result: inout ContextState,
        _ processor: inout ContextProcessor
    ) throws(LinkedDataError) -> String? {
        if entries.contains(key: "@id") || entries.contains(key: "@nest") {
            throw LinkedDataError(.invalidReverseProperty, "a reverse property has @id or @nest")
        }
        guard case .string(let text) = reverse else {
            throw LinkedDataError(.invalidIRIMapping, "@reverse is not a string")
        }
        if text.hasKeywordForm, Keyword(rawValue: text) == nil { return nil }
        guard case .iri(let iri) = try expandIRI(text, in: &result, &processor),
            IRIReference.hasScheme(iri) || iri.isBlankNodeIdentifier
        else {
            throw LinkedDataError(.invalidIRIMapping, "@reverse does not expand to an IRI")
        }
        switch entries["@container"] {
        case nil, .null?, .string("@set")?, .string("@index")?: return iri
        default:
            throw LinkedDataError(
                .invalidReverseProperty,
                "a reverse property has a container other than set and index"
            )
        }
    }

    /// IRI Expansion (JSON-LD 1.1 API §5.2) with its part that defines the terms it needs.
    mutating func expandIRI(
        _ value: String,
        in result: inout ContextState,
        _ processor: inout ContextProcessor
    ) throws(LinkedDataError) -> ExpandedIRI {
        // 1, 2: these need no term.
        if Keyword(rawValue: value) == nil, !value.hasKeywordForm {
            // 3
            if context.contains(key: value), defined[ExactText(value)] != true {
                try define(value, in: &result, &processor)
            }
            // 6.3
            if let colon = value.withBytes({ $0.colon }), !isComplete(value, colon: colon) {
                let prefix = String(value[before: colon])
                if context.contains(key: prefix), defined[ExactText(prefix)] != true {
                    // Step 4 comes first: an alias of a keyword is no prefix.
                    if result.terms[value]?.keyword == nil { try define(prefix, in: &result, &processor) }
                }
            }
        }
        return result.expandIRI(value, documentRelative: false, vocab: true)
    }

    /// Whether step 5 or 6.2 ends the expansion before a prefix counts.
    private func isComplete(_ value: String, colon: Int) -> Bool {
        if defined[ExactText(value)] == true { return true }
        return value.withBytes { bytes in
            if colon == 1, bytes[0] == UInt8(ascii: "_") { return true }
            return colon + 2 < bytes.count && bytes[colon + 1] == UInt8(ascii: "/")
                && bytes[colon + 2] == UInt8(ascii: "/")
        }
    }
}
