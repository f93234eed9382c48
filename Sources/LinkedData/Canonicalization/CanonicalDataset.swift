public import Cryptography

/// A canonicalized dataset (RDFC-1.0 §3): its canonical N-Quads, and what its blank nodes are called in them.
public struct CanonicalDataset: Sendable {
    /// The quads in canonical N-Quads, sorted, one a line.
    public let nquads: [UInt8]
    private let dataset: RDFDataset
    private let terms: [Int32]
    private let numbers: [Int32]

    /// The canonical identifier (`c14n0`) of each blank node by its label in the input, without `_:`.
    public var issuedIdentifiers: [String: String] {
        var identifiers: [String: String] = [:]
        for (node, term) in terms.enumerated() {
            let range = Int(dataset.starts[Int(term)]) + 2..<Int(dataset.starts[Int(term) + 1])
            identifiers[String(decoding: dataset.bytes[range], as: UTF8.self)] = "c14n\(numbers[node])"
        }
        return identifiers
    }

    /// The hash of the canonical N-Quads: what Data Integrity calls the transformed document's hash.
    public func hash(_ digest: DigestAlgorithm = .sha256) -> [UInt8] {
        digest.digest(nquads)
    }

    /// Steps 6 and 7 of the algorithm, by the identifiers that were issued.
    init(_ state: CanonicalizationState) {
        dataset = state.dataset
        terms = state.terms
        numbers = state.canonicalIssuer.numbers
        nquads = Self.serialize(state)
    }

    private static func serialize(_ state: CanonicalizationState) -> [UInt8] {
        let quads = state.dataset.quadIndices
        // All terms as they are written, blank nodes by their canonical labels behind the others.
        var text = state.dataset.bytes
        var bounds: [(start: Int32, end: Int32)] = []
        bounds.reserveCapacity(state.nodes.count)
        for term in state.nodes.indices {
            let node = state.nodes[term]
            if node < 0 {
                bounds.append((state.dataset.starts[term], state.dataset.starts[term + 1]))
            } else {
                let start = Int32(truncatingIfNeeded: text.count)
                text.append(canonicalLabel: state.canonicalIssuer.number(node))
                bounds.append((start, Int32(truncatingIfNeeded: text.count)))
            }
        }
        return text.withUnsafeBytes { text in
            bounds.withUnsafeBufferPointer { bounds in
                let terms = WrittenTerms(text: text, bounds: bounds)
                return terms.lines(terms.sorted(quads))
            }
        }
    }
}

/// The terms of a dataset as they are written in canonical form.
private struct WrittenTerms {
    let text: UnsafeRawBufferPointer
    let bounds: UnsafeBufferPointer<(start: Int32, end: Int32)>

    /// A term as it is written.
    @inline(__always)
    subscript(term: Int32) -> UnsafeRawBufferPointer {
        let (start, end) = bounds[Int(term)]
        return text.part(Int(start), Int(end))
    }

    /// The quads in the order of their lines: subject by subject, as few quads share few subjects.
    func sorted(_ quads: [QuadIndices]) -> [QuadIndices] {
        // How many quads each subject has, then where its quads go.
        var places = [Int32](repeating: 0, count: bounds.count)
        var subjects: [Int32] = []
        for quad in quads {
            if places[Int(quad.subject)] == 0 { subjects.append(quad.subject) }
            places[Int(quad.subject)] += 1
        }
        subjects.sort { self[$0].compare(self[$1]) < 0 }
        var next: Int32 = 0
        for subject in subjects {
            let count = places[Int(subject)]
            places[Int(subject)] = next
            next += count
        }
        var sorted = quads
        for quad in quads {
            sorted[Int(places[Int(quad.subject)])] = quad
            places[Int(quad.subject)] += 1
        }
        // Now each place is where the next subject starts.
        var start = 0
        for subject in subjects {
            let end = Int(places[Int(subject)])
            if end - start > 16 {
                sorted[start..<end].sort { precedes($0, $1) }
            } else {
                sortFew(&sorted, start, end)
            }
            start = end
        }
        return sorted
    }

    /// Insertion sort of a part.
    @inline(__always)
    private func sortFew(_ quads: inout [QuadIndices], _ start: Int, _ end: Int) {
        var position = start &+ 1
        while position < end {
            let quad = quads[position]
            var place = position
            while place > start, precedes(quad, quads[place &- 1]) {
                quads[place] = quads[place &- 1]
                place &-= 1
            }
            quads[place] = quad
            position &+= 1
        }
    }

    /// Whether the line of a quad sorts before that of another.
    ///
    /// Terms are compared one after another: what follows a term on the line, a space, is less than whatever a longer
    /// term could go on with, and the point after a quad without a graph is less than any graph's name.
    @inline(__always)
    func precedes(_ left: QuadIndices, _ right: QuadIndices) -> Bool {
        if left.subject != right.subject { return self[left.subject].compare(self[right.subject]) < 0 }
        if left.predicate != right.predicate { return self[left.predicate].compare(self[right.predicate]) < 0 }
        if left.object != right.object { return self[left.object].compare(self[right.object]) < 0 }
        if left.graph == right.graph || right.graph < 0 { return false }
        if left.graph < 0 { return true }
        return self[left.graph].compare(self[right.graph]) < 0
    }

    /// The lines of quads.
    func lines(_ quads: [QuadIndices]) -> [UInt8] {
        var length = 0
        for quad in quads {
            length += self[quad.subject].count + self[quad.predicate].count + self[quad.object].count + 5
            if quad.graph >= 0 { length += self[quad.graph].count + 1 }
        }
        return [UInt8](unsafeUninitializedCapacity: length) { buffer, count in
            let target = UnsafeMutableRawBufferPointer(buffer)
            var offset = 0
            func write(_ term: Int32) {
                let bytes = self[term]
                UnsafeMutableRawBufferPointer(rebasing: target[offset..<offset + bytes.count]).copyMemory(from: bytes)
                offset += bytes.count
                target[offset] = UInt8(ascii: " ")
                offset += 1
            }
            for quad in quads {
                write(quad.subject)
                write(quad.predicate)
                write(quad.object)
                if quad.graph >= 0 { write(quad.graph) }
                target[offset] = UInt8(ascii: ".")
                target[offset + 1] = UInt8(ascii: "\n")
                offset += 2
            }
            count = offset
        }
    }
}
