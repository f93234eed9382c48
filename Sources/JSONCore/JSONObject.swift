/// The members of a JSON object, in the order in which they were written.
///
/// Names are compared code point by code point, as JSON does, not by Swift's `==` on strings.
/// Small objects are searched from the front; those of more than 16 members have an index.
///
/// *For example:* `for (key, value) in object { … }`, `object["name"] = "Ada"`.
public struct JSONObject: Sendable, RandomAccessCollection {
    /// A member: its name and its value.
    public typealias Element = (key: String, value: JSON)

    /// How many members are searched from the front. Up to here that is faster than hashing the name.
    static let linearCount = 16

    /// A member as it is kept: a structure, because the runtime handles arrays of tuples more slowly.
    struct Member: Sendable {
        let key: String
        var value: JSON
    }

    private var members: [Member]
    // Two machine words in all, so that a JSON value stays within 24 bytes.
    private var index: MemberIndex

    /// An object without members.
    public init() {
        members = []
        index = MemberIndex()
    }

    /// An object without members, with room for so many.
    public init(capacity: Int) {
        self.init()
        members.reserveCapacity(capacity)
    }

    /// An object of these members; a name that comes twice keeps its first place and its last value.
    public init(members: some Sequence<(String, JSON)>) {
        self.init(capacity: members.underestimatedCount)
        for (key, value) in members { self[key] = value }
    }

    /// An object of members whose names are known to differ, with their index.
    init(unchecked members: [Member], index: MemberIndex) {
        self.members = members
        self.index = index
    }

    /// The first member's position: 0.
    public var startIndex: Int { 0 }

    /// How many members there are.
    public var endIndex: Int { members.count }

    /// The member at that position, in the order written.
    ///
    /// - Precondition: `position` is one of ``indices``.
    public subscript(position: Int) -> Element {
        let member = members[position]
        return (member.key, member.value)
    }

    /// The names, in the order written.
    public var keys: [String] { members.map(\.key) }

    /// The values, in the order written.
    public var values: [JSON] { members.map(\.value) }

    /// The value of that name.
    ///
    /// Setting replaces the value in its place, or adds a member at the end; setting `nil` removes the member.
    public subscript(key: String) -> JSON? {
        get {
            position(of: key).map { members[$0].value }
        }
        set {
            switch (position(of: key), newValue) {
            case (let position?, let value?): members[position].value = value
            case (let position?, nil): remove(at: position)
            case (nil, let value?): append(unchecked: key, value)
            case (nil, nil): break
            }
        }
    }

    /// The members as they are kept, for the serializer's inner loop.
    var stored: [Member] { members }

    /// Whether there is a member of that name; its value may be `null`.
    public func contains(key: String) -> Bool {
        position(of: key) != nil
    }

    /// Where the member of that name stands.
    public func position(of key: String) -> Int? {
        if members.count > Self.linearCount { return index.position(of: key, in: members) }
        for position in members.indices where members[position].key.hasSameBytes(as: key) { return position }
        return nil
    }

    /// Removes the member of that name, and returns what its value was.
    @discardableResult
    public mutating func removeValue(forKey key: String) -> JSON? {
        guard let position = position(of: key) else { return nil }
        let value = members[position].value
        remove(at: position)
        return value
    }

    /// Adds a member whose name is known to be new: an object with two members of one name is not JSON we accept.
    package mutating func append(unchecked key: String, _ value: JSON) {
        members.append(Member(key: key, value: value))
        if members.count > Self.linearCount { index.append(of: members) }
    }

    private mutating func remove(at position: Int) {
        members.remove(at: position)
        index = members.count > Self.linearCount ? MemberIndex(of: members) : MemberIndex()
    }
}

extension JSONObject: Hashable {
    /// Whether both have the same members, in any order.
    public static func == (left: JSONObject, right: JSONObject) -> Bool {
        guard left.count == right.count else { return false }
        return left.members.allSatisfy { right[$0.key] == $0.value }
    }

    /// Hashes the members so that their order does not count.
    public func hash(into hasher: inout Hasher) {
        var sum = 0
        for member in members {
            var hash = Hasher()
            member.key.hashBytes(into: &hash)
            hash.combine(member.value)
            sum &+= hash.finalize()
        }
        hasher.combine(count)
        hasher.combine(sum)
    }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
    /// An object, in the order written; a name that comes twice keeps its first place and its last value.
    public init(dictionaryLiteral elements: (String, JSON)...) {
        self.init(members: elements)
    }
}
