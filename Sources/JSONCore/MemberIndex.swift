/// Where each name of a large object stands: a hash table of positions, with linear probing.
///
/// It holds no names, only positions in the object's members, so it costs 4 to 8 bytes a member. Names are hashed
/// with Swift's seeded hasher: nobody can prepare names that collide.
struct MemberIndex: Sendable {
    // The count is a power of two, or zero without an index; 0 is a free slot, else the position plus one.
    private var slots: [UInt32] = []

    /// No index.
    init() {}

    /// An index of all members.
    init(of members: [JSONObject.Member]) {
        members.withUnsafeBufferPointer { rebuild(of: $0) }
    }

    /// The position of a name, or `nil`.
    func position(of key: String, in members: [JSONObject.Member]) -> Int? {
        members.withUnsafeBufferPointer { find(key, in: $0).position }
    }

    /// The position of a name, or `nil`.
    func position(of key: String, in members: UnsafeBufferPointer<JSONObject.Member>) -> Int? {
        find(key, in: members).position
    }

    /// Takes in the last of the members, whose name is known to be new.
    mutating func append(of members: [JSONObject.Member]) {
        members.withUnsafeBufferPointer { _ = insertLast(of: $0) }
    }

    /// Takes in the last of the members; `false` where one of them has its name already.
    mutating func insertLast(of members: UnsafeBufferPointer<JSONObject.Member>) -> Bool {
        guard let last = members.last else { return true }
        // Half full at most, so that probing stays short.
        if members.count * 2 > slots.count {
            let before = UnsafeBufferPointer(rebasing: members.dropLast())
            rebuild(of: before, capacity: members.count * 4)
        }
        let (position, slot) = find(last.key, in: members)
        guard position == nil else { return false }
        slots[slot] = UInt32(truncatingIfNeeded: members.count)
        return true
    }

    private mutating func rebuild(of members: UnsafeBufferPointer<JSONObject.Member>, capacity: Int = 0) {
        var count = 64
        while count < max(capacity, members.count * 2) { count *= 2 }
        slots = Array(repeating: 0, count: count)
        for position in members.indices {
            var slot = Self.hash(members[position].key) & (count - 1)
            while slots[slot] != 0 { slot = (slot + 1) & (count - 1) }
            slots[slot] = UInt32(truncatingIfNeeded: position + 1)
        }
    }

    private func find(
        _ key: String,
        in members: UnsafeBufferPointer<JSONObject.Member>
    ) -> (position: Int?, slot: Int) {
        let mask = slots.count - 1
        guard mask > 0 else { return (nil, 0) }
        var slot = Self.hash(key) & mask
        while slots[slot] != 0 {
            let position = Int(slots[slot]) - 1
            if members[position].key.hasSameBytes(as: key) { return (position, slot) }
            slot = (slot + 1) & mask
        }
        return (nil, slot)
    }

    private static func hash(_ key: String) -> Int {
        var hasher = Hasher()
        key.withUTF8Bytes { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
        return hasher.finalize()
    }
}
