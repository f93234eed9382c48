/// An RDF dataset (RDF 1.1 Concepts §4): a set of quads.
///
/// Each distinct term is kept once, in its canonical N-Quads form, and a quad is four numbers: comparing terms is
/// comparing numbers, and writing quads is copying bytes. The dataset is made by ``Expansion/dataset(of:)`` or
/// ``NQuads/parse(_:limits:)``.
public struct RDFDataset: Sendable {
    /// The terms' texts one after another: `<iri>`, `_:label`, `"escaped"`, `"escaped"@tag`, `"escaped"^^<iri>`.
    private(set) var bytes: [UInt8] = []
    /// Where each term starts; one more at the end.
    private(set) var starts: [Int32] = [0]
    private(set) var quadIndices: [QuadIndices] = []
    private var hashes: [UInt32] = []
    private var slots: [Int32]
    private var quadSlots: [Int32]
    private let keys = ByteHash.keys

    /// Bytes of all terms together. 64 MiB: four times the largest document, as terms become longer in RDF; a context
    /// can make them grow without end.
    static let maximumBytes = 64 * 1024 * 1024

    /// An empty dataset.
    public init() {
        slots = Array(repeating: 0, count: 512)
        quadSlots = Array(repeating: 0, count: 256)
        bytes.reserveCapacity(8_192)
        starts.reserveCapacity(256)
        hashes.reserveCapacity(256)
        quadIndices.reserveCapacity(128)
    }

    /// How many quads there are.
    public var count: Int { quadIndices.count }

    /// How many terms there are.
    var termCount: Int { hashes.count }

    /// Whether the texts of the terms take more room than they may.
    var isTooLarge: Bool { bytes.count > Self.maximumBytes }

    /// The quads, in the order in which they were added.
    public var quads: [Quad] {
        quadIndices.map { quad in
            Quad(
                subject: term(quad.subject),
                predicate: term(quad.predicate),
                object: term(quad.object),
                graph: quad.graph == QuadIndices.defaultGraph ? nil : term(quad.graph)
            )
        }
    }

    private func term(_ index: Int32) -> RDFTerm {
        let range = Int(starts[Int(index)])..<Int(starts[Int(index) + 1])
        return RDFTerm(unchecked: String(decoding: bytes[range], as: UTF8.self))
    }

    /// Whether a term is a blank node.
    @inline(__always)
    func isBlankNode(_ term: Int32) -> Bool {
        bytes[Int(starts[Int(term)])] == UInt8(ascii: "_")
    }

    // MARK: Terms

    /// The number of an IRI; negative where the bytes are no IRI.
    @inline(__always)
    mutating func iri(_ text: String, _ check: IRICheck = .strict) -> Int32 {
        text.withBytes { iri($0, check) }
    }

    /// The number of an IRI; negative where the bytes are no IRI.
    mutating func iri(_ text: UnsafeRawBufferPointer, _ check: IRICheck = .strict) -> Int32 {
        let hash = ByteHash.hash(text, keys)
        let (found, slot) = find(text, hash: hash, margin: 1, opening: UInt8(ascii: "<"))
        if found >= 0 { return found }
        switch check {
        case .strict: guard WellFormedness.isIRI(text) else { return -1 }
        case .nquads: guard WellFormedness.isAbsolute(text) else { return -1 }
        case .known: break
        }
        bytes.append(UInt8(ascii: "<"))
        bytes.append(contentsOf: text)
        bytes.append(UInt8(ascii: ">"))
        return close(hash: hash, slot: slot)
    }

    /// The number of a term by its canonical text, `_:label` or a literal; the text is known to be valid.
    mutating func term(_ text: UnsafeRawBufferPointer) -> Int32 {
        let hash = ByteHash.hash(text, keys)
        let (found, slot) = find(text, hash: hash, margin: 0, opening: text.first ?? 0)
        if found >= 0 { return found }
        bytes.append(contentsOf: text)
        return close(hash: hash, slot: slot)
    }

    /// The number of the blank node `_:bNUMBER`.
    mutating func blankNode(_ number: Int) -> Int32 {
        var label = [UInt8(ascii: "_"), UInt8(ascii: ":"), UInt8(ascii: "b")]
        label.append(decimal: number)
        return label.withUnsafeBytes { term($0) }
    }

