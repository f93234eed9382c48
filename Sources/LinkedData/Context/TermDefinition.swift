import JSONCore

/// What a term means in an active context (JSON-LD 1.1 API §4.1).
///
/// It is immutable and has an identity, so that processed contexts can be kept by the term that brings them.
final class TermDefinition: Sendable {
    let mapping: Mapping
    /// The keyword that the term is an alias of.
    let keyword: Keyword?
    /// Whether the IRI mapping is a well-formed IRI, so that no document needs to look again.
    let hasWellFormedIRI: Bool

    init(_ mapping: Mapping) {
        self.mapping = mapping
        if let iri = mapping.iri, iri.startsLikeKeyword {
            keyword = Keyword(rawValue: iri)
        } else {
            keyword = nil
        }
        hasWellFormedIRI = mapping.iri?.withBytes { WellFormedness.isIRI($0) } ?? false
    }

    /// The IRI mapping: an IRI, a blank node identifier or a keyword; `nil` where the term means nothing.
    @inline(__always)
    var iri: String? { mapping.iri }

    /// Whether the term has a scoped context.
    @inline(__always)
    var hasContext: Bool { mapping.context != nil }

    /// What a definition says, while it is being made.
    struct Mapping: Sendable {
        var iri: String?
        var isPrefix = false
        var isProtected = false
        var isReverse = false
        var container: Container = []
        var type: TypeMapping = .unset
        var language: Setting<String> = .unset
        var direction: Setting<Direction> = .unset
        var index: String?
        var nest: String?
        /// The scoped context, and the URL of the document that it stands in.
        var context: JSON?
        var baseURL: String?

        /// Whether both say the same, apart from protection.
        func isSame(as other: Mapping) -> Bool {
            iri.isExactly(other.iri) && isPrefix == other.isPrefix && isReverse == other.isReverse
                && container == other.container && type.isSame(as: other.type) && language == other.language
                && direction == other.direction && index.isExactly(other.index) && nest.isExactly(other.nest)
                && context == other.context
        }
    }
}

/// A mapping that may be absent, or there and `null`.
enum Setting<Value: Sendable & Equatable>: Sendable, Equatable {
    case unset
    case none
    case value(Value)
}

/// To what values without a type of their own are coerced.
enum TypeMapping: Sendable {
    case unset
    case id
    case vocab
    case json
    case none
    case datatype(String)

    func isSame(as other: TypeMapping) -> Bool {
        switch (self, other) {
        case (.unset, .unset), (.id, .id), (.vocab, .vocab), (.json, .json), (.none, .none): true
        case (.datatype(let left), .datatype(let right)): left.isExactly(right)
        default: false
        }
    }
}

/// How the values of a term are contained.
struct Container: OptionSet, Sendable {
    let rawValue: UInt8

    static let graph = Container(rawValue: 1)
    static let id = Container(rawValue: 2)
    static let index = Container(rawValue: 4)
    static let language = Container(rawValue: 8)
    static let list = Container(rawValue: 16)
    static let set = Container(rawValue: 32)
    static let type = Container(rawValue: 64)

    /// The containers whose values are maps from something to values.
    static let maps: Container = [.id, .index, .type, .language]

    /// The container that a keyword names.
    init?(keyword: Keyword?) {
        switch keyword {
        case .graph: self = .graph
        case .id: self = .id
        case .index: self = .index
        case .language: self = .language
        case .list: self = .list
        case .set: self = .set
        case .type: self = .type
        default: return nil
        }
    }

    init(rawValue: UInt8) {
        self.rawValue = rawValue
    }
}

extension String? {
    /// Whether both are absent or the same code points.
    func isExactly(_ other: String?) -> Bool {
        switch (self, other) {
        case (nil, nil): true
        case (let left?, let right?): left.isExactly(right)
        default: false
        }
    }
}
