import Cryptography
public import JSONCore

/// What shows that a signature is older than the end of its key: its place in a tree of signatures, and where the
/// timestamp (RFC 3161) of the tree's root is.
///
/// It lies below what the key's description names as its `timestamps`, under ``name(of:)`` of the signature:
/// ```json
/// {"timestamp": "https://exams.example.org/timestamps/1.tsr", "index": 5, "count": 8, "path": ["9f86…", "60303…", "fd61…"]}
/// ```
public struct SignatureTimestamp: Sendable, Hashable {
    /// The URL of the authority's reply.
    public let timestamp: String
    public let index: Int
    public let count: Int
    /// Digests of 32 bytes, nearest first.
    public let path: [[UInt8]]

    public init(timestamp: String, index: Int, count: Int, path: [[UInt8]]) {
        (self.timestamp, self.index, self.count, self.path) = (timestamp, index, count, path)
    }

    /// - Returns: `nil` where it is not of this form.
    init?(json: JSON) {
        guard let timestamp = json["timestamp"]?.string, let index = json["index"]?.int, let count = json["count"]?.int,
            let texts = json["path"]?.array, texts.count <= 64
        else { return nil }
        let path = texts.compactMap { $0.string.flatMap { Hexadecimal.decode($0.utf8) } }
        guard path.count == texts.count else { return nil }
        self.init(timestamp: timestamp, index: index, count: count, path: path)
    }

    public var json: JSON {
        [
            "timestamp": .string(timestamp), "index": JSON(index), "count": JSON(count),
            "path": .array(path.map { .string(Hexadecimal.encode($0)) }),
        ]
    }

    /// The root that the path leads to from a signature; `nil` where it does not fit.
    func root(of signature: some Sequence<UInt8>) -> [UInt8]? {
        MerkleTree.root(of: Self.leaf(of: signature), at: index, of: count, path: path)
    }

    /// - Parameter signature: as it stands in the badge: the last part of a JWS, or the `proofValue` of a proof.
    public static func leaf(of signature: some Sequence<UInt8>) -> [UInt8] { MerkleTree.leaf(of: Array(signature)) }

    /// Where it lies: a folder of two hexadecimal digits, and a file named for the leaf.
    public static func name(of leaf: [UInt8]) -> String {
        let digits = Hexadecimal.encode(leaf)
        return "\(digits.prefix(2))/\(digits).json"
    }

    /// The signature of a badge as it stands in it; `nil` where it has none.
    public static func signature(in badge: [UInt8]) -> [UInt8]? {
        if badge.first == UInt8(ascii: "{") {
            let proof = (try? JSON(parsing: badge))?["proof"]
            return (proof?.array?.first ?? proof)?["proofValue"]?.string.map { Array($0.utf8) }
        }
        return badge.lastIndex(of: UInt8(ascii: ".")).map { Array(badge[($0 + 1)...]) }
    }
}
