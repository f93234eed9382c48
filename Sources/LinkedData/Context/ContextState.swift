/// The fields of an active context (JSON-LD 1.1 API §4.1), as a value that context processing changes.
struct ContextState: Sendable {
    /// The base IRI; `nil` where there is none.
    var base: String?
    /// The base IRI that a `null` context goes back to.
    var originalBase: String?
    var vocabulary: String?
    var language: String?
    var direction: Direction?
    var terms = TermTable()
    /// The context that applies again in the next node object, where this one does not propagate.
    var previous: ActiveContext?

    /// The state of a new active context.
    init(base: String?) {
        self.base = base
        originalBase = base
    }

    /// Whether there is a protected term.
    var hasProtectedTerms: Bool {
        terms.contains { $0.mapping.isProtected }
    }

    /// IRI Expansion (JSON-LD 1.1 API §5.2), without the part that defines terms.
    func expandIRI(_ value: String, documentRelative: Bool, vocab: Bool) -> ExpandedIRI {
        // 1, 2
        if value.startsLikeKeyword {
            if let keyword = Keyword(rawValue: value) { return .keyword(keyword) }
            if value.hasKeywordForm { return .null }
        }
        // 4, 5
        if let definition = terms[value] {
            if let keyword = definition.keyword { return .keyword(keyword) }
            if vocab { return definition.iri.map { .iri($0) } ?? .null }
        }
        // 6
        switch split(value) {
        case .complete: return .iri(value)
        case .compact(let prefix, let colon): return .iri(prefix + String(value[after: colon]))
        case .term: break
        }
        // 7
        if vocab, let vocabulary { return .iri(vocabulary + value) }
        // 8
        if documentRelative, let base { return .iri(IRIReference.resolve(value, against: base)) }
        // 9
        return .iri(value)
    }

    private enum Split {
        case term
        case complete
        case compact(prefix: String, colon: Int)
    }

    /// Step 6: an IRI, a blank node identifier, a compact IRI, or none of them.
    private func split(_ value: String) -> Split {
        value.withBytes { bytes in
            guard let colon = bytes.colon else { return .term }
            let isBlank = colon == 1 && bytes[0] == UInt8(ascii: "_")
            let hasSlashes =
                colon &+ 2 < bytes.count && bytes[colon &+ 1] == UInt8(ascii: "/")
                && bytes[colon &+ 2] == UInt8(ascii: "/")
            if isBlank || hasSlashes { return .complete }
            if let definition = terms[bytes.part(0, colon)], definition.mapping.isPrefix, let iri = definition.iri {
                return .compact(prefix: iri, colon: colon)
            }
            guard IRIReference.isLetter(bytes[0]) else { return .term }
            for index in 0..<colon where !IRIReference.isSchemeByte(bytes[index]) { return .term }
            return .complete
        }
    }
}

extension UnsafeRawBufferPointer {
    /// Where the first colon after the first byte stands.
    @inline(__always)
    var colon: Int? {
        var index = 1
        while index < count {
            if self[index] == UInt8(ascii: ":") { return index }
            index &+= 1
        }
        return nil
    }
}

extension String {
    /// What follows the byte at an offset.
    subscript(after offset: Int) -> Substring {
        self[utf8.index(utf8.startIndex, offsetBy: offset + 1)...]
    }

    /// What stands before the byte at an offset.
    subscript(before offset: Int) -> Substring {
        self[..<utf8.index(utf8.startIndex, offsetBy: offset)]
    }

    /// Whether this is a blank node identifier.
    @inline(__always)
    var isBlankNodeIdentifier: Bool {
        withBytes { $0.count >= 2 && $0[0] == UInt8(ascii: "_") && $0[1] == UInt8(ascii: ":") }
    }
}

/// What a text expands to.
enum ExpandedIRI: Sendable {
    /// Nothing: the text is reserved, or its term is mapped to `null`.
    case null
    /// A keyword.
    case keyword(Keyword)
    /// An IRI, a blank node identifier, or a relative IRI reference.
    case iri(String)

    /// The text of it.
    var text: String? {
        switch self {
        case .null: nil
        case .keyword(let keyword): keyword.rawValue
        case .iri(let iri): iri
        }
    }

    /// Whether it is the keyword.
    func isKeyword(_ other: Keyword) -> Bool {
        if case .keyword(let keyword) = self { keyword == other } else { false }
    }
}
