import JSONCore

/// What the `@id` of a term, or the term itself, maps to.
enum IRIMapping {
    /// The definition is to be ignored: its `@id` is reserved.
    case ignored
    /// The term means nothing, but stays known.
    case null
    case iri(String, isPrefix: Bool)
}

extension TermCreation {
    /// Create Term Definition, steps 14 to 18.
    mutating func iriMapping(
        of term: String,
        _ entries: JSONObject,
        isSimple: Bool,
        _ result: inout ContextState,
        _ processor: inout ContextProcessor
    ) throws(LinkedDataError) -> IRIMapping {
        let colon = term.withBytes { $0.colon }
        let hasSlash = term.utf8.contains(UInt8(ascii: "/"))
        // 14
        if let id = entries["@id"], id != .string(term) {
            return try iriMapping(id, of: term, hasSlash: hasSlash, isSimple: isSimple, &result, &processor)
        }
        // 15
        if let colon {
            let prefix = String(term[before: colon])
            if context.contains(key: prefix) { try define(prefix, in: &result, &processor) }
            if let iri = result.terms[prefix]?.iri {
                return .iri(iri + String(term[after: colon]), isPrefix: false)
            }
            return .iri(term, isPrefix: false)
        }
        // 16
        if hasSlash {
            guard case .iri(let iri) = try expandSelf(term, in: &result, &processor), IRIReference.hasScheme(iri) else {
                throw LinkedDataError(.invalidIRIMapping, "a relative IRI as a term does not expand to an IRI")
            }
            return .iri(iri, isPrefix: false)
        }
        // 17
        if term.isExactly("@type") { return .iri(term, isPrefix: false) }
        // 18
        guard let vocabulary = result.vocabulary else {
            throw LinkedDataError(.invalidIRIMapping, "a term has no @id, and there is no vocabulary")
        }
        return .iri(vocabulary + term, isPrefix: false)
    }

    /// Step 14.
    private mutating func iriMapping(
        _ id: JSON,
        of term: String,
        hasSlash: Bool,
        isSimple: Bool,
        _ result: inout ContextState,
        _ processor: inout ContextProcessor
    ) throws(LinkedDataError) -> IRIMapping {
        // 14.1
        if id.isNull { return .null }
        // 14.2.1
        guard case .string(let text) = id else {
            throw LinkedDataError(.invalidIRIMapping, "@id is not a string")
        }
        // 14.2.2
        if text.hasKeywordForm, Keyword(rawValue: text) == nil { return .ignored }
        // 14.2.3
        let expanded = try expandIRI(text, in: &result, &processor)
        let isKeyword: Bool
        switch expanded {
        case .keyword(.context):
            throw LinkedDataError(.invalidKeywordAlias, "a term is an alias of @context")
        case .keyword:
            isKeyword = true
        case .iri(let iri) where IRIReference.hasScheme(iri) || iri.isBlankNodeIdentifier:
            isKeyword = false
        default:
            throw LinkedDataError(.invalidIRIMapping, "@id expands to neither an IRI nor a keyword")
        }
        let iri = expanded.text ?? ""
        // 14.2.4: a colon anywhere but first or last, or a slash.
        let hasInnerColon = term.withBytes { bytes in bytes.colon.map { $0 < bytes.count - 1 } ?? false }
        if hasInnerColon || hasSlash {
            let own = try expandSelf(term, in: &result, &processor)
            guard let text = own.text, text.isExactly(iri) else {
                throw LinkedDataError(.invalidIRIMapping, "a term that looks like an IRI is mapped to another")
            }
        }
        // 14.2.5
        let hasColon = term.utf8.contains(UInt8(ascii: ":"))
        let isPrefix =
            !hasColon && !hasSlash && isSimple && !isKeyword
            && (iri.isBlankNodeIdentifier || Self.endsWithDelimiter(iri))
        return .iri(iri, isPrefix: isPrefix)
    }

    /// IRI Expansion of the term that is being defined, which has no definition yet and needs none.
    private mutating func expandSelf(
        _ term: String,
        in result: inout ContextState,
        _ processor: inout ContextProcessor
    ) throws(LinkedDataError) -> ExpandedIRI {
        if let colon = term.withBytes({ $0.colon }) {
            let prefix = String(term[before: colon])
            if context.contains(key: prefix) { try define(prefix, in: &result, &processor) }
        }
        return result.expandIRI(term, documentRelative: false, vocab: true)
    }

    /// Whether an IRI ends with a gen-delim of RFC 3986 §2.2.
    private static func endsWithDelimiter(_ iri: String) -> Bool {
        switch iri.utf8.last {
        case UInt8(ascii: ":"), UInt8(ascii: "/"), UInt8(ascii: "?"), UInt8(ascii: "#"), UInt8(ascii: "["),
            UInt8(ascii: "]"), UInt8(ascii: "@"):
            true
        default: false
        }
    }