    /// The number of a literal: its value, and what follows the closing quotation mark.
    mutating func literal(_ value: String, _ annotation: LiteralAnnotation) -> Int32 {
        // Written at the end of the array first, and taken back if it is there already.
        let start = bytes.count
        bytes.append(UInt8(ascii: "\""))
        value.withBytes { bytes.append(escaping: $0) }
        bytes.append(UInt8(ascii: "\""))
        switch annotation {
        case .none: break
        case .language(let tag):
            bytes.append(UInt8(ascii: "@"))
            tag.withBytes { bytes.append(contentsOf: $0) }
        case .datatype(let iri):
            bytes.append(UInt8(ascii: "^"))
            bytes.append(UInt8(ascii: "^"))
            bytes.append(UInt8(ascii: "<"))
            iri.withBytes { bytes.append(contentsOf: $0) }
            bytes.append(UInt8(ascii: ">"))
        }
        let (hash, found, slot) = findEnd(from: start)
        if found >= 0 {
            bytes.removeLast(bytes.count - start)
            return found
        }
        return close(hash: hash, slot: slot)
    }

    /// The number of the term that the last bytes are the text of, or the free slot where it belongs.
    private func findEnd(from start: Int) -> (hash: UInt32, found: Int32, slot: Int) {
        bytes.withUnsafeBytes { all in
            let text = all.part(start, all.count)
            let hash = ByteHash.hash(text, keys)
            let (found, slot) = find(text, hash: hash, margin: 0, opening: UInt8(ascii: "\""))
            return (hash, found, slot)
        }
    }

    /// The number of the term whose bytes were just appended.
    @inline(__always)
    private mutating func close(hash: UInt32, slot: Int) -> Int32 {
        let number = Int32(truncatingIfNeeded: hashes.count)
        hashes.append(hash)
        starts.append(Int32(truncatingIfNeeded: bytes.count))
        slots[slot] = number &+ 1
        if hashes.count * 2 > slots.count { rebuildSlots() }
        return number
    }

    /// The number of a term, or the free slot where it belongs. The stored text may have a byte more at both ends.
    @inline(__always)
    private func find(
        _ text: UnsafeRawBufferPointer,
        hash: UInt32,
        margin: Int,
        opening: UInt8
    ) -> (found: Int32, slot: Int) {
        let mask = slots.count &- 1
        var slot = Int(hash) & mask
        while true {
            let number = slots[slot] &- 1
            if number < 0 { return (-1, slot) }
            if hashes[Int(number)] == hash {
                let start = Int(starts[Int(number)])
                let end = Int(starts[Int(number) &+ 1])
                let isSame = bytes.withUnsafeBytes { all in
                    end &- start == text.count &+ 2 &* margin && all[start] == opening
                        && all.part(start &+ margin, end &- margin).isSame(as: text)
                }
                if isSame { return (number, slot) }
            }
            slot = (slot &+ 1) & mask
        }
    }

    private mutating func rebuildSlots() {
        slots = Array(repeating: 0, count: slots.count * 4)
        let mask = slots.count - 1
        for (number, hash) in hashes.enumerated() {
            var slot = Int(hash) & mask
            while slots[slot] != 0 { slot = (slot + 1) & mask }
            slots[slot] = Int32(number + 1)
        }
    }

    // MARK: Quads

    /// Adds a quad, unless it is there.
    mutating func insert(_ quad: QuadIndices) {
        let mask = quadSlots.count &- 1
        var slot = Self.hash(quad) & mask
        while true {
            let number = Int(quadSlots[slot]) &- 1
            if number < 0 { break }
            if quadIndices[number] == quad { return }
            slot = (slot &+ 1) & mask
        }
        quadIndices.append(quad)
        quadSlots[slot] = Int32(truncatingIfNeeded: quadIndices.count)
        if quadIndices.count * 2 > quadSlots.count { rebuildQuadSlots() }
    }

    private mutating func rebuildQuadSlots() {
        quadSlots = Array(repeating: 0, count: quadSlots.count * 4)
        let mask = quadSlots.count - 1
        for (number, quad) in quadIndices.enumerated() {
            var slot = Self.hash(quad) & mask
            while quadSlots[slot] != 0 { slot = (slot + 1) & mask }
            quadSlots[slot] = Int32(number + 1)
        }
    }

    @inline(__always)
    private static func hash(_ quad: QuadIndices) -> Int {
        let first = UInt64(UInt32(bitPattern: quad.subject)) | UInt64(UInt32(bitPattern: quad.object)) << 32
        let second = UInt64(UInt32(bitPattern: quad.predicate)) | UInt64(UInt32(bitPattern: quad.graph)) << 32
        let product = (first ^ 0xA076_1D64_78BD_642F).multipliedFullWidth(by: second ^ 0xE703_7ED1_A0B4_28DB)
        return Int(truncatingIfNeeded: (product.low ^ product.high) >> 1)
    }
}

/// How an IRI is looked at before it becomes a term.
enum IRICheck {
    /// By ``WellFormedness/isIRI(_:)``.
    case strict
    /// By the grammar of N-Quads.
    case nquads
    /// Not at all: it was before.
    case known
}

/// What follows the closing quotation mark of a literal.
enum LiteralAnnotation {
    case none
    case language(String)
    case datatype(String)
}
