import Cryptography

/// Hash First Degree Quads (RDFC-1.0 §4.6), for all blank nodes of a dataset.
struct HashFirstDegreeQuads {
    private var lines: [UInt8] = []
    private var bounds: [Line] = []
    private var sorted: [UInt8] = []

    /// A quad, and where its line stands.
    private struct Line {
        let quad: QuadIndices
        let start: Int
        let end: Int
    }

    /// The hashes of all blank nodes, one after another.
    static func hashes(of state: CanonicalizationState) -> [UInt8] {
        let length = state.digest.algorithm.length
        var hashes = [UInt8](repeating: 0, count: length * state.nodeCount)
        var algorithm = HashFirstDegreeQuads()
        hashes.withUnsafeMutableBytes { hashes in
            for node in 0..<state.nodeCount {
                let place = UnsafeMutableRawBufferPointer(rebasing: hashes[node * length..<(node + 1) * length])
                algorithm.hash(Int32(node), state, into: place)
            }
        }
        return hashes
    }

    private mutating func hash(
        _ node: Int32,
        _ state: CanonicalizationState,
        into place: UnsafeMutableRawBufferPointer
    ) {
        // 1 to 3: the quads that name the node, it as _:a and others as _:z.
        bounds.removeAll(keepingCapacity: true)
        var length = 0
        for position in state.quads(of: node) {
            let quad = state.dataset.quadIndices[Int(state.nodeQuads[position])]
            let start = length
            length += state.length(quad.subject) + state.length(quad.predicate) + state.length(quad.object) + 5
            if quad.graph >= 0 { length += state.length(quad.graph) + 1 }
            bounds.append(Line(quad: quad, start: start, end: length))
        }
        if lines.count < length { lines = Array(repeating: 0, count: length * 2) }
        let written = bounds.count
        state.dataset.bytes.withUnsafeBytes { terms in
            lines.withUnsafeMutableBytes { lines in
                for position in 0..<written {
                    let writer = QuadWriter(terms: terms, target: lines, node: node)
                    writer.write(bounds[position].quad, state, at: bounds[position].start)
                }
            }
        }
        // 4, 5
        if written > 1 {
            sort()
            if sorted.count < length { sorted = Array(repeating: 0, count: length * 2) }
            lines.withUnsafeBytes { lines in
                sorted.withUnsafeMutableBytes { sorted in
                    var offset = 0
                    for line in bounds {
                        let bytes = lines.part(line.start, line.end)
                        UnsafeMutableRawBufferPointer(rebasing: sorted[offset..<offset + bytes.count])
                            .copyMemory(from: bytes)
                        offset &+= bytes.count
                    }
                }
            }
            sorted.withUnsafeBytes { state.digest.update($0.part(0, length)) }
        } else {
            lines.withUnsafeBytes { state.digest.update($0.part(0, length)) }
        }
        state.digest.finish(into: place)
    }

    private mutating func sort() {
        lines.withUnsafeBytes { lines in
            guard bounds.count <= 16 else {
                bounds.sort { lines.part($0.start, $0.end).compare(lines.part($1.start, $1.end)) < 0 }
                return
            }
            // Insertion sort: most nodes have but a few quads.
            var end = 1
            while end < bounds.count {
                let line = bounds[end]
                let bytes = lines.part(line.start, line.end)
                var place = end
                while place > 0, bytes.compare(lines.part(bounds[place &- 1].start, bounds[place &- 1].end)) < 0 {
                    bounds[place] = bounds[place &- 1]
                    place &-= 1
                }
                bounds[place] = line
                end &+= 1
            }
        }
    }
}

/// Writes quads as Hash First Degree Quads sees them.
private struct QuadWriter {
    let terms: UnsafeRawBufferPointer
    let target: UnsafeMutableRawBufferPointer
    let node: Int32

    @inline(__always)
    func write(_ quad: QuadIndices, _ state: CanonicalizationState, at start: Int) {
        var offset = start
        write(quad.subject, state, &offset)
        write(quad.predicate, state, &offset)
        write(quad.object, state, &offset)
        if quad.graph >= 0 { write(quad.graph, state, &offset) }
        target[offset] = UInt8(ascii: ".")
        target[offset &+ 1] = UInt8(ascii: "\n")
    }

    @inline(__always)
    private func write(_ term: Int32, _ state: CanonicalizationState, _ offset: inout Int) {
        let other = state.nodes[Int(term)]
        if other < 0 {
            let start = Int(state.dataset.starts[Int(term)])
            let bytes = terms.part(start, Int(state.dataset.starts[Int(term) + 1]))
            UnsafeMutableRawBufferPointer(rebasing: target[offset..<offset + bytes.count]).copyMemory(from: bytes)
            offset &+= bytes.count
        } else {
            target[offset] = UInt8(ascii: "_")
            target[offset &+ 1] = UInt8(ascii: ":")
            target[offset &+ 2] = other == node ? UInt8(ascii: "a") : UInt8(ascii: "z")
            offset &+= 3
        }
        target[offset] = UInt8(ascii: " ")
        offset &+= 1
    }
}
