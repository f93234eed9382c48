import Cryptography

/// Hash N-Degree Quads (RDFC-1.0 §4.8), with Hash Related Blank Node (§4.7).
///
/// For blank nodes that their own quads do not tell apart: it explores what they are joined to, in every order of
/// nodes that look alike, and takes the least description. Three things make it faster than it is written, with the
/// same result: a permutation is left as soon as its path can no longer be the least, and with it all others that
/// begin in the same way; nodes that all have identifiers are sorted instead of permuted; the hash of a related node
/// is computed once for each distinct input.
struct HashNDegreeQuads {
    private let state: CanonicalizationState
    /// First-degree hashes, and the first node that has the same one as each node.
    private let firstDegreeHashes: [UInt8]
    private let hashClasses: [Int32]
    /// The canonical issuer, which the algorithm around this one goes on with.
    var canonicalIssuer: IdentifierIssuer
    /// The temporary issuer, prefix `b`.
    private(set) var issuer: IdentifierIssuer
    private var related: RelatedHashes
    private var frames: [Frame] = []
    private var stepsLeft: Int
    private let maximumDepth: Int

    /// What one call works with; kept for the next call of the same depth.
    private struct Frame {
        var related: [Related] = []
        var data: [UInt8] = []
        var path = CandidatePath()
        var chosenNodes: [Int32] = []
        var recursion: [Int32] = []
        var nodes: [Int32] = []
        var permutation: [Int32] = []
        var hash: [UInt8] = []
    }

    /// A related blank node under its hash.
    private struct Related {
        let hash: Int32
        let node: Int32
        /// The first eight bytes of the hash.
        let prefix: UInt64
    }

    init(
        _ state: CanonicalizationState,
        firstDegreeHashes: [UInt8],
        hashClasses: [Int32],
        canonicalIssuer: IdentifierIssuer,
        budget: WorkBudget
    ) {
        self.state = state
        self.firstDegreeHashes = firstDegreeHashes
        self.hashClasses = hashClasses
        self.canonicalIssuer = canonicalIssuer
        stepsLeft = budget.steps(forBlankNodes: state.nodeCount)
        maximumDepth = budget.depth
        issuer = IdentifierIssuer(count: state.nodeCount)
        related = RelatedHashes(length: state.digest.algorithm.length)
    }

    /// The hash of a node with a temporary issuer of its own; the nodes are those that were issued to, in order.
    mutating func hash(_ node: Int32) throws(LinkedDataError) -> (hash: [UInt8], nodes: [Int32]) {
        issuer.rollBack(to: 0)
        issuer.issue(node)
        try hash(node, depth: 0)
        return (frames[0].hash, issuer.order)
    }

    /// The algorithm; leaves the hash in the frame of its depth, and the issuer as the result's issuer.
    private mutating func hash(_ node: Int32, depth: Int) throws(LinkedDataError) {
        try spend(lookingAt: state.quads(of: node).count)
        guard depth < maximumDepth else {
            throw LinkedDataError(.workLimit, "blank nodes that look alike form too long a chain")
        }
        if depth == frames.count { frames.append(Frame()) }
        // Taken out, so that it is changed in place; put back at the end.
        var frame = Frame()
        swap(&frame, &frames[depth])
        // 1 to 3
        collect(node, into: &frame.related)
        // 4
        frame.data.removeAll(keepingCapacity: true)
        // 5
        var start = 0
        while start < frame.related.count {
            let hash = frame.related[start].hash
            var end = start + 1
            while end < frame.related.count, frame.related[end].hash == hash { end += 1 }
            // 5.1
            related.appendHex(hash, to: &frame.data)
            // 5.2 to 5.6
            if end - start == 1 {
                try appendOnlyPath(frame.related[start].node, to: &frame.data, depth: depth)
            } else {
                frame.nodes.removeAll(keepingCapacity: true)
                for position in start..<end { frame.nodes.append(frame.related[position].node) }
                try choosePath(&frame, depth: depth)
                // 5.5
                frame.data.append(contentsOf: frame.path.chosen)
            }
            start = end
        }
        // 6
        if frame.hash.isEmpty { frame.hash = Array(repeating: 0, count: state.digest.algorithm.length) }
        frame.data.withUnsafeBytes { state.digest.update($0) }
        frame.hash.withUnsafeMutableBytes { state.digest.finish(into: $0) }
        swap(&frame, &frames[depth])
    }

