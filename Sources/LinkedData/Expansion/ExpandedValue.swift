import JSONCore

/// A value in expanded form (JSON-LD 1.1 §9): what stands in the array of a property.
///
/// Most values are literals and references, so these need no object of their own.
enum ExpandedValue {
    /// A value object without language, direction or index; the datatype is an IRI or `@json`.
    case literal(JSON, datatype: String?)
    /// A value object with a language, a direction or an index.
    case annotated(AnnotatedValue)
    /// A node object with nothing but an `@id`; `nil` where that expanded to nothing.
    case reference(String?)
    /// Any other node object.
    case node(ExpandedNode)
    /// A list object.
    case list(ExpandedList)

    /// Whether this is a node object.
    var isNode: Bool {
        switch self {
        case .reference, .node: true
        case .literal, .annotated, .list: false
        }
    }

    /// Whether this is a graph object: a node object with `@graph` and at most `@id` and `@index`.
    var isGraph: Bool {
        guard case .node(let node) = self, node.graph != nil else { return false }
        return node.types == nil && node.properties.isEmpty && node.reverse == nil && node.included == nil
    }

    /// Whether this is a list object.
    var isList: Bool {
        if case .list = self { true } else { false }
    }

    /// The same as a node with fields that can be set; `nil` where this is none.
    var asNode: ExpandedNode? {
        switch self {
        case .node(let node): return node
        case .reference(let id):
            let node = ExpandedNode()
            node.id = id
            node.hasNullID = id == nil
            return node
        case .literal, .annotated, .list: return nil
        }
    }
}

/// A value object with a language, a direction or an index.
final class AnnotatedValue {
    var value: JSON
    var datatype: String?
    var language: String?
    var direction: Direction?
    var index: String?

    init(
        _ value: JSON,
        datatype: String? = nil,
        language: String? = nil,
        direction: Direction? = nil,
        index: String? = nil
    ) {
        self.value = value
        self.datatype = datatype
        self.language = language
        self.direction = direction
        self.index = index
    }
}

/// A list object.
final class ExpandedList {
    var items: [ExpandedValue]
    var index: String?

    init(_ items: [ExpandedValue], index: String? = nil) {
        self.items = items
        self.index = index
    }
}

/// A node object, or a graph object.
final class ExpandedNode {
    var id: String?
    /// Whether there is an `@id` that expanded to nothing: the node has no name then, and is no blank node either.
    var hasNullID = false
    var types: [String]?
    var index: String?
    /// What only values can have, but a document gave to the node: it stands in expanded form, and not in RDF.
    var language: String?
    var direction: Direction?
    var properties = PropertyMap()
    var reverse: PropertyMap?
    var graph: [ExpandedValue]?
    var included: [ExpandedValue]?
}

/// Properties and their values, in the order in which they were met.
///
/// All values lie in one array, and each entry names a part of it; a property can have several entries.
struct PropertyMap {
    /// A property, and where its values end; they start where those of the entry before end.
    struct Entry {
        let property: String
        let end: Int
        /// Whether the property's IRI is known to be well-formed.
        let isWellFormed: Bool
    }

    private(set) var entries: [Entry] = []
    var values: [ExpandedValue] = []

    var isEmpty: Bool { entries.isEmpty }

    /// Makes an entry of the values that were appended since the last one.
    mutating func close(_ property: String, isWellFormed: Bool = false) {
        entries.append(Entry(property: property, end: values.count, isWellFormed: isWellFormed))
    }

    /// Adds an entry.
    mutating func add(_ property: String, _ value: ExpandedValue) {
        values.append(value)
        close(property)
    }

    /// Room for so many entries.
    mutating func reserve(_ count: Int) {
        entries.reserveCapacity(count)
        values.reserveCapacity(count)
    }
}

/// What expansion made of an element, beside the values that it appended.
enum ExpandedShape {
    /// Nothing: `null`.
    case none
    /// One map.
    case single
    /// An array, of any number of maps.
    case array
}
