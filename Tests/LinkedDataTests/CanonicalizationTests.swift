import Cryptography
import LinkedData
import Testing

/// RDFC-1.0: the same data has the same bytes, and poison has a limit.
@Suite("RDFC-1.0")
struct CanonicalizationTests {
    private func canonical(_ lines: [String], budget: WorkBudget = .standard) throws -> [UInt8] {
        let text = lines.map { $0 + "\n" }.joined()
        return try RDFC10.canonicalize(try NQuads.parse(Array(text.utf8)), budget: budget).nquads
    }

    /// Edges between blank nodes `0..<count`, under names that a permutation gives.
    private func graph(_ edges: Edges, _ names: [Int]) -> [String] {
        edges.map { "_:x\(names[$0.0]) <https://e.example/p> _:x\(names[$0.1]) ." }
    }

    typealias Edges = [(Int, Int)]

    static let ring: Edges = (0..<12).map { ($0, ($0 + 1) % 12) }
    static let twoRings: Edges = (0..<12).map { ($0, $0 / 6 * 6 + ($0 + 1) % 6) }
    static let path: Edges = (0..<19).map { ($0, $0 + 1) }
    static let star: Edges = (1..<9).map { (0, $0) }
    static let loops: Edges = [(0, 0), (0, 1), (1, 2), (2, 0)]

    static func clique(_ count: Int) -> Edges {
        (0..<count).flatMap { first -> Edges in (0..<count).filter { $0 != first }.map { (first, $0) } }
    }

    static var cube: Edges {
        (0..<8).flatMap { corner -> Edges in [1, 2, 4].map { (corner, corner ^ $0) } }
    }

    static var prism: Edges {
        (0..<5).flatMap { side -> Edges in
            let next = (side + 1) % 5
            return [(side, next), (side + 5, next + 5), (side, side + 5)]
        }
    }

    static let graphs: [(name: String, count: Int, edges: Edges)] = [
        ("ring", 12, ring), ("two rings", 12, twoRings), ("clique", 5, clique(5)), ("path", 20, path),
        ("star", 9, star), ("cube", 8, cube), ("prism", 10, prism), ("loops", 3, loops),
    ]

    @Test("names and order of the input do not matter", arguments: graphs)
    func isomorphism(name: String, count: Int, edges: Edges) throws {
        let expected = try canonical(graph(edges, Array(0..<count)))
        for _ in 0..<20 {
            #expect(try canonical(graph(edges, Array(0..<count).shuffled()).shuffled()) == expected)
        }
    }

    @Test("graphs that differ have different bytes although each node has the same degree")
    func difference() throws {
        #expect(
            try canonical(graph(Self.ring, Array(0..<12)))
                != canonical(graph(Self.twoRings, Array(0..<12)))
        )
    }

    @Test("blank nodes get canonical names, and the map tells which")
    func names() throws {
        let text = "_:z <a:p> \"1\" .\n_:y <a:p> _:z _:g .\n<a:s> <a:p> \"plain\" .\n"
        let canonical = try RDFC10.canonicalize(try NQuads.parse(Array(text.utf8)))
        #expect(Set(canonical.issuedIdentifiers.keys) == ["z", "y", "g"])
        #expect(Set(canonical.issuedIdentifiers.values) == ["c14n0", "c14n1", "c14n2"])
        #expect(canonical.hash() == DigestAlgorithm.sha256.digest(canonical.nquads))
        #expect(canonical.hash(.sha384).count == 48)
    }

    @Test("an empty dataset has no bytes")
    func empty() throws {
        #expect(try RDFC10.canonicalize(RDFDataset()).nquads.isEmpty)
    }

    @Test("a poisoned dataset is refused", arguments: [10, 40])
    func poison(count: Int) throws {
        let lines = graph(Self.clique(count), Array(0..<count))
        let error = #expect(throws: LinkedDataError.self) { try canonical(lines) }
        #expect(error?.code == .workLimit)
    }

    @Test("the budget is what decides")
    func budget() throws {
        let edges = Self.ring
        let small = WorkBudget(steps: 10, stepsPerBlankNode: 0)
        let error = #expect(throws: LinkedDataError.self) { try canonical(graph(edges, Array(0..<12)), budget: small) }
        #expect(error?.code == .workLimit)
        let shallow = WorkBudget(depth: 5)
        #expect(throws: LinkedDataError.self) { try canonical(graph(edges, Array(0..<12)), budget: shallow) }
    }

    @Test("10,000 blank nodes take bounded time: alike, in a ring, and in a chain")
    func many() throws {
        let alike = (0..<10_000).map { "_:x\($0) <https://e.example/p> _:y\($0) ." }
        #expect(try canonical(alike).split(separator: 10).count == 10_000)
        let ring = (0..<10_000).map { ($0, ($0 + 1) % 10_000) }
        let error = #expect(throws: LinkedDataError.self) { try canonical(graph(ring, Array(0..<10_000))) }
        #expect(error?.code == .workLimit)
        let distinct = (0..<10_000).map { "_:x\($0) <https://e.example/p> \"\($0)\" ." }
        #expect(try canonical(distinct).split(separator: 10).count == 10_000)
    }
}