    /// Takes a step for a call or a permutation, and one more for each eight quads or nodes that it looks at.
    @inline(__always)
    private mutating func spend(lookingAt count: Int = 0) throws(LinkedDataError) {
        stepsLeft -= 1 + count >> 3
        if stepsLeft < 0 {
            throw LinkedDataError(.workLimit, "telling blank nodes apart takes more steps than the work budget allows")
        }
    }

    // MARK: Related nodes

    /// Steps 1 to 3: the other blank nodes in the quads of a node, sorted by the hashes that relate them.
    private mutating func collect(_ node: Int32, into list: inout [Related]) {
        list.removeAll(keepingCapacity: true)
        for index in state.quads(of: node) {
            let quad = state.dataset.quadIndices[Int(state.nodeQuads[index])]
            add(state.node(quad.subject), of: node, UInt8(ascii: "s"), quad, to: &list)
            add(state.node(quad.object), of: node, UInt8(ascii: "o"), quad, to: &list)
            add(state.node(quad.graph), of: node, UInt8(ascii: "g"), quad, to: &list)
        }
        if list.count <= 16 {
            sortFew(&list)
        } else {
            list.sort { precedes($0, $1) }
        }
    }

    @inline(__always)
    private func precedes(_ left: Related, _ right: Related) -> Bool {
        if left.prefix != right.prefix { return left.prefix < right.prefix }
        return left.hash != right.hash && related.precedes(left.hash, right.hash)
    }

    /// Insertion sort: most nodes have but a few related ones.
    private mutating func sortFew(_ list: inout [Related]) {
        var end = 1
        while end < list.count {
            let item = list[end]
            var place = end
            while place > 0, precedes(item, list[place &- 1]) {
                list[place] = list[place &- 1]
                place &-= 1
            }
            list[place] = item
            end &+= 1
        }
    }

    @inline(__always)
    private mutating func add(
        _ other: Int32,
        of node: Int32,
        _ position: UInt8,
        _ quad: QuadIndices,
        to list: inout [Related]
    ) {
        guard other >= 0, other != node else { return }
        // Hash Related Blank Node
        let identity: RelatedHashes.Identity
        if canonicalIssuer.number(other) >= 0 {
            identity = .canonical(canonicalIssuer.number(other))
        } else if issuer.number(other) >= 0 {
            identity = .temporary(issuer.number(other))
        } else {
            identity = .hashed(hashClasses[Int(other)])
        }
        // In a graph's name the predicate does not count.
        let predicate = position == UInt8(ascii: "g") ? 0 : quad.predicate
        let (number, slot, key) = related.find(identity, position: position, predicate: predicate)
        if number >= 0 {
            list.append(Related(hash: number, node: other, prefix: related.prefixes[Int(number)]))
            return
        }
        let start = Int(state.dataset.starts[Int(predicate)])
        let end = Int(state.dataset.starts[Int(predicate) + 1])
        let hash = state.dataset.bytes.withUnsafeBytes { bytes in
            related.insert(
                identity,
                key: key,
                slot: slot,
                position: position,
                predicate: bytes.part(start, end),
                firstDegreeHashes: firstDegreeHashes,
                state.digest
            )
        }
        list.append(Related(hash: hash, node: other, prefix: related.prefixes[Int(hash)]))
    }

    // MARK: Paths

    /// Whether a node has a canonical or temporary identifier.
    @inline(__always)
    private func isIssued(_ node: Int32) -> Bool {
        canonicalIssuer.number(node) >= 0 || issuer.number(node) >= 0
    }

    private func areIssued(_ nodes: [Int32]) -> Bool {
        for node in nodes where !isIssued(node) { return false }
        return true
    }

