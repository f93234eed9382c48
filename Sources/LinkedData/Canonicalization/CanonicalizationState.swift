import Cryptography

/// The canonicalization state (RDFC-1.0 §4.3): the blank nodes of a dataset, their quads, hashes and identifiers.
///
/// Blank nodes are numbered from 0. One run uses one state, and frees it at its end.
struct CanonicalizationState {
    let dataset: RDFDataset
    /// The number of each term that is a blank node; negative for other terms.
    let nodes: [Int32]
    /// The term of each blank node.
    let terms: [Int32]
    /// The quads of each blank node one after another, and where those of each start.
    let nodeQuads: [Int32]
    let nodeStarts: [Int32]
    var canonicalIssuer: IdentifierIssuer
    let digest: DigestContext

    /// Step 2 of the algorithm (§4.4): which quads name a blank node.
    init(_ dataset: RDFDataset, digest: DigestAlgorithm) throws(LinkedDataError) {
        self.dataset = dataset
        self.digest = DigestContext(digest)
        var nodes = [Int32](repeating: -1, count: dataset.termCount)
        var terms: [Int32] = []
        for quad in dataset.quadIndices {
            for term in (0..<3).lazy.map({ $0 == 0 ? quad.subject : $0 == 1 ? quad.object : quad.graph }) {
                guard term >= 0, nodes[Int(term)] < 0, dataset.isBlankNode(term) else { continue }
                nodes[Int(term)] = Int32(truncatingIfNeeded: terms.count)
                terms.append(term)
            }
            if dataset.isBlankNode(quad.predicate) {
                throw LinkedDataError(.blankNodePredicate, "a predicate is a blank node: RDFC-1.0 has no such datasets")
            }
        }
        // Counted first, so that two arrays hold all lists.
        var starts = [Int32](repeating: 0, count: terms.count + 1)
        for quad in dataset.quadIndices {
            Self.forEachNode(of: quad, nodes) { starts[Int($0) + 1] += 1 }
        }
        for node in terms.indices { starts[node + 1] += starts[node] }
        var next = starts
        var quads = [Int32](repeating: 0, count: Int(starts[terms.count]))
        for (position, quad) in dataset.quadIndices.enumerated() {
            Self.forEachNode(of: quad, nodes) { node in
                quads[Int(next[Int(node)])] = Int32(truncatingIfNeeded: position)
                next[Int(node)] += 1
            }
        }
        self.nodes = nodes
        self.terms = terms
        nodeQuads = quads
        nodeStarts = starts
        canonicalIssuer = IdentifierIssuer(count: terms.count)
    }

    /// Each blank node of a quad, once.
    @inline(__always)
    private static func forEachNode(of quad: QuadIndices, _ nodes: [Int32], _ body: (Int32) -> Void) {
        let subject = nodes[Int(quad.subject)]
        let object = nodes[Int(quad.object)]
        let graph = quad.graph >= 0 ? nodes[Int(quad.graph)] : -1
        if subject >= 0 { body(subject) }
        if object >= 0, object != subject { body(object) }
        if graph >= 0, graph != subject, graph != object { body(graph) }
    }

    /// How many blank nodes there are.
    var nodeCount: Int { terms.count }

    /// The number of a term's blank node; negative where the term is none.
    @inline(__always)
    func node(_ term: Int32) -> Int32 {
        term >= 0 ? nodes[Int(term)] : -1
    }

    /// Bytes of a term as Hash First Degree Quads writes it.
    @inline(__always)
    func length(_ term: Int32) -> Int {
        nodes[Int(term)] >= 0 ? 3 : Int(dataset.starts[Int(term) + 1] &- dataset.starts[Int(term)])
    }

    /// The quads that name a node.
    @inline(__always)
    func quads(of node: Int32) -> Range<Int> {
        Int(nodeStarts[Int(node)])..<Int(nodeStarts[Int(node) + 1])
    }
}
