/// The names of the object that is being parsed: finds a second member of one name.
///
/// It must not take quadratic time on a hostile object, nor much time on a usual one. So: a 64-bit filter that
/// clears most names at once, then a search from the front, and beyond 16 members the object's index.
struct MemberNames {
    private var filter: UInt64 = 0
    /// Empty up to 16 members.
    private(set) var index = MemberIndex()

    /// Takes in a name; `false` where one of the members has it already.
    @inline(__always)
    mutating func insert(_ name: ParsedString, after members: UnsafeBufferPointer<JSONObject.Member>) -> Bool {
        let bit: UInt64 = 1 << UInt64(name.fingerprint & 63)
        let isNew = filter & bit == 0
        filter |= bit
        return isNew || isAbsent(name.text, in: members)
    }

    /// Keeps the index up to date, once the member stands at the end of `members`.
    @inline(__always)
    mutating func didAdd(_ members: UnsafeBufferPointer<JSONObject.Member>) {
        if members.count > JSONObject.linearCount { _ = index.insertLast(of: members) }
    }

    @inline(never)
    private func isAbsent(_ name: String, in members: UnsafeBufferPointer<JSONObject.Member>) -> Bool {
        guard members.count <= JSONObject.linearCount else { return index.position(of: name, in: members) == nil }
        return members.allSatisfy { !$0.key.hasSameBytes(as: name) }
    }
}

/// A string as the parser hands it on.
struct ParsedString {
    let text: String
    /// A number that is the same for the same text, and mostly another for another.
    let fingerprint: UInt8
}
