import OpenBadges
import Testing

/// Trees of signatures: RFC 9162 §2.1.
@Suite("Merkle trees")
struct MerkleTreeTests {
    /// Texts and roots that implementations of Certificate Transparency test themselves with.
    private static let texts: [[UInt8]] = [
        [], [0x00], [0x10], [0x20, 0x21], [0x30, 0x31], [0x40, 0x41, 0x42, 0x43], Array(0x50...0x57),
        Array(0x60...0x6F),
    ]
    private static let roots = [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ]

    @Test("roots are those of RFC 9162", arguments: 1...8) func roots(count: Int) {
        let tree = MerkleTree(leaves: Self.texts.prefix(count).map(MerkleTree.leaf))
        #expect(tree.root.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() == Self.roots[count - 1])
    }

    @Test(
        "the path of every leaf leads to the root, and to no other from elsewhere",
        arguments: [1, 2, 3, 6, 7, 8, 33]
    )
    func paths(count: Int) {
        let leaves = (0..<count).map { MerkleTree.leaf(of: [UInt8($0)]) }
        let tree = MerkleTree(leaves: leaves)
        for index in 0..<count {
            let path = tree.path(of: index)
            #expect(MerkleTree.root(of: leaves[index], at: index, of: count, path: path) == tree.root)
            for other in 0..<count where other != index {
                #expect(MerkleTree.root(of: leaves[index], at: other, of: count, path: path) != tree.root)
            }
            #expect(MerkleTree.root(of: leaves[index], at: index, of: count, path: path + [tree.root]) == nil)
            #expect(MerkleTree.root(of: leaves[index], at: count, of: count, path: path) == nil)
            #expect(MerkleTree.root(of: leaves[index], at: -1, of: count, path: path) == nil)
            if !path.isEmpty {
                #expect(MerkleTree.root(of: leaves[index], at: index, of: count, path: path.dropLast()) == nil)
            }
        }
    }
}
