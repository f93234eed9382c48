import FoundationEssentials
import GRDB
import OpenBadges

/// The place of a badge in a status list. Source: Bitstring Status List 1.0 §2.1.
struct StatusEntry: Sendable, Hashable {
    let purpose: StatusPurpose
    /// The number of the list, from 1.
    let list: Int
    var index: Int
}

/// A change of a badge's status.
struct StatusChange: Sendable, Hashable {
    let badge: String
    let purpose: StatusPurpose
    /// Whether the bit is set by it.
    let isSet: Bool
    let reason: String?
    let at: Timestamp
}

/// Gives badges their places in the newest list of a purpose, within one transaction.
struct StatusPlaces {
    let purpose: StatusPurpose
    private let database: Database
    private var list: Int
    private var count: Int
    private var taken: Set<StatusEntry> = []

    /// A list is half full at most: so the next free place is near.
    static let entriesOfList = BitstringStatusList.minimumEntries / 2

    init(_ purpose: StatusPurpose, in database: Database) throws {
        (self.purpose, self.database) = (purpose, database)
        let newest = "SELECT max(list) FROM statusEntry WHERE purpose = ?"
        list = try Int.fetchOne(database, sql: newest, arguments: [purpose.rawValue]) ?? 1
        let size = "SELECT count(*) FROM statusEntry WHERE purpose = ? AND list = ?"
        count = try Int.fetchOne(database, sql: size, arguments: [purpose.rawValue, list]) ?? 0
    }

    /// The next place: the first choice, which comes from the badge itself, or where that is taken, the next free one.
    mutating func next(firstChoice: Int) throws -> StatusEntry {
        if count >= Self.entriesOfList { (list, count) = (list + 1, 0) }
        let isTaken = try database.cachedStatement(
            sql: "SELECT 1 FROM statusEntry WHERE purpose = ? AND list = ? AND place = ?"
        )
        var entry = StatusEntry(
            purpose: purpose,
            list: list,
            index: firstChoice % BitstringStatusList.minimumEntries
        )
        while try taken.contains(entry)
            || Int.fetchOne(isTaken, arguments: [purpose.rawValue, list, entry.index]) != nil
        {
            entry.index = (entry.index + 1) % BitstringStatusList.minimumEntries
        }
        taken.insert(entry)
        count += 1
        return entry
    }
}

extension Ledger {
    static func record(_ entry: StatusEntry, of badge: String, in database: Database) throws {
        let insert = try database.cachedStatement(
            sql: "INSERT INTO statusEntry (badge, purpose, list, place) VALUES (?, ?, ?, ?)"
        )
        try insert.execute(arguments: [badge, entry.purpose.rawValue, entry.list, entry.index])
    }

    static func record(_ change: StatusChange, in database: Database) throws {
        let insert = try database.cachedStatement(
            sql: "INSERT INTO statusChange (badge, purpose, isSet, reason, changedAt) VALUES (?, ?, ?, ?, ?)"
        )
        try insert.execute(arguments: [
            change.badge, change.purpose.rawValue, change.isSet ? 1 : 0, change.reason, change.at.description,
        ])
    }

    /// Whether the bit of a purpose is set for a badge.
    static func status(of badge: String, _ purpose: StatusPurpose, in database: Database) throws -> Bool {
        let find = try database.cachedStatement(
            sql: """
                SELECT isSet FROM statusChange WHERE badge = ? AND purpose = ? ORDER BY number DESC LIMIT 1
                """
        )
        return try Int.fetchOne(find, arguments: [badge, purpose.rawValue]) == 1
    }

    /// The bits of a list, as of the changes so far.
    static func bits(_ purpose: StatusPurpose, _ list: Int, in database: Database) throws -> BitstringStatusList {
        var bits = BitstringStatusList()
        let find = try database.cachedStatement(
            sql: """
                SELECT place FROM statusEntry WHERE purpose = ? AND list = ? AND (
                    SELECT isSet FROM statusChange
                    WHERE statusChange.badge = statusEntry.badge AND statusChange.purpose = statusEntry.purpose
                    ORDER BY number DESC LIMIT 1) = 1
                """
        )
        for index in try Int.fetchAll(find, arguments: [purpose.rawValue, list]) { try bits.set(1, at: index) }
        return bits
    }

    /// The places of a badge, one for each purpose.
    static func entries(of badge: String, in database: Database) throws -> [StatusEntry] {
        let find = try database.cachedStatement(
            sql: "SELECT purpose, list, place FROM statusEntry WHERE badge = ? ORDER BY purpose"
        )
        return try Row.fetchAll(find, arguments: [badge]).map {
            StatusEntry(purpose: StatusPurpose(rawValue: $0[0]), list: $0[1], index: $0[2])
        }
    }

