import Cryptography
import GRDB
import JSONCore
import OpenBadges

/// The chain over the ledger's rows: each transaction adds a link that has the digest of what it added and the head of
/// the link before. Whoever changes, takes out or moves a row breaks every link from there on.
///
/// Only who knows a head from outside (printed, timestamped, in a backup) can tell that links at the end were cut off.
enum LedgerChain {
    /// Something that the chain and the rows do not agree about.
    struct Break: Sendable, Hashable {
        /// The number of the link; `nil` for what no link covers.
        let link: Int64?
        let detail: String
    }

    /// The state of the chain.
    struct State: Sendable {
        var links = 0
        /// The head of the last link, 64 hexadecimal digits; empty where there is none.
        var head = ""
        var breaks: [Break] = []
    }

    /// Adds a link for the rows that are not covered yet, if there are any.
    ///
    /// A link says of every table how far it is covered, so that the last one alone says where the next begins.
    static func extend(in database: Database) throws {
        let (ends, previous) = try last(in: database)
        var tables = JSONObject()
        var isLonger = false
        for table in ChainedTable.all {
            let end = ends[table.name] ?? 0
            if let span = try table.span(after: end, in: database) {
                tables[table.name] = json(span)
                isLonger = true
            } else if end > 0 {
                tables[table.name] = json(ChainedTable.Span(end: end, count: 0, digest: ""))
            }
        }
        guard isLonger else { return }
        let text = JSON.object(tables).text
        let insert = try database.cachedStatement(sql: "INSERT INTO link (tables, previous, head) VALUES (?, ?, ?)")
        try insert.execute(arguments: [text, previous, head(previous, text)])
    }

    /// Goes through the whole chain and all rows.
    static func check(in database: Database) throws -> State {
        var state = State()
        var ends: [String: Int64] = [:]
        let links = try Row.fetchCursor(
            database,
            sql: "SELECT number, tables, previous, head FROM link ORDER BY number"
        )
        while let row = try links.next() {
            let (number, text, previous, own): (Int64, String, String, String) = (row[0], row[1], row[2], row[3])
            func note(_ detail: String) { state.breaks.append(Break(link: number, detail: detail)) }
            state.links += 1
            if previous != state.head { note("does not follow on the link before") }
            if head(previous, text) != own { note("is not what its head says") }
            state.head = own
            guard let tables = (try? JSON(parsing: Array(text.utf8)))?.object else {
                note("cannot be read")
                continue
            }
            for table in ChainedTable.all {
                guard let wanted = tables[table.name].flatMap(Self.span), wanted.count > 0 else { continue }
                let start = ends[table.name] ?? 0
                guard wanted.end > start, wanted.end < .max else {
                    note("the rows of \(table.name) are out of their order")
                    continue
                }
                let found = try table.span(after: start, through: wanted.end, in: database)
                if found != wanted {
                    let rows = "\(table.name) \(start + 1) to \(wanted.end)"
                    note("the rows of \(rows) are others: \(found?.count ?? 0) where there were \(wanted.count)")
                }
                ends[table.name] = wanted.end
            }
        }
        state.breaks += try strays(in: database).map { Break(link: nil, detail: $0) }
        for table in ChainedTable.all {
            guard let extra = try table.span(after: ends[table.name] ?? 0, in: database) else { continue }
            state.breaks.append(Break(link: nil, detail: "\(extra.count) rows of \(table.name) are in no link"))
        }
        return state
    }

    /// Rows of the tables that the chain covers by way of others, and that those others do not know.
    private static func strays(in database: Database) throws -> [String] {
        var strays: [String] = []
        for (table, key) in [("issuer", "id"), ("policy", "id"), ("delivery", "letter")] {
            let count = try Int.fetchOne(
                database,
                sql: """
                    SELECT count(*) FROM \(table) WHERE (
                        SELECT count(*) FROM journal WHERE kind = '\(table)' AND subject = CAST(\(table).\(key) AS TEXT)) <> 1
                    """
            )
            if let count, count > 0 { strays.append("\(count) rows of \(table) are not in the journal, or twice") }
        }
        let said = """
            SELECT json_extract(id.value, '$.type'), json_extract(id.value, '$.value'), candidate
            FROM fact, json_each(CAST(body AS TEXT), '$.candidate.ids') AS id
            """
        let known = "SELECT type, value, candidate FROM identifier"
        for (one, other, what) in [(known, said, "no fact says"), (said, known, "a fact says, and which are missing")] {
            let count = try Int.fetchOne(database, sql: "SELECT count(*) FROM (\(one) EXCEPT \(other))")
            if let count, count > 0 { strays.append("\(count) rows of identifier that \(what)") }
        }
        return strays
    }

    /// The head of the chain; `nil` where there is no link yet.
    static func head(in database: Database) throws -> String? {
        try String.fetchOne(database, sql: "SELECT head FROM link ORDER BY number DESC LIMIT 1")
    }

    /// How far each table is covered, and the last head.
    private static func last(in database: Database) throws -> (ends: [String: Int64], head: String) {
        let find = try database.cachedStatement(sql: "SELECT tables, head FROM link ORDER BY number DESC LIMIT 1")
        guard let row = try Row.fetchOne(find) else { return ([:], "") }
        guard let tables = (try? JSON(parsing: Array((row[0] as String).utf8)))?.object else {
            throw IssuingError(.ledgerDamaged, "the last link of the ledger's chain cannot be read")
        }
        let ends = tables.compactMap { name, value in span(value).map { (name, $0.end) } }
        return (Dictionary(ends) { first, _ in first }, row[1])
    }

    private static func head(_ previous: String, _ tables: String) -> String {
        Hexadecimal.encode(DigestAlgorithm.sha256.digest(Array("\(previous)\n\(tables)".utf8)))
    }

    private static func json(_ span: ChainedTable.Span) -> JSON {
        ["end": JSON(Int(span.end)), "count": JSON(span.count), "digest": .string(span.digest)]
    }

    private static func span(_ json: JSON) -> ChainedTable.Span? {
        guard let end = json["end"]?.int, let count = json["count"]?.int, let digest = json["digest"]?.string else {
            return nil
        }
        return ChainedTable.Span(end: Int64(end), count: count, digest: digest)
    }
}
