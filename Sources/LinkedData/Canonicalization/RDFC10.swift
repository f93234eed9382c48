public import Cryptography
public import JSONCore

/// RDF Dataset Canonicalization, RDFC-1.0 (W3C Recommendation).
///
/// It gives blank nodes names that depend on nothing but the dataset, and sorts the quads: the same data has the same
/// bytes, which can be signed.
///
/// *For example:*
/// ```swift
/// let nquads = try RDFC10.canonicalNQuads(of: credential, store: store)
/// let canonical = try RDFC10.canonicalize(try NQuads.parse(bytes))
/// ```
public enum RDFC10 {
    /// The canonical form of a dataset (§4.4).
    ///
    /// - Parameter digest: the hash function, SHA-256 by the recommendation; ECDSA proofs with P-384 use SHA-384.
    /// - Parameter budget: how much work it may take.
    /// - Throws: ``LinkedDataError`` with `WORK_LIMIT` where a dataset would take more, and `BLANK_NODE_PREDICATE`.
    public static func canonicalize(
        _ dataset: RDFDataset,
        digest: DigestAlgorithm = .sha256,
        budget: WorkBudget = .standard
    ) throws(LinkedDataError) -> CanonicalDataset {
        // 1, 2
        var state = try CanonicalizationState(dataset, digest: digest)
        if state.nodeCount > 0 {
            try issueCanonicalIdentifiers(&state, budget)
        }
        return CanonicalDataset(state)
    }

    /// The canonical N-Quads of a JSON-LD document: expanded, converted to RDF and canonicalized.
    ///
    /// - Parameter safe: whether data that would be lost is an error, as for everything that is signed.
    /// - Throws: ``LinkedDataError`` as ``Expansion/dataset(of:)`` and ``canonicalize(_:digest:budget:)`` do.
    public static func canonicalNQuads(
        of json: JSON,
        store: ContextStore,
        safe: Bool = true,
        digest: DigestAlgorithm = .sha256,
        budget: WorkBudget = .standard
    ) throws(LinkedDataError) -> [UInt8] {
        let expansion = Expansion(store: store, options: JSONLDOptions(safe: safe))
        return try canonicalize(try expansion.dataset(of: json), digest: digest, budget: budget).nquads
    }

    /// Steps 3 to 5.
    private static func issueCanonicalIdentifiers(
        _ state: inout CanonicalizationState,
        _ budget: WorkBudget
    ) throws(LinkedDataError) {
        // 3
        let hashes = HashFirstDegreeQuads.hashes(of: state)
        let order = sorted(hashes, state)
        let length = state.digest.algorithm.length
        let isSame = { (left: Int32, right: Int32) in
            hashes.withUnsafeBytes { hashes in
                hashes.part(Int(left) * length, (Int(left) + 1) * length)
                    .isSame(as: hashes.part(Int(right) * length, (Int(right) + 1) * length))
            }
        }
        // 4: nodes with a hash of their own; the others wait, in groups.
        var groups: [Range<Int>] = []
        var classes = [Int32](repeating: 0, count: state.nodeCount)
        var start = 0
        while start < order.count {
            var end = start + 1
            classes[Int(order[start])] = order[start]
            while end < order.count, isSame(order[start], order[end]) {
                classes[Int(order[end])] = order[start]
                end += 1
            }
            if end - start == 1 {
                state.canonicalIssuer.issue(order[start])
            } else {
                groups.append(start..<end)
            }
            start = end
        }
        guard !groups.isEmpty else { return }
        // 5
        var algorithm = HashNDegreeQuads(
            state,
            firstDegreeHashes: hashes,
            hashClasses: classes,
            canonicalIssuer: state.canonicalIssuer,
            budget: budget
        )
        for group in groups {
            try issue(to: order[group], &algorithm)
        }
        state.canonicalIssuer = algorithm.canonicalIssuer
    }

    /// Step 5 for the nodes of one hash.
    private static func issue(
        to nodes: ArraySlice<Int32>,
        _ algorithm: inout HashNDegreeQuads
    ) throws(LinkedDataError) {
        // 5.1, 5.2
        var paths: [(hash: [UInt8], nodes: [Int32])] = []
        for node in nodes where algorithm.canonicalIssuer.number(node) < 0 {
            paths.append(try algorithm.hash(node))
        }
        // 5.3
        paths.sort { left, right in
            left.hash.withUnsafeBytes { left in right.hash.withUnsafeBytes { right in left.compare(right) < 0 } }
        }
        for path in paths {
            for node in path.nodes { algorithm.canonicalIssuer.issue(node) }
        }
    }

    /// The nodes in the order of their hashes.
    private static func sorted(_ hashes: [UInt8], _ state: CanonicalizationState) -> [Int32] {
        let length = state.digest.algorithm.length
        return hashes.withUnsafeBytes { hashes in
            var order: [(prefix: UInt64, node: Int32)] = []
            order.reserveCapacity(state.nodeCount)
            for node in 0..<state.nodeCount {
                let prefix = hashes.loadUnaligned(fromByteOffset: node * length, as: UInt64.self).bigEndian
                order.append((prefix, Int32(truncatingIfNeeded: node)))
            }
            order.sort { left, right in
                if left.prefix != right.prefix { return left.prefix < right.prefix }
                let first = Int(left.node) * length
                let second = Int(right.node) * length
                return hashes.part(first, first + length).compare(hashes.part(second, second + length)) < 0
            }
            return order.map(\.node)
        }
    }
}
