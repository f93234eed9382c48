import Cryptography
import FoundationEssentials
import GRDB
import OpenBadges

/// A table of the ledger as the chain sees it: its rows in the order in which they were added, and their digest.
struct ChainedTable: Sendable {
    let name: String
    /// Rows whose first column, which only grows, is above one number and not above another.
    private let sql: String

    /// Every table that records something; `identifier` is left out, as facts say the same.
    static let all: [ChainedTable] = [
        .numbered(
            "decision",
            "policy, candidate, result, revision, answer, facts, receipt, decidedAt"
        ),
        ChainedTable(
            name: "badge",
            sql:
                "SELECT decision, id, validFrom, issuedAt FROM badge WHERE decision > ? AND decision <= ? ORDER BY decision"
        ),
        .ofBadges("document", "badge, form, kid, body", order: "form"),
        .ofBadges("statusEntry", "badge, purpose, list, place", order: "purpose"),
        .numbered("fact", "id, version, candidate, kind, digest, body, notedAt"),
        .numbered("letter", "template, policy, candidate, about, body, writtenAt"),
        .numbered("statusChange", "badge, purpose, isSet, reason, changedAt"),
        .numbered("statusList", "purpose, list, form, kid, validFrom, body, signedAt"),
        .numbered("keyEvent", "kid, event, since, reason, notedAt"),
        .numbered("signature", "badge, form, kid, body, signedAt"),
        ChainedTable(
            name: "journal",
            sql: """
                SELECT journal.number, journal.kind, journal.subject, place, messageID, deliveredAt, policy.digest,
                       policy.document, issuer.id, issuer.baseURL
                FROM journal
                LEFT JOIN delivery ON journal.kind = 'delivery' AND letter = CAST(subject AS INTEGER)
                LEFT JOIN policy ON journal.kind = 'policy' AND policy.id = subject
                LEFT JOIN issuer ON journal.kind = 'issuer'
                WHERE journal.number > ? AND journal.number <= ? ORDER BY journal.number
                """
        ),
    ]

    private static func numbered(_ name: String, _ columns: String) -> ChainedTable {
        ChainedTable(
            name: name,
            sql: "SELECT number, \(columns) FROM \(name) WHERE number > ? AND number <= ? ORDER BY number"
        )
    }

    private static func ofBadges(_ name: String, _ columns: String, order: String) -> ChainedTable {
        let own = columns.split(separator: ", ").map { "\(name).\($0)" }.joined(separator: ", ")
        return ChainedTable(
            name: name,
            sql: """
                SELECT decision, \(own) FROM badge JOIN \(name) ON \(name).badge = badge.id
                WHERE decision > ? AND decision <= ? ORDER BY decision, \(name).\(order)
                """
        )
    }

    /// Some rows, as one digest.
    struct Span: Hashable {
        /// The first column of the last of them.
        var end: Int64
        var count: Int
        /// SHA-256 over the digests of the rows, in hexadecimal.
        var digest: String
    }

    /// The rows above a number, up to another; `nil` where there are none.
    func span(after start: Int64, through end: Int64 = .max, in database: Database) throws -> Span? {
        let rows = try Row.fetchCursor(database.cachedStatement(sql: sql), arguments: [start, end])
        var digests: [UInt8] = []
        var last = start
        var count = 0
        var bytes: [UInt8] = []
        while let row = try rows.next() {
            bytes.removeAll(keepingCapacity: true)
            for value in row.databaseValues { Self.append(value, to: &bytes) }
            digests += DigestAlgorithm.sha256.digest(bytes)
            last = row[0]
            count += 1
        }
        guard count > 0 else { return nil }
        return Span(end: last, count: count, digest: Hexadecimal.encode(DigestAlgorithm.sha256.digest(digests)))
    }

    /// A value with its kind and its length before it, so that no two rows read the same.
    private static func append(_ value: DatabaseValue, to bytes: inout [UInt8]) {
        func add(_ kind: Character, _ content: some Collection<UInt8>) {
            bytes.append(kind.asciiValue ?? 0)
            withUnsafeBytes(of: UInt64(content.count).littleEndian) { bytes.append(contentsOf: $0) }
            bytes.append(contentsOf: content)
        }
        switch value.storage {
        case .null: add("n", [])
        case .int64(let number): add("i", Array(String(number).utf8))
        case .double(let number): add("d", Array(String(number).utf8))
        case .string(let text): add("t", text.utf8)
        case .blob(let data): add("b", data)
        }
    }
}
