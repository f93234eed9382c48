import Cryptography
import FoundationEssentials
import GRDB
import OpenBadges

/// What a timestamp authority has said about signatures of the ledger.
struct LedgerTimestamp: Sendable {
    /// 1 is the first.
    let number: Int
    /// What it covers.
    let span: Span
    /// The root of the tree over the chain's head and the signatures, 64 hexadecimal digits.
    let root: String
    /// The authority's reply in DER.
    let reply: [UInt8]

    /// Signatures that no timestamp before covers, and the head of the chain at that time.
    struct Span: Sendable, Hashable {
        let head: String
        /// The number of the last award before them, and of the last one of them.
        let decisions: ClosedRange<Int>
        /// The same, of signatures that were made again.
        let signatures: ClosedRange<Int>
    }

    /// A leaf of the tree: the first is the chain's head, the others are signatures.
    struct Leaf: Sendable {
        let digest: [UInt8]
        /// The key that has signed; `nil` of the head.
        let kid: String?
    }
}

extension Ledger {
    /// The timestamps, oldest first.
    func timestamps() throws(IssuingError) -> [LedgerTimestamp] { try read { try Self.timestamps(in: $0) } }

    private static func timestamps(in database: Database) throws -> [LedgerTimestamp] {
        var (decision, signature) = (0, 0)
        return try Row.fetchAll(
            database,
            sql: "SELECT number, head, decision, signature, root, reply FROM timestamp ORDER BY number"
        ).map { row in
            let (nextDecision, nextSignature): (Int, Int) = (row[2], row[3])
            guard decision <= nextDecision, signature <= nextSignature else {
                throw IssuingError(.ledgerDamaged, "the timestamps of the ledger are out of order")
            }
            let span = LedgerTimestamp.Span(
                head: row[1],
                decisions: decision...nextDecision,
                signatures: signature...nextSignature
            )
            (decision, signature) = (nextDecision, nextSignature)
            return LedgerTimestamp(number: row[0], span: span, root: row[4], reply: [UInt8](row[5] as Data))
        }
    }

    /// What no timestamp covers yet; `nil` where that is nothing.
    func spanToTimestamp() throws(IssuingError) -> LedgerTimestamp.Span? {
        try read { database in
            let last = try Self.timestamps(in: database).last?.span
            let (decision, signature) = (last?.decisions.upperBound ?? 0, last?.signatures.upperBound ?? 0)
            let newDecision = try Int.fetchOne(database, sql: "SELECT max(decision) FROM badge") ?? 0
            let newSignature = try Int.fetchOne(database, sql: "SELECT max(number) FROM signature") ?? 0
            guard newDecision > decision || newSignature > signature,
                let head = try LedgerChain.head(in: database)
            else { return nil }
            return LedgerTimestamp.Span(
                head: head,
                decisions: decision...max(decision, newDecision),
                signatures: signature...max(signature, newSignature)
            )
        }
    }

    /// The leaves of a span, always in the same order.
    func leaves(of span: LedgerTimestamp.Span) throws(IssuingError) -> [LedgerTimestamp.Leaf] {
        try read { try Self.leaves(of: span, in: $0) }
    }

    private static func leaves(of span: LedgerTimestamp.Span, in database: Database) throws -> [LedgerTimestamp.Leaf] {
        var leaves = [LedgerTimestamp.Leaf(digest: MerkleTree.leaf(of: Array(span.head.utf8)), kid: nil)]
        let rows = try Row.fetchCursor(
            database,
            sql: """
                SELECT 0 AS part, badge.decision AS place, document.form AS form, document.kid, document.body FROM badge
                    JOIN document ON document.badge = badge.id
                    WHERE badge.decision > ? AND badge.decision <= ? AND document.kid IS NOT NULL
                UNION ALL SELECT 1, number, form, kid, body FROM signature WHERE number > ? AND number <= ?
                ORDER BY part, place, form
                """,
            arguments: [
                span.decisions.lowerBound, span.decisions.upperBound, span.signatures.lowerBound,
                span.signatures.upperBound,
            ]
        )
        while let row = try rows.next() {
            guard let text = SignatureTimestamp.signature(in: [UInt8](row[4] as Data)) else { continue }
            leaves.append(LedgerTimestamp.Leaf(digest: SignatureTimestamp.leaf(of: text), kid: row[3]))
        }
        return leaves
    }

    /// Keeps what an authority has said.
    ///
    /// - Returns: false where somebody else has done so meanwhile.
    func note(_ reply: [UInt8], root: String, of span: LedgerTimestamp.Span, at time: Timestamp) throws(IssuingError)
        -> Bool
    {
        try write { database in
            let last = try Self.timestamps(in: database).last?.span
            guard (last?.decisions.upperBound ?? 0) == span.decisions.lowerBound,
                (last?.signatures.upperBound ?? 0) == span.signatures.lowerBound
            else { return false }
            try database.execute(
                sql: """
                    INSERT INTO timestamp (head, decision, signature, root, reply, takenAt) VALUES (?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    span.head, span.decisions.upperBound, span.signatures.upperBound, root, Data(reply),
                    time.description,
                ]
            )
            return true
        }
    }

    /// Timestamps that are not of what the ledger has, in words.
    static func strayTimestamps(in database: Database) throws -> [String] {
        try timestamps(in: database).compactMap { timestamp in
            let tree = MerkleTree(leaves: try leaves(of: timestamp.span, in: database).map(\.digest))
            return Hexadecimal.encode(tree.root) == timestamp.root
                ? nil : "timestamp \(timestamp.number) is of other signatures than the ledger has"
        }
    }
}
