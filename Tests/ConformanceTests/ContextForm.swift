import JSONCore

/// What a context says, whatever way it says it: two contexts with equal forms define the same terms alike.
///
/// It follows the create-term-definition algorithm (JSON-LD 1.1 API §4.2) as far as one context goes by itself, apart
/// from our processor, so that it can judge the files that the processor reads. An IRI is resolved against its own
/// context only: what leans on an outer context stays as written, for it may mean another thing under another one.
/// That makes the comparison stricter than the algorithm, never laxer.
struct ContextForm {
    /// The members of the context: terms and settings.
    private let members: JSONObject
    /// How `@protected` of the context is passed on to its terms.
    private let isProtected: Bool

    private init(_ members: JSONObject) {
        self.members = members
        isProtected = members["@protected"]?.bool == true
    }

    /// The form of a whole context document: its context, and the other members as they stand.
    static func document(_ document: JSON) -> JSON {
        var form = document
        form["@context"] = document["@context"].map(context)
        return form
    }

    /// The form of a context: an object, the URL of another one, `null`, or a list of those.
    static func context(_ context: JSON) -> JSON {
        switch context {
        case .array(let contexts): .array(contexts.map(Self.context))
        case .object(let members): ContextForm(members).form
        default: context
        }
    }

    private var form: JSON {
        var settings = JSONObject()
        var terms = JSONObject()
        for (name, value) in members {
            if Self.settings.contains(name) {
                settings[name] = value
            } else if name != "@protected" {
                terms[name] = definition(of: name, value)
            }
        }
        return ["settings": .object(settings), "terms": .object(terms)]
    }

    private func definition(of term: String, _ value: JSON) -> JSON {
        var definition = value.object ?? JSONObject()
        let iri = iri(of: term, depth: 0)
        definition["@id"] = iri.map { .string($0) } ?? .null
        definition["@prefix"] = .bool(isPrefix(term, iri))
        definition["@protected"] = definition["@protected"] ?? .bool(isProtected)
        if let type = definition["@type"]?.string { definition["@type"] = .string(expand(type, depth: 0)) }
        if let container = definition["@container"] {
            let names = container.array?.compactMap(\.string) ?? [container.string].compactMap(\.self)
            definition["@container"] = .array(names.sorted().map { .string($0) })
        }
        if let scoped = definition["@context"] { definition["@context"] = Self.context(scoped) }
        return .object(definition)
    }

    /// What a term stands for, or `nil` if it is there to stand for nothing.
    private func iri(of term: String, depth: Int) -> String? {
        guard let value = members[term], !value.isNull else { return nil }
        let written = value.string ?? value["@id"]?.string
        if written == nil, value["@id"] != nil { return nil }
        return expand(written ?? term, unless: term, depth: depth)
    }

    /// An IRI, compact IRI, term or keyword, in full as far as this context alone can tell.
    private func expand(_ value: String, unless term: String? = nil, depth: Int) -> String {
        // A definition that leads back to itself is an error of the algorithm; here it only has to end.
        guard depth < 8, !value.hasPrefix("@") else { return value }
        if value != term, let iri = iri(of: value, depth: depth + 1) { return iri }
        guard let colon = value.firstIndex(of: ":"), colon != value.startIndex else { return value }
        let prefix = String(value[..<colon])
        let suffix = value[value.index(after: colon)...]
        guard prefix != "_", !suffix.hasPrefix("//"), prefix != term,
            let iri = iri(of: prefix, depth: depth + 1), isPrefix(prefix, iri)
        else { return value }
        return iri + suffix
    }

    private func isPrefix(_ term: String, _ iri: String?) -> Bool {
        if let stated = members[term]?["@prefix"]?.bool { return stated }
        guard case .string = members[term], let last = iri?.last, !term.contains(":"), !term.contains("/") else {
            return false
        }
        return Self.delimiters.contains(last)
    }

    /// gen-delims of RFC 3986: a term defined by a plain string that ends in one can be a prefix.
    private static let delimiters: Set<Character> = [":", "/", "?", "#", "[", "]", "@"]

    /// The members of a context that are not terms; `@protected` is accounted for in each term.
    private static let settings: Set<String> = [
        "@version", "@base", "@vocab", "@language", "@direction", "@import", "@propagate",
    ]
}
