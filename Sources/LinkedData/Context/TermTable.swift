/// The terms of a context by name: a hash table over bytes.
///
/// Names lie in one array of bytes, so that a look-up by a part of a text (the prefix of a compact IRI) costs no
/// string, and names that Swift takes for equal but that differ in code points stay apart.
struct TermTable: Sendable {
    private var bytes: [UInt8] = []
    private var starts: [Int32] = [0]
    private var hashes: [UInt32] = []
    private var definitions: [TermDefinition?] = []
    // Positions plus one; 0 is free. The count is a power of two and at least twice that of the names.
    private var slots: [Int32] = []
    private let keys = ByteHash.keys

    /// How many names there are or were: what it costs to copy the table.
    var count: Int { definitions.count }

    /// What a term means, or `nil` where it is not defined.
    @inline(__always)
    subscript(name: String) -> TermDefinition? {
        name.withBytes { self[$0] }
    }

    /// What a term means, or `nil` where it is not defined.
    @inline(__always)
    subscript(name: UnsafeRawBufferPointer) -> TermDefinition? {
        guard let position = position(of: name, hash: ByteHash.hash(name, keys)) else { return nil }
        return definitions[position]
    }

    /// Sets or, with `nil`, removes what a term means.
    mutating func set(_ name: String, _ definition: TermDefinition?) {
        var name = name
        name.withUTF8 { name in
            let name = UnsafeRawBufferPointer(name)
            let hash = ByteHash.hash(name, keys)
            if let position = position(of: name, hash: hash) {
                definitions[position] = definition
            } else if definition != nil {
                bytes.append(contentsOf: name)
                starts.append(Int32(bytes.count))
                hashes.append(hash)
                definitions.append(definition)
                if definitions.count * 2 > slots.count {
                    rebuild()
                } else {
                    place(definitions.count - 1)
                }
            }
        }
    }

    /// Whether any term satisfies a predicate.
    func contains(where predicate: (TermDefinition) -> Bool) -> Bool {
        definitions.contains { $0.map(predicate) ?? false }
    }

    /// The names of the terms that satisfy a predicate.
    func names(where predicate: (TermDefinition) -> Bool) -> [String] {
        definitions.indices.compactMap { position in
            guard let definition = definitions[position], predicate(definition) else { return nil }
            return String(decoding: bytes[Int(starts[position])..<Int(starts[position + 1])], as: UTF8.self)
        }
    }

    @inline(__always)
    private func position(of name: UnsafeRawBufferPointer, hash: UInt32) -> Int? {
        guard !slots.isEmpty else { return nil }
        let mask = slots.count &- 1
        var slot = Int(hash) & mask
        while true {
            let position = Int(slots[slot]) &- 1
            if position < 0 { return nil }
            if hashes[position] == hash {
                let start = Int(starts[position])
                let end = Int(starts[position &+ 1])
                if end &- start == name.count,
                    bytes.withUnsafeBytes({ $0.part(start, end).isSame(as: name) })
                {
                    return position
                }
            }
            slot = (slot &+ 1) & mask
        }
    }

    private mutating func rebuild() {
        slots = Array(repeating: 0, count: max(16, slots.count * 2))
        for position in definitions.indices { place(position) }
    }

    private mutating func place(_ position: Int) {
        let mask = slots.count - 1
        var slot = Int(hashes[position]) & mask
        while slots[slot] != 0 { slot = (slot + 1) & mask }
        slots[slot] = Int32(position + 1)
    }
}
