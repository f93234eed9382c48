import JSONCore

extension ContextProcessor {
    /// Context Processing, steps 5.4 to 5.13: a context definition, which is an object.
    mutating func apply(
        _ definition: JSONObject,
        to result: inout ContextState,
        _ parameters: Parameters
    ) throws(LinkedDataError) {
        var context = definition
        // 5.5
        if let version = context["@version"] { try checkVersion(version) }
        // 5.6
        if let reference = context["@import"] { context = try merged(context, importing: reference, parameters) }
        // 5.7
        if let base = context["@base"], parameters.remoteContexts.isEmpty { try setBase(base, in: &result) }
        // 5.8
        if let vocabulary = context["@vocab"] { try setVocabulary(vocabulary, in: &result) }
        // 5.9
        if let language = context["@language"] {
            switch language {
            case .null: result.language = nil
            case .string(let tag): result.language = tag
            default: throw LinkedDataError(.invalidDefaultLanguage, "@language is neither a string nor null")
            }
        }
        // 5.10
        if let direction = context["@direction"] {
            if is10 { throw LinkedDataError(.invalidContextEntry, "@direction is not JSON-LD 1.0") }
            result.direction = try direction.isNull ? nil : Self.direction(direction)
        }
        // 5.11
        if let propagate = context["@propagate"] {
            if is10 { throw LinkedDataError(.invalidContextEntry, "@propagate is not JSON-LD 1.0") }
            guard propagate.bool != nil else {
                throw LinkedDataError(.invalidPropagateValue, "@propagate is neither true nor false")
            }
        }
        var isProtected = false
        if let protected = context["@protected"] {
            guard let value = protected.bool else {
                throw LinkedDataError(.invalidProtectedValue, "@protected is neither true nor false")
            }
            isProtected = value
        }
        // 5.12, 5.13
        var creation = TermCreation(context: context, isProtected: isProtected, parameters: parameters)
        for (key, _) in context where !Self.isEntry(key) {
            do throws(LinkedDataError) {
                try creation.define(key, in: &result, &self)
            } catch {
                throw error.within(key)
            }
        }
    }

    /// Whether a member of a context is an entry of its own, and no term.
    private static func isEntry(_ key: String) -> Bool {
        guard key.startsLikeKeyword else { return false }
        switch Keyword(rawValue: key) {
        case .base, .direction, .import, .language, .propagate, .protected, .version, .vocab: return true
        default: return false
        }
    }

    /// A base direction that is not null.
    static func direction(_ value: JSON) throws(LinkedDataError) -> Direction {
        guard let text = value.string, let direction = Direction(rawValue: text) else {
            throw LinkedDataError(.invalidBaseDirection, "a base direction is \"ltr\" or \"rtl\"")
        }
        return direction
    }

    private func checkVersion(_ version: JSON) throws(LinkedDataError) {
        guard version.number?.double == 1.1 else {
            throw LinkedDataError(.invalidVersionValue, "@version is not the number 1.1")
        }
        if is10 { throw LinkedDataError(.processingModeConflict, "the context is JSON-LD 1.1, the mode is 1.0") }
    }

    /// Step 5.6.
    private func merged(
        _ context: JSONObject,
        importing reference: JSON,
        _ parameters: Parameters
    ) throws(LinkedDataError) -> JSONObject {
        if is10 { throw LinkedDataError(.invalidContextEntry, "@import is not JSON-LD 1.0") }
        guard case .string(let reference) = reference else {
            throw LinkedDataError(.invalidImportValue, "@import is not a string")
        }
        var merged = try importedContext(try resolve(reference, against: parameters.baseURL))
        guard !merged.contains(key: "@import") else {
            throw LinkedDataError(.invalidContextEntry, "an imported context imports another")
        }
        for (key, value) in context { merged[key] = value }
        return merged
    }

    /// Step 5.7.
    private func setBase(_ base: JSON, in result: inout ContextState) throws(LinkedDataError) {
        switch base {
        case .null:
            result.base = nil
        case .string(let reference):
            if IRIReference.hasScheme(reference) {
                result.base = reference
            } else if let base = result.base {
                result.base = IRIReference.resolve(reference, against: base)
            } else {
                throw LinkedDataError(.invalidBaseIRI, "@base is relative, and there is no base to resolve it against")
            }
        default:
            throw LinkedDataError(.invalidBaseIRI, "@base is neither a string nor null")
        }
    }

    /// Step 5.8.
    private func setVocabulary(_ vocabulary: JSON, in result: inout ContextState) throws(LinkedDataError) {
        switch vocabulary {
        case .null:
            result.vocabulary = nil
        case .string(let value):
            if is10, !IRIReference.hasScheme(value), !value.isBlankNodeIdentifier {
                throw LinkedDataError(.invalidVocabMapping, "a relative @vocab is not JSON-LD 1.0")
            }
            let expanded = result.expandIRI(value, documentRelative: true, vocab: true)
            guard case .iri(let iri) = expanded, IRIReference.hasScheme(iri) || iri.isBlankNodeIdentifier else {
                throw LinkedDataError(.invalidVocabMapping, "@vocab does not expand to an IRI")
            }
            result.vocabulary = iri
        default:
            throw LinkedDataError(.invalidVocabMapping, "@vocab is neither a string nor null")
        }
    }
}