    /// Steps 19 to 26.
    mutating func addDetails(
        _ entries: JSONObject,
        of term: String,
        to mapping: inout TermDefinition.Mapping,
        _ result: inout ContextState,
        _ processor: inout ContextProcessor
    ) throws(LinkedDataError) {
        // 19
        if let container = entries["@container"] {
            try addContainer(container, to: &mapping, processor)
        }
        // 20
        if let index = entries["@index"] {
            guard !processor.is10, mapping.container.contains(.index), case .string(let text) = index,
                case .iri(let iri) = try expandIRI(text, in: &result, &processor), IRIReference.hasScheme(iri)
            else {
                throw LinkedDataError(.invalidTermDefinition, "@index is no IRI, or the container is no index")
            }
            mapping.index = text
        }
        // 21
        if let context = entries["@context"] {
            try addContext(context, to: &mapping, result, &processor)
        }
        // 22
        if let language = entries["@language"], !entries.contains(key: "@type") {
            switch language {
            case .null: mapping.language = .none
            case .string(let tag): mapping.language = .value(tag)
            default: throw LinkedDataError(.invalidLanguageMapping, "@language is neither a string nor null")
            }
        }
        // 23
        if let direction = entries["@direction"], !entries.contains(key: "@type") {
            mapping.direction = try direction.isNull ? .none : .value(ContextProcessor.direction(direction))
        }
        // 24
        if let nest = entries["@nest"] {
            if processor.is10 { throw LinkedDataError(.invalidTermDefinition, "@nest is not JSON-LD 1.0") }
            guard case .string(let text) = nest, text.isExactly("@nest") || Keyword(rawValue: text) == nil else {
                throw LinkedDataError(.invalidNestValue, "@nest is a keyword other than @nest, or no string")
            }
            mapping.nest = text
        }
        // 25
        if let prefix = entries["@prefix"] {
            try addPrefix(prefix, of: term, to: &mapping, processor)
        }
        // 26
        for (key, _) in entries {
            switch Keyword(rawValue: key) {
            case .id, .reverse, .container, .context, .direction, .index, .language, .nest, .prefix, .protected, .type:
                continue
            default:
                throw LinkedDataError(.invalidTermDefinition, "a term definition has an entry that none may have")
            }
        }
    }

    /// Step 19; for a reverse property step 13.5 has checked the container.
    private func addContainer(
        _ value: JSON,
        to mapping: inout TermDefinition.Mapping,
        _ processor: ContextProcessor
    ) throws(LinkedDataError) {
        if mapping.isReverse, value.isNull { return }
        var container: Container = []
        let items = value.array ?? [value]
        for item in items {
            guard let text = item.string, let one = Container(keyword: Keyword(rawValue: text)) else {
                throw LinkedDataError(.invalidContainerMapping, "@container holds something that is no container")
            }
            container.insert(one)
        }
        let others = container.subtracting([.set, .graph])
        let isAllowed: Bool
        if container.contains(.list) {
            isAllowed = items.count == 1
        } else if container.contains(.graph) {
            isAllowed = others == [] || others == .id || others == .index
        } else {
            isAllowed = others.rawValue.nonzeroBitCount <= 1
        }
        guard isAllowed, !items.isEmpty else {
            throw LinkedDataError(.invalidContainerMapping, "@container is a combination that none may be")
        }
        if processor.is10, value.array != nil || !container.intersection([.graph, .id, .type]).isEmpty {
            throw LinkedDataError(.invalidContainerMapping, "@container is not JSON-LD 1.0")
        }
        mapping.container = container
        if container.contains(.type) {
            switch mapping.type {
            case .unset: mapping.type = .id
            case .id, .vocab: break
            default:
                throw LinkedDataError(.invalidTypeMapping, "a type container needs the type @id or @vocab")
            }
        }
    }

    /// Step 21.
    private func addContext(
        _ context: JSON,
        to mapping: inout TermDefinition.Mapping,
        _ result: ContextState,
        _ processor: inout ContextProcessor
    ) throws(LinkedDataError) {
        if processor.is10 { throw LinkedDataError(.invalidTermDefinition, "@context in a term is not JSON-LD 1.0") }
        var inner = ContextProcessor.Parameters(baseURL: parameters.baseURL)
        inner.overrideProtected = true
        inner.remoteContexts = parameters.remoteContexts
        inner.validateScopedContext = false
        processor.scopeDepth += 1
        defer { processor.scopeDepth -= 1 }
        guard processor.scopeDepth <= processor.limits.contextDepth else {
            throw LinkedDataError(.contextOverflow, "scoped contexts stand too deep inside one another")
        }
        do throws(LinkedDataError) {
            _ = try processor.process(ActiveContext(result, allowance: .transient()), local: context, &inner)
        } catch {
            // What is not known or too much says so itself, wherever it is met.
            switch error.code {
            case .contextOverflow: throw error.within("@context")
            default: throw error.recoded(.invalidScopedContext).within("@context")
            }
        }
        mapping.context = context
        mapping.baseURL = parameters.baseURL
    }

    /// Step 25.
    private func addPrefix(
        _ prefix: JSON,
        of term: String,
        to mapping: inout TermDefinition.Mapping,
        _ processor: ContextProcessor
    ) throws(LinkedDataError) {
        let separators = [UInt8(ascii: ":"), UInt8(ascii: "/")]
        if processor.is10 || term.utf8.contains(where: separators.contains) {
            throw LinkedDataError(.invalidTermDefinition, "a term with a colon or slash has @prefix")
        }
        guard let flag = prefix.bool else {
            throw LinkedDataError(.invalidPrefixValue, "@prefix is neither true nor false")
        }
        mapping.isPrefix = flag
        if flag, let iri = mapping.iri, Keyword(rawValue: iri) != nil {
            throw LinkedDataError(.invalidTermDefinition, "an alias of a keyword has @prefix")
        }
    }
}
