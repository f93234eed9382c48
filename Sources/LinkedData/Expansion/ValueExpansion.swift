import JSONCore

extension Expander {
    /// Value Expansion (JSON-LD 1.1 API §5.3): a scalar by the definition of its property.
    mutating func expandValue(
        _ active: ActiveContext,
        _ definition: TermDefinition?,
        _ value: JSON
    ) throws(LinkedDataError) -> ExpandedValue {
        let type = definition?.mapping.type ?? .unset
        let datatype: String?
        switch type {
        case .id:
            // 1
            if case .string(let text) = value { return .reference(try expandReference(text, active, vocab: false)) }
            datatype = nil
        case .vocab:
            // 2
            if case .string(let text) = value { return .reference(try expandReference(text, active, vocab: true)) }
            datatype = nil
        case .json: datatype = Keyword.json.rawValue
        case .datatype(let iri): datatype = iri
        case .unset, .none: datatype = nil
        }
        // 3, 4
        if datatype != nil {
            try checkLiteral(datatype: datatype, direction: nil)
            return .literal(value, datatype: datatype)
        }
        // 5
        guard case .string = value else { return .literal(value, datatype: nil) }
        let language: String?
        switch definition?.mapping.language ?? .unset {
        case .unset: language = active.state.language
        case .none: language = nil
        case .value(let tag): language = tag
        }
        let direction: Direction?
        switch definition?.mapping.direction ?? .unset {
        case .unset: direction = active.state.direction
        case .none: direction = nil
        case .value(let given): direction = given
        }
        if language == nil, direction == nil { return .literal(value, datatype: nil) }
        if let language { try checkLanguage(language) }
        try checkLiteral(datatype: nil, direction: direction)
        return .annotated(AnnotatedValue(value, language: language, direction: direction))
    }

    /// The IRI of a reference; `nil` where it is reserved.
    mutating func expandReference(
        _ text: String,
        _ active: ActiveContext,
        vocab: Bool
    ) throws(LinkedDataError) -> String? {
        let expanded = active.state.expandIRI(text, documentRelative: true, vocab: vocab)
        if isSafe {
            switch expanded {
            case .iri(let iri):
                if checksIRIs { try check(iri: iri, isVocabulary: false) }
            case .null, .keyword:
                throw LinkedDataError(.reservedTerm, "an identifier has the form of a keyword")
            }
        }
        if case .iri(let iri) = expanded { try contexts.spend(text: iri, madeFrom: text) }
        return expanded.text
    }

    // MARK: Safe mode

    /// Refuses an IRI that RDF would have to drop.
    func check(iri: String, isVocabulary: Bool) throws(LinkedDataError) {
        if iri.isBlankNodeIdentifier { return }
        guard IRIReference.hasScheme(iri) else {
            if isVocabulary { throw LinkedDataError(.undefinedTerm, "no context defines this type") }
            throw LinkedDataError(.relativeIRI, "an identifier is a relative IRI")
        }
        guard iri.withBytes({ WellFormedness.isIRI($0) }) else {
            throw LinkedDataError(.invalidIRI, "an IRI holds characters that none may hold")
        }
    }

    /// Refuses a language tag that is not well-formed.
    func checkLanguage(_ tag: String) throws(LinkedDataError) {
        if isSafe, !WellFormedness.isLanguageTag(tag) {
            throw LinkedDataError(.invalidLanguageTag, "a language tag is not well-formed by BCP 47")
        }
    }

    /// Refuses a literal that RDF would have to drop, or would lose the direction of.
    func checkLiteral(datatype: String?, direction: Direction?) throws(LinkedDataError) {
        guard isSafe else { return }
        if direction != nil, options.rdfDirection == nil {
            throw LinkedDataError(.droppedValue, "a value has a direction, and no rdfDirection says how to keep it")
        }
        if checksIRIs, let datatype, datatype != Keyword.json.rawValue {
            try check(iri: datatype, isVocabulary: false)
        }
    }
}
