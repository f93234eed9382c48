import Cryptography
import FoundationEssentials
import GRDB
import OpenBadges

/// A table of the ledger as the chain sees it: its rows in the order in which they were added, and their digest.
struct ChainedTable: Sendable {
    /// What a column holds: read without making a value of it, as every row goes through here once.
    private enum Kind: UInt8 {
        case integer = 0x69
        case text = 0x74
        case bytes = 0x62
    }

    let name: String
    /// Rows whose first column, which only grows, is above one number and not above another.
    private let sql: String
    private let kinds: [Kind]

    /// - Parameter columns: their names, those of whole numbers with a `#` before them, those of bytes with a `*`.
    private init(_ name: String, _ columns: String, sql: (String) -> String) {
        let parts = columns.split(separator: " ")
        let names = parts.map { $0.drop { $0 == "#" || $0 == "*" } }
        self.name = name
        kinds = [.integer] + parts.map { $0.hasPrefix("#") ? .integer : $0.hasPrefix("*") ? .bytes : .text }
        self.sql = sql(names.joined(separator: ", "))
    }

    /// Every table that records something; `identifier` is left out, as facts say the same.
    static let all: [ChainedTable] = [
        .numbered("decision", "policy candidate result #revision answer facts *receipt decidedAt"),
        ChainedTable("badge", "id validFrom issuedAt") { columns in
            "SELECT decision, \(columns) FROM badge WHERE decision > ? AND decision <= ? ORDER BY decision"
        },
        .ofBadges("document", "document.badge document.form document.kid *document.body", order: "form"),
        .ofBadges(
            "statusEntry",
            "statusEntry.badge statusEntry.purpose #statusEntry.list #statusEntry.place",
            order: "purpose"
        ),
        .numbered("fact", "id #version candidate kind digest *body notedAt"),
        .numbered("letter", "template policy candidate about body writtenAt"),
        .numbered("statusChange", "badge purpose #isSet reason changedAt"),
        .numbered("statusList", "purpose #list form kid validFrom *body signedAt"),
        .numbered("keyEvent", "kid event since reason notedAt"),
        .numbered("signature", "badge form kid *body signedAt"),
        .numbered("timestamp", "head #decision #signature root *reply takenAt"),
        ChainedTable(
            "journal",
            "kind subject place messageID deliveredAt policy.digest *policy.document issuer.id issuer.baseURL"
        ) { columns in
            """
            SELECT journal.number, \(columns) FROM journal
            LEFT JOIN delivery ON journal.kind = 'delivery' AND letter = CAST(subject AS INTEGER)
            LEFT JOIN policy ON journal.kind = 'policy' AND policy.id = subject
            LEFT JOIN issuer ON journal.kind = 'issuer'
            WHERE journal.number > ? AND journal.number <= ? ORDER BY journal.number
            """
        },
    ]

    private static func numbered(_ name: String, _ columns: String) -> ChainedTable {
        ChainedTable(name, columns) { columns in
            "SELECT number, \(columns) FROM \(name) WHERE number > ? AND number <= ? ORDER BY number"
        }
    }

    private static func ofBadges(_ name: String, _ columns: String, order: String) -> ChainedTable {
        ChainedTable(name, columns) { columns in
            """
            SELECT decision, \(columns) FROM badge JOIN \(name) ON \(name).badge = badge.id
            WHERE decision > ? AND decision <= ? ORDER BY decision, \(name).\(order)
            """
        }
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
            for (index, kind) in kinds.enumerated() { try Self.append(row, index, kind, to: &bytes) }
            digests += DigestAlgorithm.sha256.digest(bytes)
            last = row[0]
            count += 1
        }
        guard count > 0 else { return nil }
        return Span(end: last, count: count, digest: Hexadecimal.encode(DigestAlgorithm.sha256.digest(digests)))
    }

    /// A value with its kind and its length before it, so that no two rows read the same.
    private static func append(_ row: Row, _ index: Int, _ kind: Kind, to bytes: inout [UInt8]) throws {
        func add(_ kind: UInt8, _ count: Int) {
            bytes.append(kind)
            withUnsafeBytes(of: UInt64(count).littleEndian) { bytes.append(contentsOf: $0) }
        }
        if row.hasNull(atIndex: index) { return add(UInt8(ascii: "n"), 0) }
        if kind == .integer {
            let text = String(row[index] as Int64)
            add(kind.rawValue, text.utf8.count)
            bytes.append(contentsOf: text.utf8)
            return
        }
        try row.withUnsafeData(atIndex: index) { data in
            add(kind.rawValue, data?.count ?? 0)
            if let data { bytes.append(contentsOf: data) }
        }
    }
}
