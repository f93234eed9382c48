import GRDB
import JSONCore
import OpenBadges

/// What the ledger has answered about one candidate so far.
struct CandidateHistory: Sendable {
    struct Decision: Sendable {
        let policy: String
        let result: String
        let revision: Int
        /// The digest of the facts that it rests on.
        let facts: String
        let answer: AwardDecision.Answer
        let badge: String?
        /// Whether a fact that an award rests on says something else now.
        let isOutdated: Bool
        /// Whether the badge is revoked.
        let isRevoked: Bool
    }

    /// Every answer, oldest first.
    var decisions: [Decision]

    static let empty = CandidateHistory(decisions: [])

    /// The revision that counts under a policy: one more for each time that a badge was superseded.
    func revision(_ policy: String) -> Int {
        decisions.lazy.filter { $0.policy == policy }.map(\.revision).max() ?? 0
    }

    /// The award that stands under a policy.
    func award(_ policy: String) -> Decision? {
        let revision = revision(policy)
        return decisions.last { $0.policy == policy && $0.revision == revision && $0.answer == .award }
    }

    /// The answer to the same facts, if they were judged before.
    func answer(_ policy: String, _ result: String, _ revision: Int, _ facts: String) -> Decision? {
        decisions.last {
            $0.policy == policy && $0.result == result && $0.revision == revision && $0.facts == facts
        }
    }
}

extension CandidateHistory {
    /// - Parameter keys: all spellings under which the ledger knows the candidate.
    init(of keys: [String], in database: Database) throws {
        decisions = []
        let find = try database.cachedStatement(
            sql: """
                SELECT decision.policy, decision.result, decision.revision, decision.facts, decision.answer, badge.id,
                       CASE WHEN decision.answer = 'award' THEN decision.receipt END, decision.number
                FROM decision LEFT JOIN badge ON badge.decision = decision.number
                WHERE decision.candidate = ? ORDER BY decision.number
                """
        )
        for key in keys {
            for row in try Row.fetchAll(find, arguments: [key]) {
                let badge: String? = row[5]
                let facts: String = row[3]
                let receipt = try row.withUnsafeData(atIndex: 6) { data in data.map { Array($0) } }
                decisions.append(
                    Decision(
                        policy: row[0],
                        result: row[1],
                        revision: row[2],
                        facts: facts,
                        answer: AwardDecision.Answer(rawValue: row[4]) ?? .hold,
                        badge: badge,
                        isOutdated: try receipt.map { try Self.isOutdated($0, facts, keys, in: database) } ?? false,
                        isRevoked: try badge.map { try Ledger.status(of: $0, .revocation, in: database) } ?? false
                    )
                )
            }
        }
    }

    /// Whether the records that a receipt names say something else now, or are somebody else's.
    private static func isOutdated(
        _ receipt: [UInt8],
        _ facts: String,
        _ keys: [String],
        in database: Database
    ) throws -> Bool {
        guard let receipt = try? JSON(parsing: receipt) else { return false }
        var current: [(id: String, digest: String)] = []
        for id in receipt["facts"]?.array?.compactMap(\.string) ?? [] {
            // Ledgers of earlier versions have no records: what has not come again since has not changed either.
            guard let fact = try Ledger.digest(of: id, in: database) else { return false }
            guard keys.contains(fact.candidate) else { return true }
            current.append((id, fact.digest))
        }
        return !current.isEmpty && FactsDigest.of(current) != facts
    }
}