    @inline(__always)
    private func appendIdentifier(of node: Int32, to bytes: inout [UInt8]) {
        let number = canonicalIssuer.number(node)
        if number >= 0 {
            bytes.append(canonicalLabel: number)
        } else {
            bytes.append(temporaryLabel: issuer.number(node))
        }
    }

    /// Steps 5.2 to 5.6 for a group of one node, which has one path only.
    @inline(__always)
    private mutating func appendOnlyPath(
        _ node: Int32,
        to data: inout [UInt8],
        depth: Int
    ) throws(LinkedDataError) {
        try spend()
        let isKnown = isIssued(node)
        if !isKnown { issuer.issue(node) }
        appendIdentifier(of: node, to: &data)
        if !isKnown { try appendRecursion(node, to: &data, depth: depth) }
    }

    /// Step 5.4.5 for one node.
    @inline(__always)
    private mutating func appendRecursion(
        _ node: Int32,
        to path: inout [UInt8],
        depth: Int
    ) throws(LinkedDataError) {
        try hash(node, depth: depth + 1)
        appendIdentifier(of: node, to: &path)
        path.append(UInt8(ascii: "<"))
        frames[depth + 1].hash.withUnsafeBytes { path.append(hex: $0) }
        path.append(UInt8(ascii: ">"))
    }

    /// Steps 5.2 to 5.4 and 5.6: the least path through the nodes of a group, which the issuer then has taken.
    private mutating func choosePath(_ frame: inout Frame, depth: Int) throws(LinkedDataError) {
        frame.path.reset()
        if areIssued(frame.nodes) {
            try spend(lookingAt: frame.nodes.count)
            sortIssued(&frame.nodes)
            frame.permutation.removeAll(keepingCapacity: true)
            for position in frame.nodes.indices { frame.permutation.append(Int32(position)) }
            _ = try follow(&frame, depth: depth)
            frame.path.choose()
            return
        }
        let mark = issuer.mark
        frame.chosenNodes.removeAll(keepingCapacity: true)
        frame.permutation.removeAll(keepingCapacity: true)
        for position in frame.nodes.indices { frame.permutation.append(Int32(position)) }
        while true {
            try spend(lookingAt: frame.nodes.count)
            issuer.rollBack(to: mark)
            let failed = try follow(&frame, depth: depth)
            if failed == nil, frame.path.isLess {
                frame.path.choose()
                frame.chosenNodes.removeAll(keepingCapacity: true)
                frame.chosenNodes.append(contentsOf: issuer.order[mark...])
            }
            guard frame.permutation.advance(keeping: failed) else { break }
        }
        issuer.rollBack(to: mark)
        for node in frame.chosenNodes { issuer.issue(node) }
    }

    /// Step 5.4 for one permutation. Where the path cannot be the least, it stops: then the result is how many nodes of
    /// the permutation it took to know, all of them where it was what lies behind them.
    private mutating func follow(_ frame: inout Frame, depth: Int) throws(LinkedDataError) -> Int? {
        frame.path.start()
        frame.recursion.removeAll(keepingCapacity: true)
        // 5.4.4
        for (count, position) in frame.permutation.enumerated() {
            let node = frame.nodes[Int(position)]
            if !isIssued(node) {
                frame.recursion.append(node)
                issuer.issue(node)
            }
            appendIdentifier(of: node, to: &frame.path.bytes)
            if frame.path.isBeaten { return count + 1 }
        }
        // 5.4.5
        for node in frame.recursion {
            try appendRecursion(node, to: &frame.path.bytes, depth: depth)
            if frame.path.isBeaten { return frame.permutation.count }
        }
        return nil
    }

    /// Sorts nodes with identifiers so that the identifiers one after another are the least text.
    private func sortIssued(_ nodes: inout [Int32]) {
        func label(_ node: Int32) -> [UInt8] {
            var label: [UInt8] = []
            appendIdentifier(of: node, to: &label)
            return label
        }
        let labelled = nodes.map { (node: $0, label: label($0)) }
        nodes = labelled.sorted { ($0.label + $1.label).lexicographicallyPrecedes($1.label + $0.label) }.map(\.node)
    }
}
