import Cryptography

extension IssueRun {
    /// A share of the candidates, the same on every machine.
    public struct Shard: Sendable, Hashable {
        let index: Int
        let count: Int

        /// `nil` unless 0 ≤ index < count.
        public init?(index: Int, count: Int) {
            guard count > 0, (0..<count).contains(index) else { return nil }
            self.index = index
            self.count = count
        }

        func contains(_ candidate: String) -> Bool {
            let digest = DigestAlgorithm.sha256.digest(Array(candidate.utf8))
            let number = digest.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            return number % UInt64(count) == UInt64(index)
        }
    }
}
