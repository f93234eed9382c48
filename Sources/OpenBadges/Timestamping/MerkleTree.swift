import Cryptography

/// Many signatures as one digest, which a timestamp can cover; a path of a few digests shows that one of them is among
/// them.
///
/// Source: RFC 9162 §2.1, with SHA-256.
public struct MerkleTree: Sendable {
    /// The digests of each level, the leaves first.
    private let levels: [[[UInt8]]]

    /// - Parameter leaves: digests, as ``leaf(of:)`` makes them; at least one.
    public init(leaves: [[UInt8]]) {
        precondition(!leaves.isEmpty, "a tree has a leaf")
        var levels = [leaves]
        while let last = levels.last, last.count > 1 {
            levels.append(
                stride(from: 0, to: last.count, by: 2).map { index in
                    index + 1 < last.count ? Self.node(last[index], last[index + 1]) : last[index]
                }
            )
        }
        self.levels = levels
    }

    /// The digest over all leaves, 32 bytes.
    public var root: [UInt8] { levels[levels.count - 1][0] }

    /// The digests that lead from a leaf to the root, nearest first.
    public func path(of index: Int) -> [[UInt8]] {
        var path: [[UInt8]] = []
        var index = index
        for level in levels.dropLast() {
            if level.indices.contains(index ^ 1) { path.append(level[index ^ 1]) }
            index /= 2
        }
        return path
    }

    /// The root that a path leads to; `nil` where the path does not fit a tree of that size.
    public static func root(of leaf: [UInt8], at index: Int, of count: Int, path: [[UInt8]]) -> [UInt8]? {
        guard count > 0, (0..<count).contains(index) else { return nil }
        var (digest, index, count) = (leaf, index, count)
        var rest = path[...]
        while count > 1 {
            if index & 1 == 1 || index + 1 < count {
                guard let other = rest.popFirst(), other.count == leaf.count else { return nil }
                digest = index & 1 == 1 ? node(other, digest) : node(digest, other)
            }
            index /= 2
            count = count / 2 + count % 2
        }
        return rest.isEmpty ? digest : nil
    }

    /// The leaf of some text.
    public static func leaf(of text: [UInt8]) -> [UInt8] { DigestAlgorithm.sha256.digest([0] + text) }

    private static func node(_ left: [UInt8], _ right: [UInt8]) -> [UInt8] {
        DigestAlgorithm.sha256.digest([1] + left + right)
    }
}
