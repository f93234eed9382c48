/// A quad of a dataset, as numbers of its terms.
struct QuadIndices: Sendable, Hashable {
    let subject: Int32
    let predicate: Int32
    let object: Int32
    /// ``defaultGraph`` where the quad is in no named graph.
    let graph: Int32

    static let defaultGraph: Int32 = -1
}

/// A quad with its terms (RDF 1.1 Concepts §4): a triple, and the graph that it is in.
public struct Quad: Sendable, Hashable {
    /// What the quad is about: an IRI or a blank node.
    public var subject: RDFTerm
    /// The property: an IRI.
    public var predicate: RDFTerm
    /// The property's value: any term.
    public var object: RDFTerm
    /// The graph's name; `nil` for the default graph.
    public var graph: RDFTerm?

    /// A quad, by default in the default graph.
    public init(subject: RDFTerm, predicate: RDFTerm, object: RDFTerm, graph: RDFTerm? = nil) {
        self.subject = subject
        self.predicate = predicate
        self.object = object
        self.graph = graph
    }
}

/// An IRI, a blank node or a literal, as its text in canonical N-Quads: `<https://example.org/>`, `_:b0`, `"a"@en`.
///
/// *For example:* `dataset.quads.map(\.object).filter(\.isLiteral)`
public struct RDFTerm: Sendable, Hashable {
    /// The term's text in canonical N-Quads.
    public let nquads: String

    init(unchecked nquads: String) {
        self.nquads = nquads
    }

    /// Whether this is a blank node.
    public var isBlankNode: Bool { nquads.utf8.first == UInt8(ascii: "_") }
    /// Whether this is an IRI.
    public var isIRI: Bool { nquads.utf8.first == UInt8(ascii: "<") }
    /// Whether this is a literal.
    public var isLiteral: Bool { nquads.utf8.first == UInt8(ascii: "\"") }

    /// Whether both are the same code points.
    public static func == (left: RDFTerm, right: RDFTerm) -> Bool {
        left.nquads.isExactly(right.nquads)
    }

    /// Hashes the text.
    public func hash(into hasher: inout Hasher) {
        ExactText(nquads).hash(into: &hasher)
    }
}
