import Proofs

/// The bits of a status list: one entry for each credential, all of one size, the first bit the left-most.
///
/// A list begins with every entry at 0 and never has fewer than ``minimumEntries``, so that who asks for it does not
/// show by that whose credential they look at.
///
/// *For example:*
/// ```swift
/// var list = BitstringStatusList()
/// try list.set(1, at: 94_567)
/// try list.encoded()                      // "uH4sIAAAA…"
/// ```
/// Source: Bitstring Status List 1.0 §2.2, §3.3, §3.4.
public struct BitstringStatusList: Sendable, Hashable {
    /// The fewest entries that a list may have (§3.2): with these, none stands out.
    public static let minimumEntries = 131_072
    /// How many bytes a list may expand to: 134 million entries of one bit, a thousand times the usual list. Sixteen
    /// kilobytes can expand to this much.
    public static let maximumBytes = 16 << 20
    /// How many bits an entry may have: beyond, the values no longer fit the number that they are read into, and no
    /// document could hold a message for each.
    public static let maximumStatusSize = 31

    /// The bits, eight to a byte, the left-most the most significant.
    public private(set) var bytes: [UInt8]

    /// A list of zeros, rounded up to whole bytes and to the fewest entries that are allowed.
    ///
    /// - Parameter statusSize: bits of an entry, 1 to 8.
    public init(entries: Int = minimumEntries, statusSize: Int = 1) {
        let size = min(max(statusSize, 1), 8)
        let entries = min(max(entries, Self.minimumEntries), Self.maximumBytes * 8 / size)
        bytes = [UInt8](repeating: 0, count: (entries * size + 7) / 8)
    }

    /// A list of bits that stand somewhere already.
    public init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// How many whole entries of that many bits there are.
    public func entryCount(statusSize: Int = 1) -> Int {
        statusSize >= 1 ? bytes.count * 8 / statusSize : 0
    }

    /// The value of an entry: its bits as a number, the left-most the most significant.
    ///
    /// - Throws: ``OpenBadgesError`` `RANGE_ERROR` where the list has no such entry.
    public func value(at index: Int, statusSize: Int = 1) throws(OpenBadgesError) -> UInt32 {
        try check(index, statusSize)
        var value: UInt32 = 0
        for bit in (index * statusSize)..<((index + 1) * statusSize) {
            value = value << 1 | UInt32(bytes[bit >> 3] >> (7 - UInt8(bit & 7)) & 1)
        }
        return value
    }

    /// Writes the value of an entry.
    ///
    /// - Throws: ``OpenBadgesError`` `RANGE_ERROR` where the list has no such entry, or the entry no room for the value.
    public mutating func set(_ value: UInt32, at index: Int, statusSize: Int = 1) throws(OpenBadgesError) {
        try check(index, statusSize)
        guard value < UInt32(1) << UInt32(statusSize) else {
            throw OpenBadgesError(.range, "an entry of \(statusSize) bits has no room for \(value)")
        }
        for place in 0..<statusSize {
            let bit = index * statusSize + place
            let mask = UInt8(0x80) >> UInt8(bit & 7)
            if value >> UInt32(statusSize - 1 - place) & 1 == 1 {
                bytes[bit >> 3] |= mask
            } else {
                bytes[bit >> 3] &= ~mask
            }
        }
    }

    private func check(_ index: Int, _ statusSize: Int) throws(OpenBadgesError) {
        guard (1...Self.maximumStatusSize).contains(statusSize) else {
            throw OpenBadgesError(.range, "an entry has 1 to \(Self.maximumStatusSize) bits")
        }
        guard (0..<entryCount(statusSize: statusSize)).contains(index) else {
            throw OpenBadgesError(.range, "the list has no entry of that index")
        }
    }

    // MARK: As text

    /// The value of `encodedList`: `u` and base64url of the gzip of the bits. The same text for the same bits.
    public func encoded() throws(OpenBadgesError) -> String {
        Multibase.base64URL.encode(try GZIP.compress(bytes))
    }

    /// Reads an `encodedList`.
    ///
    /// - Parameter form: the older lists have no `u`, and some of them padding.
    /// - Throws: ``OpenBadgesError`` `PARSING_ERROR` where the text is no such encoding, `LIMIT_EXCEEDED` where it
    ///   expands to more than ``maximumBytes``, a code of gzip where the data is broken.
    public init(encoded text: String, form: StatusListForm = .bitstring) throws(OpenBadgesError) {
        let compressed: [UInt8]
        do {
            switch form {
            case .bitstring: compressed = try Multibase.base64URL.decode(text)
            case .statusList2021: compressed = try Base64URL.decode(Self.tidied(text))
            }
        } catch {
            throw OpenBadgesError(.parsing, error.detail)
        }
        bytes = try GZIP.decompress(compressed, limit: Self.maximumBytes)
    }

    /// Status List 2021 says base64 and shows base64url; both are found, with padding and without.
    private static func tidied(_ text: String) -> [UInt8] {
        var characters = Array(text.utf8)
        while characters.last == UInt8(ascii: "=") { characters.removeLast() }
        for index in characters.indices {
            switch characters[index] {
            case UInt8(ascii: "+"): characters[index] = UInt8(ascii: "-")
            case UInt8(ascii: "/"): characters[index] = UInt8(ascii: "_")
            default: break
            }
        }
        return characters
    }
}