    /// Keeps a list's signed forms, as they are to be published.
    static func record(
        _ purpose: StatusPurpose,
        _ list: Int,
        documents: [(name: String, kid: String, body: [UInt8])],
        validFrom: Timestamp,
        at time: Timestamp,
        in database: Database
    ) throws {
        let insert = try database.cachedStatement(
            sql: """
                INSERT INTO statusList (purpose, list, form, kid, validFrom, body, signedAt) VALUES (?, ?, ?, ?, ?, ?, ?)
                """
        )
        for document in documents {
            try insert.execute(arguments: [
                purpose.rawValue, list, document.name, document.kid, validFrom.description, Data(document.body),
                time.description,
            ])
        }
    }

    /// Since when a list is valid; `nil` where it was never signed.
    static func validFrom(_ purpose: StatusPurpose, _ list: Int, in database: Database) throws -> Timestamp? {
        let find = try database.cachedStatement(
            sql: "SELECT validFrom FROM statusList WHERE purpose = ? AND list = ? ORDER BY number DESC LIMIT 1"
        )
        return try String.fetchOne(find, arguments: [purpose.rawValue, list]).flatMap { Timestamp($0) }
    }

    /// A signed status list, as it is published.
    struct PublishedList: Sendable {
        let purpose: String
        let list: Int
        /// `json` or `jwt`.
        let form: String
        let body: [UInt8]
    }

    /// The newest signed forms of all status lists.
    func statusLists() throws(IssuingError) -> [PublishedList] {
        try read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT purpose, list, form, body FROM statusList WHERE number IN (
                        SELECT max(number) FROM statusList GROUP BY purpose, list, form)
                    ORDER BY purpose, list, form
                    """
            ).map { row in
                let body = try row.withUnsafeData(atIndex: 3) { data in data.map { Array($0) } ?? [] }
                return PublishedList(purpose: row[0], list: row[1], form: row[2], body: body)
            }
        }
    }

    /// Why each badge that does not hold now does not, by its id: revoked for good, or suspended for the time being.
    func revocations() throws(IssuingError) -> [String: String?] {
        try read { database in
            let rows = try Row.fetchAll(
                database,
                sql: """
                    SELECT badge, purpose, reason FROM statusChange WHERE isSet = 1 AND number IN (
                        SELECT max(number) FROM statusChange GROUP BY badge, purpose)
                    ORDER BY purpose DESC
                    """
            )
            // Open Badges 2.0 has no suspension: such a badge is revoked there until it is reinstated.
            return Dictionary(
                rows.map { row in
                    let reason: String? = row[2]
                    let isSuspended = row[1] == StatusPurpose.suspension.rawValue
                    return (row[0] as String, isSuspended ? "suspended" + (reason.map { ": \($0)" } ?? "") : reason)
                }
            ) { _, revoked in revoked }
        }
    }

    /// The badges that are revoked for good and the forms that they were issued in, with the reasons.
    func revokedForGood() throws(IssuingError) -> [(badge: String, forms: [BadgeForm], reason: String?)] {
        try read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT badge, reason, (SELECT group_concat(form) FROM document WHERE document.badge = statusChange.badge)
                    FROM statusChange WHERE isSet = 1 AND number IN (
                        SELECT max(number) FROM statusChange WHERE purpose = 'revocation' GROUP BY badge)
                    ORDER BY badge
                    """
            ).map { row in
                let forms = (row[2] as String? ?? "").split(separator: ",").compactMap {
                    BadgeForm(rawValue: String($0))
                }
                return (row[0], forms, row[1])
            }
        }
    }

    /// The lists that have to be signed anew: those whose newest form was signed before a time.
    static func lists(signedBefore time: Timestamp, in database: Database) throws -> [(StatusPurpose, Int, Timestamp)] {
        try Row.fetchAll(
            database,
            sql: """
                SELECT purpose, list, max(signedAt), validFrom FROM statusList GROUP BY purpose, list
                """
        ).compactMap { row in
            guard let signed = Timestamp(row[2] as String), signed < time, let validFrom = Timestamp(row[3] as String)
            else { return nil }
            return (StatusPurpose(rawValue: row[0]), row[1], validFrom)
        }
    }

    /// The forms in which a list was signed so far.
    static func forms(ofList purpose: StatusPurpose, _ list: Int, in database: Database) throws -> Set<String> {
        try String.fetchSet(
            database,
            sql: "SELECT DISTINCT form FROM statusList WHERE purpose = ? AND list = ?",
            arguments: [purpose.rawValue, list]
        )
    }
}
